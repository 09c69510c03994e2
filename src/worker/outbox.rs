//! Sends what waits in the outbox: in order within a channel, people before digests.
//!
//! A call's beginning is on disk before the call is made. A row found begun has an unclear outcome:
//! its own key is looked up where the platform lets us, and else the row's policy decides.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};

use super::pump::{AT_ONCE, Queue};
use super::{IDLE, Workers, backoff};
use crate::advisor::{
    self, Delivered, DigestDue, GivenUp, Lookup, OutboxRow, OutboxState, StoreError, Target,
    Unclear, Urgency,
};
use crate::failpoint::{FailPoint, reach};
use crate::ident::{MessageTs, OutboxId};
use crate::metrics::{self, DeliveryClass};

/// A row that did not get through this often is given up before its use-by time.
const MAX_FAILURES: u32 = 10;

/// What an operator reads of a row whose time is over.
const TOO_LATE: &str = "too late to be of use";

/// How many digests of one workspace are under way at once. They wait for its limit, and whoever waits
/// takes a place: more would keep others from theirs.
pub(super) const DIGESTS_OF_ONE: usize = 2;

/// Places that digests leave free.
const FOR_PEOPLE: usize = AT_ONCE / 4;

/// While fewer rows than this are under way one of that urgency may begin.
pub(super) fn room(urgency: Urgency) -> usize {
    match urgency {
        Urgency::Person => AT_ONCE,
        Urgency::Digest => AT_ONCE - FOR_PEOPLE,
    }
}

/// The outbox as the pump sees it.
pub(super) struct Outbox<'a>(pub(super) &'a Workers);

impl Queue for Outbox<'_> {
    type Row = OutboxRow;
    // The store gives out one open row of a channel at a time; answers through a response address
    // need no order.
    type Key = OutboxId;

    async fn due(&self) -> Vec<OutboxRow> {
        let ports = self.0.turns.ports();
        let now = ports.clock.now();
        let due = ports.store.due_outbox(now, AT_ONCE, DIGESTS_OF_ONE).await;
        due.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox could not be read");
            Vec::new()
        })
    }

    fn key(row: &OutboxRow) -> OutboxId {
        row.id.clone()
    }

    fn room(row: &OutboxRow) -> usize {
        room(row.urgency)
    }

    async fn work(&self, row: OutboxRow) {
        let id = row.id.clone();
        match try_send(self.0, row).await {
            // Its workspace has removed the app, and the row is erased with all else of it.
            Ok(()) | Err(StoreError::Gone) => {}
            Err(error) => {
                tracing::error!(outbox = %id, %error, "how far an effect has come could not be stored");
                // The row is still due: without a pause a broken store would be asked without end.
                tokio::time::sleep(IDLE).await;
            }
        }
    }
}

/// Has the digest before one that is due end, if it still waits though its time is over: or its news
/// would count as told, and nobody would ever read it.
pub(super) async fn end_before(workers: &Workers, due: &DigestDue) -> Result<(), StoreError> {
    let ports = workers.turns.ports();
    let standing = ports.store.digest(&due.installation, &due.channel).await?;
    let Some(standing) = standing else {
        return Ok(());
    };
    let told = standing.earlier.iter().chain(&standing.last).rev();
    let mut carriers = told.filter_map(|it| it.carried_by.as_ref());
    let Some(carrier) = carriers.next() else {
        return Ok(());
    };
    let row = ports.store.outbox_row(&due.installation, carrier).await?;
    let is_open = |row: &OutboxRow| {
        let state = &row.state;
        matches!(state, OutboxState::Waiting | OutboxState::Sending { .. })
    };
    match row.filter(is_open) {
        Some(row) if ports.clock.now() >= row.use_by => try_send(workers, row).await,
        _ => Ok(()),
    }
}

async fn try_send(workers: &Workers, row: OutboxRow) -> Result<(), StoreError> {
    let ports = workers.turns.ports();
    let mut row = workers.turns.sent_there(row).await?;
    let was_begun = matches!(row.state, OutboxState::Sending { .. });
    if !was_begun && ports.clock.now() >= row.use_by {
        return bury(workers, row, TOO_LATE, GivenUp::TooLate).await;
    }
    if let Target::Below { row: other } = &row.target {
        match message_of(workers, &row, other).await? {
            Other::Posted(ts) => row.target = Target::Post { thread: Some(ts) },
            Other::Waits => {
                let state = row.state.clone();
                let after = Some(SignedDuration::from_secs(1));
                return put_off(workers, row, state, after, "its message waits").await;
            }
            Other::Withdrawn => return withdraw(workers, row).await,
            Other::Nowhere => {
                return bury(workers, row, "its message was not posted", GivenUp::Other).await;
            }
        }
    }
    if was_begun {
        match found_out(workers, &row).await {
            Found::Posted(ts) => return sent(workers, row, Some(ts)).await,
            Found::Later { after, reason } => {
                let state = row.state.clone();
                return put_off(workers, row, state, after, &reason).await;
            }
            Found::Again => {}
            Found::Ended { reason, why } => return bury(workers, row, reason, why).await,
        }
    }
    if workers.turns.is_unwanted(&row).await? {
        return withdraw(workers, row).await;
    }
    row.state = OutboxState::Sending {
        since: ports.clock.now(),
    };
    ports.store.mark_outbox(&row).await?;
    reach(FailPoint::OutboxBeforeCall);
    // A message that cannot be drawn must not end all deliveries.
    let sending = as_sent(&row, ports.clock.now());
    let delivered = AssertUnwindSafe(workers.messenger.deliver(&sending))
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Delivered::Unclear {
            reason: "the delivery panicked".to_owned(),
        });
    reach(FailPoint::OutboxAfterCall);
    ports.metrics.delivery(class(&delivered));
    conclude(workers, row, delivered).await
}

/// A row as it goes out now: what is late says so.
fn as_sent(row: &OutboxRow, now: Timestamp) -> OutboxRow {
    let mut sending = row.clone();
    if let Some(period) = row.period {
        sending.document = advisor::digest_sent_at(sending.document, period, now);
    }
    sending
}

/// What is found out about a call that was begun and whose outcome is not on disk.
enum Found {
    /// It has happened.
    Posted(MessageTs),
    /// That can be told later.
    Later {
        after: Option<SignedDuration>,
        reason: String,
    },
    /// It has not happened, or may happen twice.
    Again,
    /// It is given up.
    Ended { reason: &'static str, why: GivenUp },
}

/// Looks for the row's own post, also when it is too late to post it: what is known is not reported as
/// unknown.
async fn found_out(workers: &Workers, row: &OutboxRow) -> Found {
    let is_late = workers.turns.ports().clock.now() >= row.use_by;
    let unknown = Found::Ended {
        reason: "outcome unknown",
        why: GivenUp::Unknown,
    };
    match workers.messenger.look_up(row).await {
        Lookup::Found(ts) => Found::Posted(ts),
        Lookup::Absent if is_late => Found::Ended {
            reason: TOO_LATE,
            why: GivenUp::TooLate,
        },
        Lookup::Absent => Found::Again,
        _ if is_late => unknown,
        Lookup::Later { after, reason } if after.is_some() || row.attempts + 1 < MAX_FAILURES => {
            Found::Later { after, reason }
        }
        Lookup::Unknowable | Lookup::Later { .. } if row.unclear == Unclear::Repeat => Found::Again,
        Lookup::Unknowable | Lookup::Later { .. } => unknown,
    }
}

/// What is known of a row that is given up in this state.
fn lost_in(state: &OutboxState) -> GivenUp {
    match state {
        OutboxState::Sending { .. } => GivenUp::Unknown,
        _ => GivenUp::Other,
    }
}

/// What has become of the message that a row belongs below.
enum Other {
    Posted(MessageTs),
    Waits,
    Withdrawn,
    Nowhere,
}

async fn message_of(
    workers: &Workers,
    row: &OutboxRow,
    other: &OutboxId,
) -> Result<Other, StoreError> {
    let store = &workers.turns.ports().store;
    let other = store.outbox_row(&row.installation, other).await?;
    Ok(match other.map(|other| other.state) {
        Some(OutboxState::Sent { ts: Some(ts), .. }) => Other::Posted(ts),
        Some(OutboxState::Waiting | OutboxState::Sending { .. }) => Other::Waits,
        Some(OutboxState::Withdrawn { .. }) => Other::Withdrawn,
        Some(OutboxState::Sent { ts: None, .. } | OutboxState::Dead { .. }) | None => {
            Other::Nowhere
        }
    })
}

async fn conclude(
    workers: &Workers,
    row: OutboxRow,
    delivered: Delivered,
) -> Result<(), StoreError> {
    match delivered {
        Delivered::Sent { ts } => sent(workers, row, ts).await,
        Delivered::Later { after, reason } => {
            put_off(workers, row, OutboxState::Waiting, after, &reason).await
        }
        Delivered::Unclear { reason } => {
            let state = row.state.clone();
            put_off(workers, row, state, None, &reason).await
        }
        Delivered::Never {
            reason,
            why: GivenUp::NoChannel,
        } if has_moved(workers, &row).await? => {
            put_off(workers, row, OutboxState::Waiting, None, &reason).await
        }
        Delivered::Never { reason, why } => bury(workers, row, &reason, why).await,
    }
}

/// Whether the channel got another id while its message was under way.
async fn has_moved(workers: &Workers, row: &OutboxRow) -> Result<bool, StoreError> {
    let now = workers.turns.sent_there(row.clone()).await?;
    Ok(now.channel != row.channel)
}

async fn sent(
    workers: &Workers,
    mut row: OutboxRow,
    ts: Option<MessageTs>,
) -> Result<(), StoreError> {
    let ports = workers.turns.ports();
    if let Some(period) = row.period {
        let late = ports.clock.now().duration_since(period);
        ports.metrics.digest_late(late.unsigned_abs());
    }
    if let Some(ts) = &ts {
        workers.turns.thread_opened(&row, ts).await?;
    }
    row.state = OutboxState::Sent {
        at: ports.clock.now(),
        ts,
    };
    ports.store.mark_outbox(&row).await?;
    reach(FailPoint::OutboxAfterMark);
    Ok(())
}

fn class(delivered: &Delivered) -> DeliveryClass {
    match delivered {
        Delivered::Sent { .. } => DeliveryClass::Sent,
        Delivered::Later { .. } => DeliveryClass::Later,
        Delivered::Unclear { .. } => DeliveryClass::Unclear,
        Delivered::Never { .. } => DeliveryClass::Never,
    }
}

/// Tries again later. `state` says whether the call surely did not happen (`Waiting`) or may have
/// (`Sending`: it is looked up first).
async fn put_off(
    workers: &Workers,
    mut row: OutboxRow,
    state: OutboxState,
    after: Option<SignedDuration>,
    reason: &str,
) -> Result<(), StoreError> {
    // A wait that the other side asked for is no failure: the use-by time alone ends that.
    if after.is_none() {
        row.attempts += 1;
        if row.attempts >= MAX_FAILURES {
            let why = lost_in(&state);
            return bury(workers, row, reason, why).await;
        }
    }
    tracing::warn!(outbox = %row.id, attempts = row.attempts, reason, "an effect is put off");
    let ports = workers.turns.ports();
    let due = ports.clock.now() + backoff::wait(row.attempts, after, row.id.as_str());
    row.due = due.min(row.use_by);
    row.state = state;
    ports.store.mark_outbox(&row).await
}

/// Ends quietly what nobody wants any more.
async fn withdraw(workers: &Workers, mut row: OutboxRow) -> Result<(), StoreError> {
    let ports = workers.turns.ports();
    tracing::info!(outbox = %row.id, "a digest is withdrawn");
    row.state = OutboxState::Withdrawn {
        at: ports.clock.now(),
    };
    ports.store.mark_outbox(&row).await
}

async fn bury(
    workers: &Workers,
    mut row: OutboxRow,
    reason: &str,
    why: GivenUp,
) -> Result<(), StoreError> {
    tracing::error!(outbox = %row.id, reference = %row.reference, reason, "an effect is given up");
    let ports = workers.turns.ports();
    ports.metrics.dead_letter(metrics::Queue::Outbox);
    row.state = OutboxState::Dead {
        at: ports.clock.now(),
        reason: reason.to_owned(),
        why,
    };
    ports.store.mark_outbox(&row).await?;
    if row.urgency == Urgency::Digest && why == GivenUp::NoChannel {
        workers.turns.tell_of_rest(&row).await?;
    }
    Ok(())
}
