//! The body of a page: title, the five sections, sources and examples.

use super::error::Fault;
use super::loose::Loose;
use crate::lint::{Outcome, Severity, SourceRef};
use std::sync::Arc;

use crate::sources;

/// The headings that every page has, in this order.
pub(crate) const HEADINGS: [&str; 5] = [
    "What it checks",
    "Why it matters",
    "What to change",
    "Sources",
    "Examples",
];

/// A page's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    /// The heading of the page.
    pub(crate) title: String,
    /// A number that stands in the heading by itself: where no text can be filled in, it is what is said.
    pub(crate) loose: Option<Loose>,
    /// The Markdown below each of [`HEADINGS`].
    pub(crate) sections: [String; 5],
    /// The sources that the page lists.
    pub(crate) sources: Arc<[SourceRef]>,
    /// The examples, which are the rule's tests.
    pub(crate) examples: Vec<Example>,
}

/// A small plan and what the rule says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The outcome that the page promises.
    pub outcome: Outcome,
    /// The severity that it promises for a finding.
    pub severity: Option<Severity>,
    /// The plan, as a plan file in TOML; or a history, as several with their persons' names.
    pub plan: String,
    /// The line of the page on which the example begins.
    pub line: usize,
}

/// Which example, beside a finding and a pass, a page must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Third {
    /// An unknown one.
    Unknown,
    /// An unknown one or, as such a rule may always decide where it applies, one that it does not
    /// concern.
    UnknownOrNotApplicable,
}

/// Reads the body of `page`, which begins at byte `start`.
pub(crate) fn read(page: &str, start: usize, third: Third) -> Result<Body, Fault> {
    let headings = headings(page, start);
    let mut found = headings.iter();
    let title = match found.next() {
        Some(heading) if heading.depth == 1 => heading,
        Some(heading) => return Err(Fault::new(heading.start, "the page begins with `# Title`")),
        None => return Err(Fault::new(start, "the page has no `# Title`")),
    };
    let mut sections: [String; 5] = Default::default();
    let mut starts = [start; 5];
    for (place, expected) in HEADINGS.iter().enumerate() {
        let heading = found.next().ok_or_else(|| {
            Fault::new(
                page.len(),
                format!("the section `## {expected}` is missing"),
            )
        })?;
        if heading.depth != 2 || heading.text != *expected {
            let problem = format!("expected `## {expected}`, found `{}`", heading.text);
            return Err(Fault::new(heading.start, problem));
        }
        let end = headings
            .get(place + 2)
            .map_or(page.len(), |next| next.start);
        let text = page[heading.end..end].trim();
        if text.is_empty() {
            let problem = format!("the section `## {expected}` is empty");
            return Err(Fault::new(heading.start, problem));
        }
        text.clone_into(&mut sections[place]);
        starts[place] = heading.end;
    }
    if let Some(more) = found.next() {
        let problem = format!("no section `{}` is expected here", more.text);
        return Err(Fault::new(more.start, problem));
    }
    let sources_end = headings.get(5).map_or(page.len(), |next| next.start);
    Ok(Body {
        title: title.text.to_owned(),
        loose: Loose::of_page(page, title.text),
        sections,
        sources: sources(page, starts[3], sources_end)?.into(),
        examples: examples(page, starts[4], third)?,
    })
}

struct Heading<'a> {
    depth: usize,
    text: &'a str,
    start: usize,
    end: usize,
}

/// The headings outside fenced blocks.
fn headings(page: &str, start: usize) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (at, line) in lines(page, start, page.len()) {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let depth = line.chars().take_while(|c| *c == '#').count();
        if !fenced && depth > 0 && line[depth..].starts_with(' ') {
            found.push(Heading {
                depth,
                text: line[depth..].trim(),
                start: at,
                end: at + line.len(),
            });
        }
    }
    found
}

/// The lines between two bytes, each with its place.
fn lines(page: &str, start: usize, end: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = start;
    page[start..end].split_inclusive('\n').map(move |line| {
        let place = at;
        at += line.len();
        (place, line.trim_end())
    })
}

/// The list items of the sources section: ``- `gtm-framework#sales-motion-types` <address>: …``.
fn sources(page: &str, start: usize, end: usize) -> Result<Vec<SourceRef>, Fault> {
    let mut found = Vec::new();
    for (at, line) in lines(page, start, end) {
        let Some(item) = line.strip_prefix("- ") else {
            continue;
        };
        let named = item.strip_prefix('`').and_then(|rest| rest.split_once('`'));
        let parts = named.and_then(|(name, rest)| Some((name.split_once('#')?, rest)));
        let Some(((id, section), rest)) = parts else {
            let problem = "a source is written ``- `id#section`: what it says``";
            return Err(Fault::new(at, problem));
        };
        let own = rest.trim_start().strip_prefix('<');
        let own = own.and_then(|rest| rest.split_once('>'));
        if let Some((address, _)) = own
            && !["https://", "http://"]
                .iter()
                .any(|it| address.starts_with(it))
        {
            let problem = format!("`{address}` is no address; one begins with https://");
            return Err(Fault::new(at, problem));
        }
        let listed = || sources::source(id)?.address.clone();
        found.push(SourceRef {
            id: id.to_owned(),
            section: section.to_owned(),
            url: own.map(|(url, _)| url.to_owned()).or_else(listed),
        });
    }
    if found.is_empty() {
        return Err(Fault::new(start, "a page names at least one source"));
    }
    Ok(found)
}

fn examples(page: &str, start: usize, third: Third) -> Result<Vec<Example>, Fault> {
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    for (at, line) in lines(page, start, page.len()) {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(words)) => open = Some(example(words, at, page)?),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(example), None) => {
                example.plan.push_str(line);
                example.plan.push('\n');
            }
            (None, None) => {}
        }
    }
    if open.is_some() {
        return Err(Fault::new(
            page.len(),
            "the last example has no closing fence",
        ));
    }
    let has = |outcome| found.iter().any(|example| example.outcome == outcome);
    let spared = third == Third::UnknownOrNotApplicable && has(Outcome::NotApplicable);
    for outcome in [Outcome::Finding, Outcome::Pass, Outcome::Unknown] {
        let is_spared = spared && outcome == Outcome::Unknown;
        if !has(outcome) && !is_spared {
            let problem = format!("an example marked `{}` is missing", outcome.as_str());
            return Err(Fault::new(start, problem));
        }
    }
    Ok(found)
}

fn example(words: &str, at: usize, page: &str) -> Result<Example, Fault> {
    let mut words = words.split_whitespace();
    let outcome = words.next().filter(|language| *language == "toml");
    let outcome = outcome.and_then(|_| words.next()).and_then(|word| {
        let all = [
            Outcome::Finding,
            Outcome::Pass,
            Outcome::Unknown,
            Outcome::NotApplicable,
        ];
        all.into_iter().find(|outcome| outcome.as_str() == word)
    });
    let severity = words.next().map(|word| {
        let all = [Severity::Advice, Severity::Warning, Severity::Error];
        all.into_iter().find(|severity| severity.as_str() == word)
    });
    let (Some(outcome), None | Some(Some(_)), None) = (outcome, severity, words.next()) else {
        let problem = "an example is fenced as ```toml finding, ```toml finding error, ```toml \
                       pass, ```toml unknown or ```toml not_applicable";
        return Err(Fault::new(at, problem));
    };
    Ok(Example {
        outcome,
        severity: severity.flatten(),
        plan: String::new(),
        line: page[..at].matches('\n').count() + 1,
    })
}
