//! The message with which the guided interview opens a thread: what is said in that thread is known
//! as an answer once the message has been posted.

use jiff::Timestamp;

use super::Turns;
use super::rows::opening_row;
use crate::advisor::{
    Attention, AttentionWrite, Commit, CommitError, Origin, OutboxRow, StoreError, Target,
};
use crate::ident::MessageTs;
use crate::render::Document;

/// How often the thread is written down again where somebody else changed what is kept.
const ATTEMPTS: usize = 5;

impl Turns {
    /// The row that posts what opens a thread.
    pub(super) fn opening(
        &self,
        origin: &Origin,
        opened: Option<Document>,
        now: Timestamp,
    ) -> Option<OutboxRow> {
        let id = self.shared.ids.next(now);
        opened.map(|document| opening_row(origin, document, now, id))
    }

    /// A message has been posted: if it opens a thread of the interview, that is known from now on.
    pub async fn thread_opened(&self, row: &OutboxRow, ts: &MessageTs) -> Result<(), StoreError> {
        if row.target != (Target::Post { thread: None }) {
            return Ok(());
        }
        let ports = &self.shared.ports;
        for _ in 0..ATTEMPTS {
            let found = ports.store.attention(&row.installation, &row.channel);
            let Some(mut attention) = found.await? else {
                return Ok(());
            };
            let interview = attention.interview.as_mut();
            let Some(interview) = interview.filter(|it| it.opening.as_ref() == Some(&row.id))
            else {
                return Ok(());
            };
            interview.opening = None;
            interview.enter(ts);
            match ports.store.commit(self.known(row, attention)).await {
                Err(CommitError::StaleAttention) => {}
                Err(CommitError::Store(error)) => return Err(error),
                Ok(_) | Err(_) => return Ok(()),
            }
        }
        // `start` opens another thread; nothing that was answered is lost.
        tracing::warn!(outbox = %row.id, "an interview does not know its thread");
        Ok(())
    }

    fn known(&self, row: &OutboxRow, attention: Attention) -> Commit {
        Commit {
            attention: Some(AttentionWrite {
                channel: row.channel.clone(),
                attention,
            }),
            ..Commit::empty(row.installation.clone(), self.shared.ports.clock.now())
        }
    }
}

/// How the channel is attended to, with the message that carries the next question.
pub(super) fn carried(mut attention: Attention, opened: Option<&OutboxRow>) -> Attention {
    if let (Some(interview), Some(row)) = (&mut attention.interview, opened) {
        interview.opening = Some(row.id.clone());
    }
    attention
}
