//! What a team agrees on: waivers, thresholds, the baseline, decisions, the approval.

use super::cursor::Cursor;
use super::{Intent, ParseError};
use crate::text;

/// Something that a team agrees on. Rules, dates and options are as they were typed: whoever knows
/// the rules and the plan reads them.
#[derive(Debug, Clone)]
pub enum Agree {
    /// A finding is accepted.
    Waive {
        /// The rule.
        rule: String,
        /// Segment, reason and date.
        words: String,
        /// Until when.
        until: Option<String>,
    },
    /// A waiver ends.
    Unwaive {
        /// The rule.
        rule: String,
        /// The segment, where one was named.
        words: String,
    },
    /// What is found today is accepted.
    Baseline,
    /// There is no baseline any more.
    NoBaseline,
    /// A threshold takes the place of a rule's own.
    Threshold(OwnThreshold),
    /// The thresholds that take the place of rules' own.
    Thresholds,
    /// The decisions, open and made.
    Decisions,
    /// A question is put to the team, or settled.
    Decide(String),
    /// A vote.
    Vote {
        /// The decision's id.
        id: String,
        /// The option.
        option: String,
    },
    /// The sheet is approved.
    Approve,
    /// The approval ends.
    Unlock,
    /// A reason against the approval.
    Object(String),
    /// A trigger has fired: what happened, and on which day where that was said.
    Fired(String),
}

/// A number of the team's own in place of a rule's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnThreshold {
    /// For whom it holds.
    pub reach: Reach,
    /// The rule.
    pub rule: String,
    /// The parameter.
    pub param: String,
    /// The value and the reason, or that what held before holds again.
    pub set: Option<(String, String)>,
}

/// For whom a threshold holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// For the channel's plan.
    Channel,
    /// For every plan of the workspace. Where it was shown what that would do: the state of the
    /// workspace's thresholds at which it was.
    Workspace(Option<String>),
}

impl OwnThreshold {
    /// Words that are read as it, behind the command's name.
    pub fn words(&self) -> String {
        let (rule, param) = (&self.rule, &self.param);
        let reach = match &self.reach {
            Reach::Channel => String::new(),
            Reach::Workspace(None) => "workspace ".to_owned(),
            Reach::Workspace(Some(state)) => format!("workspace at {state} "),
        };
        match &self.set {
            Some((value, reason)) => format!("{reach}{rule}.{param} {value} because {reason}"),
            None => format!("{reach}{rule}.{param} default"),
        }
    }
}

impl Agree {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Waive { .. } => "waive",
            Self::Unwaive { .. } => "unwaive",
            Self::Baseline | Self::NoBaseline => "baseline",
            Self::Threshold(_) => "threshold",
            Self::Thresholds => "thresholds",
            Self::Decisions => "decisions",
            Self::Decide(_) => "decide",
            Self::Vote { .. } => "vote",
            Self::Approve => "approve",
            Self::Unlock => "unlock",
            Self::Object(_) => "object",
            Self::Fired(_) => "trigger fired",
        }
    }

    pub(super) fn words(&self) -> String {
        match self {
            Self::Waive { rule, words, until } => {
                let until = until
                    .as_ref()
                    .map_or_else(String::new, |date| format!(" until {date}"));
                format!("{rule} {words}{until}")
            }
            Self::Unwaive { rule, words } => format!("{rule} {words}"),
            Self::NoBaseline => "off".to_owned(),
            Self::Baseline | Self::Thresholds | Self::Decisions | Self::Approve | Self::Unlock => {
                String::new()
            }
            Self::Threshold(own) => own.words(),
            Self::Decide(words) | Self::Object(words) | Self::Fired(words) => words.clone(),
            Self::Vote { id, option } => format!("{id} {option}"),
        }
    }
}

/// The remaining words as the name of a rule, or of a term.
pub(super) fn name_of_rule(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let all = cursor.rest().len();
    let name = rule_name(&cursor.joined(all));
    if name.is_empty() {
        return Err(cursor.error(all, "A name has letters or digits"));
    }
    cursor.skip(all);
    Ok(name)
}

/// Words in the form of a rule's name, its category before it where they have it.
fn rule_name(words: &str) -> String {
    let parts = words.split('/').map(|part| text::words(part).join("-"));
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

/// The next word as a rule's name.
fn rule(cursor: &mut Cursor<'_>, command: &str) -> Result<String, ParseError> {
    let Some(word) = cursor.peek() else {
        let problem =
            format!("`{command}` needs the name of a rule, which `check` shows beside the finding");
        return Err(cursor.error(0, problem));
    };
    let slug = rule_name(&word.folded);
    if slug.is_empty() {
        return Err(cursor.error(1, "A rule's name has letters"));
    }
    cursor.skip(1);
    cursor.understand(slug.as_str());
    Ok(slug)
}

pub(super) fn waive(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let rule = rule(cursor, "waive")?;
    cursor.skip_any(&[":", "because"]);
    if cursor.is_done() {
        return Err(cursor.error(0, "`waive` needs a reason behind the rule"));
    }
    let until = cursor.cut_date();
    let words = cursor.raw_rest().to_owned();
    Ok(Intent::Agree(Agree::Waive { rule, words, until }))
}

pub(super) fn unwaive(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let rule = rule(cursor, "unwaive")?;
    let words = cursor.raw_rest().to_owned();
    Ok(Intent::Agree(Agree::Unwaive { rule, words }))
}

pub(super) fn baseline(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.skip_any(&["off", "none", "remove", "drop"]) {
        cursor.finish("no further words")?;
        return Ok(Intent::Agree(Agree::NoBaseline));
    }
    cursor.finish("nothing, or `off`")?;
    Ok(Intent::Agree(Agree::Baseline))
}

pub(super) fn thresholds(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::Agree(Agree::Thresholds))
}

pub(super) fn threshold(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_all_politeness();
    if cursor.is_done() {
        return Ok(Intent::Agree(Agree::Thresholds));
    }
    let reach = reach(cursor)?;
    let (rule, param) = parameter(cursor, &reach)?;
    cursor.skip_any(&["=", ":", "to", "is"]);
    let set = if cursor.skip_any(&["default", "off", "reset"]) {
        cursor.finish("no further words")?;
        None
    } else {
        Some(value_and_reason(cursor)?)
    };
    Ok(Intent::Agree(Agree::Threshold(OwnThreshold {
        reach,
        rule,
        param,
        set,
    })))
}

/// For whom a threshold is to hold: for the channel, unless the workspace is named.
fn reach(cursor: &mut Cursor<'_>) -> Result<Reach, ParseError> {
    cursor.skip_any(&["for"]);
    cursor.skip_any(&["the", "our"]);
    if !cursor.skip_any(&["workspace", "everywhere"]) {
        return Ok(Reach::Channel);
    }
    cursor.understand("workspace");
    cursor.skip_any(&[":"]);
    if !cursor.skip_any(&["at"]) {
        return Ok(Reach::Workspace(None));
    }
    let state = cursor.peek().map(|word| word.folded.clone());
    let state = state.ok_or_else(|| {
        cursor.error(
            0,
            "behind `at` stands which state was shown; leave it out to be shown",
        )
    })?;
    cursor.skip(1);
    Ok(Reach::Workspace(Some(state)))
}

fn parameter(cursor: &mut Cursor<'_>, reach: &Reach) -> Result<(String, String), ParseError> {
    let Some(word) = cursor.peek() else {
        let command = match reach {
            Reach::Channel => "threshold",
            Reach::Workspace(_) => "threshold workspace",
        };
        let needs = format!("`{command}` needs a rule and its parameter, with a dot between");
        return Err(cursor.error(0, needs));
    };
    // Which parameters the rule has, and whether there is such a rule, is for others to say.
    let (rule, param) = word.folded.split_once('.').unwrap_or((&word.folded, ""));
    let read = (rule.to_owned(), param.replace('-', "_"));
    cursor.skip(1);
    Ok(read)
}

fn value_and_reason(cursor: &mut Cursor<'_>) -> Result<(String, String), ParseError> {
    let Some(reason) = cursor.cut_behind("because") else {
        return Err(cursor.error(0, "`threshold` needs the reason, behind `because`"));
    };
    let value = cursor.raw_rest().to_owned();
    if value.is_empty() {
        return Err(cursor.error(0, "`threshold` needs a value before the reason"));
    }
    Ok((value, reason))
}

pub(super) fn decisions(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::Agree(Agree::Decisions))
}

pub(super) fn decide(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Err(cursor.error(
            0,
            "`decide` needs a question and its options, with a bar between them",
        ));
    }
    Ok(Intent::Agree(Agree::Decide(cursor.raw_rest().to_owned())))
}

pub(super) fn vote(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let id = cursor.peek().map(|word| word.folded.clone());
    let Some(id) = id else {
        return Err(cursor.error(
            0,
            "`vote` needs a decision and an option, such as `vote d1 yes`",
        ));
    };
    cursor.skip(1);
    let option = cursor.raw_rest().to_owned();
    if option.is_empty() {
        return Err(cursor.error(0, "`vote` needs an option behind the decision"));
    }
    Ok(Intent::Agree(Agree::Vote { id, option }))
}

pub(super) fn approve(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["the", "this", "our"]);
    cursor.skip_any(&["plan"]);
    cursor.finish("no further words")?;
    Ok(Intent::Agree(Agree::Approve))
}

pub(super) fn unlock(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["the", "this", "our"]);
    cursor.skip_any(&["plan"]);
    cursor.finish("no further words")?;
    Ok(Intent::Agree(Agree::Unlock))
}

pub(super) fn object(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&[":", "because"]);
    if cursor.is_done() {
        return Err(cursor.error(0, "`object` needs the reason"));
    }
    Ok(Intent::Agree(Agree::Object(cursor.raw_rest().to_owned())))
}

pub(super) fn fired(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["that", ":", "because"]);
    let words = cursor.raw_rest().trim().to_owned();
    if words.is_empty() {
        let problem = "`trigger fired` needs what happened; `trigger` lists what usually does";
        return Err(cursor.error(0, problem));
    }
    cursor.skip(cursor.rest().len());
    Ok(Intent::Agree(Agree::Fired(words)))
}
