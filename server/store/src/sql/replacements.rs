//! What happens to an id that comes again with other content.

use domain::{event::EventSource, flag::Standing, response::Segment};
use sqlx::QueryBuilder;

use super::{Connection, Db, bulk, response_rows, responses::change, write_tx::WriteTx};
use crate::{StoreError, additions::Additions, answers, responses::NewResponse, tally_deltas::TallyDeltas};

/// Puts a response in the place of the one with its id: the old tallies go, the new ones come. When
/// the first one arrived stays, because the time for changing one's mind runs from there.
pub(super) async fn replace(
    tx: &mut WriteTx<'_>,
    item: &NewResponse,
    deltas: &mut TallyDeltas,
) -> Result<(), StoreError> {
    let id = item.response.id.0;
    let Some(old) = response_rows::locked(tx.connection(), id).await? else { return Ok(()) };
    deltas.count(&old.stored.response, &old.stored.place, &old.stored.flags, -1);
    tx.announce(change(&old.stored.place));

    // What staff said about the response stays, and so does the pace at which it first came; what else
    // the program said was about the old content.
    for sql in [
        "DELETE FROM comments WHERE response = $1",
        "DELETE FROM flags WHERE response = $1 AND flag <> 'burst' AND set_by IS NULL AND lifted_at IS NULL",
    ] {
        sqlx::query(sql).bind(id).execute(tx.connection()).await?;
    }
    bulk::write(tx.connection(), &Additions::about(item)).await?;
    let flags = response_rows::flags(tx.connection(), id).await?;
    update(tx.connection(), item, Standing::from_flags(&flags).code()).await?;

    deltas.count(&item.response, &item.place, &flags, 1);
    tx.announce(change(&item.place));
    Ok(())
}

async fn update(connection: &mut Connection, item: &NewResponse, standing: i16) -> Result<(), StoreError> {
    let (response, place) = (&item.response, &item.place);
    let mut query = QueryBuilder::<Db>::new("UPDATE responses SET revision = revision + 1");
    let mut set = query.separated("");
    set.push(", survey_version = ").push_bind_unseparated(response.survey_version.0);
    set.push(", shown_event = ").push_bind_unseparated(response.event.map(|event| event.0));
    set.push(", lang = ").push_bind_unseparated(response.lang.as_str());
    set.push(", segment = ").push_bind_unseparated(response.segment.map(Segment::as_str));
    set.push(", assisted = ").push_bind_unseparated(response.assisted);
    set.push(", ended = ").push_bind_unseparated(response.end.as_str());
    set.push(", demo = ").push_bind_unseparated(response.demo);
    set.push(", answered_at = ").push_bind_unseparated(response.timing.answered_at);
    set.push(", offset_ms = ").push_bind_unseparated(response.timing.offset_ms);
    set.push(", age_ms = ").push_bind_unseparated(response.timing.age_ms);
    set.push(", duration_ms = ").push_bind_unseparated(response.timing.duration_ms);
    set.push(", pairing = ").push_bind_unseparated(response.pairing.map(|pairing| pairing.0));
    set.push(", venue = ").push_bind_unseparated(place.venue.0);
    set.push(", kiosk = ").push_bind_unseparated(place.kiosk.map(|kiosk| kiosk.0));
    set.push(", event = ").push_bind_unseparated(place.event.map(|event| event.0));
    set.push(", event_source = ").push_bind_unseparated(place.source.map(EventSource::as_str));
    set.push(", production = ").push_bind_unseparated(place.production.map(|production| production.0));
    set.push(", corrected_at = ").push_bind_unseparated(place.corrected_at);
    set.push(", local_day = ").push_bind_unseparated(place.local_day.0);
    set.push(", answers = ").push_bind_unseparated(answers::to_json(&response.answers)?);
    set.push(", content_form = ").push_bind_unseparated(item.content.form);
    set.push(", content_hash = ").push_bind_unseparated(item.content.hash.to_vec());
    set.push(", standing = ").push_bind_unseparated(standing);
    set.push(", commented = ").push_bind_unseparated(answers::comments(&response.answers).next().is_some());
    query.push(" WHERE id = ").push_bind(response.id.0);
    query.build().execute(connection).await?;
    Ok(())
}

/// Keeps a conflicting response aside for staff, once for each content.
pub(super) async fn keep_aside(connection: &mut Connection, item: &NewResponse) -> Result<(), StoreError> {
    let (response, place) = (&item.response, &item.place);
    let comments: Vec<_> = answers::comments(&response.answers).collect();
    let comments = (!comments.is_empty()).then(|| serde_json::to_string(&comments)).transpose()?;
    sqlx::query(
        "INSERT INTO conflicts (response, content_form, content_hash, received_at, venue, kiosk, event, pairing,
         survey_version, channel, lang, segment, assisted, ended, corrected_at, answers, comments,
         may_quote)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         ON CONFLICT (response, content_form, content_hash) DO NOTHING",
    )
    .bind(response.id.0)
    .bind(item.content.form)
    .bind(&item.content.hash[..])
    .bind(place.received_at)
    .bind(place.venue.0)
    .bind(place.kiosk.map(|kiosk| kiosk.0))
    .bind(place.event.map(|event| event.0))
    .bind(response.pairing.map(|pairing| pairing.0))
    .bind(response.survey_version.0)
    .bind(response.channel.as_str())
    .bind(response.lang.as_str())
    .bind(response.segment.map(Segment::as_str))
    .bind(response.assisted)
    .bind(response.end.as_str())
    .bind(place.corrected_at)
    .bind(answers::to_json(&response.answers)?)
    .bind(comments)
    .bind(response.may_quote)
    .execute(connection)
    .await?;
    Ok(())
}
