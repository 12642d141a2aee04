//! Whom the operating system lets read the data: its owner. SQLite gives its log the rights of the file beside it.

use std::{io, path::Path};

/// Makes the file where it is missing, for its owner alone.
pub(super) fn create(file: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Says in the log that others on this machine can read the file. Whose business that is only its owner knows.
pub(super) fn warn_where_open(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(metadata) = file.metadata() else { return };
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            tracing::warn!(
                file = %file.display(),
                mode = format!("{mode:04o}"),
                "other users of this machine can read the data: chmod 600 takes that from them"
            );
        }
    }
    #[cfg(not(unix))]
    let _ = file;
}
