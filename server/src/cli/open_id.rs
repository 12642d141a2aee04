//! The options of `aplodi serve` for OpenID Connect.

use std::io;

use clap::{
    Args,
    builder::{FalseyValueParser, NonEmptyStringValueParser},
};
use url::Url;

use super::print::say;
use crate::{auth::open_id::OpenIdSettings, notify::reach::WebhookReach};
use store::staff::Role;

/// Who else says who somebody of the staff is: a provider of OpenID Connect.
#[derive(Debug, Args)]
pub(super) struct OpenIdOptions {
    /// The issuer, such as <https://login.circus.example/realms/circus>; its discovery document is below it
    #[arg(long, env = "APLODI_OIDC_ISSUER", requires = "oidc_client_id")]
    pub oidc_issuer: Option<Url>,
    /// As which client this server asks
    #[arg(long, env = "APLODI_OIDC_CLIENT_ID", requires = "oidc_issuer", value_parser = NonEmptyStringValueParser::new())]
    pub oidc_client_id: Option<String>,
    /// The client's secret
    #[arg(long, env = "APLODI_OIDC_CLIENT_SECRET", hide_env_values = true, requires = "oidc_issuer")]
    pub oidc_client_secret: Option<String>,
    /// The claim that lists somebody's groups
    #[arg(long, env = "APLODI_OIDC_GROUPS_CLAIM", default_value = "groups")]
    pub oidc_groups_claim: String,
    /// Groups whose members are administrators, with commas between them
    #[arg(long, env = "APLODI_OIDC_ADMINS", value_delimiter = ',')]
    pub oidc_admins: Vec<String>,
    /// Groups whose members are editors
    #[arg(long, env = "APLODI_OIDC_EDITORS", value_delimiter = ',')]
    pub oidc_editors: Vec<String>,
    /// Groups whose members are viewers; without any group only those come in who were invited
    #[arg(long, env = "APLODI_OIDC_VIEWERS", value_delimiter = ',')]
    pub oidc_viewers: Vec<String>,
    /// Let nobody log in with a password; the printed recovery code still opens
    #[arg(long, env = "APLODI_OIDC_ONLY", value_parser = FalseyValueParser::new(), requires = "oidc_issuer")]
    pub oidc_only: bool,
    /// Ask a provider on this machine or in its own network as well
    #[arg(long, env = "APLODI_OIDC_TO_PRIVATE", value_parser = FalseyValueParser::new())]
    pub oidc_to_private: bool,
}

impl OpenIdOptions {
    /// What they say; `None` where there is no provider.
    pub(super) fn settings(&self) -> Option<OpenIdSettings> {
        let (issuer, client_id) = self.oidc_issuer.clone().zip(self.oidc_client_id.clone())?;
        let named = |groups: &[String]| -> Vec<String> {
            groups.iter().map(|group| group.trim().to_owned()).filter(|group| !group.is_empty()).collect()
        };
        let groups = vec![
            (Role::Admin, named(&self.oidc_admins)),
            (Role::Editor, named(&self.oidc_editors)),
            (Role::Viewer, named(&self.oidc_viewers)),
        ];
        let reach = if self.oidc_to_private { WebhookReach::Private } else { WebhookReach::Public };
        Some(OpenIdSettings {
            issuer,
            client_id,
            client_secret: self.oidc_client_secret.clone(),
            groups_claim: self.oidc_groups_claim.clone(),
            groups,
            only: self.oidc_only,
            reach,
        })
    }

    /// Prints them, the secret hidden.
    pub(super) fn say(&self, hidden: &str) -> io::Result<()> {
        let Some(issuer) = &self.oidc_issuer else { return Ok(()) };
        say!("APLODI_OIDC_ISSUER={issuer}")?;
        say!("APLODI_OIDC_CLIENT_ID={}", self.oidc_client_id.as_deref().unwrap_or_default())?;
        if self.oidc_client_secret.is_some() {
            say!("APLODI_OIDC_CLIENT_SECRET={hidden}")?;
        }
        say!("APLODI_OIDC_GROUPS_CLAIM={}", self.oidc_groups_claim)?;
        say!("APLODI_OIDC_ADMINS={}", self.oidc_admins.join(","))?;
        say!("APLODI_OIDC_EDITORS={}", self.oidc_editors.join(","))?;
        say!("APLODI_OIDC_VIEWERS={}", self.oidc_viewers.join(","))?;
        say!("APLODI_OIDC_ONLY={}", self.oidc_only)?;
        say!("APLODI_OIDC_TO_PRIVATE={}", self.oidc_to_private)
    }
}
