//! wasm-bindgen ends the name of each import with 16 digits of a hash. No compression makes noise smaller, and it
//! travels twice: in the wasm and in its JavaScript. A running number of the same length is as unique.

use memchr::memmem;

/// What the names of imports begin with.
const PREFIX: &[u8] = b"__wbg_";

/// How many digits the hash has.
const DIGITS: usize = 16;

/// Puts numbers in the place of hashes, in both files alike. No length changes, so that the wasm stays what it is.
pub(crate) fn number(js: &mut [u8], wasm: &mut [u8]) {
    let mut numbered: Vec<Vec<u8>> = Vec::new();
    let mut from = 0;
    while let Some(at) = memmem::find(&js[from..], PREFIX).map(|at| from + at) {
        let length = js[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        from = at + length;
        let name = js[at..from].to_vec();
        if !ends_with_hash(&name) || numbered.contains(&name) {
            continue;
        }
        let new = [&name[..length - DIGITS], format!("{:0DIGITS$}", numbered.len()).as_bytes()].concat();
        replace(js, &name, &new);
        replace(wasm, &name, &new);
        numbered.push(new);
    }
}

fn ends_with_hash(name: &[u8]) -> bool {
    let Some((rest, hash)) = name.split_last_chunk::<DIGITS>() else { return false };
    rest.ends_with(b"_") && hash.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

fn replace(file: &mut [u8], old: &[u8], new: &[u8]) {
    let places: Vec<usize> = memmem::find_iter(file, old).collect();
    for place in places {
        file[place..place + old.len()].copy_from_slice(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_get_the_same_numbers() {
        let mut js = b"__wbg_new_0123456789abcdef: f(), __wbg_new_fedcba9876543210: g(), __wbg_init()".to_vec();
        let mut wasm = b"\0__wbg_new_fedcba9876543210\0__wbg_new_0123456789abcdef\0".to_vec();
        number(&mut js, &mut wasm);
        assert_eq!(js, b"__wbg_new_0000000000000000: f(), __wbg_new_0000000000000001: g(), __wbg_init()");
        assert_eq!(wasm, b"\0__wbg_new_0000000000000001\0__wbg_new_0000000000000000\0");
    }
}
