//! Answers that a language model may word.
//!
//! The answer stands in the outbox without it before the model is asked, due when the model's time
//! is over: whatever happens then, to the model or to this process, the person is answered. A model
//! that was in time changes the words of that row, as long as nobody has begun to send it.

use jiff::{SignedDuration, Timestamp};

use super::rows::ACK_GRACE;
use super::{TurnError, Turns};
use crate::advisor::{
    Answered, Inbound, Model, Needs, OutboxRow, SentReply, Target, Wording, Workspace,
};
use crate::ident::Installation;
use crate::render::Document;

/// How long after the model's own time the answer without it is sent by itself.
const GRACE: SignedDuration = SignedDuration::from_secs(5);

/// When a worded answer goes out by itself. One that the response is about to carry is left to it
/// for as long as one that needs no words.
fn once_worded(target: &Target, now: Timestamp) -> Timestamp {
    match target {
        Target::Response { .. } => now + ACK_GRACE,
        Target::Post { .. } | Target::Below { .. } | Target::Person => now,
    }
}

impl Turns {
    /// When the answer without a model is sent by itself.
    pub(super) fn stands_in(&self, now: Timestamp) -> Timestamp {
        let within = self.shared.ports.model.as_ref().map(|model| model.within());
        let within = within.and_then(|within| SignedDuration::try_from(within).ok());
        now + within.unwrap_or_default() + GRACE
    }

    /// The workspace's settings, where the turn looks at them; where it looks at a plan, its thresholds.
    pub(super) async fn workspace(
        &self,
        inbound: &Inbound,
        needs: &Needs,
    ) -> Result<Workspace, TurnError> {
        if !(needs.workspace || needs.plan || needs.plans) {
            return Ok(Workspace::default());
        }
        let stored = self.shared.ports.store.workspace(&inbound.installation);
        let mut workspace = stored.await?.unwrap_or_default();
        if !needs.workspace {
            // A turn that does not ask whether a model may be used uses none.
            workspace.model.clear();
        }
        Ok(workspace)
    }

    /// Has an answer worded while its channel goes on.
    pub(super) fn word_aside(&self, row: OutboxRow, wording: Box<Wording>) {
        let turns = self.clone();
        self.shared.tasks.spawn(async move {
            turns.word(row, &wording).await;
            turns.shared.outbox_bell.notify_one();
        });
    }

    /// Has an answer worded, and lets it go out now, in these words or its own.
    pub(super) async fn word(&self, mut row: OutboxRow, wording: &Wording) -> Answered {
        let ports = &self.shared.ports;
        if let Some(model) = &ports.model
            && let Some(document) = self
                .worded(model.as_ref(), &row.installation, wording)
                .await
        {
            row.document = document;
        }
        row.due = once_worded(&row.target, ports.clock.now());
        match ports.store.reword(&row).await {
            Ok(true) => Answered::Now(SentReply { row }),
            // It went out by itself, or a repeat of the same command has taken it.
            Ok(false) => Answered::Later,
            Err(error) => {
                // The row stands as it was, and is sent when its time has come.
                tracing::error!(reference = %row.reference, %error, "an answer could not be worded");
                Answered::Later
            }
        }
    }

    async fn worded(
        &self,
        model: &dyn Model,
        installation: &Installation,
        wording: &Wording,
    ) -> Option<Document> {
        let asked = wording.asked();
        let metrics = &self.shared.ports.metrics.model;
        let reply = model.complete(installation, &asked).await.ok()?;
        let (document, dropped) = match wording.worded(&reply, model.about()) {
            Ok((document, worded)) => (Some(document), worded.dropped),
            Err(unfit) => {
                metrics.dropped(asked.prompt, unfit.as_str());
                (None, unfit.dropped())
            }
        };
        for fault in dropped {
            metrics.dropped(asked.prompt, fault.as_str());
        }
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisor::ReplyTo;

    #[test]
    fn an_answer_in_the_response_is_not_sent_again_before_the_response_is_out() {
        let now = Timestamp::UNIX_EPOCH;
        let response = Target::Response {
            reply_to: ReplyTo {
                response_url: String::new(),
            },
            everyone: false,
            replaces: false,
            thread: None,
        };
        assert_eq!(once_worded(&response, now), now + ACK_GRACE);
        let post = Target::Post { thread: None };
        assert_eq!(once_worded(&post, now), now);
    }
}
