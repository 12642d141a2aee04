//! Staff: users, their sessions, set-up links, API tokens, and what the login throttle counts.

use async_trait::async_trait;
use domain::{
    event::Venue,
    id::{SurveyId, UserId},
    lang::Text,
    survey::SurveyVersion,
    time::{DAY, Millis},
};
use serde::{Deserialize, Serialize};

use super::{Scope, StoreError, kiosks::TokenHash};

/// What a member of staff, or an API token, may do. Each may do what the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// reads summaries and released comments
    Viewer,
    /// changes events and surveys, judges responses
    Editor,
    /// everything
    Admin,
}

impl Role {
    /// The word in the store and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The role that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        [Self::Viewer, Self::Editor, Self::Admin].into_iter().find(|role| role.as_str() == word)
    }
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// which user
    pub id: UserId,
    /// lower case
    pub email: String,
    /// what they may do
    pub role: Role,
    /// what they may see
    pub scope: Scope,
}

/// A user with the hash that a password is compared with.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// whose
    pub user: User,
    /// in PHC format; `None` until the set-up link was used
    pub password: Option<String>,
}

/// A user as those see them who manage users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserEntry {
    /// who it is
    pub user: User,
    /// whether they can log in: they have chosen a password, and nobody has taken it away
    pub has_password: bool,
    /// how many browsers are logged in
    pub sessions: u64,
}

/// An API token as those see it who manage tokens. The token itself is nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenEntry {
    /// what uses it
    pub name: String,
    /// what it may do
    pub role: Role,
    /// since when
    pub created_at: Millis,
    /// until when; `None`: it opens
    pub revoked_at: Option<Millis>,
}

/// Somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// who it is
    pub user: User,
    /// since when
    pub started_at: Millis,
    /// until when, unless it is used
    pub expires_at: Millis,
}

impl Session {
    /// A session that nobody uses ends after so long.
    pub const UNUSED: Millis = 14 * DAY;
    /// Any session ends after so long.
    pub const IN_ALL: Millis = 90 * DAY;
    /// The end is moved no oftener than this: each move is a write.
    const STEP: Millis = DAY;

    /// Until when it lasts now that it is used; `None` where that is no later than it was by much.
    #[must_use]
    pub fn lasts(&self, now: Millis) -> Option<Millis> {
        let until = (now + Self::UNUSED).min(self.started_at + Self::IN_ALL);
        (until >= self.expires_at + Self::STEP).then_some(until)
    }
}

/// Why there is a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// an administrator gave it, or the first start
    Invitation,
    /// somebody has forgotten their password, and it went to their address
    Reset,
    /// somebody has typed the printed recovery code: they become an administrator
    Recovery,
}

impl Purpose {
    /// The word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
            Self::Recovery => "recovery",
        }
    }

    /// The purpose that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        [Self::Invitation, Self::Reset, Self::Recovery].into_iter().find(|purpose| purpose.as_str() == word)
    }
}

/// A set-up link: whoever opens it chooses the password of a user, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetupLink {
    /// the hash of what stands in the address
    pub token: TokenHash,
    /// whose password; `None`: the first user, who also names the organisation, or whoever has the printed recovery code
    pub user: Option<UserId>,
    /// milliseconds UTC
    pub expires_at: Millis,
    /// who gave it
    pub purpose: Purpose,
}

/// What the first start sets up: all of it, or nothing.
#[derive(Clone, Debug)]
pub struct FirstSetup {
    /// the link that allows it
    pub link: TokenHash,
    /// what the organisation is called
    pub organisation: String,
    /// the first survey
    pub survey: SurveyId,
    /// what staff call it
    pub survey_name: Text,
    /// its first version
    pub version: SurveyVersion,
    /// the first venue, which asks that version
    pub venue: Venue,
    /// the first user
    pub user: User,
    /// the hash of their password, in PHC format
    pub password: String,
    /// the printed recovery code
    pub recovery_code: TokenHash,
}

/// What became of a [`FirstSetup`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupOutcome {
    /// everything is there, and the link is used up
    Done,
    /// the link has been used or is too old; nothing has changed
    LinkGone,
    /// somebody has the e-mail address already; nothing has changed, and the link still works
    EmailTaken,
    /// something has the code of the venue already; nothing has changed, and the link still works
    CodeTaken,
}

/// Staff.
#[async_trait]
pub trait Staff {
    /// Adds a user without a password. False where the address is taken.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_user(&self, user: &User, at: Millis) -> Result<bool, StoreError>;

    /// The user with this e-mail address (lower case).
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn credentials(&self, email: &str) -> Result<Option<Credentials>, StoreError>;

    /// The user with this id.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError>;

    /// Whether nobody has been added yet.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn no_users(&self) -> Result<bool, StoreError>;

    /// Sets a password and ends every session of the user.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn set_password(&self, user: UserId, password: &str, at: Millis) -> Result<(), StoreError>;

    /// Sets the password of somebody who has shown who they are, and ends every session of theirs.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn change_password(&self, user: UserId, password: &str, now: Millis) -> Result<(), StoreError>;

    /// The sessions of a user that have not ended, the newest first: what each is known by, since when, until when.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn sessions_of(&self, user: UserId, now: Millis) -> Result<Vec<(TokenHash, Millis, Millis)>, StoreError>;

    /// Keeps a set-up link; an earlier one for the same user (or the same first start) and purpose is void.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_setup_link(&self, link: &SetupLink) -> Result<(), StoreError>;

    /// A set-up link that has neither been used nor expired.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn setup_link(&self, token: TokenHash, now: Millis) -> Result<Option<SetupLink>, StoreError>;

    /// Founds the organisation with a link for the first start, which is used up by it.
    ///
    /// # Errors
    /// Where the store cannot do it now, or another subject has taken the venue's code; nothing has
    /// changed then.
    async fn set_up(&self, setup: &FirstSetup, now: Millis) -> Result<SetupOutcome, StoreError>;

    /// Sets the password of the user to whom a set-up link belongs, which is used up by it. False
    /// where the link was used or is too old: nothing has changed then.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn choose_password(
        &self,
        link: TokenHash,
        user: UserId,
        password: &str,
        now: Millis,
    ) -> Result<bool, StoreError>;

    /// Begins a session.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_session(
        &self,
        token: TokenHash,
        user: UserId,
        now: Millis,
        expires_at: Millis,
    ) -> Result<(), StoreError>;

    /// A session that has not ended.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn session(&self, token: TokenHash, now: Millis) -> Result<Option<Session>, StoreError>;

    /// Moves the end of a session that is used.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn keep_session(&self, token: TokenHash, now: Millis, until: Millis) -> Result<(), StoreError>;

    /// Ends every session of a user, or of everybody. How many there were.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn end_sessions(&self, of: Option<UserId>) -> Result<u64, StoreError>;

    /// Everybody, by e-mail address.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn users(&self, now: Millis) -> Result<Vec<UserEntry>, StoreError>;

    /// Every API token, by name and age.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn tokens(&self) -> Result<Vec<TokenEntry>, StoreError>;

    /// Revokes the API tokens of a name. How many there were.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn revoke_tokens(&self, name: &str, at: Millis) -> Result<u64, StoreError>;

    /// Lets the API tokens of a name do something else. How many there were.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn change_tokens(&self, name: &str, role: Role) -> Result<u64, StoreError>;

    /// Ends a session.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn end_session(&self, token: TokenHash) -> Result<(), StoreError>;

    /// Adds an API token.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_token(&self, token: TokenHash, name: &str, role: Role, at: Millis) -> Result<(), StoreError>;

    /// The role of an API token that has not been revoked.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn token_role(&self, token: TokenHash) -> Result<Option<Role>, StoreError>;

    /// Counts an attempt to log in with a key. False, and nothing counted, where there have been
    /// `most` since an instant already; everything before that instant is forgotten. However many
    /// ask at once, no more than `most` are told true.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn try_login(&self, key: &str, now: Millis, since: Millis, most: u32) -> Result<bool, StoreError>;

    /// When the last attempt with a key was counted, since an instant. Nothing is counted by asking.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn last_failed_login(&self, key: &str, since: Millis) -> Result<Option<Millis>, StoreError>;

    /// Forgets the attempts of a key: the last one was right.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn forget_logins(&self, key: &str) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use domain::id::UserId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_session_lasts_while_it_is_used_and_not_for_ever() {
        let user = User { id: UserId(Uuid::nil()), email: String::new(), role: Role::Viewer, scope: Scope::All };
        let mut session = Session { user, started_at: 0, expires_at: Session::UNUSED };
        assert_eq!(session.lasts(DAY - 1), None, "not at every click");
        let mut now = DAY;
        while now < session.expires_at {
            if let Some(until) = session.lasts(now) {
                assert!(until > session.expires_at);
                session.expires_at = until;
            }
            now += DAY;
        }
        assert_eq!(session.expires_at, Session::IN_ALL);
    }
}
