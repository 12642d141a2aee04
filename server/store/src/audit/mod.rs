//! The audit log: every change and export, who did it, and what was there before and after.
//!
//! Whatever staff change is written down by the transaction that changes it, in one line:
//! `tx.record(Entry::changed(Kind::Venue, id, &before, &after).named(name)).await?`. A page that changes nothing but hands data
//! out calls [`StaffAudit::record`]. Who it is and when comes with the store that the caller was given.
//!
//! What does not belong here: what a visitor wrote, and what opens something (`masked`).

mod difference;
mod words;

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};
use serde::Serialize;
use serde_json::{Error, Value};

use super::StoreError;

pub use self::words::{Kind, Verb};

/// Who changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// somebody logged in
    User(UserId),
    /// a program with an API token of this name
    Token(String),
    /// whoever may run commands on the server
    CommandLine,
    /// the program by itself
    Program,
}

impl Actor {
    /// The words in the store, and their order on the page.
    pub const WORDS: [&'static str; 4] = ["user", "token", "command_line", "program"];

    /// The word in the store.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Token(_) => "token",
            Self::CommandLine => "command_line",
            Self::Program => "program",
        }
    }
}

/// Who changes something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// who
    pub actor: Actor,
    /// milliseconds UTC
    pub at: Millis,
}

impl Author {
    /// The program by itself.
    pub const PROGRAM: Self = Self { actor: Actor::Program, at: 0 };

    /// Somebody who is or was logged in, or has just shown who they are.
    #[must_use]
    pub const fn user(user: UserId, at: Millis) -> Self {
        Self { actor: Actor::User(user), at }
    }

    /// Whoever may run commands on the server.
    #[must_use]
    pub const fn command_line(at: Millis) -> Self {
        Self { actor: Actor::CommandLine, at }
    }
}

/// Something that was done: what is written down about it.
#[derive(Debug)]
pub struct Entry {
    verb: Verb,
    kind: Kind,
    subject: String,
    name: String,
    before: Result<Value, Error>,
    after: Result<Value, Error>,
}

/// What is written down, ready to be.
pub(crate) struct Written {
    pub(crate) verb: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
    pub(crate) name: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl Entry {
    /// Something was done to a thing; nothing of it has to be told.
    #[must_use]
    pub fn did(verb: Verb, kind: Kind, subject: impl ToString) -> Self {
        let (before, after) = (Ok(Value::Null), Ok(Value::Null));
        Self { verb, kind, subject: subject.to_string(), name: String::new(), before, after }
    }

    /// Something is there that was not.
    #[must_use]
    pub fn added(kind: Kind, subject: impl ToString, after: &impl Serialize) -> Self {
        Self::did(Verb::Added, kind, subject).with(&Value::Null, after)
    }

    /// Something is otherwise than before. Where it is not, nothing is written down.
    #[must_use]
    pub fn changed(kind: Kind, subject: impl ToString, before: &impl Serialize, after: &impl Serialize) -> Self {
        Self::did(Verb::Changed, kind, subject).with(before, after)
    }

    /// Something is not there any more.
    #[must_use]
    pub fn removed(kind: Kind, subject: impl ToString, before: &impl Serialize) -> Self {
        Self::did(Verb::Removed, kind, subject).with(before, &Value::Null)
    }

    /// The same, with what it is called.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same, with what was there before and after. `null`: nothing.
    #[must_use]
    pub fn with(mut self, before: &impl Serialize, after: &impl Serialize) -> Self {
        self.before = serde_json::to_value(before);
        self.after = serde_json::to_value(after);
        self
    }

    /// What is written down; `None` where nothing has changed.
    pub(crate) fn written(self) -> Result<Option<Written>, StoreError> {
        let (before, after) = (self.before?, self.after?);
        if self.verb == Verb::Changed && before == after {
            return Ok(None);
        }
        let (before, after) = difference::between(before, after);
        let text = |value: Value| (!value.is_null()).then(|| value.to_string());
        Ok(Some(Written {
            verb: self.verb.as_str(),
            kind: self.kind.as_str(),
            subject: self.subject,
            name: self.name,
            before: text(before),
            after: text(after),
        }))
    }
}

/// Something that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// its number
    pub nth: i64,
    /// when, milliseconds UTC
    pub at: Millis,
    /// one of [`Actor::WORDS`]
    pub actor: String,
    /// the e-mail address then, or the name of the token; empty: neither
    pub actor_name: String,
    /// what was done
    pub verb: Verb,
    /// to a thing of which kind
    pub kind: Kind,
    /// to which
    pub subject: String,
    /// what it was called then; may be empty
    pub subject_name: String,
    /// JSON: what differs
    pub before: Option<String>,
    /// as before
    pub after: Option<String>,
}

/// What is looked for in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// the name of an actor, or the word for one without a name
    pub who: Option<String>,
    /// what was done
    pub verb: Option<Verb>,
    /// to a thing of which kind
    pub kind: Option<Kind>,
    /// from this instant on, milliseconds UTC
    pub from: Option<Millis>,
    /// before this instant
    pub until: Option<Millis>,
}

/// The audit log, for those who see everything; for anybody else nothing is there.
#[async_trait]
pub trait StaffAudit {
    /// Writes down what was done where nothing else is written: an export.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn record(&self, entry: Entry) -> Result<(), StoreError>;

    /// What was written down, the newest first: so many after so many.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn audit_log(&self, query: &AuditQuery, skip: u64, limit: u32) -> Result<Vec<Logged>, StoreError>;

    /// How much there is.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn audit_count(&self, query: &AuditQuery) -> Result<u64, StoreError>;

    /// Everybody who stands in it, by name: [`AuditQuery::who`].
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn audit_actors(&self) -> Result<Vec<String>, StoreError>;

    /// For how many months it is kept.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn audit_months(&self) -> Result<u32, StoreError>;

    /// Keeps it for so many months. False where somebody sees a part only.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn keep_audit_for(&self, months: u32) -> Result<bool, StoreError>;
}

/// What the program itself does with the log.
#[async_trait]
pub trait Audit {
    /// Forgets what is older than the organisation wants it kept. How much that was.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn forget_audit(&self, now: Millis) -> Result<u64, StoreError>;
}
