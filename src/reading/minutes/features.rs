//! What speaks for a row of the sheet and against it: how it came there, what else was said of its field, and the
//! words around it.

use super::super::hints::Features;
use super::super::kinds::{self, of_item};
use super::entries::{Heap, How};
use super::lines::Lines;
use super::{Matter, Row};
use crate::plan::{Kind, Value};
use crate::text;

/// What is likelier than this is a value that was said.
pub(super) const LIKELY: f64 = 0.3;
/// What is said so many messages later is of something else.
pub(super) const LATER: usize = 9;
/// More of anything are many.
pub(super) const MANY: usize = 3;
/// A value of so many words is a long one.
const LONG: usize = 6;

/// What the rules say of the field of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Same,
    Other,
    /// A value for another segment.
    Segment,
    None,
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
            Self::Segment => "segment",
            Self::None => "none",
        }
    }
}

/// What is to be told of a row beside itself.
pub(super) struct Beside<'a> {
    pub(super) lines: &'a Lines<'a>,
    pub(super) heap: &'a Heap,
    pub(super) matter: &'a Matter<'a>,
}

impl Row {
    /// The place of the message that says it last.
    pub(super) fn last(&self) -> usize {
        let lines = self.entries.iter().map(|it| it.finding.line);
        lines.max().unwrap_or(1) - 1
    }

    fn first(&self) -> usize {
        let lines = self.entries.iter().map(|it| it.finding.line);
        lines.min().unwrap_or(1) - 1
    }

    fn chance(&self, how: How) -> &'static str {
        let of = self.entries.iter().filter(|it| it.how == how);
        bucket(of.map(|it| it.chance).fold(0.0, f64::max))
    }

    /// How likely it is where it was said most clearly, whatever the rules say.
    fn clearest(&self) -> f64 {
        let said = self.entries.iter().filter(|it| !it.how.is_rule());
        said.map(|it| it.chance).fold(0.0, f64::max)
    }

    fn speakers(&self) -> usize {
        let names = self.entries.iter();
        let mut names: Vec<&str> = names
            .filter_map(|it| it.finding.speaker.as_deref())
            .collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    /// How it came there, and what else was said of its field.
    pub(super) fn state(&self, beside: &Beside<'_>) -> Features {
        let mut features = Features::default();
        let (rule, kind) = (self.rule(beside).name(), kind(self.finding().field.kind));
        self.add_chances(&mut features, rule, kind);
        self.add_topic(&mut features, (rule, kind), beside);
        self.add_others(&mut features, rule, beside);
        self.add_place(&mut features, rule, beside.lines);
        self.add_deeds(&mut features, rule, beside.lines);
        self.add_value(&mut features, kind, beside.lines);
        features
    }

    fn rule(&self, beside: &Beside<'_>) -> Rule {
        let mut of_matter = beside.matter.rows.iter();
        if self.is_of_rules() {
            Rule::Same
        } else if of_matter.any(|it| it.is_of_rules()) {
            Rule::Other
        } else if beside.matter.ruled {
            Rule::Segment
        } else {
            Rule::None
        }
    }

    fn add_chances(&self, features: &mut Features, rule: &str, kind: &str) {
        let (own, reply) = (self.chance(How::Own), self.chance(How::Reply));
        let (brief, again) = (self.chance(How::Brief), self.chance(How::Again));
        let more = self.chance(How::More);
        features.add(&["rule:", rule]);
        features.add(&["rule:", rule, "|", kind]);
        features.add(&["rule:", rule, "|", self.finding().field.name]);
        for (name, chance) in [("own:", own), ("reply:", reply), ("brief:", brief)] {
            features.add(&[name, chance, "|rule:", rule]);
            features.add(&[name, chance, "|", kind]);
        }
        features.add(&["own:", own, "|reply:", reply]);
        features.add(&["brief:", brief, "|reply:", reply, "|", kind]);
        features.add(&["again:", again, "|own:", own, "|", kind]);
        features.add(&["again:", again, "|rule:", rule]);
        features.add(&["more:", more, "|rule:", rule]);
        for entry in &self.entries {
            let mood = entry.mood.name();
            features.add(&["how:", entry.how.name(), "|mood:", mood]);
        }
    }

    fn add_topic(&self, features: &mut Features, (rule, kind): (&str, &str), beside: &Beside<'_>) {
        let it = self.finding();
        let lines = self.entries.iter().map(|it| it.finding.line - 1);
        let topic = lines.map(|line| beside.heap.speaks_of(line, it.field));
        let topic = bucket(topic.fold(0.0, f64::max));
        let (own, reply) = (self.chance(How::Own), self.chance(How::Reply));
        let fits = fits(&it.value, it.field.name);
        features.add(&["field:", it.field.name]);
        features.add(&["topic:", topic, "|", kind]);
        features.add(&["topic:", topic, "|rule:", rule]);
        features.add(&["topic:", topic, "|own:", own, "|reply:", reply]);
        features.add(&["fits:", fits, "|topic:", topic]);
        features.add(&["fits:", fits, "|rule:", rule]);
    }

    /// Whether other values of its field were said, and when.
    fn add_others(&self, features: &mut Features, rule: &str, beside: &Beside<'_>) {
        let likely = |other: &&&Row| {
            !std::ptr::eq(**other, self) && other.entries.iter().any(|it| it.chance >= LIKELY)
        };
        let others = beside.matter.rows.iter().filter(likely);
        let (mut later, mut earlier, mut together, mut clearer) = (false, false, false, false);
        for other in others {
            later |= other.last() > self.last();
            earlier |= other.last() < self.last();
            together |= other.last() == self.last();
            clearer |= other.clearest() > self.clearest();
        }
        let (later, earlier) = (yes(later), yes(earlier));
        let (together, clearest) = (yes(together), yes(!clearer));
        let tried = yes(beside.matter.tried);
        features.add(&[
            "later:",
            later,
            "|earlier:",
            earlier,
            "|together:",
            together,
        ]);
        features.add(&["later:", later, "|rule:", rule]);
        features.add(&["clearest:", clearest, "|rule:", rule]);
        features.add(&["tried:", tried, "|rule:", rule]);
    }

    /// Where in the thread it stands.
    fn add_place(&self, features: &mut Features, rule: &str, lines: &Lines<'_>) {
        let at = self.last();
        let asked = yes(lines.get(at).is_some_and(super::lines::Line::asks));
        let left = (lines.len() - at - 1).min(MANY).to_string();
        let segment = self.finding().segment.as_ref();
        features.add(&["asked:", asked, "|left:", &left]);
        features.add(&["asked:", asked, "|rule:", rule]);
        features.add(&["next:", lines.speaker(at + 1, at), "|asked:", asked]);
        features.add(&["speakers:", &self.speakers().min(MANY).to_string()]);
        features.add(&["said again:", yes(self.first() < at)]);
        features.add(&["segment:", yes(segment.is_some_and(|it| !it.is_main()))]);
    }

    /// What its message does, and those after it.
    fn add_deeds(&self, features: &mut Features, rule: &str, lines: &Lines<'_>) {
        let at = self.last();
        for (by, name) in ["does:", "next does:", "then does:"]
            .into_iter()
            .enumerate()
        {
            let who = lines.speaker(at + by, at);
            let Some(line) = lines.get(at + by) else {
                continue;
            };
            for does in &line.does {
                features.add(&[name, who, ":", does]);
                features.add(&[name, who, ":", does, "|rule:", rule]);
            }
            if line.does.is_empty() {
                features.add(&[name, who, ":nothing"]);
            }
        }
        for line in (at + 1..at + LATER).filter_map(|at| lines.get(at)) {
            for does in &line.does {
                features.add(&["later does:", does]);
            }
        }
    }

    /// How much of its message it is.
    fn add_value(&self, features: &mut Features, kind: &str, lines: &Lines<'_>) {
        let words = lines.words(self.last()).len().max(1);
        let of_item = |it: &String| it.split_whitespace().count();
        let value = &self.finding().value;
        let count = match value {
            Value::Text(value) => of_item(value),
            Value::List(items) => items.iter().map(of_item).sum(),
            _ => 0,
        };
        let part = (count * 4).div_ceil(words).min(4).to_string();
        let reply = self.chance(How::Reply);
        features.add(&["part:", &part, "|", kind]);
        features.add(&["part:", &part, "|reply:", reply, "|", kind]);
        features.add(&["long:", &count.min(LONG).to_string(), "|", kind]);
        if let Value::List(items) = value {
            let items = items.len().min(MANY + 1).to_string();
            features.add(&["items:", &items, "|more:", self.chance(How::More)]);
        }
    }
}

/// The words of the message that says something, of the one before it, and of those after it.
pub(super) fn around(lines: &Lines<'_>, at: usize) -> [Features; 3] {
    let [mut own, mut before, mut after] = [(); 3].map(|()| Features::default());
    lines.add_words(&mut own, "o", at);
    match at.checked_sub(1) {
        Some(at) => lines.add_words(&mut before, "p", at),
        None => before.add(&["p:start"]),
    }
    for (by, name) in [(1, "a"), (2, "b")] {
        let who = lines.speaker(at + by, at);
        lines.add_words(&mut after, &format!("{name}{who}"), at + by);
    }
    for word in (at + 3..at + LATER).flat_map(|at| lines.words(at)) {
        after.add(&["t:", word]);
    }
    [own, before, after]
}

/// The words of a message and of the one before it, for one field.
pub(super) fn of_field(lines: &Lines<'_>, at: usize, field: &str) -> [Features; 2] {
    let [mut own, mut before] = [(); 2].map(|()| Features::default());
    for word in lines.words(at) {
        own.add(&["of:", word, "|", field]);
    }
    for word in at.checked_sub(1).map_or(&[][..], |at| lines.words(at)) {
        before.add(&["pf:", word, "|", field]);
    }
    [own, before]
}

/// Whether a value is of words that its field is of.
fn fits(value: &Value, field: &str) -> &'static str {
    let wanted = match field {
        "icp.geography" => kinds::Kind::Place,
        "icp.buyer" | "icp.users" => kinds::Kind::Role,
        "icp.industry" => kinds::Kind::Trade,
        _ => return "any",
    };
    let Value::List(items) = value else {
        return "any";
    };
    let is = |it: &&String| of_item(&text::fold(it)) == Some(wanted);
    match items.iter().filter(is).count() {
        0 => "none",
        count if count == items.len() => "all",
        _ => "some",
    }
}

pub(super) fn yes(it: bool) -> &'static str {
    if it { "1" } else { "0" }
}

/// The share in which a chance lies.
pub(super) fn bucket(chance: f64) -> &'static str {
    match chance {
        _ if chance <= 0.0 => "no",
        _ if chance < 0.1 => "05",
        _ if chance < 0.25 => "10",
        _ if chance < 0.5 => "25",
        _ if chance < 0.75 => "50",
        _ if chance < 0.9 => "75",
        _ => "90",
    }
}

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::List => "list",
        Kind::Choice | Kind::YesNo => "choice",
        Kind::Set => "set",
        Kind::Price => "price",
        _ => "number",
    }
}
