//! What happens to an id that comes again with other content.

use std::borrow::Cow;

use domain::{
    event::EventSource,
    flag::{Flag, Standing},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Connection, Db, bulk, comments, insert_row::insert_row, response_rows, write_tx::WriteTx};
use crate::{
    StoreError,
    additions::Additions,
    changes::Change,
    doubt::PlaceDay,
    responses::{NewResponse, Placement},
    rows::{self, Bind, ConflictRow, ResponseRow, Row},
    tally_deltas::TallyDeltas,
};

/// Puts a response in the place of the one with its id: the old tallies go, the new ones come. When
/// the first one arrived stays, because the time for changing one's mind runs from there. Returns where the old one
/// was, which may be elsewhere.
pub(super) async fn replace(
    tx: &mut WriteTx<'_>,
    item: &NewResponse,
    deltas: &mut TallyDeltas,
) -> Result<Option<PlaceDay>, StoreError> {
    let id = item.response.id.0;
    let Some(old) = response_rows::locked(tx.connection(), id).await? else { return Ok(None) };
    let item = &*where_staff_put_it(item, &old.stored.place);
    deltas.count(&old.stored.response, &old.stored.place, &old.stored.flags, -1);
    tx.announce(Change::of_response(&old.stored.place));

    // What staff said about the response stays, and so do the weak signs, until it is judged anew; what else
    // the program said was about the old content.
    for sql in [
        "DELETE FROM comments WHERE response = $1",
        "DELETE FROM flags WHERE response = $1 AND flag NOT IN ('hasty', 'run', 'even', 'burst', 'void')
         AND set_by IS NULL AND lifted_at IS NULL",
    ] {
        sqlx::query(sql).bind(id).execute(tx.connection()).await?;
    }
    bulk::write(tx.connection(), &Additions::about(item)).await?;
    let flags = response_rows::flags(tx.connection(), id).await?;
    let standing = Standing::from_flags(&flags);
    if standing == Standing::SetAside {
        comments::shorten(tx.connection(), &item.response).await?;
    }
    update(tx.connection(), item, standing.code()).await?;

    deltas.count(&item.response, &item.place, &flags, 1);
    tx.announce(Change::of_response(&item.place));
    Ok(Some(PlaceDay::of(&old.stored.place)))
}

/// The same answer at the event that staff have moved the first one to, where they have.
fn where_staff_put_it<'a>(item: &'a NewResponse, old: &Placement) -> Cow<'a, NewResponse> {
    if old.source != Some(EventSource::Staff) {
        return Cow::Borrowed(item);
    }
    let mut item = item.clone();
    item.place = Placement {
        event: old.event,
        source: old.source,
        production: old.production,
        local_day: old.local_day,
        ..item.place
    };
    item.flags.retain(|flag| *flag != Flag::OutsideWindow);
    Cow::Owned(item)
}

/// Columns that a replacement leaves alone.
const KEPT: [&str; 3] = ["id", "channel", "received_at"];

async fn update(connection: &mut Connection, item: &NewResponse, standing: i16) -> Result<(), StoreError> {
    let mut update = Update(QueryBuilder::new("UPDATE responses SET revision = revision + 1"));
    ResponseRow { standing, ..ResponseRow::new(item)? }.bind(&mut update);
    update.0.push(" WHERE id = ").push_bind(item.response.id.0).build().execute(connection).await?;
    Ok(())
}

struct Update(QueryBuilder<Db>);

impl Bind for Update {
    fn value<T: rows::Value>(&mut self, column: &'static str, value: T) {
        if !KEPT.contains(&column) {
            self.0.push(", ").push(column).push(" = ").push_bind(value);
        }
    }
}

/// Keeps a conflicting response aside for staff, once for each content. Of a phone's response it is the first that is
/// kept: anybody who has the form can send it in a thousand versions, and a tablet's token belongs to a tablet.
pub(super) async fn keep_aside(connection: &mut Connection, item: &NewResponse) -> Result<(), StoreError> {
    if item.place.kiosk.is_none() && has_conflict(connection, item.response.id.0).await? {
        return Ok(());
    }
    let mut insert = insert_row(rows::CONFLICTS, ConflictRow::new(item)?);
    insert.push(" ON CONFLICT (response, content_form, content_hash) DO NOTHING");
    insert.build().execute(connection).await?;
    Ok(())
}

/// Whether something is kept aside under an id. Whoever has locked its response is alone with it.
async fn has_conflict(connection: &mut Connection, id: Uuid) -> Result<bool, StoreError> {
    let kept = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM conflicts WHERE response = $1");
    Ok(kept.bind(id).fetch_one(connection).await? > 0)
}
