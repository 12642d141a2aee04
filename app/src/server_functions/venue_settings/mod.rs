//! Saving what staff decide about a venue.
//!
//! - [`form`]: the fields, as they are typed and sent;
//! - [`errors`]: what may be wrong with each.

#[cfg(feature = "ssr")]
pub mod errors;
pub mod form;

use domain::id::VenueId;
use leptos::{
    prelude::*,
    server_fn::{
        Http,
        codec::{Post, PostUrl},
    },
};

use self::form::SettingsForm;
use super::form_error::{FormError, Lines};

/// Saves the settings of a venue.
///
/// # Errors
/// Where the form says something that cannot be.
#[server(prefix = "/staff/call", endpoint = "venue-settings", protocol = Http<PostUrl, Post<Lines>>)]
pub async fn save_venue_settings(
    /// whose
    venue: VenueId,
    /// what was typed
    form: SettingsForm,
) -> Result<(), FormError> {
    super::call_handler(SaveVenueSettings { venue, form }).await
}
