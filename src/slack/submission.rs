//! A form that was sent off, out of the view that it was filled in.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::delivery::{Context, Ignored, lenient, place_kind};
use super::view::{Carried, ELEMENT, notice};
use crate::advisor::{DedupKey, Fault, Filled, Inbound, Origin, Place, Said};

/// How long after it was opened a form's answer still goes to the address of the command; that one
/// takes replies for thirty minutes.
const ADDRESS_LASTS: SignedDuration = SignedDuration::from_mins(28);

/// What somebody reads who sends off a form that cannot be opened any more.
pub const OUTDATED: &str =
    "This form has become too old, and nothing was changed. Please close it and open it anew.";

/// The view of a submission. Everything may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct View {
    #[serde(deserialize_with = "lenient")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    hash: Option<String>,
    #[serde(deserialize_with = "lenient")]
    callback_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    private_metadata: Option<String>,
    #[serde(deserialize_with = "lenient")]
    state: Option<State>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct State {
    #[serde(deserialize_with = "lenient")]
    values: Option<BTreeMap<String, BTreeMap<String, Value>>>,
}

/// Why a submission leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// As any request.
    Ignored(Ignored),
    /// It was sealed by another secret, or by nobody.
    Outdated,
}

/// Reads the view that `by` has sent off.
pub(super) fn submission(
    view: &View,
    (installation, by): (Option<String>, Option<String>),
    context: Context<'_>,
) -> Result<Origin, Unfit> {
    let malformed = Unfit::Ignored(Ignored::Malformed);
    let installation = context.admit(installation).map_err(Unfit::Ignored)?;
    let id = view.id.as_deref().ok_or(malformed)?;
    let carried = carried(view, context).ok_or(Unfit::Outdated)?;
    if carried.installation != installation || by.as_deref() != Some(carried.by.as_str()) {
        return Err(Unfit::Outdated);
    }
    let hash = view.hash.as_deref().unwrap_or_default();
    let is_fresh = context.now.duration_since(carried.opened) < ADDRESS_LASTS;
    let reply_to = carried.reply_to.filter(|_| is_fresh);
    Ok(Origin {
        inbound: Inbound {
            installation,
            place: Place {
                kind: place_kind(&carried.channel),
                channel: carried.channel,
                thread: carried.thread,
            },
            by: carried.by,
            said: Said::Filled(Filled {
                form: carried.form,
                carried: carried.carries,
                answers: answers(view),
            }),
            at: context.now,
            files: carried.files,
        },
        dedup: vec![DedupKey(format!("view:{id}:{hash}"))],
        reply_to: context.reply_to(reply_to.map(|it| it.response_url)),
        trigger: None,
    })
}

fn carried(view: &View, context: Context<'_>) -> Option<Carried> {
    let sealed = view.private_metadata.as_deref()?;
    let carried: Carried = serde_json::from_str(&context.secrets.unseal(sealed)?).ok()?;
    let is_same = view.callback_id.as_deref() == Some(carried.form.name());
    is_same.then_some(carried)
}

/// The answers by name; an empty one is none.
fn answers(view: &View) -> BTreeMap<String, String> {
    let values = view.state.as_ref().and_then(|it| it.values.as_ref());
    let values = values.into_iter().flatten();
    let answers = values.filter_map(|(name, elements)| {
        let answer = answer(elements.get(ELEMENT)?)?;
        (!answer.trim().is_empty()).then(|| (name.clone(), answer.to_owned()))
    });
    answers.collect()
}

/// What an element holds: each kind has a place of its own for it.
fn answer(element: &Value) -> Option<&str> {
    let places = [
        &element["value"],
        &element["selected_date"],
        &element["selected_option"]["value"],
    ];
    places.into_iter().find_map(Value::as_str)
}

/// The answer to a submission that shows what is wrong where it was given.
pub fn faults(faults: &[Fault]) -> Value {
    let words: serde_json::Map<_, _> = faults
        .iter()
        .map(|it| (it.input.clone(), it.words.clone().into()))
        .collect();
    json!({"response_action": "errors", "errors": words})
}

/// The answer to a submission that puts another view in its place.
pub fn instead(view: &Value) -> Value {
    json!({"response_action": "update", "view": view})
}

/// The answer to a submission that only says something.
pub fn told(words: &str) -> Value {
    instead(&notice(words))
}
