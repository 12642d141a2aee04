//! `/staff/events/export.csv`, `.xlsx` and `.ics`: the programme as a file.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use store::audit::{Entry, Kind, Verb};

use crate::{
    exports::{calendar::ics, delimited::delimited as table, exported, workbook::xlsx},
    http::{
        page::{Frame, PageContext, PageError},
        staff_context::StaffContext,
    },
};

/// `GET`: a table for any program.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn delimited(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    let programme = staff.store.whole_programme().await?;
    let file = table(&exported(&programme, context.reader(&staff).await?));
    sent(&staff, "csv", "text/csv; charset=utf-8", file.into_bytes()).await
}

/// `GET`: a spreadsheet.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn workbook(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let programme = staff.store.whole_programme().await?;
    let file = xlsx(&exported(&programme, context.reader(&staff).await?));
    sent(&staff, "xlsx", KIND, file.map_err(|error| PageError::unexpected(&error))?).await
}

/// `GET`: a calendar.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn calendar(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    let programme = staff.store.whole_programme().await?;
    let organisation = staff.organisation_name().await?.unwrap_or_default();
    let file = ics(&exported(&programme, context.reader(&staff).await?), &organisation, staff.now());
    sent(&staff, "ics", "text/calendar; charset=utf-8", file.into_bytes()).await
}

async fn sent(staff: &StaffContext, ending: &str, kind: &'static str, file: Vec<u8>) -> Result<Response, PageError> {
    staff.store.record(Entry::did(Verb::Exported, Kind::Programme, ending)).await?;
    let name = HeaderValue::from_str(&format!("attachment; filename=\"aplodi.{ending}\""));
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], file).into_response();
    if let Ok(name) = name {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
