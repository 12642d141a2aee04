//! The words of the log: what is done, and to what.

/// Declares an enum of words with the word of each, so that none can be left out of the list.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them, in the order in which a page lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in the store and in an address.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What a word names.
            #[must_use]
            pub fn from_name(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// What is done.
    Verb {
        /// it is there now
        Added = "added",
        /// it is otherwise now
        Changed = "changed",
        /// it is not there any more
        Removed = "removed",
        /// it does not take place
        Cancelled = "cancelled",
        /// it belongs elsewhere now
        Moved = "moved",
        /// a file was taken in
        Imported = "imported",
        /// data was handed out
        Exported = "exported",
        /// a tablet was paired
        Paired = "paired",
        /// a tablet was unpaired
        Unpaired = "unpaired",
        /// something was asked of a tablet
        Asked = "asked",
        /// responses count again
        PutBack = "put_back",
        /// responses do not count
        SetAside = "set_aside",
        /// somebody was given a link to choose a password
        Invited = "invited",
        /// somebody can log in no more
        Disabled = "disabled",
        /// somebody chose a password
        PasswordSet = "password_set",
        /// a second step at the log-in was switched on
        SecondStepOn = "second_step_on",
        /// a second step at the log-in was switched off
        SecondStepOff = "second_step_off",
        /// log-ins were ended
        LoggedOut = "logged_out",
        /// a code that opens the installation was used
        Used = "used",
    }
}

words! {
    /// What something is done to.
    Kind {
        /// a member of staff
        User = "user",
        /// an API token
        Token = "token",
        /// somebody who reads by e-mail only
        Reader = "reader",
        /// the printed recovery code
        RecoveryCode = "recovery_code",
        /// the organisation
        Organisation = "organisation",
        /// a page that the law asks for
        LegalPage = "legal_page",
        /// a venue
        Venue = "venue",
        /// a production
        Production = "production",
        /// an event
        Event = "event",
        /// a programme, as a file
        Programme = "programme",
        /// a calendar feed
        Feed = "feed",
        /// a survey
        Survey = "survey",
        /// responses
        Responses = "responses",
        /// a kiosk
        Kiosk = "kiosk",
        /// a screen or a poster
        Poster = "poster",
        /// this log
        Log = "log",
    }
}
