//! What if: the check on a copy of the plan, and what it changes. Nothing is kept.

use std::collections::BTreeMap;

use crate::ident::RuleSlug;
use crate::lint::{Outcome, RuleResult};
use crate::plan::{
    self, Answer, ApplyError, Author, Change, Field, Kind, Level, ParseContext, Plan, Segment,
    set_answer,
};
use crate::text;

use super::lenience::about_currencies;
use super::{Question, next_questions};

/// The most values that one question may suppose.
pub const MOST_SUPPOSED: usize = 20;

/// The most segments that a refusal names.
const MOST_NAMED: usize = 8;

/// The most words that a field's name or alias has.
const NAME_WORDS: usize = 5;

/// One answer that is supposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Supposed {
    /// The field.
    pub field: &'static Field,
    /// The segment; `None` for a field of the whole plan.
    pub segment: Option<Segment>,
    /// The answer; `None` supposes that it is unknown.
    pub answer: Option<Answer>,
}

/// What would change: only what appears, goes, and opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// Findings that would be open and are not, or that would weigh more.
    pub appear: Vec<RuleResult>,
    /// Findings that are open and would be findings no longer.
    pub go: Vec<RuleResult>,
    /// Findings that are open and that nobody could decide any more.
    pub undecided: Vec<RuleResult>,
    /// Questions that would be worth asking and are not asked now.
    pub questions: Vec<Question>,
    /// What a reader must know besides: how currencies were compared.
    pub notes: Vec<String>,
}

impl WhatIf {
    /// What changes between the results of a plan and those of its copy `after`.
    pub fn between(old: &[RuleResult], new: &[RuleResult], after: &Plan) -> Self {
        let (was, now) = (by_place(old), by_place(new));
        let before = |result: &RuleResult| was.get(&place(result)).copied();
        let is_new = |result: &&RuleResult| {
            let known = before(result);
            result.is_open_finding()
                && !known
                    .is_some_and(|was| was.is_open_finding() && was.severity >= result.severity)
        };
        let becomes = |result: &RuleResult| {
            let now = now.get(&place(result));
            now.map_or(Outcome::NotApplicable, |now| now.outcome)
        };
        let is_gone =
            |result: &&RuleResult| result.is_open_finding() && becomes(result) != Outcome::Finding;
        let gone = old.iter().filter(is_gone).cloned();
        let (undecided, go) = gone.partition(|result| becomes(result) == Outcome::Unknown);
        let opens = |result: &&RuleResult| waits(result) && !before(result).is_some_and(waits);
        let mut appear: Vec<_> = new.iter().filter(is_new).cloned().collect();
        appear.sort_by_key(|result| std::cmp::Reverse(result.severity));
        let opened: Vec<_> = new.iter().filter(opens).cloned().collect();
        Self {
            appear,
            go,
            undecided,
            questions: next_questions(after, &opened),
            notes: about_currencies(after),
        }
    }
}

/// What a result is of: its rule and the segment.
type Place<'a> = (&'a RuleSlug, &'a Option<Segment>);

fn place(result: &RuleResult) -> Place<'_> {
    (&result.rule, &result.segment)
}

/// Results by what they are of, so that two checks are compared at a cost that grows with them alone.
fn by_place(results: &[RuleResult]) -> BTreeMap<Place<'_>, &RuleResult> {
    results
        .iter()
        .map(|result| (place(result), result))
        .collect()
}

/// Whether it waits for an answer, or finds that there is none.
fn waits(result: &RuleResult) -> bool {
    result.outcome == Outcome::Unknown || result.is_absence()
}

/// The copy of the plan with these answers, and the changes that lead to it.
pub fn suppose(
    plan: &Plan,
    supposed: &[Supposed],
    author: &Author,
) -> Result<(Plan, Vec<Change>), ApplyError> {
    let mut copy = plan.clone();
    let mut all = Vec::new();
    for one in supposed {
        let segment = one.segment.as_ref();
        let changes = set_answer(&copy, one.field, segment, one.answer.clone(), author);
        changes.iter().try_for_each(|change| copy.apply(change))?;
        all.extend(changes);
    }
    Ok((copy, all))
}

/// Reads suppositions out of one text: `price $99/mo, motion field for enterprise`. A comma ends
/// one only where a field's name and a value follow, so that lists keep their commas.
pub fn read_supposed(
    plan: &Plan,
    words: &str,
    context: ParseContext,
) -> Result<Vec<Supposed>, String> {
    let mut parts: Vec<String> = Vec::new();
    for part in words.split_inclusive([',', ';', '\n']) {
        match parts.last_mut() {
            Some(last) if !begins_one(part) => last.push_str(part),
            _ => parts.push(part.to_owned()),
        }
    }
    let trim = |part: &String| part.trim().trim_end_matches([',', ';']).trim().to_owned();
    let parts: Vec<String> = parts
        .iter()
        .map(trim)
        .filter(|part| !part.is_empty())
        .collect();
    read_parts(plan, &parts, context)
}

/// Reads suppositions that are told apart already, as arguments of a command line are.
pub fn read_parts(
    plan: &Plan,
    parts: &[String],
    context: ParseContext,
) -> Result<Vec<Supposed>, String> {
    if parts.is_empty() {
        return Err(
            "nothing is supposed; name a field and a value, such as `price=$99/mo`".to_owned(),
        );
    }
    if parts.len() > MOST_SUPPOSED {
        return Err(format!(
            "at most {MOST_SUPPOSED} values are supposed at once"
        ));
    }
    parts
        .iter()
        .map(|part| read_one(plan, part, context))
        .collect()
}

fn begins_one(part: &str) -> bool {
    split_field(part).is_some_and(|(field, _, value)| field.is_ok() && !value.is_empty())
}

type FieldFound = Result<&'static Field, Vec<&'static Field>>;

/// The field, the segment that stands before it, and the words of the value.
fn split_field(part: &str) -> Option<(FieldFound, Option<&str>, &str)> {
    let part = part.trim();
    let (segment, rest) = match part.split_once('/') {
        // A segment before its field: `smb/pricing.price=…`; a price has its slash later.
        Some((segment, rest))
            if !segment.contains(['=', ' ', ':']) && Segment::parse(segment).is_ok() =>
        {
            (Some(segment), rest.trim())
        }
        _ => (None, part),
    };
    if let Some((name, value)) = rest.split_once('=') {
        return Some((plan::find_field(name.trim()), segment, value.trim()));
    }
    let ends = rest
        .match_indices(char::is_whitespace)
        .map(|(at, _)| at)
        .chain([rest.len()]);
    let ends: Vec<usize> = ends.take(NAME_WORDS).collect();
    let found = ends.iter().rev().find_map(|end| {
        let name = rest[..*end].trim_end_matches([':', '=']);
        Some((plan::field_called(name)?, &rest[*end..]))
    });
    if let Some((field, value)) = found {
        let value = value.trim();
        let bare = ["=", ":", "to ", "is ", "are ", "at "].iter();
        let value = bare.fold(value, |value, word| {
            value.strip_prefix(word).unwrap_or(value)
        });
        return Some((Ok(field), segment, value.trim()));
    }
    let first = ends.first().map_or(rest, |end| &rest[..*end]);
    (!first.is_empty()).then(|| (plan::find_field(first), segment, ""))
}

fn read_one(plan: &Plan, part: &str, context: ParseContext) -> Result<Supposed, String> {
    let (field, before, words) =
        split_field(part).ok_or_else(|| format!("{} names no field", text::quote(part)))?;
    let field = field.map_err(|near| no_field(part, &near))?;
    let (words, behind) = split_segment(plan, field, words);
    let segment = segment(plan, field, before.or(behind))?;
    if words.is_empty() || matches!(words, "unknown" | "?") {
        return Ok(Supposed {
            field,
            segment,
            answer: None,
        });
    }
    let value = field
        .parse(words, &context)
        .map_err(|error| error.to_string())?;
    Ok(Supposed {
        field,
        segment,
        answer: Some(Answer::Known(value)),
    })
}

/// `… for smb` at the end: a segment that the plan has, or for all but free words one that it may
/// be thought to have.
fn split_segment<'a>(plan: &Plan, field: &Field, words: &'a str) -> (&'a str, Option<&'a str>) {
    let Some((value, name)) = words.rsplit_once(" for ") else {
        return (words, None);
    };
    let is_free = matches!(field.kind, Kind::Text | Kind::List);
    let named = Segment::parse(name);
    if named.is_ok_and(|segment| !is_free || plan.segments().contains(&segment)) {
        return (value.trim(), Some(name));
    }
    (words, None)
}

fn segment(plan: &Plan, field: &Field, named: Option<&str>) -> Result<Option<Segment>, String> {
    if field.level == Level::Plan {
        return Ok(None);
    }
    let known: Vec<_> = plan.segments().iter().map(Segment::as_str).collect();
    match (named, plan.only_segment()) {
        (Some(name), _) => {
            let segment = Segment::parse(name)?;
            if plan.segments().contains(&segment) {
                return Ok(Some(segment));
            }
            Err(format!(
                "the plan has no segment `{segment}`; it has {}",
                first_of(&known)
            ))
        }
        (None, Some(only)) => Ok(Some(only.clone())),
        (None, None) => Err(format!(
            "`{}` is held for each segment ({}); say which, such as `{}/{}={}`",
            field.name,
            first_of(&known),
            known.first().unwrap_or(&"main"),
            field.name,
            field.example()
        )),
    }
}

/// `smb, big`; of many the first.
fn first_of(names: &[&str]) -> String {
    let first = names[..names.len().min(MOST_NAMED)].join(", ");
    match names.len().checked_sub(MOST_NAMED) {
        Some(more) if more > 0 => format!("{first} and {more} more"),
        _ => first,
    }
}

fn no_field(part: &str, near: &[&'static Field]) -> String {
    let hint = near.first().map_or_else(
        || "try `pricing.price=$99/mo`".to_owned(),
        |near| format!("did you mean `{}={}`?", near.name, near.example()),
    );
    format!("{} names no field; {hint}", text::quote(part))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::plan::{Currency, FileFormat, read_file};

    const PLAN: &str = "[segment.smb]\npricing.price = \"$49/mo\"\nsales.motion = \"plg\"\n\
                        [segment.big]\nsales.motion = \"field\"\n";

    fn check(words: &str, expected: &[&str]) {
        let plan = read_file(PLAN, FileFormat::Toml, date(2026, 3, 4)).expect("a plan");
        let context = ParseContext {
            currency: Currency::USD,
            today: date(2026, 3, 4),
        };
        let found = match read_supposed(&plan, words, context) {
            Err(problem) => vec![problem],
            Ok(supposed) => supposed.iter().map(shown).collect(),
        };
        assert_eq!(found, expected, "{words}");
    }

    fn shown(one: &Supposed) -> String {
        let value = match &one.answer {
            Some(Answer::Known(value)) => value.display(one.field),
            _ => "unknown".to_owned(),
        };
        let segment = one.segment.as_ref().map_or("plan", Segment::as_str);
        format!("{} {} {value}", segment, one.field.name)
    }

    #[test]
    fn of_many_segments_a_refusal_names_the_first() {
        let names: Vec<String> = (1..=10).map(|n| format!("s{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(first_of(&names[..2]), "s1, s2");
        assert_eq!(first_of(&names[..8]), "s1, s2, s3, s4, s5, s6, s7, s8");
        assert_eq!(
            first_of(&names),
            "s1, s2, s3, s4, s5, s6, s7, s8 and 2 more"
        );
    }

    #[test]
    fn suppositions_are_read_as_people_write_them() {
        check(
            "smb/pricing.price=$99/mo",
            &["smb pricing.price $99 a month"],
        );
        check(
            "price $99/mo for smb, motion field for smb",
            &[
                "smb pricing.price $99 a month",
                "smb sales.motion field sales",
            ],
        );
        check(
            "channels seo, content, events for smb; stage scale",
            &[
                "smb marketing.channels content, events, SEO",
                "plan plan.stage scale",
            ],
        );
        check("smb/price=", &["smb pricing.price unknown"]);
        check("stage to scale", &["plan plan.stage scale"]);
    }

    #[test]
    fn what_cannot_be_supposed_is_said() {
        check(
            "",
            &["nothing is supposed; name a field and a value, such as `price=$99/mo`"],
        );
        check(
            "price=$99/mo for mid",
            &["the plan has no segment `mid`; it has smb, big"],
        );
        check(
            "price=$99/mo",
            &[
                "`pricing.price` is held for each segment (smb, big); say which, such as `smb/pricing.price=$49 a month`",
            ],
        );
        check(
            "mid/price=$9/mo",
            &["the plan has no segment `mid`; it has smb, big"],
        );
    }
}
