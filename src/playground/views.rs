//! Modal views: the right to open one, the ones that are open, and what comes of sending one off.

use std::collections::{BTreeMap, VecDeque};

use axum::extract::State;
use axum::response::Json;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::args::Refusal;
use super::blocks;
use super::bot::{Delivery, Outcome};
use super::envelope::Submission;
use super::limits;
use super::model::{File, Update, View};
use super::page_api::Answered;
use super::settings::FILES_READ;
use super::{Playground, secret};

/// How long a trigger lives.
const LASTS: SignedDuration = SignedDuration::from_secs(3);

/// Triggers that are remembered; the oldest go first.
const TRIGGERS: usize = 1_000;

/// The right to open a view, as it was given.
#[derive(Debug)]
struct Trigger {
    id: String,
    person: String,
    at: Timestamp,
    used: bool,
}

/// The triggers that were given.
#[derive(Debug, Default)]
pub(super) struct Triggers(VecDeque<Trigger>);

impl Triggers {
    /// Gives one.
    pub(super) fn give(&mut self, person: &str, now: Timestamp) -> String {
        let id = format!("{}.{}", now.as_millisecond(), &secret::token()[..32]);
        self.0.push_back(Trigger {
            id: id.clone(),
            person: person.to_owned(),
            at: now,
            used: false,
        });
        if self.0.len() > TRIGGERS {
            self.0.pop_front();
        }
        id
    }

    /// Takes one for the person who got it.
    pub(super) fn take(&mut self, id: &str, now: Timestamp) -> Result<String, Refusal> {
        let given = self.0.iter_mut().find(|it| it.id == id);
        let given = given.ok_or("invalid_trigger_id")?;
        if given.used {
            return Err("exchanged_trigger_id".into());
        }
        if now.duration_since(given.at) > LASTS {
            return Err("expired_trigger_id".into());
        }
        given.used = true;
        Ok(given.person.clone())
    }
}

/// A view from what an app sends that has been given these scopes.
pub(super) fn made(
    id: String,
    person: String,
    given: &Value,
    scopes: &[&str],
) -> Result<View, Refusal> {
    if blocks::view::asks_for_files(given) && !scopes.contains(&FILES_READ) {
        // That it is refused is documented, in which words is not.
        return Err("missing_scope".into());
    }
    let view = blocks::view::check(given)
        .map_err(|messages| Refusal::because("invalid_arguments", messages))?;
    Ok(View {
        hash: format!("{}.{}", id.len(), &secret::token()[..8]),
        id,
        person,
        view,
    })
}

impl View {
    /// As the Web API and payloads show it.
    pub(super) fn json(&self) -> Map<String, Value> {
        let mut json = self.view.as_object().cloned().unwrap_or_default();
        for (name, value) in [
            ("id", &self.id),
            ("hash", &self.hash),
            ("root_view_id", &self.id),
        ] {
            json.insert(name.to_owned(), value.clone().into());
        }
        json
    }

    /// The state that a submission sends along: every input by block and element.
    fn state(&self, answers: &BTreeMap<String, String>, files: &Chosen<'_>) -> Value {
        let blocks = self.view["blocks"].as_array().into_iter().flatten();
        let inputs = blocks.filter(|block| block["type"] == "input");
        let mut values = Map::new();
        for block in inputs {
            let name = block["block_id"].as_str().unwrap_or_default();
            let element = &block["element"];
            let action = element["action_id"].as_str().unwrap_or_default();
            let answer = answers.get(name).filter(|it| !it.is_empty());
            values.insert(
                name.to_owned(),
                json!({action: held(element, answer, files)}),
            );
        }
        json!({"values": values})
    }

    /// The inputs that were left empty though they must not be, or hold more than they may.
    fn refused(
        &self,
        answers: &BTreeMap<String, String>,
        files: &Chosen<'_>,
    ) -> Map<String, Value> {
        let blocks = self.view["blocks"].as_array().into_iter().flatten();
        let inputs = blocks.filter(|block| block["type"] == "input");
        let refused = inputs.filter_map(|block| {
            let name = block["block_id"].as_str()?;
            let answer = answers.get(name).map_or("", String::as_str);
            let most = block["element"]["max_length"].as_u64().unwrap_or(3_000);
            let why = if answer.trim().is_empty() && block["optional"] != true {
                "Please complete this required field."
            } else if answer.chars().count() as u64 > most {
                "This is too long."
            } else {
                unfit(&block["element"], &(files.find)(answer))?
            };
            Some((name.to_owned(), why.into()))
        });
        refused.collect()
    }
}

/// The files that a person has sent here for a form: by the ids of an answer, and as payloads name them.
struct Chosen<'a> {
    find: &'a dyn Fn(&str) -> Vec<File>,
    json: &'a dyn Fn(&[File]) -> Value,
}

/// Why a file input does not take these.
fn unfit(element: &Value, files: &[File]) -> Option<&'static str> {
    let most = element["max_files"].as_u64();
    let most = most.unwrap_or(limits::FILES_CHOSEN.max as u64);
    let endings = element["filetypes"].as_array();
    let is_taken = |file: &File| {
        let ending = file.name.rsplit('.').next().unwrap_or_default();
        let is_same = |it: &Value| {
            it.as_str()
                .is_some_and(|it| it.eq_ignore_ascii_case(ending))
        };
        endings.is_none_or(|all| all.iter().any(is_same))
    };
    if files.len() as u64 > most {
        Some("These are too many files.")
    } else if !files.iter().all(is_taken) {
        Some("Files of this kind cannot be uploaded here.")
    } else {
        None
    }
}

/// What an element holds, as Slack writes it.
fn held(element: &Value, answer: Option<&String>, files: &Chosen<'_>) -> Value {
    let kind = &element["type"];
    match kind.as_str() {
        Some("file_input") => {
            let chosen = answer.map_or_else(Vec::new, |it| (files.find)(it));
            json!({"type": kind, "files": (files.json)(&chosen)})
        }
        Some("datepicker") => json!({"type": kind, "selected_date": answer}),
        Some("radio_buttons" | "static_select") => {
            let options = element["options"].as_array().into_iter().flatten();
            let chosen = answer.and_then(|it| options.clone().find(|one| one["value"] == **it));
            json!({"type": kind, "selected_option": chosen})
        }
        _ => json!({"type": kind, "value": answer}),
    }
}

/// What became of sending a view off.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// The request and the bot's answer; none if the view itself refused what was filled in.
    pub delivery: Option<Delivery>,
    /// What is wrong, by input.
    pub errors: Map<String, Value>,
}

impl Playground {
    /// The views that a person has open, oldest first.
    pub fn views(&self, person: &str) -> Vec<View> {
        self.state().workspace.views(person).cloned().collect()
    }

    /// Sends a view off with these answers by input; what the app answers is done.
    pub async fn submit(
        &self,
        person: &str,
        id: &str,
        answers: &BTreeMap<String, String>,
    ) -> Result<Submitted, Refusal> {
        let (body, errors) = {
            let mut state = self.state();
            let found = state.workspace.view(id).cloned();
            let view = found
                .filter(|it| it.person == person)
                .ok_or("view_not_found")?;
            let who = state.workspace.person(person).cloned();
            let who = who.ok_or("user_not_found")?;
            let files = Chosen {
                find: &|answer| self.chosen(person, answer),
                json: &|files| self.files_json(files),
            };
            let mut sent = view.json();
            sent.insert("state".to_owned(), view.state(answers, &files));
            let trigger = state.triggers.give(person, self.now());
            let submission = Submission {
                person: &who,
                view: sent,
                trigger: &trigger,
            };
            (submission.body(), view.refused(answers, &files))
        };
        if !errors.is_empty() {
            return Ok(Submitted {
                delivery: None,
                errors,
            });
        }
        let delivery = self.interact(body).await;
        let errors = self.answered(person, id, &delivery)?;
        Ok(Submitted {
            delivery: Some(delivery),
            errors,
        })
    }

    /// Does what the app answers to a submission: closes, shows errors, or shows another view.
    fn answered(
        &self,
        person: &str,
        id: &str,
        delivery: &Delivery,
    ) -> Result<Map<String, Value>, Refusal> {
        let Outcome::Answered {
            status: 200, body, ..
        } = &delivery.outcome
        else {
            return Err("the app did not take the form".into());
        };
        let answer: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        match answer["response_action"].as_str() {
            Some("errors") => Ok(answer["errors"].as_object().cloned().unwrap_or_default()),
            Some("update") => {
                let scopes: Vec<_> = self.inner.settings.scopes().collect();
                let view = made(id.to_owned(), person.to_owned(), &answer["view"], &scopes)?;
                self.change(|state| state.commit(Update::View(view)))?;
                Ok(Map::new())
            }
            None if body.is_empty() => {
                self.close_view(person, id)?;
                Ok(Map::new())
            }
            _ => Err("the app’s answer to the form makes no sense".into()),
        }
    }

    /// Closes a view.
    pub fn close_view(&self, person: &str, id: &str) -> Result<(), Refusal> {
        let gone = Update::ViewGone {
            person: person.to_owned(),
            id: id.to_owned(),
        };
        self.change(|state| state.commit(gone))?;
        Ok(())
    }
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(rename = "as")]
    person: String,
    view: String,
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

/// A view is sent off; the answer says what is wrong, by input.
pub(super) async fn sent_off(State(play): State<Playground>, Json(sent): Json<Sent>) -> Answered {
    let done = play.submit(&sent.person, &sent.view, &sent.answers).await?;
    Ok(Json(json!({"errors": done.errors})))
}

/// A view is closed without being sent off.
pub(super) async fn closed(State(play): State<Playground>, Json(sent): Json<Sent>) -> Answered {
    play.close_view(&sent.person, &sent.view)?;
    Ok(Json(json!({})))
}
