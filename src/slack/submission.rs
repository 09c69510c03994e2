//! A form that was sent off, out of the view that it was filled in.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::attached::{Attached, names, shared};
use super::delivery::{Context, Ignored, lenient, place_kind};
use super::view::{Carried, ELEMENT, notice};
use crate::advisor::{DedupKey, Fault, Filled, Inbound, Origin, Place, Said};
use crate::documents::SharedFile;

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
    let (answers, chosen) = answers(view);
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
                answers,
            }),
            at: context.now,
            files: if chosen.is_empty() {
                carried.files
            } else {
                chosen
            },
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

/// The answers by name, an empty one is none; and the files that are among them.
fn answers(view: &View) -> (BTreeMap<String, String>, Vec<SharedFile>) {
    let values = view.state.as_ref().and_then(|it| it.values.as_ref());
    let mut answers = BTreeMap::new();
    let mut files = Vec::new();
    for (name, elements) in values.into_iter().flatten() {
        let Some(element) = elements.get(ELEMENT) else {
            continue;
        };
        let attached = attached(element);
        files.extend(chosen(&attached));
        let answer = names(&attached).or_else(|| answer(element).map(str::to_owned));
        let answer = answer.filter(|it| !it.trim().is_empty());
        answers.extend(answer.map(|it| (name.clone(), it)));
    }
    (answers, files)
}

fn attached(element: &Value) -> Vec<Attached> {
    let files = element["files"].as_array().into_iter().flatten();
    files
        .map(|file| Attached::deserialize(file).unwrap_or_default())
        .collect()
}

/// Files that were chosen in a form. They hang on no message: nobody but who chose them can open them
/// where they lie, so that no answer leads there.
fn chosen(attached: &[Attached]) -> Vec<SharedFile> {
    let files = shared(attached).into_iter();
    files
        .map(|file| SharedFile { link: None, ..file })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn given(values: &Value) -> (BTreeMap<String, String>, Vec<SharedFile>) {
        let view = json!({"state": {"values": values}});
        answers(&serde_json::from_value(view).expect("a view"))
    }

    #[test]
    fn files_come_along_without_a_link_and_answer_with_their_names() {
        let file = |id: &str, address: Value| {
            json!({"id": id, "name": format!("{id}.md"), "size": 7, "permalink": "https://acme.slack.com/files/1",
                   "url_private_download": address})
        };
        let files = json!([
            file("F1", "https://files.slack.com/1".into()),
            file("F2", Value::Null),
            3,
            null
        ]);
        let (answers, files) = given(&json!({
            "files": {"answer": {"type": "file_input", "files": files}},
            "title": {"answer": {"type": "plain_text_input", "value": "Policy"}},
        }));
        assert_eq!(answers["files"], "F1.md, F2.md, a file, a file");
        assert_eq!(answers["title"], "Policy");
        let expected = SharedFile {
            id: "F1".to_owned(),
            name: "F1.md".to_owned(),
            address: "https://files.slack.com/1".to_owned(),
            link: None,
            bytes: Some(7),
        };
        assert_eq!(files, [expected]);
    }

    #[test]
    fn where_no_file_was_chosen_there_is_no_answer() {
        for files in [json!([]), Value::Null, json!("F1"), json!({"F1": 1})] {
            let element = json!({"answer": {"type": "file_input", "files": files}});
            assert_eq!(
                given(&json!({"files": element})),
                (BTreeMap::new(), Vec::new())
            );
        }
    }
}
