//! Whether the engine can still be trusted, and the bell for whoever has to know that it cannot.

use std::sync::OnceLock;

use tokio_util::sync::CancellationToken;

use crate::advisor::StoreError;

/// Memory and disk may differ after a failed flush, and nobody writes after the writer is gone: from
/// then on nothing is read or written until a restart.
#[derive(Default)]
pub(super) struct Fate {
    failed: OnceLock<StoreError>,
    bell: CancellationToken,
}

impl Fate {
    /// The end, for good; the first reason stands.
    pub(super) fn fail(&self, error: StoreError) -> StoreError {
        tracing::error!(%error, "the store failed and takes nothing more until it is restarted");
        let reason = self.failed.get_or_init(|| error).clone();
        self.bell.cancel();
        reason
    }

    /// The reason, if it has come to that.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.failed.get().map_or(Ok(()), |e| Err(e.clone()))
    }

    /// Waits until it has come to that.
    pub(super) async fn failed(&self) -> StoreError {
        self.bell.cancelled().await;
        self.check().err().unwrap_or(StoreError::Closed)
    }
}

/// Ends a fate if the thread that holds it dies of a panic.
pub(super) struct Watched<'a>(pub(super) &'a Fate);

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let reason = "the writer's thread panicked".to_owned();
            self.0.fail(StoreError::Io(reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_reason_is_told_to_whoever_waits_and_whoever_comes_later() {
        let fate = Fate::default();
        assert!(fate.check().is_ok());
        let reason = |error: StoreError| error.to_string();
        let no_space = StoreError::Io("no space left".to_owned());
        let (told, _) = tokio::join!(fate.failed(), async {
            fate.fail(no_space.clone());
            fate.fail(StoreError::Closed)
        });
        let later = fate.check().expect_err("it has failed");
        assert_eq!(
            [reason(told), reason(later)],
            [reason(no_space.clone()), reason(no_space.clone())]
        );
        assert_eq!(reason(fate.failed().await), reason(no_space));
    }
}
