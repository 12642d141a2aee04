//! A folder of files as a map, from the disk and back.

use std::{fs, io, path::Path, process};

use anyhow::{Context, Result};

use super::files::Files;

/// Reads all files below a folder; a folder that does not exist is empty.
pub(crate) fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    read_below(folder, "", &mut files)?;
    Ok(files)
}

fn read_below(folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("{} cannot be read", folder.display()))?,
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_below(&entry.path(), &format!("{path}/"), files)?;
        } else {
            let content =
                fs::read(entry.path()).with_context(|| format!("{} cannot be read", entry.path().display()))?;
            files.insert(path, content);
        }
    }
    Ok(())
}

/// Makes a folder hold exactly these files. They are written beside it and change places with it at the end, so that
/// a failure leaves the old folder whole.
pub(crate) fn replace(folder: &Path, files: &Files) -> Result<()> {
    let beside = |what: &str| folder.with_extension(format!("{what}-{}", process::id()));
    let (new, old) = (beside("new"), beside("old"));
    let result = write(&new, files).and_then(|()| {
        if folder.exists() {
            fs::rename(folder, &old)?;
        }
        fs::rename(&new, folder)
    });
    for leftover in [new, old] {
        // The old folder, or what there is of the new one after a failure: nobody asks for either again.
        let _ = fs::remove_dir_all(leftover);
    }
    result.with_context(|| format!("{} cannot be written", folder.display()))
}

fn write(folder: &Path, files: &Files) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (path, content) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, content)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else_stays() {
        let parent = std::env::temp_dir().join(format!("aplodi-folder-{}", process::id()));
        let folder = parent.join("site");
        let files = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect();
        let (first, second): (Files, Files) = (files(&["a.txt", "b/c.txt"]), files(&["b/d.txt"]));
        assert_eq!(read(&folder).unwrap(), Files::new());
        replace(&folder, &first).unwrap();
        assert_eq!(read(&folder).unwrap(), first);
        replace(&folder, &second).unwrap();
        assert_eq!(read(&folder).unwrap(), second);
        assert_eq!(fs::read_dir(&parent).unwrap().count(), 1, "nothing is left beside the folder");
        fs::remove_dir_all(parent).unwrap();
    }
}
