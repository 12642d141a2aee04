//! What the server's answer means for each item of a batch.

use crate::responses::{BatchResult, ItemResult, Status};

/// What came back for a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchReply {
    /// the expected body
    Read(BatchResult),
    /// anything else
    Refused(Refusal),
}

/// An answer without the expected body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// the HTTP status; 0 where nothing came at all
    pub status: u16,
    /// whether Aplodi itself said so, in a problem document, and not a proxy or a hotel's portal
    pub ours: bool,
    /// for how many seconds the server asks to be left alone
    pub retry_after: Option<u32>,
}

/// What happens to one item because of what the server said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// it is on the server's disk
    Acked,
    /// it will never be stored; it moves to the rejected list, where staff see it
    Rejected,
}

impl From<Status> for Disposition {
    fn from(status: Status) -> Self {
        match status {
            Status::Stored | Status::Duplicate => Self::Acked,
            Status::Conflict | Status::Rejected => Self::Rejected,
        }
    }
}

/// What happens to the item that went under this id at this place of a batch; `None` where the
/// server said nothing about it, which leaves the item where it is. Success counts only where the
/// server repeats the id: a mixed-up reply must not delete anything.
#[must_use]
pub fn disposition<'a>(place: usize, id: &str, results: &'a [ItemResult]) -> Option<(Disposition, &'a ItemResult)> {
    let result = results.iter().rfind(|result| result.index == place)?;
    let disposition = Disposition::from(result.status);
    let believed = match result.id {
        Some(named) => named.to_string() == id,
        // What cannot even be read as far as its id is refused without one.
        None => disposition == Disposition::Rejected,
    };
    believed.then_some((disposition, result))
}

/// What a refusal means for the whole batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// this batch will never be read: send half of it
    Halve,
    /// on a slow network less may arrive: keep everything, try later with half of it
    SendLess,
    /// nothing is wrong with the items: keep everything and try later
    TryLater,
}

impl From<Refusal> for Reaction {
    /// A success without the expected body is a refusal as well: the login page of a hotel says 200.
    fn from(refusal: Refusal) -> Self {
        match refusal.status {
            400 | 413 | 422 => Self::Halve,
            // Nothing, or not in time, or not the whole of it.
            0 | 200 | 408 | 504 => Self::SendLess,
            _ => Self::TryLater,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_named_leaves() {
        assert_eq!(Disposition::from(Status::Stored), Disposition::Acked);
        assert_eq!(Disposition::from(Status::Duplicate), Disposition::Acked);
        assert_eq!(Disposition::from(Status::Conflict), Disposition::Rejected);
        assert_eq!(Disposition::from(Status::Rejected), Disposition::Rejected);
    }

    #[test]
    fn a_login_page_is_no_success() {
        let reaction = |status| Reaction::from(Refusal { status, ours: true, retry_after: None });
        for status in [302, 401, 403, 409, 429, 500, 503] {
            assert_eq!(reaction(status), Reaction::TryLater);
        }
        for status in [0, 200, 408, 504] {
            assert_eq!(reaction(status), Reaction::SendLess);
        }
        for status in [400, 413, 422] {
            assert_eq!(reaction(status), Reaction::Halve);
        }
    }

    #[test]
    fn a_mixed_up_reply_deletes_nothing() {
        let result = |index, id: Option<u128>, status| ItemResult {
            index,
            id: id.map(|id| uuid::Uuid::from_u128(id).into()),
            status,
            reason: None,
        };
        let results = [
            result(0, Some(0), Status::Stored),
            result(1, Some(4), Status::Stored),
            result(2, None, Status::Duplicate),
            result(3, None, Status::Rejected),
            result(9, Some(9), Status::Stored),
        ];
        let said: Vec<_> = (0..5)
            .map(|place: usize| disposition(place, &uuid::Uuid::from_u128(place as u128).to_string(), &results))
            .map(|said| said.map(|(disposition, _)| disposition))
            .collect();
        assert_eq!(said, [Some(Disposition::Acked), None, None, Some(Disposition::Rejected), None]);
    }
}
