//! What is said past the bot: messages in channels, and what becomes of messages afterwards.
//!
//! Whether any of it concerns a plan is not for this adapter to say.

use serde::Deserialize;

use super::delivery::{Ignored, lenient};
use super::heard::heard;
use crate::advisor::Said;
use crate::ident::MessageTs;

/// A message as another event shows it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Inner {
    #[serde(deserialize_with = "lenient")]
    pub(super) subtype: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) user: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) bot_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient")]
    ts: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) thread_ts: Option<String>,
    #[serde(deserialize_with = "lenient")]
    edited: Option<Edit>,
}

/// Who edited a message, and when.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Edit {
    #[serde(deserialize_with = "lenient")]
    user: Option<String>,
    #[serde(deserialize_with = "lenient")]
    ts: Option<String>,
}

/// What became of a message.
#[derive(Debug)]
pub(super) struct Fate {
    pub(super) said: Said,
    /// Whose doing it was.
    pub(super) by: String,
    /// The thread that the message stands in.
    pub(super) thread: Option<String>,
    /// Tells one change of one message from another.
    pub(super) key: String,
    /// The message.
    pub(super) ts: String,
}

/// What a person's message says since it was edited. `at` is when the event says that it happened.
pub(super) fn edited(
    now: Option<Inner>,
    before: Option<&Inner>,
    at: &str,
    own: Option<&str>,
) -> Result<Fate, Ignored> {
    let now = now.ok_or(Ignored::Malformed)?;
    let ts = now.ts.clone().ok_or(Ignored::Malformed)?;
    // What is left of a deleted message that has replies.
    if now.subtype.as_deref() == Some("tombstone") {
        return deleted(Some(ts), before.or(Some(&now)), own);
    }
    by_a_person(&now, own)?;
    let text = now.text.unwrap_or_default();
    // A link preview, a reaction or a reply count changes a message too.
    if before.is_some_and(|before| before.text.as_deref().unwrap_or_default() == text) {
        return Err(Ignored::Unchanged);
    }
    let heard = heard(&text, own);
    let edit = now.edited.unwrap_or_default();
    let when = edit.ts.unwrap_or_else(|| at.to_owned());
    Ok(Fate {
        said: Said::Edited {
            words: heard.words,
            ts: MessageTs::new(&ts),
            addressed: heard.mentioned,
        },
        by: edit.user.or(now.user).ok_or(Ignored::Malformed)?,
        thread: now.thread_ts,
        key: format!("edited:{ts}:{when}"),
        ts,
    })
}

/// A person's message that is gone.
pub(super) fn deleted(
    ts: Option<String>,
    before: Option<&Inner>,
    own: Option<&str>,
) -> Result<Fate, Ignored> {
    let ts = ts.or_else(|| before.and_then(|before| before.ts.clone()));
    let ts = ts.ok_or(Ignored::Malformed)?;
    // The tombstone is the platform's own; whose message it was is told by what stood there before.
    let known = before.filter(|before| before.subtype.as_deref() != Some("tombstone"));
    if let Some(before) = known {
        by_a_person(before, own)?;
    }
    Ok(Fate {
        said: Said::Deleted {
            ts: MessageTs::new(&ts),
        },
        // Nobody says who deleted it: it counts as its author's doing.
        by: known.and_then(|it| it.user.clone()).unwrap_or_default(),
        thread: before.and_then(|before| before.thread_ts.clone()),
        key: format!("deleted:{ts}"),
        ts,
    })
}

fn by_a_person(message: &Inner, own: Option<&str>) -> Result<(), Ignored> {
    if own.is_some() && message.user.as_deref() == own {
        return Err(Ignored::Own);
    }
    if message.bot_id.is_some() || message.subtype.as_deref() == Some("bot_message") {
        return Err(Ignored::Bot);
    }
    match message.subtype.as_deref() {
        None | Some("file_share" | "thread_broadcast") => Ok(()),
        Some(_) => Err(Ignored::OtherMessage),
    }
}
