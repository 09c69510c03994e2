//! Asks Slack about the bot's token, with the client that the server uses.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SlackFacts, SlackSilence, TokenCheck};
use crate::config::Credentials;
use crate::slack::client::{Client, ClientError, install_tls_provider};
use crate::slack::failure::{Class, Failure};
use crate::slack::token::TokenAnswer;

/// The client of the credentials that are configured.
pub(super) struct Asking(Result<Client, ClientError>);

impl Asking {
    pub(super) fn with(credentials: &Credentials) -> Self {
        install_tls_provider();
        Self(Client::new(
            &credentials.api_base,
            credentials.bot_token.clone(),
        ))
    }
}

#[async_trait]
impl TokenCheck for Asking {
    async fn check(&self) -> Result<SlackFacts, SlackSilence> {
        let client = self
            .0
            .as_ref()
            .map_err(|error| SlackSilence::Unreachable(error.to_string()))?;
        let answer = client.token().await.map_err(silence)?;
        Ok(facts(answer, Timestamp::now()))
    }
}

fn facts(answer: TokenAnswer, our_time: Timestamp) -> SlackFacts {
    SlackFacts {
        installation: answer.identity.installation,
        bot: answer.identity.user,
        scopes: answer.scopes,
        their_time: answer.date,
        our_time,
    }
}

/// Slack in trouble, or no Slack at all, is told from a refusal: only the latter is about the token.
fn silence(failure: Failure) -> SlackSilence {
    match failure.class {
        Class::Transient | Class::Rate => SlackSilence::Unreachable(failure.code),
        _ => SlackSilence::Refused(failure.code),
    }
}
