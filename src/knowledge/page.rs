//! Reads one page of the library. What is wrong with it is said with its line.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;

use super::entry::{Entry, EntryKind, Section};
use crate::plan::field;
use crate::sources::{self, Confidence, SourceRef};

/// The line that opens and closes the front matter.
const FENCE: &str = "+++\n";

/// How many questions a section lists.
const QUESTIONS: std::ops::RangeInclusive<usize> = 6..=12;

/// What is wrong with a page, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryError {
    /// The page, below `knowledge/`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "knowledge/{}:{}: {}", self.path, self.line, self.message)
    }
}

/// A fault at a byte of the page.
struct Fault {
    at: usize,
    message: String,
}

fn fault<T>(at: usize, message: impl Into<String>) -> Result<T, Fault> {
    let message = message.into();
    Err(Fault { at, message })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    id: String,
    title: String,
    kind: EntryKind,
    tags: Vec<String>,
    aliases: Vec<String>,
    summary: String,
    confidence: Confidence,
    reviewed: String,
    related: Vec<String>,
    #[serde(default)]
    stages: Vec<String>,
    #[serde(default)]
    fields: Vec<String>,
}

/// Reads the page at `path` (`pricing/value-metric.md`).
pub(super) fn read(path: &str, text: &str) -> Result<Entry, EntryError> {
    entry(path, text).map_err(|Fault { at, message }| EntryError {
        path: path.to_owned(),
        line: text[..at.min(text.len())].matches('\n').count() + 1,
        message,
    })
}

fn entry(path: &str, text: &str) -> Result<Entry, Fault> {
    let name = path
        .strip_suffix(".md")
        .and_then(|path| path.split_once('/'));
    let Some((topic, slug)) = name else {
        return fault(0, "a page stands in the folder of its topic");
    };
    let Some(rest) = text.strip_prefix(FENCE) else {
        return fault(
            0,
            "the page begins with front matter between two lines of `+++`",
        );
    };
    let Some(end) = rest.find("\n+++\n") else {
        return fault(0, "the front matter has no closing line `+++`");
    };
    let front = front(&rest[..=end])?;
    if front.id != slug {
        return fault(
            FENCE.len(),
            format!("the id is `{slug}`, as the page's name says"),
        );
    }
    let Ok(reviewed) = front.reviewed.parse::<Date>() else {
        return fault(FENCE.len(), "`reviewed` is a date such as 2026-11-28");
    };
    named(&front)?;
    let body = FENCE.len() + end + FENCE.len() + 1;
    Ok(Entry {
        id: front.id,
        topic: topic.to_owned(),
        title: front.title,
        kind: front.kind,
        tags: front.tags,
        aliases: front.aliases,
        summary: front.summary,
        confidence: front.confidence,
        reviewed,
        related: front.related,
        stages: front.stages,
        fields: front.fields,
        sections: sections(text, body)?,
    })
}

fn front(words: &str) -> Result<Front, Fault> {
    toml::from_str(words).map_err(|error| Fault {
        at: FENCE.len() + error.span().map_or(0, |span| span.start),
        message: error.message().to_owned(),
    })
}

/// Fields and stages are the plan's own.
fn named(front: &Front) -> Result<(), Fault> {
    if let Some(unknown) = front.fields.iter().find(|name| field(name).is_none()) {
        return fault(FENCE.len(), format!("the plan has no field `{unknown}`"));
    }
    let stages = field("plan.stage").map_or(&[][..], |field| field.choices);
    let is_stage = |name: &&String| !stages.iter().any(|choice| choice.slug == name.as_str());
    match front.stages.iter().find(is_stage) {
        Some(unknown) => fault(FENCE.len(), format!("there is no stage `{unknown}`")),
        None => Ok(()),
    }
}

fn sections(text: &str, start: usize) -> Result<Vec<Section>, Fault> {
    let mut starts: Vec<usize> = text[start..]
        .match_indices("\n## ")
        .map(|(at, _)| start + at + 1)
        .collect();
    if starts.is_empty() {
        return fault(start, "the page has no section `## Heading {#anchor}`");
    }
    if !text[start..starts[0]].trim_start().starts_with("# ") {
        return fault(start, "the body begins with `# Title`");
    }
    starts.push(text.len());
    let mut found: Vec<Section> = Vec::new();
    for bounds in starts.windows(2) {
        let section = section(text, bounds[0]..bounds[1])?;
        if found.iter().any(|known| known.anchor == section.anchor) {
            return fault(
                bounds[0],
                format!("the anchor `{}` stands twice", section.anchor),
            );
        }
        found.push(section);
    }
    Ok(found)
}

fn section(text: &str, bounds: Range<usize>) -> Result<Section, Fault> {
    let at = bounds.start;
    let whole = &text[bounds];
    let (head, rest) = whole.split_once('\n').unwrap_or((whole, ""));
    let named = head.trim_start_matches("## ").trim_end().strip_suffix('}');
    let Some((heading, anchor)) = named.and_then(|head| head.rsplit_once(" {#")) else {
        return fault(at, "a section is headed `## Heading {#anchor}`");
    };
    let Some((prose, questions)) = rest.split_once("\nQuestions:\n") else {
        return fault(at, "a section ends with `Questions:` and a list of them");
    };
    let Some((body, cited)) = prose.rsplit_once("\nSources:") else {
        return fault(at, "a section names its sources before its questions");
    };
    let questions = listed(questions);
    if !QUESTIONS.contains(&questions.len()) {
        return fault(
            at,
            format!("a section lists 6 to 12 questions, not {}", questions.len()),
        );
    }
    if body.trim().is_empty() {
        return fault(at, "the section says nothing");
    }
    Ok(Section {
        anchor: anchor.to_owned(),
        heading: heading.trim().to_owned(),
        body: body.trim().to_owned(),
        sources: cited_in(cited, at)?,
        questions,
        voices: Vec::new(),
    })
}

fn listed(words: &str) -> Vec<String> {
    let items = words.lines().filter_map(|line| line.strip_prefix("- "));
    items.map(|item| item.trim().to_owned()).collect()
}

fn cited_in(words: &str, at: usize) -> Result<Vec<SourceRef>, Fault> {
    let mut found = Vec::new();
    for cited in words.split('`').skip(1).step_by(2) {
        let Some((id, section)) = cited.split_once('#') else {
            return fault(
                at,
                format!("a source is cited as `id#section`, not `{cited}`"),
            );
        };
        let Some(source) = sources::source(id) else {
            return fault(at, format!("knowledge/sources.toml has no source `{id}`"));
        };
        found.push(SourceRef {
            id: id.to_owned(),
            section: section.to_owned(),
            url: source.address.clone(),
        });
    }
    if found.is_empty() {
        return fault(at, "a section cites at least one source");
    }
    Ok(found)
}
