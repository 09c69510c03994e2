//! Whether what was overheard concerns anything here: what does not is never stored.

use jiff::tz::TimeZone;

use super::Turns;
use crate::advisor::{Inbound, Said, StoreError};
use crate::ident::MessageTs;
use crate::intent::Mode;
use crate::plan::{Currency, ParseContext};
use crate::reading;

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
                let is_followed = attention.is_some_and(|it| it.mode == Mode::Follow);
                Ok(is_followed && self.states_something(words))
            }
            Said::Edited { ts, .. } | Said::Deleted { ts } => self.leans_on(inbound, ts).await,
            _ => Ok(true),
        }
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
