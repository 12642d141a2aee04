//! People: who of the staff there is, and what administrators decide about them.
//!
//! Only those who see everything may; for anybody else nothing is there. Whoever may run commands on the server can always
//! make another administrator, so that the last one is only kept from the pages.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};

use super::{
    StoreError,
    staff::{SetupLink, User},
};

/// Somebody as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// who it is, and what they may do and see
    pub user: User,
    /// whether they have chosen a password
    pub has_password: bool,
    /// how many browsers are logged in
    pub sessions: u64,
    /// when they were here last, to the day, milliseconds UTC
    pub last_used_at: Option<Millis>,
    /// whether they have a second step at the log-in
    pub has_second_step: bool,
    /// since when they may not log in
    pub disabled_at: Option<Millis>,
    /// until when the link opens that they were given and have not used
    pub invited_until: Option<Millis>,
}

/// What became of a decision about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Decided {
    /// it is so now
    Done,
    /// there is nobody like that, or whoever decides may not
    NotThere,
    /// somebody else has the e-mail address
    EmailTaken,
    /// nobody would be left who can log in and decide about everything
    LastAdmin,
}

/// What administrators decide about people.
#[async_trait]
pub trait StaffPeople {
    /// Everybody, by e-mail address.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn people(&self) -> Result<Vec<Person>, StoreError>;

    /// Adds somebody, who chooses their password with a link.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn invite(&self, user: &User, link: &SetupLink) -> Result<Decided, StoreError>;

    /// Gives somebody a new link to choose a password; an earlier one is void, and who could not log in may again.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn invite_again(&self, link: &SetupLink) -> Result<Decided, StoreError>;

    /// Lets somebody do and see something else, from their next click on. The e-mail address stays. With another role they
    /// log in anew.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn change_person(&self, user: &User) -> Result<Decided, StoreError>;

    /// Takes somebody's password, sessions and links away, until they are given a new link. What they have done stays
    /// theirs.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn disable_person(&self, id: UserId) -> Result<Decided, StoreError>;

    /// Removes somebody. What they have done stays done.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn remove_person(&self, id: UserId) -> Result<Decided, StoreError>;

    /// Takes somebody's second step at the log-in away.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn remove_second_step(&self, id: UserId) -> Result<Decided, StoreError>;

    /// Ends every log-in of somebody.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn end_sessions_of(&self, id: UserId) -> Result<Decided, StoreError>;

    /// Leaves everything to a successor, who becomes an administrator and sees everything, and disables whoever leaves: both
    /// or neither. The successor must be able to log in.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn hand_over(&self, from: UserId, to: UserId) -> Result<Decided, StoreError>;
}
