//! Files that people and the bot share: kept in memory, handed out to whoever has the bot's token.

use std::collections::VecDeque;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Json, Response};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::args::Refusal;
use super::model::{File, Message};
use super::page_api::Answered;
use super::{Playground, lock, secret};

/// The largest file that the page sends; more than the bot takes, so that its refusal can be seen.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;

/// Files that are kept; the oldest go first.
const MOST: usize = 20;

/// The bytes of files, by id, and what the bot has announced.
#[derive(Default)]
pub(super) struct Shared {
    kept: VecDeque<(String, Bytes)>,
    announced: VecDeque<File>,
    /// Files that were sent here for a form, each with who sent it.
    chosen: VecDeque<(String, File)>,
}

impl Shared {
    fn keep(&mut self, id: String, bytes: Bytes) {
        self.kept.push_back((id, bytes));
        if self.kept.len() > MOST {
            self.kept.pop_front();
        }
    }

    fn find(&self, id: &str) -> Option<Bytes> {
        let found = self.kept.iter().find(|(known, _)| known == id);
        found.map(|(_, bytes)| bytes.clone())
    }

    fn choose(&mut self, person: &str, file: File) {
        self.chosen.push_back((person.to_owned(), file));
        if self.chosen.len() > MOST {
            self.chosen.pop_front();
        }
    }

    /// Takes note of a file whose bytes will come.
    pub(super) fn announce(&mut self, file: File) {
        self.announced.push_back(file);
        if self.announced.len() > MOST {
            self.announced.pop_front();
        }
    }

    /// A file that was announced and whose bytes are here; it is handed out once.
    pub(super) fn complete(&mut self, id: &str) -> Option<File> {
        self.find(id)?;
        let place = self.announced.iter().position(|file| file.id == id)?;
        self.announced.remove(place)
    }
}

/// A new file's id.
pub(super) fn fresh_id() -> String {
    format!("F{}", &secret::token().to_uppercase()[..10])
}

impl Playground {
    /// Sends a file here for a form, as choosing it there does; the id stands for it in an answer.
    pub fn choose_file(
        &self,
        person: &str,
        (name, bytes): (&str, Vec<u8>),
    ) -> Result<String, Refusal> {
        if self.state().workspace.person(person).is_none() {
            return Err("user_not_found".into());
        }
        let file = named(name, bytes.len());
        let id = file.id.clone();
        let mut files = lock(&self.inner.files);
        files.keep(id.clone(), bytes.into());
        files.choose(person, file);
        Ok(id)
    }

    /// The files that an answer names, as far as this person has sent them here.
    pub(super) fn chosen(&self, person: &str, answer: &str) -> Vec<File> {
        let files = lock(&self.inner.files);
        let find = |id: &str| {
            let mut all = files.chosen.iter();
            let (_, file) = all.find(|(by, file)| by == person && file.id == id)?;
            Some(file.clone())
        };
        answer.split(',').filter_map(find).collect()
    }

    /// Puts a message with a file there; returns it with the events that it causes.
    pub(super) fn share(
        &self,
        person: &str,
        place: (&str, Option<&str>),
        text: &str,
        (name, bytes): (&str, Vec<u8>),
    ) -> Result<(Message, Vec<String>), Refusal> {
        let file = named(name, bytes.len());
        lock(&self.inner.files).keep(file.id.clone(), bytes.into());
        self.put(person, place, text, vec![file])
    }

    /// Files as events name them.
    pub(super) fn files_json(&self, files: &[File]) -> Value {
        let base = &self.inner.settings.web_api_url;
        let file = |file: &File| {
            let name = name_in_address(&file.name);
            let address = format!("{base}/files/{}/{name}", file.id);
            json!({
                "id": file.id,
                "name": file.name,
                "title": file.name,
                "size": file.size,
                "mode": "hosted",
                "is_external": false,
                "url_private": address,
                "url_private_download": address,
                "permalink": address,
            })
        };
        files.iter().map(file).collect()
    }

    /// Whether the bot asks, and may read files.
    fn may_read(&self, headers: &HeaderMap) -> bool {
        let token = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .unwrap_or_default();
        let expected = self.inner.settings.bot_token.expose_secret().as_bytes();
        bool::from(token.as_bytes().ct_eq(expected)) && self.inner.settings.reads_files
    }
}

fn named(name: &str, size: usize) -> File {
    File {
        id: fresh_id(),
        name: name.to_owned(),
        size,
        alt: String::new(),
    }
}

fn name_in_address(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    name.chars()
        .map(|letter| if plain(letter) { letter } else { '_' })
        .collect()
}

/// A file's bytes; as Slack does, a login page with status 200 for anybody who may not read it.
pub(super) async fn file(
    State(play): State<Playground>,
    Path((id, _)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if !play.may_read(&headers) {
        return Html("<!DOCTYPE html><title>Sign in</title>").into_response();
    }
    match lock(&play.inner.files).find(&id) {
        Some(bytes) => {
            let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
            (kind, bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The bytes of a file that was announced; as many as that said.
pub(super) async fn receive(
    State(play): State<Playground>,
    Path(id): Path<String>,
    bytes: Bytes,
) -> Response {
    let mut files = lock(&play.inner.files);
    let is_announced = |file: &File| file.id == id && file.size == bytes.len();
    if !files.announced.iter().any(is_announced) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let answer = format!("OK - {}", bytes.len());
    files.keep(id, bytes);
    answer.into_response()
}

/// A picture for the page, which has no token.
pub(super) async fn picture(State(play): State<Playground>, Path(id): Path<String>) -> Response {
    match lock(&play.inner.files).find(&id) {
        // Nothing but a picture is handed out, so that no file can become part of the page.
        Some(bytes) if bytes.starts_with(b"\x89PNG") => {
            ([(header::CONTENT_TYPE, "image/png")], bytes).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(Deserialize)]
pub(super) struct Choosing {
    #[serde(rename = "as")]
    person: String,
    name: String,
}

/// A file is chosen in a form; it is here before the form is sent off.
pub(super) async fn choose(
    State(play): State<Playground>,
    Query(choosing): Query<Choosing>,
    bytes: Bytes,
) -> Answered {
    let file = (choosing.name.as_str(), bytes.to_vec());
    let id = play.choose_file(&choosing.person, file)?;
    Ok(Json(json!({"id": id})))
}

#[derive(Deserialize)]
pub(super) struct Sharing {
    #[serde(rename = "as")]
    person: String,
    channel: String,
    thread: Option<String>,
    text: String,
    name: String,
}

/// A file is shared, with the words that stand in the composer.
pub(super) async fn share(
    State(play): State<Playground>,
    Query(sharing): Query<Sharing>,
    bytes: Bytes,
) -> Answered {
    let Sharing {
        person,
        channel,
        thread,
        text,
        name,
    } = sharing;
    let thread = thread.as_deref().filter(|root| !root.is_empty());
    let place = (channel.as_str(), thread);
    let (message, events) = play.share(&person, place, &text, (&name, bytes.to_vec()))?;
    tokio::spawn(async move {
        for event in events {
            play.deliver_event(&person, event).await;
        }
    });
    Ok(Json(json!({"ts": message.ts})))
}
