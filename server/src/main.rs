//! The program `aplodi`.

fn main() {}
