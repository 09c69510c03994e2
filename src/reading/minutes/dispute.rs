//! People who do not agree: who is right is for them to say, so that it is asked.

use std::collections::BTreeMap;

use super::super::hints::Features;
use super::entries::Entry;
use super::features::{Beside, LATER, LIKELY, MANY, kind, yes};
use super::{Finding, Matter};
use crate::reading::{Conflict, Reading};

impl Matter<'_> {
    /// What each speaker said last, where two say different values.
    fn sides(&self) -> Vec<&Finding> {
        let likely = |it: &&Entry| it.chance >= LIKELY;
        let entries = self.rows.iter().flat_map(|it| &it.entries).filter(likely);
        let mut last: BTreeMap<&str, &Finding> = BTreeMap::new();
        for it in entries.map(|it| &it.finding) {
            let speaker = it.speaker.as_deref().unwrap_or_default();
            let known = last.entry(speaker).or_insert(it);
            if it.line >= known.line {
                *known = it;
            }
        }
        let mut sides: Vec<&Finding> = last.into_values().collect();
        sides.sort_by_key(|it| it.line);
        let differ = sides.iter().any(|it| it.value != sides[0].value);
        if differ { sides } else { Vec::new() }
    }

    /// Whether people may disagree about it at all.
    pub(super) fn may_be_argued(&self) -> bool {
        self.argued || !self.sides().is_empty()
    }

    /// What speaks for it that they do.
    pub(super) fn dispute(&self, beside: &Beside<'_>) -> Features {
        let mut features = Features::default();
        let sides = self.sides();
        let (argued, kind) = (yes(self.argued), kind(self.rows[0].finding().field.kind));
        let speakers = sides.len().min(MANY).to_string();
        let ruled = yes(self.rows.iter().any(|it| it.is_of_rules()));
        let again = yes(self.is_said_again());
        features.add(&["D:argued:", argued]);
        features.add(&["D:argued:", argued, "|sides:", &speakers]);
        features.add(&["D:argued:", argued, "|again:", again]);
        features.add(&["D:argued:", argued, "|", kind]);
        features.add(&["D:argued:", argued, "|ruled:", ruled]);
        features.add(&["D:again:", again, "|sides:", &speakers]);
        features.add(&["D:tried:", yes(self.tried), "|argued:", argued]);
        let last = self.rows.iter().map(|it| it.last()).max().unwrap_or(0);
        let left = (beside.lines.len() - last - 1).min(MANY).to_string();
        features.add(&["D:left:", &left, "|argued:", argued]);
        features.add(&["D:left:", &left, "|again:", again]);
        for word in beside.lines.words(last) {
            features.add(&["D:o:", word]);
        }
        for word in (last + 1..last + LATER).flat_map(|at| beside.lines.words(at)) {
            features.add(&["D:t:", word]);
        }
        for (at, name) in [(last, "own"), (last + 1, "next"), (last + 2, "then")] {
            let Some(line) = beside.lines.get(at) else {
                features.add(&["D:", name, ":end|argued:", argued]);
                continue;
            };
            let who = beside.lines.speaker(at, last);
            for does in &line.does {
                features.add(&["D:", name, ":", who, ":", does]);
                features.add(&["D:", name, ":", who, ":", does, "|argued:", argued]);
            }
        }
        features
    }

    /// Whether somebody comes back to a value after another was said.
    fn is_said_again(&self) -> bool {
        let rows = self.rows.iter();
        let likely = |it: &&Entry| it.chance >= LIKELY;
        let mut spans = rows.map(|row| {
            let lines = row.entries.iter().filter(likely).map(|it| it.finding.line);
            (lines.clone().min(), lines.max())
        });
        let first = spans.next();
        spans.any(|(from, to)| first.is_some_and(|(start, end)| from < end && to > start))
    }
}

impl Reading {
    /// Asks what people disagree about.
    pub(super) fn argue(&mut self, matter: &Matter<'_>) {
        let values: Vec<Finding> = matter.sides().into_iter().cloned().collect();
        let Some(first) = values.first().filter(|_| !matter.argued) else {
            return;
        };
        let conflict = Conflict {
            field: first.field,
            segment: first.segment.clone(),
            values,
        };
        self.questions.push(conflict.question());
        self.conflicts.push(conflict);
    }

    /// Asks no more what they have settled.
    pub(super) fn settle(&mut self, matter: &Matter<'_>) {
        let it = matter.rows[0].finding();
        let settled = |other: &Conflict| other.field == it.field && other.segment == it.segment;
        for conflict in self.conflicts.extract_if(.., |other| settled(other)) {
            let question = conflict.question();
            self.questions.retain(|it| *it != question);
        }
    }
}
