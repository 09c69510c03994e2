//! Forms: opened within the request that asks for them, and answered in the one that brings them
//! back.

use std::future::{Future, ready};

use axum::Json;
use serde_json::Value;
use tokio::task::JoinError;
use tokio::time::Instant;

use super::answer::{Ended, failed, say_failed};
use super::door::Door;
use crate::advisor::{Answered, Asks, Origin, Over, opening};
use crate::metrics::RequestOutcome;
use crate::render::text;
use crate::slack::failure::Failure;
use crate::slack::submission::{faults, instead, told};
use crate::slack::view::{notice, view};

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
    /// That is not known in time, or too late for the turn: whatever comes of it comes by itself.
    Late,
}

/// What Slack said to a form that it was to open.
type Reply = Result<String, Failure>;

/// Opens the form that was asked for, if one was, before anything is looked at.
pub(super) async fn open(door: &Door, origin: &Origin) -> Opened {
    let Some((form, trigger)) =
        opening(&origin.inbound, door.client.reads_files()).zip(origin.trigger.clone())
    else {
        return Opened::Not;
    };
    let Some(view) = view(&form, origin, &door.secrets) else {
        tracing::error!(form = form.kind.name(), "a form carries too much");
        return Opened::Not;
    };
    let (began, client) = (Instant::now(), door.client.clone());
    let opening = async move { client.open_view(&trigger, &view).await };
    // It is never cancelled: Slack might open the form all the same, beside an answer.
    let mut opening = door.beside.spawn(opening);
    let waits = form.waits();
    let Ok(opened) = tokio::time::timeout(door.forms.opens, &mut opening).await else {
        tracing::warn!("a form did not open in time");
        go_on(door, origin, async move { reply(opening.await) }, waits);
        return Opened::Late;
    };
    match reply(opened) {
        Ok(id) if waits => Opened::Waiting(id),
        Ok(_) => Opened::Whole,
        Err(_) if began.elapsed() < door.forms.refused => Opened::Not,
        refused => {
            go_on(door, origin, ready(refused), waits);
            Opened::Late
        }
    }
}

fn reply(opened: Result<Reply, JoinError>) -> Reply {
    let reply = opened.unwrap_or_else(|_| Err(Failure::unreached("views.open", "panic")));
    reply.inspect_err(|failure| tracing::warn!(%failure, "a form was not opened"))
}

/// After the acknowledgement: the form, if it opens at last, or what the turn says.
fn go_on(
    door: &Door,
    origin: &Origin,
    reply: impl Future<Output = Reply> + Send + 'static,
    waits: bool,
) {
    let (at, origin) = (door.clone(), origin.clone());
    door.beside.spawn(async move {
        match reply.await {
            Ok(id) if waits => put_into(&at, &id, origin).await,
            Ok(_) => {}
            Err(_) => answer_late(&at, origin).await,
        }
    });
}

/// Answers a request that was acknowledged without an answer.
async fn answer_late(door: &Door, origin: Origin) {
    let reply_to = origin.reply_to.clone();
    match door.turns.answer(origin, Over::Conversation).await {
        Answered::Now(sent) => door.turns.unheard(sent.row),
        // It is due in the outbox.
        Answered::Later | Answered::Asks(_) => {}
        Answered::Failed(reference) => {
            if let Some(to) = reply_to {
                say_failed(door, to, reference);
            }
        }
    }
}

/// Puts what the turn has to ask into the form that waits for it, after the acknowledgement.
pub(super) fn fill(door: &Door, id: String, origin: Origin) -> Ended {
    let at = door.clone();
    door.beside
        .spawn(async move { put_into(&at, &id, origin).await });
    Ended::seen(RequestOutcome::Accepted)
}

async fn put_into(door: &Door, id: &str, origin: Origin) {
    let next = match door.turns.answer(origin.clone(), Over::Form).await {
        Answered::Asks(asks) => asked(door, &asks, &origin),
        Answered::Now(sent) => {
            // A command's reply stays due in the outbox as well: forms are closed unread.
            notice(&text(&sent.row.document, &|_| "somebody".to_owned()))
        }
        Answered::Later => notice(LATER),
        Answered::Failed(reference) => notice(&failed(&reference)),
    };
    if let Err(failure) = door.client.update_view(id, &next).await {
        tracing::warn!(%failure, "a form was not filled");
    }
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
