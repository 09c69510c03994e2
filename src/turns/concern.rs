//! Whether what was overheard concerns anything here: what does not is never stored.

use super::Turns;
use crate::advisor::{Inbound, Said, StoreError};
use crate::intent::Mode;

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
            Said::Overheard { .. } => {
                let attention = store.attention(installation, &place.channel).await?;
                Ok(attention.is_some_and(|it| it.mode == Mode::Follow))
            }
            Said::Edited { .. } | Said::Deleted { .. } => Ok(false),
            _ => Ok(true),
        }
    }
}
