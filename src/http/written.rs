//! A response's body that tells when it has been handed to the connection.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http_body::Frame;

use crate::failpoint::{FailPoint, reach};

/// How far the body has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Unsent,
    Buffered,
    Flushed,
    Ended,
}

/// A body of one piece. Its length is not declared: the connection would then drop it as soon as
/// the last byte is in its buffer, before it has reached the socket. So it is asked for more after
/// that, and says no; a connection that breaks in between never asks.
struct Written<F: FnOnce()> {
    bytes: Bytes,
    stage: Stage,
    tell: Option<F>,
}

/// A body of these bytes; `tell` is called once they have been handed to the connection, and never
/// if the connection breaks before.
pub(super) fn written<F>(bytes: Bytes, tell: F) -> Body
where
    F: FnOnce() + Send + Unpin + 'static,
{
    Body::new(Written {
        bytes,
        stage: Stage::Unsent,
        tell: Some(tell),
    })
}

impl<F: FnOnce() + Unpin> http_body::Body for Written<F> {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.stage {
            Stage::Unsent => {
                reach(FailPoint::AckBeforeBody);
                self.stage = Stage::Buffered;
                let bytes = std::mem::take(&mut self.bytes);
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            // The connection flushes its buffer whenever it has to wait for a body.
            Stage::Buffered => {
                self.stage = Stage::Flushed;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Stage::Flushed | Stage::Ended => {
                self.stage = Stage::Ended;
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.stage == Stage::Ended
    }
}

impl<F: FnOnce()> Drop for Written<F> {
    fn drop(&mut self) {
        if self.stage == Stage::Ended
            && let Some(tell) = self.tell.take()
        {
            reach(FailPoint::AckAfterBody);
            tell();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::Waker;

    use http_body::Body as _;

    use super::*;

    /// Polls a body this often and lets it go; says whether it told.
    fn told_after(polls: usize) -> bool {
        let told = Arc::new(AtomicBool::new(false));
        let tell = told.clone();
        let mut body = written(Bytes::from_static(b"hi"), move || {
            tell.store(true, Ordering::Relaxed);
        });
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            assert!(!body.is_end_stream());
            let _ = Pin::new(&mut body).poll_frame(&mut context);
        }
        drop(body);
        told.load(Ordering::Relaxed)
    }

    #[test]
    fn only_what_was_asked_for_to_its_end_is_written() {
        let told: Vec<_> = (0..=3).map(told_after).collect();
        assert_eq!(told, [false, false, false, true]);
    }

    #[test]
    fn its_length_is_left_open() {
        let body = written(Bytes::from_static(b"hi"), || {});
        assert_eq!(body.size_hint().exact(), None);
    }
}
