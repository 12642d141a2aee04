//! `/staff/events/{id}/ways`: how an evening can be answered about, and the link for the ticket seller's mail.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::ways::{
        data::{MailLink, READ, WaysData, ways_address},
        page::Ways,
        paste::Paste,
    },
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::{Event, Scheduled, Venue},
    id::EventId,
    lang::{Lang, Reader, Text},
    response::Channel,
    survey::{Kind, SurveyVersion},
    ways::ByChannel,
};
use leptos::view;

use crate::{
    codes::new_code,
    http::{
        forms::{AfterForm, fields},
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
};
use store::{codes::MailCodeIssued, staff::Role};

/// A tick.
const MAX_BYTES: usize = 1024;

/// `GET`
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such an event.
pub async fn show(
    staff: StaffContext,
    Path(id): Path<EventId>,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let data = WaysData { saved: after.is_saved(), ..gather(&staff, id).await? };
    page(&staff, &context, data).await
}

/// `POST .../mail`: makes the link, where there is none.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event.
pub async fn make_link(staff: StaffContext, Path(id): Path<EventId>) -> Result<Response, PageError> {
    loop {
        match staff.store.issue_mail_code(id, &new_code(staff.rng())).await? {
            MailCodeIssued::There(_) => {
                tracing::info!(event = %id, "link for mails there");
                return Ok(Redirect::to(&done_address(&ways_address(id), SAVED)).into_response());
            }
            // Of eight million the next one is free.
            MailCodeIssued::CodeTaken => {}
            MailCodeIssued::NotThere => return Err(PageError::NotFound),
        }
    }
}

/// `POST .../faces`: faces as links for whoever has read what they tell the sender, or one link again.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event or it has no link, or the form cannot be read.
pub async fn choose_faces(
    staff: StaffContext,
    Path(id): Path<EventId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let is_ticked = fields(body, MAX_BYTES).await?.contains_key(READ);
    let link = staff.store.mail_code(id).await?.ok_or(PageError::NotFound)?;
    if !is_ticked && link.faces_at.is_none() {
        let context = context.at(ways_address(id));
        let data = WaysData { not_ticked: true, ..gather(&staff, id).await? };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&staff, &context, data).await?).into_response());
    }
    let by = staff.user.as_ref().map(|user| user.id);
    if !staff.store.set_mail_faces(id, by, is_ticked.then(|| staff.now())).await? {
        return Err(PageError::NotFound);
    }
    tracing::info!(event = %id, faces = is_ticked, "faces in mails chosen");
    Ok(Redirect::to(&done_address(&ways_address(id), SAVED)).into_response())
}

async fn page(staff: &StaffContext, context: &PageContext, data: WaysData) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Ways data=data shell=shell /> }))
}

async fn gather(staff: &StaffContext, id: EventId) -> Result<WaysData, PageError> {
    let event = staff.store.event(id).await?.ok_or(PageError::NotFound)?;
    let venue = staff.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
    let said = staff.store.settings_of(venue.id).await?.unwrap_or_default().window;
    let survey = staff.surveys().get(event.survey_version).await?.ok_or(PageError::NotFound)?;
    let labels = face_labels(&survey);
    let mail = staff.store.mail_code(id).await?.map(|link| MailLink {
        with_faces: link.faces_at.is_some() && !labels.is_empty(),
        pastes: Lang::ALL.map(|lang| paste(staff, &event, &venue, &link.code, labels, lang)).to_vec(),
    });
    let poster = staff.address(&format!("/f/{}", event.code));
    let window = |channel| ByChannel { channel, said }.window(&Scheduled::from(&event));
    Ok(WaysData {
        poster: poster.split_once("://").map_or(poster.as_str(), |(_, short)| short).to_owned(),
        window: window(Channel::Qr),
        mail_window: window(Channel::Mail),
        mail,
        has_faces: !labels.is_empty(),
        may_edit: staff.role >= Role::Editor,
        saved: false,
        not_ticked: false,
        event,
        venue,
    })
}

/// The words of the faces that everybody is shown.
fn face_labels(survey: &SurveyVersion) -> &[Text] {
    let faces = survey.questions.iter().filter(|question| question.show_if.is_none());
    let labels =
        faces.filter_map(|question| if let Kind::Face(asked) = &question.kind { Some(&asked.labels) } else { None });
    labels.map(Vec::as_slice).next().unwrap_or_default()
}

fn paste(staff: &StaffContext, event: &Event, venue: &Venue, code: &str, labels: &[Text], lang: Lang) -> Paste {
    let reader = Reader::new(lang, venue.languages.first().copied());
    Paste {
        lang,
        title: reader.words(&event.title).text.to_owned(),
        link: staff.address(&format!("/f/{code}?lang={lang}")),
        faces: labels.iter().map(|label| reader.words(label).text.to_owned()).collect(),
    }
}
