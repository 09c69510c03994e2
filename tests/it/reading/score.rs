//! Counting what was right, wrong and missed, by kind.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::ops::AddAssign;

use gtm_advisor::plan::{Segment, Value};
use gtm_advisor::reading::{Finding, Reading};

use super::cases::{Case, Wanted};

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 {
        1.0
    } else {
        f64::from(part) / f64::from(whole)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.right += more.right;
        self.wrong += more.wrong;
        self.missed += more.missed;
    }
}

/// How many traps there are, and how many made the reader propose something.
#[derive(Debug, Default, Clone, Copy)]
struct Traps {
    set: u32,
    fallen: u32,
}

impl Traps {
    fn add(&mut self, fell: bool) {
        self.set += 1;
        self.fallen += u32::from(fell);
    }
}

/// The results of all cases.
#[derive(Debug, Default)]
pub(super) struct Score {
    kinds: BTreeMap<String, Tally>,
    sets: BTreeMap<u32, (Tally, Traps)>,
    traps: Traps,
    faults: Vec<String>,
}

impl Score {
    /// Counts one case.
    pub(super) fn add(&mut self, case: &Case, reading: &Reading) {
        let mut of_case = Tally::default();
        let tally = &mut of_case;
        let mut open: Vec<&Wanted> = case.wanted.iter().collect();
        let mut notes = Vec::new();
        let proposed = reading.proposals.iter().map(|it| (it, false));
        for (finding, supposed) in proposed.chain(reading.hypotheses.iter().map(|it| (it, true))) {
            if let Some(at) = open.iter().position(|wanted| is(wanted, finding, supposed)) {
                open.remove(at);
                tally.right += 1;
            } else {
                tally.wrong += 1;
                notes.push(format!("+ {}", shown(finding)));
            }
        }
        for wanted in open {
            tally.missed += 1;
            notes.push(format!(
                "- {} {}",
                wanted.field.name,
                wanted.value.display(wanted.field)
            ));
        }
        for word in &case.questions {
            let asked = reading
                .questions
                .iter()
                .any(|question| question.contains(word.as_str()));
            count(tally, asked, &format!("- ? {word}"), &mut notes);
        }
        for field in &case.conflicts {
            let seen = reading
                .conflicts
                .iter()
                .any(|conflict| conflict.field.name == field);
            count(tally, seen, &format!("- ! {field}"), &mut notes);
        }
        let (of_set, traps) = self.sets.entry(case.set()).or_default();
        *of_set += of_case;
        if case.is_trap() {
            traps.add(of_case.wrong > 0);
            self.traps.add(of_case.wrong > 0);
        }
        *self.kinds.entry(case.kind.clone()).or_default() += of_case;
        if !notes.is_empty() {
            let words: Vec<&str> = case.messages.iter().map(|it| it.text.as_str()).collect();
            let asked = reading.questions.join(" | ");
            self.faults.push(format!(
                "{} {}\n    {} {asked}",
                case.place,
                words.join(" / "),
                notes.join("; ")
            ));
        }
    }

    fn total(&self) -> Tally {
        self.kinds.values().fold(Tally::default(), |mut sum, it| {
            sum += *it;
            sum
        })
    }

    pub(super) fn precision(&self) -> f64 {
        self.total().precision()
    }

    pub(super) fn recall(&self) -> f64 {
        self.total().recall()
    }

    pub(super) fn traps(&self) -> f64 {
        share(self.traps.fallen, self.traps.set.max(1))
    }
}

fn count(tally: &mut Tally, found: bool, note: &str, notes: &mut Vec<String>) {
    if found {
        tally.right += 1;
    } else {
        tally.missed += 1;
        notes.push(note.to_owned());
    }
}

fn is(wanted: &Wanted, finding: &Finding, supposed: bool) -> bool {
    let segment = finding
        .segment
        .as_ref()
        .map(Segment::as_str)
        .filter(|it| *it != "main");
    wanted.field.name == finding.field.name
        && wanted.is_hypothesis == supposed
        && wanted.segment.as_deref() == segment
        && same(wanted, finding)
        && wanted.from.as_ref().is_none_or(|(line, speaker)| {
            *line == finding.line && Some(speaker) == finding.speaker.as_ref()
        })
}

/// Whether the values are the same; places are, however they are spelled.
fn same(wanted: &Wanted, finding: &Finding) -> bool {
    match (&wanted.value, &finding.value) {
        (Value::List(one), Value::List(other)) if wanted.field.name == "icp.geography" => {
            let folded = |it: &[String]| it.iter().map(|it| it.to_lowercase()).collect::<Vec<_>>();
            folded(one) == folded(other)
        }
        (one, other) => one == other,
    }
}

fn shown(finding: &Finding) -> String {
    let segment = finding.segment.as_ref().map_or("", Segment::as_str);
    let value = finding.value.display(finding.field);
    format!(
        "{} @{segment} {value} <- {} {:?}",
        finding.field.name, finding.line, finding.speaker
    )
}

impl Display for Score {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
        }
        writeln!(
            f,
            "{:<24} {:>9} {:>7} {:>6} {:>6} {:>6}",
            "kind", "precision", "recall", "F1", "wrong", "missed"
        )?;
        let total = self.total();
        let rows = self
            .kinds
            .iter()
            .map(|(kind, tally)| (kind.as_str(), *tally));
        for (kind, tally) in rows.chain([("all", total)]) {
            writeln!(
                f,
                "{kind:<24} {:>9.3} {:>7.3} {:>6.3} {:>6} {:>6}",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                tally.wrong,
                tally.missed
            )?;
        }
        writeln!(
            f,
            "traps that led to a proposal: {} of {}",
            self.traps.fallen, self.traps.set
        )?;
        for (set, (tally, traps)) in &self.sets {
            writeln!(
                f,
                "set {set:<20} {:>9.3} {:>7.3} {:>6.3}        traps {} of {}",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                traps.fallen,
                traps.set
            )?;
        }
        Ok(())
    }
}
