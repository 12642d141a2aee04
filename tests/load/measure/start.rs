//! From the start of the program to its first answer.

use std::{path::Path, time::Duration};

use anyhow::Result;

use crate::{
    figures::{Figures, ms},
    program::Program,
};

const BUDGET: Duration = Duration::from_millis(300);
/// Odd, so that one of them is the median.
const STARTS: usize = 5;

pub(super) async fn measure(url: &str, folder: &Path, what: &str, figures: &mut Figures) -> Result<()> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let program = Program::start(url, folder).await?;
        starts.push(program.start);
        program.end().await?;
    }
    starts.sort_unstable();
    let median = starts[STARTS / 2];
    figures.judge(what, ms(median), "<= 300 ms", median <= BUDGET);
    Ok(())
}
