//! How one event went.

use leptos::prelude::*;

use super::{
    house::{House, Room},
    live_region::LiveRegion,
    subject::{SubjectData, head},
};
use crate::pages::shell::Shell;

/// The page of an event.
#[component]
pub fn EventPage(
    /// the event and its summary
    data: SubjectData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let lang = shell.lang;
    let title = data.title(lang);
    let head = head(&data, lang);
    let islands = data.live.is_some();
    view! {
        <House shell=shell room=Room::Programme title=title islands=islands>
            {head}
            <LiveRegion data=data lang=lang />
        </House>
    }
}
