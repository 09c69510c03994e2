//! `gtm-advisor read`: what a message or a thread says about the plan, as the bot would propose it.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use super::check;
use super::model::{self, Asked};
use super::output::{print, refuse};
use super::{Format, date};
use crate::grounding::{Heard, ask_values, read_values};
use crate::llm::LanguageModel;
use crate::plan::{Answer, Currency, ParseContext, Plan, Value, field};
use crate::reading::{Context, Finder, Finding, Reading, Said, read_message, read_thread};

/// No thread is longer.
const MAX_BYTES: u64 = 1 << 20;

/// What `read` takes.
#[derive(Debug, Args)]
pub(super) struct Words {
    /// The message; without it, or with `-`, a thread is read from standard input, one message a line,
    /// `name: text`
    text: Option<String>,
    /// The plan whose values would be replaced
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Let the configured language model look for what the reader missed; it is sent the messages
    #[arg(long)]
    model: bool,
    /// How to print what was read
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The date that counts as today (default: this machine's)
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

impl Words {
    /// The message; none where a thread is read from standard input.
    fn message(&self) -> Option<&str> {
        self.text.as_deref().filter(|text| *text != "-")
    }
}

/// Reads a message, or a thread on standard input with one message a line, `name: text`.
pub(super) fn run(words: &Words) -> ExitCode {
    let today = words.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let plan = match words
        .plan
        .as_deref()
        .map(|file| check::read(file, today))
        .transpose()
    {
        Ok(plan) => plan,
        Err(problem) => return refuse(problem),
    };
    let context = Context {
        plan: plan.as_ref(),
        parse: ParseContext {
            currency: plan.as_ref().and_then(currency).unwrap_or(Currency::USD),
            today,
        },
    };
    let text = words.message();
    if text.is_some_and(|text| text.trim().is_empty()) {
        return refuse(
            "There are no words to read: gtm-advisor read \"we charge $49/mo\"".to_owned(),
        );
    }
    let messages = match text {
        Some(text) => vec![alone(text)],
        None => match thread() {
            Ok(messages) => messages,
            Err(problem) => return refuse(problem),
        },
    };
    let mut reading = match text {
        Some(text) => read_message(text, &context),
        None => read_thread(&messages, &context),
    };
    let mut asked = None;
    if words.model {
        let heard = Heard {
            messages: &messages,
            context: &context,
            reading: &reading,
        };
        let (found, how) = match model::named() {
            Ok(model) => add(&model, &heard),
            Err(problem) => return refuse(problem),
        };
        reading.proposals.extend(found);
        asked = Some(how);
    }
    tell(&reading, words, asked.as_ref());
    ExitCode::SUCCESS
}

fn tell(reading: &Reading, words: &Words, asked: Option<&Asked>) {
    let of_thread = words.message().is_none();
    match words.format {
        Format::Json => {
            let mut json = reading.to_json(of_thread);
            if let Some(asked) = asked {
                json["model"] = asked.to_json();
            }
            print(format_args!("{json:#}"));
        }
        Format::Text => {
            print(shown(reading, of_thread));
            if let Some(apology) = asked.and_then(Asked::apology) {
                print(format_args!("\n{apology}"));
            }
        }
    }
}

fn alone(text: &str) -> Said {
    Said {
        speaker: String::new(),
        text: text.to_owned(),
    }
}

/// What a model finds beside the reader, as far as it can be believed.
fn add(model: &LanguageModel, heard: &Heard<'_>) -> (Vec<Finding>, Asked) {
    let reply = match model::ask(model, &ask_values(heard)) {
        Ok(reply) => reply,
        Err(failure) => return (Vec::new(), Asked::failed(model, failure)),
    };
    match read_values(&reply, heard) {
        Ok((found, doubts)) => (found, Asked::used(model, model::doubts(&doubts))),
        Err(unfit) => (Vec::new(), Asked::unfit(model, unfit)),
    }
}

/// The currency that the plan names.
fn currency(plan: &Plan) -> Option<Currency> {
    match plan.answer(field("plan.currency")?, None)? {
        Answer::Known(Value::Text(code)) => Currency::of_code(code),
        _ => None,
    }
}

/// The thread on standard input.
fn thread() -> Result<Vec<Said>, String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        return Err("name the words to read, such as `read \"we charge $49/mo\"`, or give a thread on standard input, one message a line, such as `ana: we charge $49/mo`".to_owned());
    }
    let mut bytes = Vec::new();
    let read = input.lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("standard input cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("the thread is larger than 1 MiB, which no thread is".to_owned());
    }
    let text =
        String::from_utf8(bytes).map_err(|_| "the thread is not text in UTF-8".to_owned())?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Ok(lines.map(said).collect())
}

/// One line as a message; a line without a name is nobody's.
fn said(line: &str) -> Said {
    let named = line.split_once(':').filter(|(name, _)| {
        let name = name.trim();
        !name.is_empty() && name.len() <= 80 && name.split_whitespace().count() <= 3
    });
    let (speaker, text) = named.unwrap_or(("", line));
    Said {
        speaker: speaker.trim().to_owned(),
        text: text.trim().to_owned(),
    }
}

/// The reading for people.
fn shown(reading: &Reading, of_thread: bool) -> String {
    if reading.is_empty() {
        return "I read nothing here that belongs to the plan".to_owned();
    }
    let mut lines = Vec::new();
    let mut list = |title: &str, findings: &[Finding]| {
        if !findings.is_empty() {
            lines.push(title.to_owned());
            lines.extend(findings.iter().map(|it| line(it, of_thread)));
        }
    };
    list("Proposed:", &reading.proposals);
    list("Tried out, not proposed:", &reading.hypotheses);
    if !reading.questions.is_empty() {
        lines.push("To ask:".to_owned());
        lines.extend(
            reading
                .questions
                .iter()
                .map(|question| format!("  {question}")),
        );
    }
    lines.join("\n")
}

fn line(finding: &Finding, of_thread: bool) -> String {
    let field = finding.field;
    let segment = finding
        .segment
        .as_ref()
        .filter(|segment| !segment.is_main());
    let segment = segment.map_or(String::new(), |segment| format!(" ({segment})"));
    let new = finding.value.display(field);
    let change = match &finding.replaces {
        Some(old) => format!("{} → {new}", old.display(field)),
        None => new,
    };
    let from = match &finding.speaker {
        Some(speaker) if of_thread && !speaker.is_empty() => {
            format!(", {speaker} in line {}", finding.line)
        }
        _ if of_thread => format!(", line {}", finding.line),
        _ => String::new(),
    };
    let quote = finding.quote.replace('\n', " ");
    let by = match finding.by {
        Finder::Reader => "",
        Finder::Model => ", found by the model",
    };
    format!("  {}{segment}: {change}   “{quote}”{from}{by}", field.name)
}
