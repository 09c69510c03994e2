//! What a door needs of the turns behind it.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Asks;
use super::port::{Departure, Followed, Moved, Origin, OutboxRow, Received, SentReply, StoreError};
use crate::ident::{Installation, Reference};

/// What became of a command or click by the time that its request must be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for a request, and the large variant is the common one"
)]
pub enum Answered {
    /// The reply is the request's answer; its row is marked once that has been written.
    Now(SentReply),
    /// The turn is still running, or its reply goes elsewhere: it is delivered by itself.
    Later,
    /// The form asks for more, or for other answers; nothing was kept.
    Asks(Box<Asks>),
    /// The turn failed, and not even that could be stored; the log has more under this reference.
    Failed(Reference),
}

/// What the person looks at while the turn runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The conversation: the turn's reply is what they see.
    Conversation,
    /// A form: the turn may ask in it.
    Form,
}

/// Takes what reaches the bot and answers it.
#[async_trait]
pub trait Turns: Send + Sync + 'static {
    /// Puts an event on disk; it is worked off after it has been acknowledged.
    async fn receive(&self, origin: Origin) -> Result<Received, StoreError>;

    /// Runs the turn of a command, click or form. It is never cancelled: neither by its deadline, after
    /// which the answer is [`Answered::Later`], nor by whoever stops waiting for this call.
    async fn answer(&self, origin: Origin, over: Over) -> Answered;

    /// An installation removed the app at that instant: all that is kept for it is erased. It is on disk
    /// on return, and goes on by itself.
    async fn depart(
        &self,
        installation: &Installation,
        removed: Timestamp,
    ) -> Result<Departure, StoreError>;

    /// A channel goes by another id from now on: all that is kept for it is there under that one, on disk
    /// on return.
    async fn follow_channel(&self, moved: Moved) -> Result<Followed, StoreError>;

    /// The reply of [`Answered::Now`] has been handed to the connection.
    fn written(&self, row: OutboxRow);

    /// The reply of [`Answered::Now`] comes after its request was answered: it goes out by itself, at
    /// once.
    fn unheard(&self, row: OutboxRow);
}
