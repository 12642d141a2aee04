//! Simulates honest audiences and those who want another number, and shows what doubt makes of them.
//!
//! Everything goes through the real intake, a real store and the real judge, with the clock in hand; nothing waits.
//! Parameters are drawn at random from a seed, so that a figure can be had again. The limits of doubt were tuned on
//! the seeds below [`options::Options::seed`]'s default and are reported on those from there on.
//!
//! - [`crowds`], [`attackers`], [`people`], [`visit`]: who comes and what they do;
//! - [`trial`]: an evening in a store, and what stood at its end;
//! - [`report`]: the table; [`options`]: what is simulated.
//!
//! What does not belong here: a judgement by this program. Goals are printed beside the figures.

#![expect(clippy::print_stdout, reason = "a simulation is there to be read")]

mod attackers;
mod crowds;
mod options;
mod people;
mod report;
mod trial;
mod visit;

use std::sync::Arc;

use anyhow::Result;
use aplodi::clock::Rng;
use clap::Parser;
use harness::store;
use rand::{SeedableRng, rngs::StdRng};

use crate::{
    attackers::Attacker,
    crowds::Crowd,
    options::{Database, Options},
    report::{attack_line, crowd_line, heading},
    trial::Trial,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    for database in [Database::Sqlite, Database::Postgres] {
        if options.database.is_none_or(|only| only == database) {
            simulate(database, &options).await?;
        }
    }
    Ok(())
}

async fn simulate(database: Database, options: &Options) -> Result<()> {
    let (store, _folder) = match database {
        Database::Sqlite => {
            let (store, folder) = store::sqlite().await;
            (store, Some(folder))
        }
        Database::Postgres => (store::postgres().await, None),
    };
    println!("{}", heading(database, options));
    let rng = Arc::new(Rng::seeded(options.seed));
    for crowd in Crowd::ALL {
        let mut outcomes = Vec::new();
        for seed in options.seeds() {
            let mut random = StdRng::seed_from_u64(seed);
            outcomes.push(Trial::open(&store, Arc::clone(&rng)).await?.of(crowd.visits(&mut random)).await?);
        }
        println!("{}", crowd_line(crowd, &outcomes));
    }
    for attacker in Attacker::ALL {
        let mut outcomes = Vec::new();
        for seed in options.seeds() {
            let mut random = StdRng::seed_from_u64(seed);
            let mut visits = Crowd::Hundred.visits(&mut random);
            attacker.attack(&mut visits, &mut random);
            outcomes.push(Trial::open(&store, Arc::clone(&rng)).await?.of(visits).await?);
        }
        println!("{}", attack_line(attacker, &outcomes));
    }
    Ok(())
}
