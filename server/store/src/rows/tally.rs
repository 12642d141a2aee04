//! What `tallies` and `period_tallies` have in common: the columns of a cell and its count.

use domain::{
    flag::{Flag, Standing},
    id::{QuestionId, SurveyVersionId},
    response::{Channel, Segment},
    survey::kinds::CountedValue,
    tally::{Cell, Counted, Dimension},
    time::Slot,
};
use uuid::Uuid;

use crate::{
    StoreError,
    rows::row::{Row as _, row},
};

row! {
    /// A cell of a tally, and how often it was counted. No column is ever null.
    #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
    pub(crate) struct CellRow {
        pub(crate) survey_version: Uuid,
        /// the question, or nil where responses are counted
        pub(crate) question: Uuid,
        /// what is counted: `responses`, `flag:burst`, `answered`, `skipped`, `=5`, `=sound`
        pub(crate) value: String,
        /// [`Standing::code`]
        pub(crate) standing: i16,
        /// 0 all, 1 channel, 2 segment, 3 language, 4 slot
        pub(crate) dimension: i16,
        /// the value of the dimension; empty for all
        pub(crate) member: String,
        pub(crate) count: i64,
    }
}

impl CellRow {
    /// A cell and its count, as they are written.
    pub(crate) fn new(cell: &Cell, count: i64) -> Self {
        let (question, value) = match &cell.counted {
            Counted::Response => (Uuid::nil(), "responses".to_owned()),
            Counted::Flag(flag) => (Uuid::nil(), format!("flag:{}", flag.as_str())),
            Counted::Answered(question) => (question.0, "answered".to_owned()),
            Counted::Skipped(question) => (question.0, "skipped".to_owned()),
            Counted::Value(question, value) => (question.0, format!("={value}")),
        };
        let (dimension, member) = match cell.dimension {
            Dimension::All => (0, String::new()),
            Dimension::Channel(channel) => (1, channel.as_str().to_owned()),
            Dimension::Segment(segment) => (2, segment.as_str().to_owned()),
            Dimension::Language(lang) => (3, lang.as_str().to_owned()),
            Dimension::Slot(slot) => (4, slot.0.to_string()),
        };
        let (survey_version, standing) = (cell.survey_version.0, cell.standing.code());
        Self { survey_version, question, value, standing, dimension, member, count }
    }

    /// The columns that say which cell it is, as they stand in a statement: all but `count`.
    pub(crate) fn key() -> String {
        let key: Vec<&str> = Self::COLUMNS.iter().copied().filter(|column| *column != "count").collect();
        key.join(", ")
    }

    /// The same cell with nothing counted: what is compared where only counts may differ.
    pub(crate) fn empty(self) -> Self {
        Self { count: 0, ..self }
    }

    /// The cell and its count again.
    ///
    /// # Errors
    /// Where no version of this program has written such a row.
    pub(crate) fn read(self) -> Result<(Cell, i64), StoreError> {
        match self.cell() {
            Some(cell) => Ok((cell, self.count)),
            None => Err(StoreError::Unreadable(format!("a tally cannot be read: {self:?}"))),
        }
    }

    fn cell(&self) -> Option<Cell> {
        let question = QuestionId(self.question);
        let counted = match (self.question.is_nil(), self.value.as_str()) {
            (true, "responses") => Counted::Response,
            (true, value) => Counted::Flag(Flag::from_name(value.strip_prefix("flag:")?)?),
            (false, "answered") => Counted::Answered(question),
            (false, "skipped") => Counted::Skipped(question),
            (false, value) => {
                let given = value.strip_prefix('=')?;
                // Option keys begin with a letter (`kinds::choice`), so a number is never one of them.
                let value = given.parse().map_or_else(|_| CountedValue::Option(given.to_owned()), CountedValue::Number);
                Counted::Value(question, value)
            }
        };
        let member = self.member.as_str();
        let dimension = match self.dimension {
            0 => Dimension::All,
            1 => Dimension::Channel(Channel::from_name(member)?),
            2 => Dimension::Segment(Segment::from_name(member)?),
            3 => Dimension::Language(member.parse().ok()?),
            4 => Dimension::Slot(Slot(member.parse().ok()?)),
            _ => return None,
        };
        let standing = Standing::from_code(self.standing)?;
        Some(Cell { survey_version: SurveyVersionId(self.survey_version), counted, standing, dimension })
    }
}

#[cfg(test)]
mod tests {
    use domain::lang::{Lang, LanguageTag};
    use proptest::{prelude::*, sample::select};

    use super::*;

    fn counted() -> impl Strategy<Value = Counted> {
        let question = || (1..u128::MAX).prop_map(|id| QuestionId(Uuid::from_u128(id)));
        let number = any::<u8>().prop_map(CountedValue::Number);
        let value = prop_oneof![number, "[a-z][a-z0-9_-]{0,20}".prop_map(CountedValue::Option)];
        prop_oneof![
            Just(Counted::Response),
            select(Flag::ALL.to_vec()).prop_map(Counted::Flag),
            question().prop_map(Counted::Answered),
            question().prop_map(Counted::Skipped),
            (question(), value).prop_map(|(question, value)| Counted::Value(question, value)),
        ]
    }

    fn dimension() -> impl Strategy<Value = Dimension> {
        let mut tags = Lang::ALL.map(LanguageTag::from).to_vec();
        tags.push("zh-hant".parse().unwrap());
        prop_oneof![
            Just(Dimension::All),
            select(Channel::ALL.to_vec()).prop_map(Dimension::Channel),
            select(Segment::ALL.to_vec()).prop_map(Dimension::Segment),
            select(tags).prop_map(Dimension::Language),
            any::<i64>().prop_map(|slot| Dimension::Slot(Slot(slot))),
        ]
    }

    proptest! {
        #[test]
        fn a_cell_survives_the_store(
            version: u128,
            counted in counted(),
            standing in select(vec![Standing::Counted, Standing::SetAside]),
            dimension in dimension(),
            count: i64,
        ) {
            let survey_version = SurveyVersionId(Uuid::from_u128(version));
            let cell = Cell { survey_version, counted, standing, dimension };
            prop_assert_eq!(CellRow::new(&cell, count).read().unwrap(), (cell, count));
        }
    }

    #[test]
    fn what_nobody_wrote_is_not_believed() {
        let row = |question, value: &str, dimension, member: &str| CellRow {
            question,
            value: value.into(),
            dimension,
            member: member.into(),
            ..CellRow::default()
        };
        let question = Uuid::from_u128(1);
        for wrong in [
            row(Uuid::nil(), "answered", 0, ""),
            row(question, "5", 0, ""),
            row(question, "=5", 5, ""),
            row(question, "=5", 1, "pigeon"),
            row(question, "=5", 4, "soon"),
        ] {
            assert!(matches!(wrong.clone().read(), Err(StoreError::Unreadable(_))), "{wrong:?}");
        }
    }
}
