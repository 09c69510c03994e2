//! From a request to verified bytes.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::door::Door;
use crate::slack::signature::{
    SIGNATURE_HEADER, SignatureError, SignedHeaders, TIMESTAMP_HEADER, Verified,
};

/// The largest body that is read, in bytes.
pub const LARGEST_BODY: usize = 1024 * 1024;

/// Reads a body whole. One that says that it is too large is not read at all.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    within: Duration,
) -> Result<Bytes, StatusCode> {
    let declared = headers.get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > LARGEST_BODY) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let whole = Limited::new(body, LARGEST_BODY).collect();
    match tokio::time::timeout(within, whole).await {
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
    }
}

/// Checks the signature of a body.
pub(super) fn verify(
    door: &Door,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Verified<Bytes>, SignatureError> {
    let all = |name: &str| -> Vec<&[u8]> {
        let values = headers.get_all(name).iter();
        values.map(axum::http::HeaderValue::as_bytes).collect()
    };
    let signed = SignedHeaders {
        signature: &all(SIGNATURE_HEADER),
        timestamp: &all(TIMESTAMP_HEADER),
    };
    door.secrets.verify(signed, body, door.clock.now())
}
