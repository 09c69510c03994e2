//! `gtm-advisor ask` and `lookup`: the same answers as in Slack, for a plan in a file.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Format;
use super::check::read;
use super::meaning;
use super::model::{self, Asked};
use super::output::{print, refuse};
use super::pages::{Own, typed};
use crate::advisor::{Model, Wording, answer_document, wording_of};
use crate::ask::{Answer, Asking, Cited, ask};
use crate::ident::PlanId;
use crate::knowledge::{Context, Hit, Nearness, Outcome, library};
use crate::lint::{RuleSet, Thresholds};
use crate::llm::LanguageModel;
use crate::plan::Plan;
use crate::render::{self, Document};
use crate::report::{Surface, Typed, result_json, source_json};

/// What `ask` takes.
#[derive(Debug, Args)]
pub(super) struct Words {
    /// The question, in quotes
    question: String,
    /// The plan that it is about (.toml, .json or .md)
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The date that counts as today (default: this machine's)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    as_of: Option<Date>,
    #[command(flatten)]
    own: Own,
    /// Let the configured language model word the reasons; it is sent the question and what the answer leans on
    #[arg(long)]
    model: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Answers a question, with the plan in a file if there is one.
pub(super) fn run(words: &Words) -> ExitCode {
    let today = words.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let question = words.question.as_str();
    let file = words.plan.as_deref();
    let plan = match file.map(|file| read(file, today)).transpose() {
        Ok(Some(plan)) => plan,
        Ok(None) => Plan::new(PlanId::new("none")),
        Err(problem) => return refuse(problem),
    };
    let rules = match words.own.load() {
        Ok(rules) => rules,
        Err(problem) => return refuse(problem),
    };
    let day = words.as_of;
    let day = day.map_or_else(String::new, |day| format!(" --as-of {day}"));
    let (typed, with) = (file.map(typed), words.own.typed() + &day);
    let surface = Surface::Terminal(Typed {
        plan: typed.as_deref(),
        with: &with,
    });
    if question.trim().is_empty() {
        return refuse(
            "There is no question; ask for example: gtm-advisor ask \"when do we hire?\"",
        );
    }
    let near = match meaning::near(question) {
        Ok(near) => near,
        Err(problem) => return refuse(problem),
    };
    let answer = answered(question, &plan, &rules, (today, near.as_ref()));
    let mut document = answer_document(&answer, surface, today);
    let mut asked = None;
    if words.model {
        let model = match model::named() {
            Ok(model) => model,
            Err(problem) => return refuse(problem),
        };
        if let Some(wording) = wording_of(question, &answer, &plan, surface, today) {
            let (worded, how) = word(&model, &wording);
            document = worded.unwrap_or(document);
            asked = Some(how);
        }
    }
    match words.format {
        Format::Json => {
            let mut json = answer_json(&answer, &document);
            if let Some(asked) = asked {
                json["model"] = asked.to_json();
            }
            print(format_args!("{json:#}"));
        }
        Format::Text => {
            print(text(&document));
            if let Some(apology) = asked.and_then(|asked| asked.apology()) {
                print(format_args!("\n{apology}"));
            }
        }
    }
    ExitCode::SUCCESS
}

/// The answer in a model's words, where they can be believed.
fn word(model: &LanguageModel, wording: &Wording) -> (Option<Document>, Asked) {
    let reply = match model::ask(model, &wording.asked()) {
        Ok(reply) => reply,
        Err(failure) => return (None, Asked::failed(model, failure)),
    };
    match wording.worded(&reply, model.about()) {
        Ok((document, worded)) => {
            let dropped = model::faults(&worded.dropped);
            (Some(document), Asked::used(model, dropped))
        }
        Err(unfit) => (None, Asked::unfit(model, unfit)),
    }
}

fn answered(
    question: &str,
    plan: &Plan,
    rules: &RuleSet,
    (today, near): (Date, Option<&Nearness>),
) -> Answer {
    let asking = Asking {
        library: library(),
        rules,
        thresholds: &Thresholds::default(),
        plan,
        today,
        shelf: &[],
        near,
    };
    ask(question, &asking)
}

fn text(document: &Document) -> String {
    render::text(document, &|person| person.as_str().to_owned())
}

fn answer_json(answer: &Answer, document: &Document) -> Value {
    let citations: Vec<_> = answer.citations().into_iter().map(citation).collect();
    let near: Vec<_> = answer.near.iter().map(citation).collect();
    let tried: Vec<_> = answer
        .tried
        .iter()
        .map(|one| json!({ "field": one.field.name, "display": one.value.display(one.field), "quote": one.quote }))
        .collect();
    json!({
        "outcome": outcome(answer.outcome),
        "verdict": answer.verdict,
        "text": text(document),
        "citations": citations,
        "results": answer.results.iter().map(result_json).collect::<Vec<_>>(),
        "follow_up": answer.follow_up.as_ref().map(|question| question.field.question),
        "hypotheses": tried,
        "nearest": near,
    })
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Held => "answered",
        Outcome::NotHeld => "not_in_library",
        Outcome::OutOfScope => "out_of_scope",
    }
}

fn citation(cited: &Cited) -> Value {
    json!({
        "entry": cited.entry.id,
        "section": cited.section.anchor,
        "title": cited.title(),
        "sources": cited.section.sources.iter().map(source_json).collect::<Vec<_>>(),
        "confidence": cited.entry.confidence.as_str(),
        "reviewed": cited.entry.reviewed,
    })
}

/// Prints the sections that some words find.
pub(super) fn look_up(words: &str, limit: usize, format: Format) -> ExitCode {
    let near = match meaning::near(words) {
        Ok(near) => near,
        Err(problem) => return refuse(problem),
    };
    let context = Context {
        near,
        ..Context::default()
    };
    let found = library().look_up(words, &context, limit);
    let held = found.outcome == Outcome::Held;
    let (results, nearest) = if held {
        (found.hits.as_slice(), &[][..])
    } else {
        (&[][..], found.hits.as_slice())
    };
    match format {
        Format::Json => {
            let list = |hits: &[Hit<'_>]| hits.iter().map(hit_json).collect::<Vec<_>>();
            print(format_args!(
                "{:#}",
                json!({
                    "outcome": outcome(found.outcome),
                    "results": list(results),
                    "nearest": list(nearest),
                })
            ));
        }
        Format::Text => {
            if !held {
                print(match found.outcome {
                    Outcome::OutOfScope => "That is not about going to market.",
                    _ => "The library does not hold that. Nearest:",
                });
            }
            if found.outcome != Outcome::OutOfScope {
                for hit in found.hits {
                    print(line(&hit));
                }
            }
        }
    }
    ExitCode::SUCCESS
}

/// One hit with what makes up its score.
fn line(hit: &Hit<'_>) -> String {
    let reasons: Vec<_> = hit.reasons.iter().map(ToString::to_string).collect();
    format!(
        "{:.2}  {}#{}  {}: {}\n      {}",
        hit.score,
        hit.entry.id,
        hit.section.anchor,
        hit.entry.title,
        hit.section.heading,
        reasons.join(", ")
    )
}

fn hit_json(hit: &Hit<'_>) -> Value {
    let because: Vec<_> = hit.reasons.iter().map(ToString::to_string).collect();
    json!({
        "entry": hit.entry.id,
        "section": hit.section.anchor,
        "title": format!("{}: {}", hit.entry.title, hit.section.heading),
        "score": (f64::from(hit.score) * 1_000.0).round() / 1_000.0,
        "sources": hit.section.sources.iter().map(source_json).collect::<Vec<_>>(),
        "because": because,
    })
}
