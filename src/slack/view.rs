//! A form as one of Slack's modal views.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Arguments, Client};
use super::failure::Failure;
use super::kit::limit as kit_limit;
use super::mrkdwn::cut;
use super::signature::Secrets;
use crate::advisor::{Form, FormKind, Input, InputKind, LONGEST, Origin, Part, ReplyTo, Trigger};
use crate::documents::SharedFile;
use crate::ident::{Channel, Installation, MessageTs, Person};

/// The id of the element of every input: its block's id is the answer's name.
pub(super) const ELEMENT: &str = "answer";

/// Slack's limits.
mod limit {
    /// Characters of a title or of what the buttons say.
    pub(super) const TITLE: usize = 24;
    /// Characters of what an input is called, and of its hint.
    pub(super) const LABEL: usize = 1_900;
    /// Characters of an option.
    pub(super) const OPTION: usize = 75;
    /// Characters of what a view carries; counted exactly.
    pub(super) const METADATA: usize = 3_000;
}

/// What a view carries, sealed: the door that it was opened at.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Carried {
    #[serde(rename = "k")]
    pub(super) form: FormKind,
    #[serde(rename = "i")]
    pub(super) installation: Installation,
    #[serde(rename = "c")]
    pub(super) channel: Channel,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub(super) thread: Option<MessageTs>,
    #[serde(rename = "p")]
    pub(super) by: Person,
    #[serde(rename = "o")]
    pub(super) opened: Timestamp,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub(super) reply_to: Option<ReplyTo>,
    #[serde(rename = "a", default, skip_serializing_if = "String::is_empty")]
    pub(super) carries: String,
    #[serde(rename = "f", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) files: Vec<SharedFile>,
}

/// The view of a form that is opened at `origin`; `None` if what it carries does not fit.
pub fn view(form: &Form, origin: &Origin, secrets: &Secrets) -> Option<Value> {
    let metadata = metadata(form, origin, secrets)?;
    let blocks: Vec<_> = form.parts.iter().map(part).collect();
    let mut view = json!({
        "type": "modal",
        "callback_id": form.kind.name(),
        "title": plain(form.title, limit::TITLE),
        "close": plain("Cancel", limit::TITLE),
        "private_metadata": metadata,
        "blocks": blocks,
    });
    if !form.waits() {
        view["submit"] = plain(form.submit, limit::TITLE);
    }
    Some(view)
}

/// A view that only says something.
pub fn notice(words: &str) -> Value {
    json!({
        "type": "modal",
        "title": plain("GTM Advisor", limit::TITLE),
        "close": plain("Close", limit::TITLE),
        "blocks": [said(words)],
    })
}

impl Client {
    /// Opens a view over what somebody looks at; returns its id.
    pub async fn open_view(&self, trigger: &Trigger, view: &Value) -> Result<String, Failure> {
        let method = "views.open";
        let arguments = json!({"trigger_id": trigger.0, "view": view});
        let opened = self.call(method, Arguments::Json(&arguments)).await?;
        let id = opened["view"]["id"].as_str();
        id.map(str::to_owned)
            .ok_or_else(|| Failure::unreached(method, "incomplete_answer"))
    }

    /// Puts another view in the place of one that is open.
    pub async fn update_view(&self, id: &str, view: &Value) -> Result<(), Failure> {
        let arguments = json!({"view_id": id, "view": view});
        let update = self.call("views.update", Arguments::Json(&arguments));
        update.await.map(|_| ())
    }
}

fn metadata(form: &Form, origin: &Origin, secrets: &Secrets) -> Option<String> {
    let inbound = &origin.inbound;
    let carried = Carried {
        form: form.kind,
        installation: inbound.installation.clone(),
        channel: inbound.place.channel.clone(),
        thread: inbound.place.thread.clone(),
        by: inbound.by.clone(),
        opened: inbound.at,
        reply_to: origin.reply_to.clone(),
        carries: form.carries.clone(),
        files: form.files.clone(),
    };
    let sealed = secrets.seal(&serde_json::to_string(&carried).ok()?)?;
    (sealed.len() <= limit::METADATA).then_some(sealed)
}

fn part(part: &Part) -> Value {
    match part {
        Part::Words(words) => said(words),
        Part::Ask(input) => asked(input),
    }
}

/// Words that can be no markup.
fn said(words: &str) -> Value {
    json!({"type": "section", "text": plain(words, kit_limit::SECTION)})
}

fn asked(input: &Input) -> Value {
    let mut block = json!({
        "type": "input",
        "block_id": input.name,
        "label": plain(&input.label, limit::LABEL),
        "optional": input.optional,
        "element": element(&input.kind),
    });
    if !input.hint.is_empty() {
        block["hint"] = plain(&input.hint, limit::LABEL);
    }
    block
}

fn element(kind: &InputKind) -> Value {
    match kind {
        InputKind::Line { initial, most } => typed(initial, *most, false),
        InputKind::Text { initial } => typed(initial, LONGEST, true),
        InputKind::Day { initial } => {
            let mut element = json!({"type": "datepicker", "action_id": ELEMENT});
            if let Some(day) = initial {
                element["initial_date"] = day.to_string().into();
            }
            element
        }
        InputKind::Choice(choices) => {
            let option = |it: &crate::advisor::Choice| json!({"text": plain(it.label, limit::OPTION), "value": it.name});
            let options: Vec<_> = choices.iter().map(option).collect();
            json!({
                "type": "radio_buttons",
                "action_id": ELEMENT,
                "initial_option": options.first(),
                "options": options,
            })
        }
        InputKind::Files { endings, most } => json!({
            "type": "file_input",
            "action_id": ELEMENT,
            "filetypes": endings,
            "max_files": most,
        }),
    }
}

fn typed(initial: &str, most: usize, multiline: bool) -> Value {
    let most = most.min(LONGEST);
    let mut element = json!({
        "type": "plain_text_input",
        "action_id": ELEMENT,
        "multiline": multiline,
        "max_length": most,
    });
    if !initial.is_empty() {
        let initial: String = initial.chars().take(most).collect();
        element["initial_value"] = initial.into();
    }
    element
}

fn plain(words: &str, most: usize) -> Value {
    json!({"type": "plain_text", "text": cut(words, most)})
}
