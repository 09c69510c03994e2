//! Forms: opened within the request that asks for them, and answered in the one that brings them
//! back.

use std::time::Duration;

use axum::Json;
use serde_json::Value;

use super::answer::{Ended, failed};
use super::door::Door;
use crate::advisor::{Answered, Asks, Origin, Over, opening};
use crate::metrics::RequestOutcome;
use crate::render::text;
use crate::slack::submission::{faults, instead, told};
use crate::slack::view::{notice, view};

/// How long opening may take: the right to it lasts three seconds, and so does the request.
const WITHIN: Duration = Duration::from_millis(2_400);

const LATER: &str =
    "This takes a little longer. The answer comes as a message; you can close this.";
const LOST: &str = "What comes next does not fit here. Please close this and try it as a command.";

/// What became of opening a form.
pub(super) enum Opened {
    /// It stands there, and nothing else is to be done.
    Whole,
    /// One stands there that waits for what the turn has to ask.
    Waiting(String),
    /// None was asked for, or it could not be opened: the turn answers.
    Not,
}

/// Opens the form that was asked for, if one was, before anything is looked at.
pub(super) async fn open(door: &Door, origin: &Origin) -> Opened {
    let Some((form, trigger)) = opening(&origin.inbound).zip(origin.trigger.as_ref()) else {
        return Opened::Not;
    };
    let Some(view) = view(&form, origin, &door.secrets) else {
        tracing::error!(form = form.kind.name(), "a form carries too much");
        return Opened::Not;
    };
    let opened = tokio::time::timeout(WITHIN, door.client.open_view(trigger, &view)).await;
    match opened {
        Ok(Ok(id)) if form.waits() => Opened::Waiting(id),
        Ok(Ok(_)) => Opened::Whole,
        Ok(Err(failure)) => {
            tracing::warn!(%failure, "a form was not opened");
            Opened::Not
        }
        Err(_) => {
            tracing::warn!("a form was not opened in time");
            Opened::Not
        }
    }
}

/// Puts what the turn has to ask into the form that waits for it, after the acknowledgement.
pub(super) async fn fill(door: &Door, id: &str, origin: Origin) -> Ended {
    let (door, id) = (door.clone(), id.to_owned());
    tokio::spawn(async move {
        let next = match door.turns.answer(origin.clone(), Over::Form).await {
            Answered::Asks(asks) => asked(&door, &asks, &origin),
            Answered::Now(sent) => {
                // A command's reply stays due in the outbox as well: forms are closed unread.
                notice(&text(&sent.row.document, &|_| "somebody".to_owned()))
            }
            Answered::Later => notice(LATER),
            Answered::Failed(reference) => notice(&failed(&reference)),
        };
        if let Err(failure) = door.client.update_view(&id, &next).await {
            tracing::warn!(%failure, "a form was not filled");
        }
    });
    Ended::seen(RequestOutcome::Accepted)
}

/// Answers a form that was sent off.
pub(super) async fn filled(door: &Door, origin: Origin) -> Ended {
    let accepted = |answer: Value| Ended::new(RequestOutcome::Accepted, Json(answer));
    match door.turns.answer(origin.clone(), Over::Form).await {
        Answered::Asks(asks) => accepted(match &*asks {
            Asks::Mend(wrong) => faults(wrong),
            Asks::Fill(_) => instead(&asked(door, &asks, &origin)),
        }),
        // The form closes; what is said goes out through the outbox.
        Answered::Now(_) | Answered::Later => Ended::seen(RequestOutcome::Accepted),
        Answered::Failed(reference) => {
            let words = told(&failed(&reference));
            Ended::new(RequestOutcome::Unavailable, Json(words))
        }
    }
}

/// The view of what the turn asks.
fn asked(door: &Door, asks: &Asks, origin: &Origin) -> Value {
    match asks {
        Asks::Fill(form) => view(form, origin, &door.secrets).unwrap_or_else(|| notice(LOST)),
        Asks::Mend(wrong) => {
            let words: Vec<_> = wrong.iter().map(|it| it.words.as_str()).collect();
            notice(&words.join("\n"))
        }
    }
}
