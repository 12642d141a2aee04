//! `aplodi responses`

use std::process::ExitCode;

use clap::{Args, Subcommand, builder::FalseyValueParser};
use domain::{event::Window, id::ResponseId, time::Millis};
use jiff::civil::Time;
use store::moving::WhichToMove;

use super::{
    doubt::{find, instant},
    print::say,
    tools::{CommandResult, Data, Tools},
};
use crate::moving::{move_answers, to_move};

/// Answers.
#[derive(Debug, Subcommand)]
pub(super) enum Responses {
    /// Move answers to another event of the same venue
    Move(Move),
}

/// Which answers, and where to.
#[derive(Debug, Args)]
pub(super) struct Move {
    /// One answer, by its id
    #[arg(long, env = "APLODI_RESPONSE", required_unless_present = "event", conflicts_with_all = ["event", "from", "until"])]
    response: Option<uuid::Uuid>,
    /// Answers of an event, by its code
    #[arg(long, env = "APLODI_EVENT")]
    event: Option<String>,
    /// Only those from this time of the evening on, such as 19:41
    #[arg(long, env = "APLODI_FROM")]
    from: Option<Time>,
    /// Only those before this time of the evening
    #[arg(long, env = "APLODI_UNTIL")]
    until: Option<Time>,
    /// Code of the event that they are about
    #[arg(long, env = "APLODI_TO")]
    to: String,
    /// Say how many it would be, and move none
    #[arg(long, env = "APLODI_DRY_RUN", value_parser = FalseyValueParser::new())]
    dry_run: bool,
}

impl Responses {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        let Self::Move(Move { response, event, from, until, to, dry_run }) = self;
        let which = match (response, event) {
            (Some(id), _) => WhichToMove::One(ResponseId(id)),
            (None, Some(code)) => {
                let (event, zone) = find(&tools, &code).await?;
                let at = |time: Option<Time>, else_at| time.map_or(Ok(else_at), |time| instant(&event, &zone, time));
                let (from, until) = (at(from, 0)?, at(until, Millis::MAX)?);
                WhichToMove::Span(event.id, Window { from, until: until - 1 })
            }
            (None, None) => return Err("name a response or an event".into()),
        };
        let (to, _) = find(&tools, &to).await?;
        let store = tools.staff();
        if dry_run {
            let answers = to_move(&*store, &which, to.id).await?.unwrap_or(0);
            say!("{answers} would be moved.")?;
            return Ok(ExitCode::SUCCESS);
        }
        let moved = move_answers(&*store, &which, to.id, tools.now()).await?.unwrap_or(0);
        // What is left and what came is judged anew, by the server or, where none runs, here.
        tools.judge().settle().await?;
        say!("{moved} moved.")?;
        Ok(ExitCode::SUCCESS)
    }
}
