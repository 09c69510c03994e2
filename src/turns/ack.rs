//! Answering within the request: the turn runs in a task of its own that outlives the request.
//!
//! A hang-up or a passed deadline never cancels the turn; its reply then goes out through the
//! outbox, where it has stood since the commit.

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::oneshot;

use super::run::Outcome;
use super::{TurnError, Turns};
use crate::advisor::{
    self, Answered, Commit, CommitError, Committed, Departure, Followed, Moved, Origin, OutboxRow,
    OutboxState, Over, Received, Said, SentReply, StoreError,
};
use crate::ident::Installation;

#[async_trait]
impl advisor::Turns for Turns {
    async fn receive(&self, origin: Origin) -> Result<Received, StoreError> {
        let origin = self.there(&origin).await?.into_owned();
        if !self.concerns(&origin.inbound).await? {
            return Ok(Received::Unconcerned);
        }
        let ports = &self.shared.ports;
        let (installation, at) = (origin.inbound.installation.clone(), origin.inbound.at);
        let received = ports.store.receive(origin, ports.clock.now()).await;
        let received = match received {
            // Said before all of the workspace was erased. While it still is, the sender repeats it.
            Err(StoreError::Gone) if !self.is_departing(&installation).await? => {
                tracing::info!(%installation, %at, "what was said before an erasure is dropped");
                return Ok(Received::Unconcerned);
            }
            received => received?,
        };
        if matches!(received, Received::New(_)) {
            self.shared.inbox_bell.notify_one();
        }
        Ok(received)
    }

    async fn answer(&self, origin: Origin, over: Over) -> Answered {
        let (ready, answer) = oneshot::channel();
        let turns = self.clone();
        self.shared
            .tasks
            .spawn(async move { turns.run_and_hand_over(origin, over, ready).await });
        let within = self.shared.settings.answer_within;
        match tokio::time::timeout(within, answer).await {
            Ok(Ok(answered)) => answered,
            // The deadline, or a task that died: its row, if there is one, is due in the outbox.
            Ok(Err(_)) | Err(_) => Answered::Later,
        }
    }

    async fn depart(
        &self,
        installation: &Installation,
        removed: Timestamp,
    ) -> Result<Departure, StoreError> {
        let departure = self
            .shared
            .ports
            .store
            .depart(installation, removed)
            .await?;
        if departure == Departure::Begun {
            self.forget(installation);
            self.shared.erasure_bell.notify_one();
        }
        Ok(departure)
    }

    async fn follow_channel(&self, moved: Moved) -> Result<Followed, StoreError> {
        let ports = &self.shared.ports;
        let followed = ports.store.follow_channel(&moved, ports.clock.now()).await;
        match followed {
            // Said before all of the workspace was erased; while it still is, the sender repeats it.
            Err(StoreError::Gone) if !self.is_departing(&moved.installation).await? => {
                Ok(Followed::Before)
            }
            followed => followed,
        }
    }

    fn written(&self, mut row: OutboxRow) {
        let turns = self.clone();
        self.shared.tasks.spawn(async move {
            row.state = OutboxState::Sent {
                at: turns.shared.ports.clock.now(),
                ts: None,
            };
            turns.mark(&row).await;
        });
    }

    fn unheard(&self, row: OutboxRow) {
        let turns = self.clone();
        self.shared
            .tasks
            .spawn(async move { turns.send_now(row).await });
    }
}

impl Turns {
    async fn run_and_hand_over(
        &self,
        origin: Origin,
        over: Over,
        ready: oneshot::Sender<Answered>,
    ) {
        let in_body = matches!(origin.inbound.said, Said::Command { .. });
        let answered = match self.run(&origin, None, over).await {
            Ok(Outcome::Asks(asks)) => Answered::Asks(asks),
            Ok(Outcome::Fresh(row, aside)) => {
                self.seek_aside(&origin, aside.sought);
                match aside.wording {
                    None => Answered::Now(SentReply { row }),
                    Some(wording) => self.word(row, &wording).await,
                }
            }
            Ok(Outcome::Repeat(rows)) => repeated(rows),
            Err(error) => self.apologise(&origin, &error).await,
        };
        if !in_body {
            self.shared.outbox_bell.notify_one();
            // Nobody waits for more than the acknowledgement of a click, unless a form stands open.
            let _ = ready.send(match answered {
                Answered::Now(_) if !matches!(over, Over::Form) => Answered::Later,
                other => other,
            });
            return;
        }
        if let Err(Answered::Now(SentReply { row })) = ready.send(answered) {
            self.send_now(row).await;
        }
    }

    /// The request is gone: what would have been its body is due in the outbox at once.
    async fn send_now(&self, mut row: OutboxRow) {
        row.due = self.shared.ports.clock.now();
        self.mark(&row).await;
        self.shared.outbox_bell.notify_one();
    }

    /// Leaves an apology in the outbox, so that a failed turn ends in a visible outcome too.
    async fn apologise(&self, origin: &Origin, error: &TurnError) -> Answered {
        let ports = &self.shared.ports;
        let row = self.apology_row(origin, ports.clock.now());
        tracing::error!(reference = %row.reference, %error, "a turn failed");
        let commit = Commit {
            since: origin.inbound.at,
            claims: origin.dedup.clone(),
            outbox: vec![row.clone()],
            ..Commit::empty(row.installation.clone(), ports.clock.now())
        };
        match ports.store.commit(commit).await {
            Ok(Committed::Done) => Answered::Now(SentReply { row }),
            // A turn of the same delivery is stored: what came of that one is the answer.
            Ok(Committed::Duplicate(rows)) => repeated(rows),
            // Whoever asked has removed the app meanwhile: nobody is there to read an apology.
            Err(CommitError::Store(StoreError::Gone)) => Answered::Later,
            Err(error) => {
                tracing::error!(reference = %row.reference, %error, "an apology could not be stored");
                Answered::Failed(row.reference)
            }
        }
    }

    async fn mark(&self, row: &OutboxRow) {
        let marked = self.shared.ports.store.mark_outbox(row).await;
        if let Err(error) = marked
            && !matches!(error, StoreError::Gone)
        {
            // The row stays due: the person may read the answer twice, never not at all.
            tracing::warn!(reference = %row.reference, %error, "a sent reply could not be marked");
        }
    }
}

/// A repeated command gets the same reply as long as its row is kept.
fn repeated(mut rows: Vec<OutboxRow>) -> Answered {
    match rows.pop() {
        Some(row) => Answered::Now(SentReply { row }),
        None => Answered::Later,
    }
}
