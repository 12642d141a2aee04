//! `aplodi serve`

use std::{fmt::Write, net::SocketAddr, process::ExitCode, sync::Arc};

use clap::{
    Args, ValueEnum,
    builder::{FalseyValueParser, NonEmptyStringValueParser},
};
use ipnet::IpNet;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{
    open_id::OpenIdOptions,
    print,
    tools::{Address, CommandResult, Data},
};
use crate::{
    client_address::{Proxies, parse_proxy},
    clock::{Rng, SystemClock},
    connections::{files, places::ConnectionLimits},
    http::site::Site,
    notify::{
        email::{EmailError, Mailer},
        reach::WebhookReach,
    },
    qr,
    server::{Limits, Options, Server},
};
use store::error_log::log_panics;

/// Serves tablets, phones and staff.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address and port to listen on
    #[arg(long, env = "APLODI_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Where people reach it
    #[command(flatten)]
    pub address: Address,
    /// A web server in front of this one, by address or network: only it is believed when it says for whom it asks
    /// (X-Forwarded-For). May be given several times
    #[arg(long, env = "APLODI_TRUSTED_PROXY", value_name = "NETWORK", value_delimiter = ',', value_parser = parse_proxy)]
    pub trusted_proxy: Vec<IpNet>,
    /// Fill an empty database with a season, to look around
    #[arg(long, env = "APLODI_DEMO", value_parser = FalseyValueParser::new())]
    pub demo: bool,
    /// How e-mail is sent
    #[command(flatten)]
    pub post: MailOptions,
    /// Tell programs on this machine and in its own network as well, where staff name one
    #[arg(long, env = "APLODI_WEBHOOKS_TO_PRIVATE", value_parser = FalseyValueParser::new())]
    pub webhooks_to_private: bool,
    /// Who else says who somebody of the staff is
    #[command(flatten)]
    pub open_id: OpenIdOptions,
    /// Who may read metrics
    #[command(flatten)]
    pub metrics: MetricsAccess,
    /// What to log, in the words of tracing's `EnvFilter`
    #[arg(long, env = "APLODI_LOG", default_value = "warn,aplodi=info")]
    pub log: String,
    /// How a line of the log looks
    #[arg(long, env = "APLODI_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// for people
    Text,
    /// an object a line, for programs
    Json,
}

impl LogFormat {
    /// As it is typed.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

/// Who may read metrics: nobody, unless one of these is given.
#[derive(Debug, Args)]
pub(super) struct MetricsAccess {
    /// Address and port that answer /metrics and nothing else, to whoever can reach them
    #[arg(long, env = "APLODI_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// The bearer token that opens /metrics where everybody else is served
    #[arg(long, env = "APLODI_METRICS_TOKEN", hide_env_values = true, value_parser = NonEmptyStringValueParser::new())]
    pub metrics_token: Option<String>,
}

/// How e-mail is sent, for alerts about tablets.
#[derive(Debug, Args)]
pub(super) struct MailOptions {
    /// The mail server: <smtps://user:password@mail.example:465> or <smtp://mail.example:587>
    #[arg(long, env = "APLODI_SMTP_URL", hide_env_values = true, requires = "mail_from")]
    pub smtp_url: Option<String>,
    /// In whose name e-mail is sent: "Aplodi <aplodi@circus.example>"
    #[arg(long, env = "APLODI_MAIL_FROM")]
    pub mail_from: Option<String>,
}

impl MailOptions {
    fn mailer(&self) -> Result<Option<Mailer>, EmailError> {
        let both = self.smtp_url.as_deref().zip(self.mail_from.as_deref());
        both.map(|(url, from)| Mailer::new(url, from)).transpose()
    }
}

impl Serve {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let log = tracing_subscriber::fmt().with_env_filter(EnvFilter::try_new(&self.log)?);
        let log = log.with_writer(std::io::stderr);
        match self.log_format {
            LogFormat::Text => log.init(),
            LogFormat::Json => log.json().init(),
        }
        log_panics();
        let listener = listen(self.listen).await?;
        let public_url = self.address.or_local(listener.local_addr()?)?;
        let proxies = Proxies::new(self.trusted_proxy, public_url.scheme() == "https");
        if proxies.is_unnamed() {
            tracing::warn!(
                "the web server in front of this one is not named (--trusted-proxy): no client is told from another, and \
                 only the limits over all apply"
            );
        }
        let connections = files::raise_limit().map(ConnectionLimits::for_files).unwrap_or_default();
        let options = Options {
            database_url: data.database_url.clone(),
            public_url,
            demo: self.demo,
            mailer: self.post.mailer()?,
            webhooks: if self.webhooks_to_private { WebhookReach::Private } else { WebhookReach::Public },
            open_id: self.open_id.settings(),
            site: Site::load()?,
            clock: Arc::new(SystemClock),
            rng: Arc::new(Rng::from_system()),
            limits: Limits { connections, ..Limits::default() },
            proxies,
            metrics_token: self.metrics.metrics_token,
        };
        let mut server = Server::prepare(options).await?;
        if let Some(address) = self.metrics.metrics_listen {
            server = server.with_metrics_on(listen(address).await?);
        }
        let stop_asked = stop_asked();
        welcome(&server)?;
        server.run(listener, stop_asked).await;
        Ok(ExitCode::SUCCESS)
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))
}

/// Tells the person at the terminal where to go.
fn welcome(server: &Server) -> Result<(), Box<dyn std::error::Error>> {
    let state = server.state();
    let mut out = String::new();
    if let Some(access) = server.demo_access() {
        let phone = state.address(&format!("/f/{}", access.event_code));
        writeln!(out, "\nAplodi is playing a demo season.\n")?;
        writeln!(out, "  Tablet   {}", state.address(&format!("/kiosk#token={}", access.kiosk_token)))?;
        writeln!(out, "  Phone    {phone}")?;
        writeln!(out, "  Staff    {}", state.address("/staff"))?;
        writeln!(out, "           {}  {}\n", access.email, access.password)?;
        writeln!(out, "The phone page as a QR code:\n\n{}\n", qr::terminal(&phone)?)?;
    } else if let Some(link) = server.first_link() {
        writeln!(out, "\nNobody has been here yet. Set Aplodi up here, once, within 24 hours:\n\n  {link}\n")?;
    } else {
        writeln!(out, "Serving {}", state.address("/"))?;
    }
    // The empty line at its end says that this is all of it.
    print::line(format_args!("{}", out.strip_suffix('\n').unwrap_or(&out)))?;
    Ok(())
}

/// Ends when the process is asked to stop. It listens from the call on: whoever reads that the server serves may ask it to
/// stop in the same moment.
#[cfg(unix)]
fn stop_asked() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};

    let listening = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async {
        let (Ok(mut interrupt), Ok(mut terminate)) = listening else {
            // Without a handler the default action still stops the process.
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Ends when the process is asked to stop.
#[cfg(not(unix))]
async fn stop_asked() {
    // Without a handler the default action still stops the process.
    let _: std::io::Result<()> = tokio::signal::ctrl_c().await;
}
