//! From a request to verified bytes.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::door::Door;
use crate::slack::signature::{
    SIGNATURE_HEADER, SignatureError, SignedHeaders, TIMESTAMP_HEADER, Verified,
};

/// The largest body that is read, in bytes.
pub const LARGEST_BODY: usize = 1024 * 1024;

/// Reads a body whole, where there is room for it; the room is held as long as the permit. One that
/// says that it is too large is not read at all.
pub(super) async fn read<'a>(
    headers: &HeaderMap,
    body: Body,
    within: Duration,
    bodies: &'a Semaphore,
) -> Result<(Bytes, SemaphorePermit<'a>), StatusCode> {
    let declared = headers.get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    let most = declared.unwrap_or(LARGEST_BODY);
    if most > LARGEST_BODY {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let kib = u32::try_from(most.div_ceil(1024)).unwrap_or(u32::MAX);
    let room = tokio::time::timeout(within, bodies.acquire_many(kib));
    let Ok(Ok(room)) = room.await else {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    };
    let whole = Limited::new(body, LARGEST_BODY).collect();
    match tokio::time::timeout(within, whole).await {
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Ok(Ok(whole)) => Ok((whole.to_bytes(), room)),
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
