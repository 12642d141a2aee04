//! Files that people send with a form (`multipart/form-data`): the only way that works without a script.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use bytes::{Bytes, BytesMut};
use futures::{StreamExt, stream};

/// The largest upload, in bytes: a file of 16 MiB and the fields around it.
pub const LARGEST_UPLOAD: usize = 16 * 1024 * 1024 + 64 * 1024;
/// So much more is still read, and forgotten: a browser that is cut off while it sends shows no answer.
const LISTENED_TO: usize = 4 * LARGEST_UPLOAD;
/// A name that is shown, in characters.
const LONGEST_NAME: usize = 120;

/// A form with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// the file; `None` where none was chosen
    pub file: Option<UploadedFile>,
    /// everything else, by name; of several fields with one name the last
    pub fields: BTreeMap<String, String>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedFile {
    /// as the sender calls it, in one line; it is shown, and nothing else
    pub name: String,
    /// what is in it
    pub bytes: Bytes,
}

/// Why a form with a file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// larger than allowed
    #[error("too large")]
    TooLarge,
    /// it broke off, or is no such form
    #[error("unreadable")]
    Unreadable,
}

/// Reads a form with at most one file, all of it within `limit` bytes.
///
/// # Errors
/// Where it is larger, breaks off, or is no such form.
pub async fn upload(headers: &HeaderMap, body: Body, limit: usize) -> Result<Upload, UploadError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| UploadError::Unreadable)?;
    let bytes = patiently(body, limit).await?;
    let mut form = multer::Multipart::new(stream::iter([Ok::<_, std::convert::Infallible>(bytes)]), boundary);
    let mut upload = Upload::default();
    while let Some(field) = form.next_field().await.map_err(|_| UploadError::Unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(shown);
        let bytes = field.bytes().await.map_err(|_| UploadError::Unreadable)?;
        match file_name {
            // A browser sends an empty file without a name where none was chosen.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => upload.file = Some(UploadedFile { name, bytes }),
            None => {
                let text = String::from_utf8(bytes.to_vec()).map_err(|_| UploadError::Unreadable)?;
                upload.fields.insert(name, text);
            }
        }
    }
    Ok(upload)
}

/// Reads on where it is too large, within reason, so that the sender hears that it is.
async fn patiently(body: Body, limit: usize) -> Result<Bytes, UploadError> {
    let (mut kept, mut length) = (BytesMut::new(), 0_usize);
    let mut body = body.into_data_stream();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| UploadError::Unreadable)?;
        length = length.saturating_add(chunk.len());
        if length > LISTENED_TO {
            break;
        }
        if length > limit {
            kept = BytesMut::new();
        } else {
            kept.extend_from_slice(&chunk);
        }
    }
    if length > limit { Err(UploadError::TooLarge) } else { Ok(kept.freeze()) }
}

/// The last part of a path, without what does not show.
fn shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(kind: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::CONTENT_TYPE, header::HeaderValue::from_static(kind))])
    }

    const FORM: &str = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\kausi\\syksy.csv\"\r\n\
        Content-Type: text/csv\r\n\r\na;b\r\n1;2\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"dates\"\r\n\r\n\
        day-first\r\n--x--\r\n";

    #[tokio::test]
    async fn a_form_has_a_file_and_fields() {
        let kind = headers("multipart/form-data; boundary=x");
        let read = upload(&kind, Body::from(FORM), 1000).await.unwrap();
        let file = read.file.unwrap();
        assert_eq!((file.name.as_str(), &file.bytes[..]), ("syksy.csv", &b"a;b\r\n1;2\r\n"[..]));
        assert_eq!(read.fields["dates"], "day-first");
        let none = FORM.replace("C:\\kausi\\syksy.csv", "").replace("a;b\r\n1;2\r\n", "");
        assert_eq!(upload(&kind, Body::from(none), 1000).await.unwrap().file, None, "none was chosen");
    }

    #[tokio::test]
    async fn what_is_too_large_or_no_form_is_said_to_be() {
        let kind = headers("multipart/form-data; boundary=x");
        assert_eq!(upload(&kind, Body::from(FORM), 100).await, Err(UploadError::TooLarge));
        assert_eq!(upload(&kind, Body::from(&FORM[..60]), 1000).await, Err(UploadError::Unreadable));
        let other = headers("application/x-www-form-urlencoded");
        assert_eq!(upload(&other, Body::from("a=b"), 1000).await, Err(UploadError::Unreadable));
    }
}
