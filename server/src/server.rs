//! A running server: its parts put together, started, and stopped without losing what it accepted.

use std::{
    future::Future,
    sync::{self, Arc, PoisonError},
};

use app::pages::staff::login::BACK;
use domain::time::{DAY, Millis};
use tokio::{
    net::TcpListener,
    sync::{Mutex, Notify, broadcast, watch},
};
use url::Url;

use crate::{
    auth::{
        login_throttle::LoginThrottle,
        open_id::{OpenIdSettings, provider::OpenId},
        rate_limit::{KioskLimits, RateLimit},
    },
    client_address::Proxies,
    clock::{Clock, Rng},
    connections::{
        self, Policy, Timeouts,
        places::{ConnectionLimits, Places},
    },
    demo::{DemoAccess, DemoError, DemoSeeder, tablets::DemoTablets},
    http::{
        self,
        body_room::BodyRoom,
        other_scheme::OtherScheme,
        phone::rendered::Rendered,
        site::Site,
        state::{AppState, AppStateInner},
        wardrobe::Wardrobe,
    },
    intake::{Cache, Intake, address_counts::AddressCounts},
    jobs::{self, alerts::AlertJob},
    judge::Judge,
    kiosk_pin::PinChecks,
    metrics::{Metrics, MetricsError},
    notify::{email::Mailer, reach::WebhookReach, service::AlertService},
    pairing::PairingService,
    secrets::{hash_token, new_token, seal},
};
use store::{
    StoreError,
    begin_again::begin_again,
    changes::Change,
    open::{OpenError, open_to_serve},
    organisation::InstanceKeys,
    staff::{Purpose, SetupLink},
    writer::Writer,
};

/// What a server is made from.
pub struct Options {
    /// where the data is
    pub database_url: String,
    /// where people reach it
    pub public_url: Url,
    /// fill an empty database with a season
    pub demo: bool,
    /// sends e-mail; `None` where nobody said how
    pub mailer: Option<Mailer>,
    /// where programs may be that are told something
    pub webhooks: WebhookReach,
    /// who else says who somebody of the staff is; `None`: nobody
    pub open_id: Option<OpenIdSettings>,
    /// scripts, styles, fonts
    pub site: Site,
    /// tells the time
    pub clock: Arc<dyn Clock>,
    /// makes tokens and ids
    pub rng: Arc<Rng>,
    /// how much a client may ask, and how long it may take
    pub limits: Limits,
    /// the web servers in front of this one
    pub proxies: Proxies,
    /// what opens `/metrics`; `None`: nothing does
    pub metrics_token: Option<String>,
}

/// How much a client may ask, and how long it may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// requests of one tablet
    pub rate_limit: RateLimit,
    /// time for one request
    pub timeouts: Timeouts,
    /// connections at once
    pub connections: ConnectionLimits,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("public_url", &self.public_url.as_str()).finish_non_exhaustive()
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be opened.
    #[error("the database cannot be opened")]
    Open(#[from] OpenError),
    /// The database does not answer.
    #[error("the database does not answer")]
    Store(#[from] StoreError),
    /// The metrics have no valid names.
    #[error("nothing can be counted")]
    Metrics(#[from] MetricsError),
    /// The demo season.
    #[error("the demo season cannot be played")]
    Demo(#[from] DemoError),
}

/// A server, ready to run.
pub struct Server {
    state: AppState,
    alert_job: Arc<AlertJob>,
    stored: Arc<Notify>,
    stop: watch::Sender<bool>,
    demo: Option<(DemoAccess, Arc<DemoTablets>)>,
    first_link: Option<String>,
    limits: Limits,
    proxies: Arc<Proxies>,
    metrics_listener: Option<TcpListener>,
}

impl Server {
    /// Opens the data and puts the parts together.
    ///
    /// # Errors
    /// Where the data cannot be opened.
    pub async fn prepare(options: Options) -> Result<Self, StartError> {
        let store = open_to_serve(&options.database_url).await?;
        let now = options.clock.now();
        let proposed = InstanceKeys::propose(options.rng.bytes(), options.rng.bytes(), options.rng.bytes());
        let keys = store.system().instance_keys(&proposed, now).await?;
        let cache = Cache::new(Arc::clone(store.system()));
        let intake = Intake::new(cache.clone(), keys.content_key);
        let metrics = Metrics::new(&options.site.version(), database_of(&options.database_url))?;
        let commits = metrics.clone();
        let stored = Arc::new(Notify::new());
        let to_judge = Arc::clone(&stored);
        let writer = Writer::start_observed(Arc::clone(store.system()), move |responses| {
            commits.count_commit(responses);
            to_judge.notify_one();
        });
        let judge = Judge::new(Arc::clone(store.system()), cache.surveys().clone(), Arc::clone(&options.clock));
        let metrics_token = options.metrics_token.map(|token| seal(&keys.form_key, token.as_bytes()));
        let alerts = Arc::new(AlertService::new(options.mailer, options.webhooks, &options.public_url));
        let alert_job = Arc::new(AlertJob::new(
            store.clone(),
            Arc::clone(&options.clock),
            Arc::clone(&options.rng),
            Arc::clone(&alerts),
            options.site.version(),
        ));
        let pairings = PairingService::new(
            Arc::clone(store.system()),
            Arc::clone(&options.clock),
            Arc::clone(&options.rng),
            keys.form_key,
        );
        let back = format!("{}{BACK}", options.public_url.as_str().trim_end_matches('/'));
        let open_id = options.open_id.map(|settings| OpenId::new(settings, back, Arc::clone(&options.clock)));
        let (stop, stopping) = watch::channel(false);
        let state = AppState::new(AppStateInner {
            store,
            writer,
            intake,
            judge,
            cache,
            kiosk_limits: KioskLimits::new(options.limits.rate_limit),
            body_room: BodyRoom::default(),
            logins: LoginThrottle::default(),
            open_id,
            pairings,
            pins: PinChecks::new(keys.form_key),
            clock: options.clock,
            address_counts: AddressCounts::new(Arc::clone(&options.rng)),
            rng: options.rng,
            keys,
            public_url: options.public_url,
            other_scheme: OtherScheme::default(),
            site: options.site,
            rendered: Rendered::default(),
            wardrobe: Wardrobe::default(),
            alerts,
            metrics,
            metrics_token,
            is_demo: options.demo,
            stopping,
        });
        let (first, in_step) = (sync::Mutex::new(Some(state.store.system().changes())), state.clone());
        tokio::spawn(begin_again(move |again| {
            let state = in_step.clone();
            // The first one hears everything from now on, whenever the task begins.
            let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
            async move {
                let changes = first.unwrap_or_else(|| state.store.system().changes());
                if again {
                    forget(Change::Unknown, &state);
                }
                forget_what_changed(changes, &state).await;
            }
        }));
        let is_empty = state.store.system().no_users().await?;
        let demo = if options.demo && is_empty { Some(seed(&state, now).await?) } else { None };
        let first_link = if is_empty && demo.is_none() { Some(first_link(&state, now).await?) } else { None };
        Ok(Self {
            state,
            alert_job,
            stored,
            stop,
            demo,
            first_link,
            limits: options.limits,
            proxies: Arc::new(options.proxies),
            metrics_listener: None,
        })
    }

    /// Answers `/metrics` on an address of its own as well, where it asks for no token.
    #[must_use]
    pub fn with_metrics_on(mut self, listener: TcpListener) -> Self {
        self.metrics_listener = Some(listener);
        self
    }

    /// The parts.
    #[must_use]
    pub const fn state(&self) -> &AppState {
        &self.state
    }

    /// What judges responses.
    #[must_use]
    pub fn judge(&self) -> &Judge {
        &self.state.judge
    }

    /// The job that tells people about tablets.
    #[must_use]
    pub const fn alert_job(&self) -> &Arc<AlertJob> {
        &self.alert_job
    }

    /// How to look around a demo.
    #[must_use]
    pub fn demo_access(&self) -> Option<&DemoAccess> {
        self.demo.as_ref().map(|(access, _)| access)
    }

    /// The tablets of a demo, while it is played.
    #[must_use]
    pub fn demo_tablets(&self) -> Option<&Arc<DemoTablets>> {
        self.demo.as_ref().map(|(_, tablets)| tablets)
    }

    /// The link by which the first user sets the server up.
    #[must_use]
    pub fn first_link(&self) -> Option<&str> {
        self.first_link.as_deref()
    }

    /// [`Server::serve`], and does its jobs all the while.
    pub async fn run(self, listener: TcpListener, stop_asked: impl Future<Output = ()> + Send + 'static) {
        let demo = self.demo_tablets().cloned();
        let jobs = tokio::spawn(jobs::run(Arc::clone(&self.alert_job), demo, self.state.stopping.clone()));
        let judging =
            jobs::judging::run(self.state.judge.clone(), Arc::clone(&self.stored), self.state.stopping.clone());
        let judging = tokio::spawn(judging);
        self.serve(listener, stop_asked).await;
        // Whatever happened in a job is in the log.
        _ = tokio::join!(jobs, judging);
    }

    /// Serves until `stop_asked` ends; then answers what it accepted, closes open streams, and waits
    /// until everything accepted is on disk. No job is done but by whoever holds [`Server::alert_job`].
    pub async fn serve(self, listener: TcpListener, stop_asked: impl Future<Output = ()> + Send + 'static) {
        let Self { state, stop, limits, proxies, metrics_listener, .. } = self;
        let policy = Policy { timeouts: limits.timeouts, places: Places::new(limits.connections), proxies };
        let writer = state.writer.clone();
        let stopping = state.stopping.clone();
        let metrics = metrics_listener.map(|listener| {
            let router = http::metrics::router(state.clone());
            // What watches over a flooded server must reach it.
            let policy = Policy { places: Places::new(ConnectionLimits::of_watchers()), ..policy.clone() };
            tokio::spawn(connections::serve(listener, router, policy, stopping.clone()))
        });
        let router = http::router(state, limits.timeouts);
        let stopped = async move {
            stop_asked.await;
            stop.send_replace(true);
        };
        tokio::join!(connections::serve(listener, router, policy, stopping), stopped);
        if let Some(metrics) = metrics {
            // Whoever only watches need not be answered.
            metrics.abort();
        }
        writer.close().await;
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("state", &self.state).finish_non_exhaustive()
    }
}

async fn seed(state: &AppState, now: Millis) -> Result<(DemoAccess, Arc<DemoTablets>), DemoError> {
    let seeder = DemoSeeder {
        store: Arc::clone(state.store.system()),
        writer: state.writer.clone(),
        intake: state.intake.clone(),
        rng: Arc::clone(&state.rng),
        version: state.site.version(),
    };
    let (access, tablets) = seeder.seed(now).await?;
    // Whoever looks first sees what whoever looks later does.
    state.judge.settle().await?;
    let (store, clock) = (state.store.clone(), Arc::clone(&state.clock));
    Ok((access, Arc::new(DemoTablets { store, clock, tablets: Mutex::new(tablets) })))
}

async fn first_link(state: &AppState, now: Millis) -> Result<String, StoreError> {
    let token = new_token(&state.rng);
    state
        .store
        .system()
        .add_setup_link(&SetupLink {
            token: hash_token(&token),
            user: None,
            expires_at: now + DAY,
            purpose: Purpose::Invitation,
        })
        .await?;
    Ok(state.address(&format!("/staff/set-up/{token}")))
}

/// Which kind of database an address names.
fn database_of(url: &str) -> &'static str {
    if url.starts_with("sqlite") { "sqlite" } else { "postgres" }
}

/// Keeps what is remembered in step with the data, until the server stops.
async fn forget_what_changed(mut changes: broadcast::Receiver<Change>, state: &AppState) {
    let mut stopping = state.stopping.clone();
    loop {
        let change = tokio::select! {
            change = changes.recv() => change,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        let change = match change {
            Ok(change) => change,
            Err(broadcast::error::RecvError::Lagged(_)) => Change::Unknown,
            Err(broadcast::error::RecvError::Closed) => return,
        };
        forget(change, state);
    }
}

fn forget(change: Change, state: &AppState) {
    state.cache.forget(change);
    if matches!(change, Change::Programme | Change::Unknown) {
        state.rendered.forget();
        state.wardrobe.forget();
    }
}
