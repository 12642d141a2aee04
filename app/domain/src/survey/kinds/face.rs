//! Faces: the first question on every screen.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::InvalidDefinition;
use crate::lang::Text;

/// Faces, from 1 (worst, left) to `faces` (best, right).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaceQuestion {
    /// how many: 4 or 5
    pub faces: u8,
    /// how they are drawn
    pub face_set: FaceSet,
    /// the word under each face, from the left; as many as faces
    pub labels: Vec<Text>,
}

/// How the faces are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FaceSet {
    /// from disappointed to delighted
    #[default]
    Adult,
    /// all on the happy side
    Child,
}

impl FaceQuestion {
    pub(super) fn check(&self) -> Result<(), InvalidDefinition> {
        let is_valid = (4..=5).contains(&self.faces) && self.labels.len() == usize::from(self.faces);
        if is_valid { Ok(()) } else { Err(InvalidDefinition::Faces) }
    }

    pub(super) const fn numbers(&self) -> RangeInclusive<u8> {
        1..=self.faces
    }
}
