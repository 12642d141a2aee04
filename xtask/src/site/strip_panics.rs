//! A panic prepares a sentence for whoever reads the console, with the place in the source. In a browser nobody is told
//! it, and it weighs some kilobytes. Without it a panic stops the program at the same point, with the same
//! `RuntimeError`.

use std::ops::Range;

use walrus::{
    ConstExpr, Data, DataId, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module, ValType, ir::Value,
};

/// What is called only to panic, by parts of its mangled name.
const SPEAKERS: [&str; 11] = [
    "rust_begin_unwind",
    "core9panicking",
    "core6option13expect_failed",
    "core6option13unwrap_failed",
    "core6result13unwrap_failed",
    "core5slice5index16slice_index_fail",
    "core3str16slice_error_fail",
    "alloc7raw_vec12handle_error",
    "alloc7raw_vec17capacity_overflow",
    "alloc5alloc18handle_alloc_error",
    "std6thread5local18panic_access_error",
];

/// What writes a value for programmers. Panics hold on to it; nothing that a browser shows goes through it.
const DEBUG: [&str; 2] = ["core..fmt..Debug$GT$3fmt", "5Debug3fmt"];

/// Lets the first stop the program at once, and the second write nothing. Returns how many there were.
pub(crate) fn silence(wasm: &mut Module) -> usize {
    let named = |parts: &[&str]| -> Vec<FunctionId> {
        let is_one = |name: &str| parts.iter().any(|part| name.contains(part));
        let all = wasm.funcs.iter_local().map(|(id, _)| id);
        all.filter(|id| wasm.funcs.get(*id).name.as_deref().is_some_and(is_one)).collect()
    };
    let (speakers, debug) = (named(&SPEAKERS), named(&DEBUG));
    for id in speakers.iter().chain(&debug) {
        let kind = wasm.types.get(wasm.funcs.get(*id).ty());
        let (takes, gives) = (kind.params().to_vec(), kind.results().to_vec());
        let arguments = takes.iter().map(|one| wasm.locals.add(*one)).collect();
        let mut silent = FunctionBuilder::new(&mut wasm.types, &takes, &gives);
        // `Ok(())` is a zero.
        match *gives {
            [ValType::I32] if debug.contains(id) => silent.func_body().i32_const(0),
            _ => silent.func_body().unreachable(),
        };
        wasm.funcs.get_mut(*id).kind = FunctionKind::Local(silent.local_func(arguments));
    }
    speakers.len() + debug.len()
}

/// Blanks what only those functions would have read: each `Location` (address and length of a path, line, column) and
/// its path, which names folders of the machine that compiled. Returns how many there were.
pub(crate) fn forget_places(wasm: &mut Module) -> usize {
    let mut forgotten = 0;
    let all: Vec<DataId> = wasm.data.iter().map(Data::id).collect();
    for data in all {
        let data = wasm.data.get_mut(data);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(base)), .. } = data.kind else { continue };
        let Ok(base) = usize::try_from(base) else { continue };
        let places = places(base, &data.value);
        forgotten += places.len();
        for (location, path) in places {
            data.value[location].fill(0);
            data.value[path].fill(0);
        }
    }
    forgotten
}

/// What those functions, and errors of files and sockets that no browser has, would have said: the longest of it.
const MESSAGES: [&str; 37] = [
    "Value is None because the `ssr` feature is active. When `ssr` is enabled, tachys skips creating client-side values \
     (event handlers, directives, properties) to avoid cross-thread panics on multithreaded servers.",
    "entity not foundpermission deniedconnection refusedconnection resethost unreachablenetwork unreachable\
     connection abortednot connectedaddress in useaddress not availablenetwork down",
    "internal error: entered unreachable code: The JS binding should only ever produce a valid value or the specific \
     'invalid' value",
    "Dereferenced SendWrapper<T> variable from a thread different to the one it has been created with.",
    "Dropped SendWrapper<T> variable from a thread different to the one it has been created with.",
    "Executor::spawn_local called, but no global 'spawn_local' function is configured.",
    "Executor::spawn called, but no global 'spawn' function is configured.",
    "failed to generate unique thread ID: bitspace exhausted",
    "cannot access a Thread Local Storage value during or after destruction: ",
    "broken pipeentity already existsoperation would blocknot a directoryis a directorydirectory not \
     emptyread-only filesystem or storage mediumfilesystem loop or indirection limit (e.g. symlink loop)stale \
     network file handleinvalid input parameterinvalid datatimed outwrite zerono storage spaceseek on unseekable \
     filequota exceededfile too largeresource busyexecutable file busydeadlockcross-device link or renametoo many \
     linksinvalid filenameargument list too longoperation interruptedunsupportedunexpected end of fileout of \
     memoryin progressother erroruncategorized error",
    "use of std::thread::current() is not possible after the thread's local data has been destroyed",
    "attempted to take ownership of Rust value while it was borrowed",
    "null pointer passed to rust",
    "recursive use of an object detected which would lead to unsafe aliasing in rust",
    "called `Option::unwrap_throw()` on a `None` value",
    "called `Result::unwrap_throw()` on an `Err` value",
    "called `Option::unwrap()` on a `None` value",
    "called `Result::unwrap()` on an `Err` value",
    "a Display implementation returned an error unexpectedly",
    "LazyCell instance has previously been poisoned",
    "`async fn` resumed after completion",
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
    "Hash table capacity overflow",
    "one-time initialization may not be performed recursively",
    "assertion failed: psize >= size + min_overhead",
    "assertion failed: psize <= size + max_overhead",
    "closure invoked recursively or after being dropped",
    "Attempted to initialize thread-local while it is being dropped",
    "Tried to shrink to a larger capacity",
    "internal error: entered unreachable code",
    "Map must not be polled after it returned `Poll::Ready`",
    "finish: callbacks should be Some",
    "finish: result should be None",
    "FnOnce called more than once",
    "polled Feed after completion",
    "attempt to join into collection with len > usize::MAX",
];

/// Blanks them. Where a newer library says something else that stays, and weighs.
pub(crate) fn forget_messages(wasm: &mut Module) {
    let all: Vec<DataId> = wasm.data.iter().map(Data::id).collect();
    for data in all {
        let data = wasm.data.get_mut(data);
        for message in MESSAGES {
            let found = data.value.windows(message.len()).position(|text| text == message.as_bytes());
            if let Some(start) = found {
                data.value[start..start + message.len()].fill(0);
            }
        }
    }
}

/// Where, in data that lies at `base`, the locations and their paths are.
fn places(base: usize, data: &[u8]) -> Vec<(Range<usize>, Range<usize>)> {
    let aligned = base.next_multiple_of(4) - base;
    let location = |at: usize| {
        let location = at..at + 16;
        let (words, _) = data.get(location.clone())?.as_chunks::<4>();
        let [address, length, ..] = *words else { return None };
        let start = usize::try_from(u32::from_le_bytes(address)).ok()?.checked_sub(base)?;
        let path = start..start.checked_add(usize::try_from(u32::from_le_bytes(length)).ok()?)?;
        is_path(data.get(path.clone())?).then_some((location, path))
    };
    (aligned..data.len()).step_by(4).filter_map(location).collect()
}

/// `src/a.rs`; the standard library ends it with a zero.
fn is_path(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"\0").unwrap_or(text);
    text.ends_with(b".rs") && text.iter().all(u8::is_ascii_graphic)
}

#[cfg(test)]
mod tests {
    use walrus::{
        ModuleConfig,
        ir::{Const, Instr},
    };

    use super::*;

    #[test]
    fn only_panics_and_what_they_show_fall_silent() {
        let mut wasm = Module::with_config(ModuleConfig::new());
        let mut add = |name: &str| {
            let mut body = FunctionBuilder::new(&mut wasm.types, &[ValType::I32], &[ValType::I32]);
            let argument = wasm.locals.add(ValType::I32);
            body.name(name.to_owned()).func_body().local_get(argument);
            body.finish(vec![argument], &mut wasm.funcs)
        };
        let panics = add("_ZN4core9panicking9panic_fmt17h0123456789abcdefE");
        let lives = add("_ZN3app7panicking17h0123456789abcdefE");
        let debug = add("_RNvXsj_NtCsgXGp5Oqx2Ny_4core3fmtcNtB5_5Debug3fmt");
        assert_eq!(silence(&mut wasm), 2);
        let stops = |id| {
            let body = wasm.funcs.get(id).kind.unwrap_local();
            body.block(body.entry_block()).instrs.iter().any(|(one, _)| matches!(one, Instr::Unreachable(_)))
        };
        assert!(stops(panics) && !stops(lives) && !stops(debug));
        let body = wasm.funcs.get(debug).kind.unwrap_local();
        let instructions = &body.block(body.entry_block()).instrs;
        assert!(matches!(instructions[..], [(Instr::Const(Const { value: Value::I32(0) }), _)]), "{instructions:?}");
    }

    #[test]
    fn places_are_blanked_and_nothing_else() {
        let location = |address: u32, length: u32| [address, length, 7, 9].map(u32::to_le_bytes).concat();
        let text = b"src/a.rs\0 and b.rs..";
        let rest = [location(1_000, 9), location(1_000, 12), location(1_014, 99)].concat();
        let mut wasm = Module::default();
        let memory = wasm.memories.add_local(false, false, 1, None, None);
        let kind = DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(1_000)) };
        let data = wasm.data.add(kind, [text.as_slice(), &rest].concat());
        assert_eq!(forget_places(&mut wasm), 1);
        let blanked = [[0; 9].as_slice(), &text[9..], &[0; 16], &rest[16..]].concat();
        assert_eq!(wasm.data.get(data).value, blanked);
    }

    #[test]
    fn what_nobody_reads_is_blanked() {
        let mut wasm = Module::default();
        let text = ["before", MESSAGES[7], "after"].concat();
        let data = wasm.data.add(DataKind::Passive, text.into_bytes());
        forget_messages(&mut wasm);
        let blanked = [b"before".as_slice(), &[0; MESSAGES[7].len()], b"after"].concat();
        assert_eq!(wasm.data.get(data).value, blanked);
    }
}
