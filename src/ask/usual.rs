//! "Is that normal?": a figure of the question, or the plan's own, held against what a section calls usual.

use std::sync::LazyLock;

use serde::Deserialize;

use super::compose::{Asking, reading};
use super::judge::supposing;
use super::{Hypothesis, Polarity};
use crate::calc::{self, Request, Role, calculators};
use crate::knowledge::{Form, Hit};
use crate::plan::{Currency, Field, ParseContext, Plan, Segment, Value, deal_value, field};
use crate::text::{fold, words};

/// A section that scores at least this share of the best may judge the figure.
const NEAR: f32 = 0.5;
/// Words by which a question asks how a figure stands.
const ASKS: [&str; 20] = [
    "normal",
    "typical",
    "usual",
    "good",
    "bad",
    "ok",
    "okay",
    "fine",
    "high",
    "low",
    "long",
    "short",
    "healthy",
    "realistic",
    "decent",
    "average",
    "trouble",
    "too",
    "enough",
    "terrible",
];
/// … those that yes answers where it is usual,
const NORMAL: [&str; 3] = ["normal", "typical", "usual"];
/// … and those that no does.
const FAULTY: [&str; 6] = ["too", "bad", "trouble", "terrible", "high", "low"];
/// Words by which a question is about the plan's own figure.
const OWN: [&str; 5] = ["our", "ours", "my", "we", "us"];

/// A figure held against what is usual.
pub(super) struct Usual {
    /// How it stands, in a sentence.
    pub(super) words: String,
    /// Where the section that says what is usual stands among those that were found.
    pub(super) place: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    usual: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    field: String,
    section: String,
    basis: Option<String>,
    through: Option<String>,
    of: Option<String>,
    #[serde(default)]
    unless: Vec<String>,
    more: String,
    less: String,
    band: Vec<Band>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    from: Option<i64>,
    to: Option<i64>,
    range: Option<[String; 2]>,
    median: Option<String>,
    says: String,
}

fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let table: Table = toml::from_str(include_str!("../../knowledge/usual.toml"))
            .expect("a test reads the table");
        table.usual
    });
    &ROWS
}

/// How a figure stands to what is usual; nothing where the question asks for no such thing, states no
/// figure, or no section that answers holds one to compare it with.
pub(super) fn judged(
    question: &str,
    form: Form,
    given: &[Hypothesis],
    asking: &Asking<'_>,
    hits: &[Hit<'static>],
) -> Option<Usual> {
    let folded = fold(question);
    let asked = words(&folded);
    let asks = |some: &[&str]| asked.iter().any(|word| some.contains(word));
    let is_asked = matches!(
        form,
        Form::Amount | Form::Enough | Form::Decide | Form::Other
    );
    let is_bare = form == Form::Other && !given.is_empty();
    if !is_asked || !(asks(&ASKS) || is_bare) {
        return None;
    }
    let is_open = asked
        .first()
        .is_some_and(|first| matches!(*first, "what" | "whats" | "what's" | "how"));
    let yes_or_no = match (asks(&NORMAL), asks(&FAULTY)) {
        _ if is_open => None,
        (true, _) => Some(Polarity::Plain),
        (false, true) => Some(Polarity::Fault),
        (false, false) => None,
    };
    let plan = supposing(asking.plan, given);
    let best = hits.first()?.score;
    let near = hits.iter().take_while(|hit| hit.score >= NEAR * best);
    near.enumerate().find_map(|(place, hit)| {
        let name = format!("{}#{}", hit.entry.id, hit.section.anchor);
        let mut rows = rows().iter().filter(|row| row.section == name);
        rows.find_map(|row| {
            let is_stated = given.iter().any(|one| one.field.name == row.field);
            let is_anothers = row.unless.iter().any(|word| asked.contains(&word.as_str()));
            if is_anothers || !(is_stated || asks(&OWN)) {
                return None;
            }
            let words = row.told(&plan, reading(asking), yes_or_no)?;
            Some(Usual { words, place })
        })
    })
}

impl Row {
    /// How the plan's figure stands, for what a deal brings there.
    fn told(
        &self,
        plan: &Plan,
        context: ParseContext,
        yes_or_no: Option<Polarity>,
    ) -> Option<String> {
        let field = field(&self.field)?;
        let segment = plan.segment_or_default(None);
        let value = plan.value(&self.field, &segment)?;
        if !self.is_of_its_basis(plan, &segment) {
            return None;
        }
        let shown = value.display(field);
        let figure = match &self.through {
            Some(calculator) => through(calculator, &shown, context)?,
            None => shown,
        };
        let bare = figure.split(" a ").next().unwrap_or_default();
        let own = number(&field.parse(bare, &context).ok()?)?;
        let of = self.of.as_ref().map(|of| format!(" {of}"));
        let figure = format!("{figure}{}", of.unwrap_or_default());
        let band = self.band.iter().find(|band| band.is_for(plan, &segment))?;
        let (stands, is_usual) = band.stands(own, field, context, self)?;
        let begin = match (yes_or_no, is_usual) {
            (Some(Polarity::Plain), Some(true)) => "Yes, that",
            (Some(Polarity::Plain), Some(false)) | (Some(Polarity::Fault), Some(true)) => {
                "No, that"
            }
            _ => "That",
        };
        Some(format!(
            "{begin} is {stands}: {figure} where {}.",
            band.says
        ))
    }

    fn is_of_its_basis(&self, plan: &Plan, segment: &Segment) -> bool {
        let wanted = self.basis.as_deref();
        match plan.value("sales.win_rate_basis", segment) {
            Some(Value::Choice(basis)) => wanted.is_none_or(|wanted| wanted == basis),
            _ => true,
        }
    }
}

impl Band {
    fn is_for(&self, plan: &Plan, segment: &Segment) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let worth = deal_value(plan, segment).value;
        let Some(worth) = worth.filter(|worth| worth.currency == Currency::USD) else {
            return false;
        };
        let bound = |dollars: i64| dollars * 10_000;
        self.from
            .is_none_or(|from| worth.ten_thousandths >= bound(from))
            && self.to.is_none_or(|to| worth.ten_thousandths < bound(to))
    }

    /// How a figure stands in words, and whether that is usual, where it can be said.
    fn stands(
        &self,
        own: i64,
        field: &Field,
        context: ParseContext,
        row: &Row,
    ) -> Option<(String, Option<bool>)> {
        let read = |words: &String| number(&field.parse(words, &context).ok()?);
        if let Some([least, most]) = &self.range {
            let (least, most) = (read(least)?, read(most)?);
            return Some(match own {
                _ if own < least => (format!("{} than usual", row.less), Some(false)),
                _ if own > most => (format!("{} than usual", row.more), Some(false)),
                _ => ("usual".to_owned(), Some(true)),
            });
        }
        let median = read(self.median.as_ref()?)?;
        Some(match own {
            _ if own > 2 * median => ("more than twice the median".to_owned(), Some(false)),
            _ if own > median => (format!("{} than the median", row.more), None),
            _ if own == median => ("the median".to_owned(), Some(true)),
            _ => (format!("{} than the median", row.less), None),
        })
    }
}

/// What a calculator makes of a figure, with its arithmetic.
fn through(name: &str, figure: &str, context: ParseContext) -> Option<String> {
    let calculator = calculators().find(|calculator| calculator.name == name)?;
    let input = calculator.inputs.first()?;
    let bare = figure.split(' ').next().unwrap_or_default();
    let request = Request {
        calculator,
        typed: vec![(input, bare.to_owned())],
        segment: None,
    };
    let outcome = calc::run(&request, None, &context).ok()?;
    let line = outcome
        .lines
        .iter()
        .find(|line| line.role == Role::Answer)?;
    Some(format!("{} a year ({})", line.shown(), line.arithmetic))
}

/// A figure as a number, in hundredths.
fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Percent(share) => Some(share.0),
        Value::Days(length) | Value::Months(length) => Some(length.0),
        Value::Count(count) => i64::try_from(*count).ok()?.checked_mul(100),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::library;

    #[test]
    fn every_number_of_a_band_stands_in_its_section() {
        let numbers = |words: &str| -> Vec<String> {
            let pieces = words.split(|c: char| !(c.is_ascii_digit() || c == ','));
            let numbers = pieces.map(|piece| piece.trim_matches(',').to_owned());
            numbers.filter(|piece| !piece.is_empty()).collect()
        };
        for row in rows() {
            let (entry, anchor) = row.section.split_once('#').expect("an anchor");
            let (_, section) = library().section(entry, anchor).expect("a section");
            let held = numbers(&section.body);
            assert!(field(&row.field).is_some(), "{}", row.field);
            for band in &row.band {
                for said in numbers(&band.says) {
                    assert!(held.contains(&said), "{}: {said}", row.section);
                }
                let bounds = band.range.iter().flatten().chain(&band.median);
                for bound in bounds {
                    let said = numbers(&band.says);
                    assert!(numbers(bound).iter().all(|it| said.contains(it)), "{bound}");
                }
            }
        }
    }
}
