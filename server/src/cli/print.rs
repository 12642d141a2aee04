//! What a command prints: its result.

use std::{
    fmt,
    io::{self, ErrorKind, Write},
};

/// Prints a line, as `println!` does, to whoever still reads: `aplodi kiosk list | head -1` is a fair question. What
/// was to be done is done all the same.
///
/// # Errors
/// Where what is printed cannot be written; a result that is nowhere is a failure.
macro_rules! say {
    ($($line:tt)*) => {
        $crate::cli::print::line(::std::format_args!($($line)*))
    };
}
pub(super) use say;

/// As [`say`], of what has been put together.
pub(super) fn line(line: fmt::Arguments<'_>) -> io::Result<()> {
    unless_nobody_reads(writeln!(io::stdout(), "{line}"))
}

/// As [`line()`], to the person rather than to the program that reads the result.
pub(super) fn note(line: &dyn fmt::Display) {
    // There is nowhere to tell that it cannot be told.
    let _ = writeln!(io::stderr(), "{line}");
}

fn unless_nobody_reads(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
