//! The commands that look at the plan from one side: its stage, what hangs on one field,
//! a symptom, two ways side by side.

use super::cursor::Cursor;
use super::entry::{Entry, Reads, ReplyKind, Takes};
use super::{Carry, Intent, ParseError, set};
use crate::plan::{Field, Segment, Version};
use crate::text;

/// A side from which the plan is looked at.
#[derive(Debug, Clone)]
pub enum Look {
    /// How far the plan is, by the milestones of the stages.
    Stage,
    /// What hangs on a field.
    Impact(&'static Field),
    /// The likely causes of a symptom, by the words that name it; none at all ask for the list.
    Diagnose(String),
    /// What makes the team revise the plan early, and what of it has happened.
    Triggers,
    /// The channel's plan and its variants.
    Plans,
    /// What one rule says, whether it finds something or not.
    Rule(String),
    /// Two choices or scenarios side by side, as they were typed, and the segment that was named.
    Compare(String, String, Option<Segment>),
}

impl Look {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Impact(_) => "impact",
            Self::Diagnose(_) => "diagnose",
            Self::Compare(..) => "compare",
            Self::Triggers => "trigger",
            Self::Plans => "plans",
            Self::Rule(_) => "check",
        }
    }

    pub(super) fn words(&self) -> String {
        match self {
            Self::Stage | Self::Triggers | Self::Plans => String::new(),
            Self::Impact(field) => field.name.to_owned(),
            Self::Diagnose(words) | Self::Rule(words) => words.clone(),
            Self::Compare(one, two, segment) => match segment {
                Some(segment) => format!("{one} | {two} for {segment}"),
                None => format!("{one} | {two}"),
            },
        }
    }
}

/// A command that reads the plan: name, other names, usage, help and example.
const fn looking(
    (name, aliases): (&'static str, &'static [&'static str]),
    [usage, help, example]: [&'static str; 3],
    takes: Takes,
    read: fn(&mut Cursor<'_>) -> Result<Intent, ParseError>,
) -> Entry {
    Entry {
        name,
        aliases,
        usage,
        help,
        example,
        more: &[],
        reply: ReplyKind::Reading,
        reads: Reads::Plan,
        takes,
        read,
    }
}

pub(super) static LOOKS: &[Entry] = &[
    looking(
        ("stage", &["milestones", "milestone"]),
        [
            "stage",
            "Shows the stage's milestones line by line, and what comes next",
            "stage",
        ],
        Takes::Nothing,
        stage,
    ),
    looking(
        ("impact", &["impact of", "depends on", "what hangs on"]),
        [
            "impact <field>",
            "Says what hangs on a field: rules, calculators, other parts",
            "impact price",
        ],
        Takes::Field,
        impact,
    ),
    Entry {
        more: &[
            ("diagnose CAC too high", "any symptom in your words"),
            ("diagnose", "which symptoms there are"),
        ],
        ..looking(
            ("diagnose", &["symptom", "symptoms"]),
            [
                "diagnose [symptom]",
                "Says what in this plan is likely behind a symptom, and what to mend",
                "diagnose demos but no deals",
            ],
            Takes::Words,
            diagnose,
        )
    },
    Entry {
        more: &[
            ("compare plg and field", "two ways to sell"),
            ("compare cheaper and plan", "a scenario with the plan"),
        ],
        ..looking(
            ("compare", &["versus"]),
            [
                "compare <a> | <b> [for <segment>]",
                "Tries two pricing models, motions, scenarios or versions on the plan",
                "compare usage | seat",
            ],
            Takes::Words,
            compare,
        )
    },
    looking(
        ("trigger", &["triggers"]),
        [
            "trigger",
            "Lists what calls for an early review, and which of it has happened",
            "trigger",
        ],
        Takes::Nothing,
        triggers,
    ),
    looking(
        ("plans", &["variants", "forks"]),
        [
            "plans",
            "Lists the channel's plan and its variants",
            "plans",
        ],
        Takes::Nothing,
        plans,
    ),
];

fn stage(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["of", "for"]);
    while cursor.skip_any(&["the", "our", "plan", "are", "we", "at", "in"]) {}
    if !cursor.is_done() {
        let words = cursor.raw_rest().to_owned();
        let mut error = cursor.error(
            cursor.rest().len(),
            "`stage` shows the milestones and takes no further words",
        );
        error.suggestions = vec!["stage".to_owned(), format!("set stage {words}")];
        "stage".clone_into(&mut error.example);
        return Err(error);
    }
    Ok(Intent::Look(Look::Stage))
}

fn impact(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    while cursor.skip_any(&["of", "on", "changing", "a", "change", "to"]) {}
    let field = set::field(cursor)?;
    cursor.finish("one field")?;
    Ok(Intent::Look(Look::Impact(field)))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the table holds readers of one form"
)]
fn diagnose(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_politeness();
    let words = cursor
        .raw_rest()
        .trim_matches(['"', '?', '.', ' '])
        .to_owned();
    cursor.skip(cursor.rest().len());
    Ok(Intent::Look(Look::Diagnose(words)))
}

/// Signs and words between two things that are compared.
const BETWEEN: [&str; 8] = [
    "|",
    " vs. ",
    " vs ",
    " versus ",
    " with ",
    " against ",
    " and ",
    " or ",
];

fn compare(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_politeness();
    cursor.skip_any(&["versions", "version", "scenarios", "scenario"]);
    let all = cursor.rest().len();
    let words = text::fold(cursor.raw_rest().trim_end_matches(['?', '.', ' ']));
    let (pair, segment) = match words.rsplit_once(" for ") {
        Some((pair, name)) => {
            let segment = Segment::parse(name).map_err(|problem| cursor.error(all, problem))?;
            (pair.to_owned(), Some(segment))
        }
        None => (words, None),
    };
    let found = BETWEEN.iter().find_map(|sign| pair.split_once(sign));
    let found = found.or_else(|| pair.split_once(' ').filter(|(_, two)| !two.contains(' ')));
    let Some((one, two)) = found.map(|(one, two)| (one.trim(), two.trim())) else {
        return Err(cursor.error(
            all,
            "`compare` needs two things, such as `compare usage | seat`",
        ));
    };
    if one.is_empty() || two.is_empty() {
        return Err(cursor.error(
            all,
            "`compare` needs two things, such as `compare usage | seat`",
        ));
    }
    cursor.skip(all);
    if let (Some(one), Some(two)) = (version(one), version(two)) {
        return Ok(Intent::Carry(Carry::Diff(one, Some(two))));
    }
    let [one, two] = [one, two].map(str::to_owned);
    Ok(Intent::Look(Look::Compare(one, two, segment)))
}

/// `3`, `v3` or `#3`.
fn version(words: &str) -> Option<Version> {
    let digits = words.trim_start_matches(['v', '#']);
    digits.parse().ok().filter(|n| *n > 0).map(Version)
}

fn triggers(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["list"]);
    if !cursor.is_done() {
        let words = cursor.raw_rest().to_owned();
        let problem = "`trigger` lists the triggers; `trigger fired` notes that one has fired";
        let mut error = cursor.error(cursor.rest().len(), problem);
        error.suggestions = vec![format!("trigger fired {words}"), "trigger".to_owned()];
        "trigger".clone_into(&mut error.example);
        return Err(error);
    }
    Ok(Intent::Look(Look::Triggers))
}

fn plans(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::Look(Look::Plans))
}
