//! A site in memory.

use std::collections::BTreeMap;

/// The file that tells the server which address a logical name has.
pub(super) const ADDRESSES: &str = "assets.json";

/// Files by their path below `target/site`.
pub(super) type Files = BTreeMap<String, Vec<u8>>;
