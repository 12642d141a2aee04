//! `pairing_seq`.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{responses::NewResponse, rows::row::row};

row! {
    /// Numbers that a pairing gave: the block of 32, and which of it as bits.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct SeqBlockRow {
        pub(crate) pairing: Uuid,
        pub(crate) block: i64,
        pub(crate) bits: i64,
    }
}

impl SeqBlockRow {
    /// The numbers that a group brought.
    pub(crate) fn of(group: &[NewResponse]) -> Vec<Self> {
        let mut blocks: BTreeMap<(Uuid, i64), i64> = BTreeMap::new();
        for item in group {
            let (Some(pairing), Some(seq)) = (item.response.pairing, item.response.seq) else { continue };
            // Counting begins with 1; 0 is no number.
            let Some(place) = seq.checked_sub(1) else { continue };
            let Ok(block) = i64::try_from(place / 32) else { continue };
            *blocks.entry((pairing.0, block)).or_default() |= 1 << (place % 32);
        }
        blocks.into_iter().map(|((pairing, block), bits)| Self { pairing, block, bits }).collect()
    }
}
