//! Whether what was overheard concerns anything here: what does not is never stored.

use jiff::tz::TimeZone;

use super::Turns;
use crate::advisor::{Attention, Inbound, Said, StoreError, takes_unaddressed};
use crate::ident::MessageTs;
use crate::intent::Mode;
use crate::plan::{self, Currency, ParseContext};
use crate::reading;

/// Whether the words may answer what the interview asks in that thread.
fn answers(attention: &Attention, thread: Option<&MessageTs>, words: &str) -> bool {
    let interview = attention.interview.as_ref();
    let interview = interview.filter(|it| it.asks_in(thread) && attention.mode != Mode::Mute);
    let asked = interview.and_then(|it| it.asked.as_ref());
    let field = asked.and_then(|it| plan::field(&it.about.field));
    field.is_some_and(|field| takes_unaddressed(field, words))
}

impl Turns {
    /// Whether somebody waits for this, or a plan may be concerned by it.
    pub(super) async fn concerns(&self, inbound: &Inbound) -> Result<bool, StoreError> {
        let Inbound {
            installation,
            place,
            said,
            ..
        } = inbound;
        let store = &self.shared.ports.store;
        match said {
            Said::Overheard { words, .. } => {
                let attention = store.attention(installation, &place.channel).await?;
                let attention = attention.unwrap_or_default();
                let is_followed = attention.mode == Mode::Follow;
                Ok(is_followed && self.states_something(words)
                    || answers(&attention, place.thread.as_ref(), words))
            }
            // In this order: a turn that ends between the two looks is seen by the second.
            Said::Edited { ts, .. } | Said::Deleted { ts } => {
                Ok(self.waits_with(inbound, ts).await? || self.leans_on(inbound, ts).await?)
            }
            _ => Ok(true),
        }
    }

    /// Whether a turn is still to come that may read the message: its own, or one of its thread.
    async fn waits_with(&self, inbound: &Inbound, ts: &MessageTs) -> Result<bool, StoreError> {
        let store = &self.shared.ports.store;
        let (installation, place) = (&inbound.installation, &inbound.place);
        let rows = store.inbox_of(installation, &place.channel).await?;
        let root = place.thread.as_ref().unwrap_or(ts);
        Ok(rows.iter().any(|row| {
            let waiting = &row.origin.inbound;
            waiting.said.message() == Some(ts) || waiting.place.thread.as_ref() == Some(root)
        }))
    }

    /// Whether a value came from the message, or something that waits for somebody's word quotes it.
    async fn leans_on(&self, inbound: &Inbound, ts: &MessageTs) -> Result<bool, StoreError> {
        let store = &self.shared.ports.store;
        let (installation, channel) = (&inbound.installation, &inbound.place.channel);
        if store.source(installation, channel, ts).await?.is_some() {
            return Ok(true);
        }
        let attention = store.attention(installation, channel).await?;
        if attention.is_some_and(|it| it.holds(ts)) {
            return Ok(true);
        }
        Ok(!self.quoting(inbound, ts).await?.is_empty())
    }

    /// Whether the words state a value of any plan: other talk is not even put into the inbox.
    fn states_something(&self, words: &str) -> bool {
        let now = self.shared.ports.clock.now();
        let context = reading::Context {
            plan: None,
            parse: ParseContext {
                currency: Currency::USD,
                today: now.to_zoned(TimeZone::UTC).date(),
            },
        };
        let reading = reading::read_message(words, &context);
        !reading.proposals.is_empty()
    }
}
