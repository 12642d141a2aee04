//! Adding what responses change to the tallies, within a transaction.

use super::{Connection, bulk};
use crate::{
    StoreError,
    additions::Additions,
    tally_deltas::{Owner, Table, TallyDeltas},
};

/// Adds deltas to the tallies. A cell that reaches 0 is not there any more.
pub(super) async fn write_deltas(connection: &mut Connection, deltas: &TallyDeltas) -> Result<(), StoreError> {
    let additions = Additions::default().with_tallies(deltas);
    bulk::write(connection, &additions).await?;
    for (table, rows) in [(Table::Days, additions.days), (Table::Months, additions.months)] {
        for rows in rows.iter().filter(|rows| rows.cells.iter().any(|cell| cell.count < 0)) {
            for owner in &rows.owners {
                drop_empty(connection, table, *owner).await?;
            }
        }
    }
    Ok(())
}

/// Takes away an owner's cells in which nothing is counted.
pub(super) async fn drop_empty(connection: &mut Connection, table: Table, owner: Owner) -> Result<(), StoreError> {
    sqlx::query(match table {
        Table::Days => "DELETE FROM tallies WHERE subject = $1 AND local_day = $2 AND count = 0",
        Table::Months => "DELETE FROM period_tallies WHERE whose = $1 AND month = $2 AND count = 0",
    })
    .bind(owner.owner_id)
    .bind(owner.period)
    .execute(connection)
    .await?;
    Ok(())
}
