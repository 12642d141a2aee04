//! The two ways in: what the staff may read and write, and what the program itself does.

use std::{fmt, sync::Arc};

use crate::{
    alerts,
    audit::{self, Author},
    changes, codes, comments, courses, decisions, doubt, feeds, health, import_files, imports, installation,
    kiosk_commands, kiosks,
    live_view::LiveView,
    logo, mail_readers, moving, open_id, organisation, pairings, people, placing, programme, recovery, responses,
    scope::Scope,
    second_step, size, staff, surveys, tallies,
};

/// Everything that Aplodi remembers. There are two ways in and no third, so that nobody can forget
/// to ask what a person may see.
#[derive(Clone)]
pub struct Store(pub(crate) Arc<dyn SystemStore>);

impl Store {
    /// What a member of staff, or a program of theirs, may read and write: nothing outside the scope
    /// is there for them.
    #[must_use]
    pub fn for_staff(&self, scope: Scope) -> Box<dyn StaffStore> {
        self.for_caller(Caller { scope, view: LiveView::EVERYTHING, author: Author::PROGRAM })
    }

    /// The same for somebody in particular, who may see numbers later than they are known.
    #[must_use]
    pub fn for_caller(&self, caller: Caller) -> Box<dyn StaffStore> {
        Arc::clone(&self.0).for_staff(caller)
    }

    /// What the program itself does: tablets, visitors, jobs, the command line. No page of the staff
    /// comes this way.
    #[must_use]
    pub fn system(&self) -> &Arc<dyn SystemStore> {
        &self.0
    }
}

/// Somebody of the staff who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    /// what they may see
    pub scope: Scope,
    /// how much of what is live
    pub view: LiveView,
    /// in whose name they change something, and when
    pub author: Author,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// What the program itself does, whoever may see it.
pub trait SystemStore:
    alerts::Alerts
    + audit::Audit
    + changes::Changes
    + codes::Codes
    + comments::Comments
    + courses::Courses
    + doubt::Doubts
    + feeds::Feeds
    + health::Listening
    + installation::Installation
    + kiosk_commands::KioskCommands
    + kiosks::Kiosks
    + logo::Logos
    + mail_readers::MailReaders
    + open_id::OpenIdLogins
    + organisation::Organisation
    + pairings::Pairings
    + programme::Programme
    + recovery::Recovery
    + responses::Responses
    + second_step::SecondSteps
    + size::Size
    + staff::Staff
    + surveys::Surveys
    + tallies::Tallies
    + Send
    + Sync
    + 'static
{
    /// What is left of it for somebody of the staff.
    fn for_staff(self: Arc<Self>, caller: Caller) -> Box<dyn StaffStore>;
}

/// What a member of staff may read and write, each call within their [`Scope`].
pub trait StaffStore:
    alerts::StaffAlerts
    + audit::StaffAudit
    + changes::StaffChanges
    + codes::StaffCodes
    + comments::StaffComments
    + courses::StaffCourses
    + decisions::StaffDecisions
    + feeds::StaffFeeds
    + health::StaffHealth
    + import_files::StaffImportFiles
    + imports::StaffImports
    + installation::StaffInstallation
    + kiosk_commands::StaffKioskCommands
    + logo::StaffLogos
    + mail_readers::StaffMailReaders
    + moving::StaffMoving
    + pairings::StaffKiosks
    + organisation::StaffOrganisation
    + people::StaffPeople
    + placing::StaffPlacing
    + programme::StaffProgramme
    + recovery::StaffRecovery
    + surveys::StaffSurveys
    + tallies::StaffTallies
    + Send
    + Sync
    + 'static
{
}
