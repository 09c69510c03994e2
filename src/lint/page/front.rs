//! The front matter as it is written: TOML, each expression with its place.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::error::Fault;
use super::unread;
use crate::lint::{Confidence, Severity};

/// A string of the front matter with its place there.
pub(crate) type Words = Spanned<String>;

/// All that a page's front matter may say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Front {
    /// How much a finding weighs unless a condition below says otherwise.
    pub(crate) severity: Severity,
    /// How sure the source is.
    pub(crate) confidence: Sureness,
    /// Whether the rule speaks about each segment or the whole plan; by default what it reads says.
    pub(crate) level: Option<Spanned<LevelWord>>,
    /// Whom the rule concerns.
    pub(crate) applies: Option<Words>,
    /// When it finds something.
    pub(crate) when: Words,
    /// What takes a finding back, if it is known to be so.
    pub(crate) unless: Option<Words>,
    /// When a finding is an error.
    pub(crate) error_when: Option<Words>,
    /// When a finding is a warning.
    pub(crate) warning_when: Option<Words>,
    /// When a finding is advice.
    pub(crate) advice_when: Option<Words>,
    /// From which stage on `answered(…)` may say no.
    pub(crate) absent_from: Option<Words>,
    /// Rules that say the same more weakly.
    #[serde(default)]
    pub(crate) folds: Vec<Words>,
    /// Rules whose findings this finding lowers by one severity.
    #[serde(default)]
    pub(crate) softens: Vec<Words>,
    /// The day on which the examples are tried; by default the day of the test.
    pub(crate) today: Option<Words>,
    /// What a pass says.
    pub(crate) pass: Words,
    /// Named expressions, usable in all that follow them.
    #[serde(default, rename = "let")]
    pub(crate) shorthands: BTreeMap<String, Words>,
    /// The thresholds.
    #[serde(default)]
    pub(crate) params: BTreeMap<Spanned<String>, FrontParam>,
    /// The soft bands around boundaries that their source calls approximate.
    #[serde(default)]
    pub(crate) band: Vec<FrontBand>,
    /// What a finding says: the first whose condition holds.
    pub(crate) say: Vec<FrontVariant>,
    /// What a finding proposes: the first whose condition holds.
    #[serde(default)]
    pub(crate) fix: Vec<FrontVariant>,
}

/// How sure the source is of the direction and of the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sureness {
    /// Of the direction: that this pulls the wrong way at all.
    pub(crate) direction: Confidence,
    /// Of the number: that the boundary is just there.
    pub(crate) number: Confidence,
}

/// What a rule speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelWord {
    /// The whole plan.
    Plan,
    /// Each segment.
    Segment,
}

/// One threshold as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrontParam {
    /// `number`, `percent`, `days`, `months`, `money`, `money_per_year`, or the name of a set field.
    pub(crate) unit: Words,
    /// The value, in the unit's own spelling.
    pub(crate) default: Words,
    /// The lowest and highest value that a team may set.
    pub(crate) range: Option<(Words, Words)>,
    /// Why a team might change it.
    pub(crate) why: String,
}

/// The soft band as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrontBand {
    /// When this boundary is the one that counts; always, if nothing is said.
    pub(crate) when: Option<Words>,
    /// The expression that is measured.
    pub(crate) value: Words,
    /// The parameter that is the boundary.
    pub(crate) boundary: Words,
    /// The parameter that is the band's share of the boundary.
    pub(crate) share: Words,
}

/// One wording, or one fix, with its condition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrontVariant {
    /// When it is meant; always, if nothing is said.
    pub(crate) when: Option<Words>,
    /// The text, with expressions in braces.
    pub(crate) text: Words,
    /// The values that a button can set; of fixes only.
    #[serde(default)]
    pub(crate) set: Vec<FrontSet>,
}

/// One value that a fix sets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrontSet {
    /// The field.
    pub(crate) field: Words,
    /// The value, in a spelling that the field takes.
    pub(crate) value: Words,
}

/// Reads the front matter `text`, which begins at byte `start` of the page.
pub(crate) fn read(text: &str, start: usize) -> Result<Front, Fault> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let table = table_around(text, line_start);
        Fault::new(start + at, unread::in_words(error.message(), line, table))
    })
}

/// The lines of the table in which the line at this byte stands.
fn table_around(text: &str, line_start: usize) -> &str {
    let opens = |line: &str| line.starts_with('[');
    let begin = if opens(&text[line_start..]) {
        line_start
    } else {
        text[..line_start].rfind("\n[").map_or(0, |end| end + 1)
    };
    let end = text[line_start..].find("\n[");
    let end = end.map_or(text.len(), |end| line_start + end);
    &text[begin..end]
}

/// Where the characters of a string begin within the page: behind its opening quotes.
pub(crate) fn inside(words: &Words, front: &str, start: usize) -> usize {
    let span = words.span();
    let raw = front.get(span.clone()).unwrap_or_default();
    let quotes = ["'''\n", "\"\"\"\n", "'''", "\"\"\"", "'", "\""];
    let opening = quotes.into_iter().find(|quote| raw.starts_with(quote));
    start + span.start + opening.map_or(0, str::len)
}
