//! Which field a number belongs to: the nearest cue with nothing but filling words between.

use std::ops::Range;

use super::lexicon::{Role, Side};
use super::prices::paid;
use super::sentence::{Element, Kind};
use super::shapes::{fits, holder_of, is_year};
use super::words::english;
use super::{Found, Question};
use crate::plan::{self, Field, ParseContext, Scan, Shape};

/// The elements of one clause, and what holds for them.
pub(super) struct Clause<'a> {
    pub(super) elements: &'a [Element<'a>],
    pub(super) range: Range<usize>,
    pub(super) context: ParseContext,
    /// The field that the talk is of, where a number names none.
    pub(super) topic: Option<&'static Field>,
}

/// A number and the field it belongs to.
pub(super) struct Pair {
    pub(super) field: &'static Field,
    /// The element that says so.
    pub(super) cue: usize,
    pub(super) cost: usize,
}

impl Clause<'_> {
    /// Everything that the clause's numbers say.
    pub(super) fn numbers(&self) -> (Vec<Found>, Vec<Question>) {
        let (mut found, mut questions) = (Vec::new(), Vec::new());
        let mut at = self.range.start;
        while at < self.range.end {
            let Kind::Number(scan) = &self.elements[at].kind else {
                at += 1;
                continue;
            };
            if let Some((end, prices)) = self.tiers(at) {
                found.extend(prices);
                at = end;
                continue;
            }
            let open = self.unclear(at, scan);
            if let Some(question) = open.or_else(|| self.without_unit(at, scan)) {
                questions.push(question);
                at += 1;
                continue;
            }
            let pair = self
                .pair(at, scan)
                .or_else(|| self.twin(at, scan, found.last()));
            if !is_year(self.elements, at)
                && !self.is_replaced(at)
                && !self.is_whole(at)
                && !self.is_limit(at)
                && !pair
                    .as_ref()
                    .is_some_and(|pair| self.is_meant_otherwise(at, pair.field))
                && let Some(pair) = pair
            {
                match self.read(at, scan, &pair) {
                    Ok(read) => found.push(read),
                    Err(question) => questions.extend(question),
                }
            }
            at += 1;
        }
        (found, questions)
    }

    pub(super) fn element(&self, at: usize) -> Option<&Element<'_>> {
        self.range.contains(&at).then(|| &self.elements[at])
    }

    /// Whether the number is what a share is of: "4 out of 100 customers", "9 in 10 users".
    fn is_whole(&self, at: usize) -> bool {
        let Some(link) = at.checked_sub(1).and_then(|link| self.element(link)) else {
            return false;
        };
        let part = at.checked_sub(2).and_then(|part| self.element(part));
        let first = at.checked_sub(3).and_then(|first| self.element(first));
        part.is_some_and(|part| {
            let out = part.text == "out" && link.text == "of";
            let one = first.is_some_and(|it| it.text == "one") && link.text == "in";
            (part.is_number() && matches!(link.text, "in" | "out of"))
                || one
                || (out && first.is_some_and(Element::is_number))
        })
    }

    /// Whether the number is the old one: "from $49 to $69", "instead of $99".
    fn is_replaced(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.element(before));
        let word = before.map_or("", |it| it.text);
        let next = self.element(at + 1).map_or("", |it| it.text);
        let to = matches!(next, "to" | "->" | "→" | "-" | "=")
            && self.element(at + 2).is_some_and(Element::is_number);
        let arrow = (next == "-" && self.element(at + 2).is_some_and(|it| it.text == ">"))
            || (next == "\u{2192}" && to);
        (word == "from" && to)
            || arrow
            || (to && next != "=" && self.has_verb_of_change())
            || (word == "by" && self.has_verb_of_change())
            || matches!(word, "vs" | "versus" | "not" | "than" | "below" | "above")
            || (word == "of"
                && at > 1
                && self.element(at - 2).is_some_and(|it| it.text == "instead"))
            || (word == "from"
                && at > 1
                && self
                    .element(at - 2)
                    .is_some_and(|it| matches!(it.text, "up" | "down")))
    }

    /// Whether a count is a limit and not what is usual: "min 10 seats".
    fn is_limit(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.element(before));
        let limits = before.is_some_and(|it| {
            it.is_one_of(&[
                "min",
                "minimum",
                "max",
                "maximum",
                "least",
                "most",
                "minimum of",
            ])
        });
        let counts = self
            .element(at + 1)
            .is_some_and(|it| it.is_one_of(&["seats", "users", "seat"]));
        limits && counts
    }

    fn has_verb_of_change(&self) -> bool {
        let words = [
            "rose",
            "fell",
            "grew",
            "grow",
            "climbed",
            "jumped",
            "dropped",
            "down",
            "improved",
            "increased",
            "raise",
            "change",
            "move",
            "bump",
            "lower",
            "cut",
            "increase",
            "drop",
            "switch",
            "went",
        ];
        self.range.clone().any(|at| {
            self.elements[at]
                .text
                .split(' ')
                .any(|word| words.contains(&word))
        })
    }

    /// The field that the number belongs to.
    fn pair(&self, at: usize, scan: &Scan) -> Option<Pair> {
        let next = self.element(at + 1).map_or("", |it| it.text);
        let number = |it: Option<usize>| {
            it.and_then(|it| self.element(it))
                .is_some_and(Element::is_number)
        };
        let out_of = (self.range.start..at)
            .rev()
            .find(|&it| !self.elements[it].is_one_of(&["our", "the", "my", "their"]))
            .is_some_and(|it| self.elements[it].text == "of" && number(it.checked_sub(1)));
        if matches!(scan.shape, Shape::Plain { .. })
            && (out_of || (matches!(next, "in" | "out" | "of") && number(Some(at + 2))))
        {
            return None;
        }
        let left = self.left(at, scan);
        let right = self.right(at, scan);
        let nearest = match (left, right) {
            (Some(left), Some(right)) => Some(if right.cost < left.cost { right } else { left }),
            (left, right) => left.or(right),
        };
        nearest
            .or_else(|| self.sold_for(at, scan))
            .or_else(|| self.bare(at, scan))
            .or_else(|| self.across(at, scan))
            .map(|pair| self.planned(at, self.paid(self.targeted(pair), scan)))
    }

    /// "4 more" sellers are sellers to be hired.
    fn planned(&self, at: usize, pair: Pair) -> Pair {
        let more = self
            .element(at + 1)
            .is_some_and(|it| it.is_one_of(&["more", "additional"]));
        match plan::field("sales.reps_planned").filter(|_| more && pair.field.name == "sales.reps")
        {
            Some(field) => Pair { field, ..pair },
            None => pair,
        }
    }

    fn left(&self, at: usize, scan: &Scan) -> Option<Pair> {
        let mut cost = 0;
        for cue in (self.range.start..at).rev() {
            let element = &self.elements[cue];
            let labelled = self.elements[cue + 1].is_sign(&[":", "=", "~"])
                || matches!(self.elements[cue + 1].text, "is" | "are" | "of");
            let best = element.roles().iter().filter_map(|role| match role {
                Role::Cue(field, Side::Around | Side::Before) => Some(*field),
                Role::Name(field) if labelled => Some(*field),
                _ => None,
            });
            let is_label = cost <= 1 && labelled;
            let fits = best
                .into_iter()
                .find(|field| fits(scan, field, self.elements[at].text, is_label));
            if let Some(field) = fits {
                let ours = self.may_begin(cue, field, at) && !self.is_cost_of_another(cue, field);
                return ours.then_some(Pair { field, cue, cost });
            }
            let passes = element.is_filler()
                || element.is_sign(&[":", "=", "~", "-", "("])
                || element.choice_of("icp.segment").is_some()
                || (element.is_sign(&[","]) && self.elements[cue + 1].is_one_of(&["now", "at"]))
                || self.is_ratio(cue)
                || element.is_sign(&[">"])
                || (element.is_number() && self.is_replaced(cue));
            if !passes {
                return None;
            }
            cost += usize::from(element.kind != Kind::Sign);
        }
        None
    }

    fn right(&self, at: usize, scan: &Scan) -> Option<Pair> {
        for (cost, cue) in (at + 1..self.range.end).enumerate() {
            let element = &self.elements[cue];
            let fields = element.roles().iter().filter_map(|role| match role {
                Role::Cue(field, Side::Around | Side::Behind) => Some(*field),
                _ => None,
            });
            if let Some(field) = fields
                .into_iter()
                .find(|field| fits(scan, field, self.elements[at].text, false))
            {
                // "650k per rep" counts no reps.
                let each = field.kind == plan::Kind::Count
                    && self.elements[at + 1..cue]
                        .iter()
                        .any(|it| it.is_one_of(&["per", "each"]));
                // "The 14k deal" is one of them, not what they are worth.
                let one = at > self.range.start
                    && self.elements[at - 1].is_one_of(&["the", "that", "this"])
                    && element.is_one_of(&["deal", "contract"]);
                // "120 leads a month from content" are not all of them.
                let part = field.name == "marketing.leads_per_month"
                    && self
                        .element(cue + 1)
                        .is_some_and(|it| it.is_one_of(&["from"]));
                let own = !self.begins_anew(cue)
                    && !each
                    && !one
                    && !part
                    && !self.befell(at, cue, field);
                let of_profile = matches!(field.name, "icp.employees" | "icp.revenue");
                let subject = if of_profile {
                    !self.is_of_ourselves()
                } else {
                    self.has_own_subject(at)
                };
                return (own && subject).then_some(Pair { field, cue, cost });
            }
            let comma = element.is_sign(&[","])
                && self
                    .element(cue + 1)
                    .is_some_and(|it| it.text.starts_with("that's"));
            let passes = (english().behind.contains(element.text) && !element.is_number()) || comma;
            if !passes {
                return None;
            }
        }
        None
    }

    /// Whether a number is a part of a ratio in words, which a percentage may follow: "1 in 4".
    fn is_ratio(&self, at: usize) -> bool {
        let number = |at: Option<usize>| {
            at.and_then(|at| self.element(at))
                .is_some_and(Element::is_number)
        };
        let joins = |at: Option<usize>| {
            at.and_then(|at| self.element(at))
                .is_some_and(|it| it.is_one_of(&["in", "of"]))
        };
        number(Some(at))
            && ((joins(at.checked_sub(1)) && number(at.checked_sub(2)))
                || (joins(Some(at + 1)) && number(Some(at + 2))))
    }

    /// Whether a cue belongs to what follows it: "3 reps, quota: $600k", "churn is 2%".
    fn begins_anew(&self, cue: usize) -> bool {
        let next = |step: usize| self.element(cue + step);
        let is = next(1)
            .is_some_and(|it| it.is_sign(&[":", "="]) || matches!(it.text, "is" | "are" | "of"));
        let number = |step: usize| next(step).is_some_and(Element::is_number);
        number(1) || (is && (number(2) || number(3)))
    }

    pub(super) fn unknown_words(&self) -> usize {
        self.range
            .clone()
            .filter(|&at| {
                let element = &self.elements[at];
                element.kind == Kind::Word && !element.is_filler()
            })
            .count()
    }

    /// The part between commas that an element stands in.
    pub(super) fn chunk(&self, at: usize) -> (usize, usize) {
        let comma = |&it: &usize| {
            self.elements[it].is_sign(&[",", "(", ")"]) || self.elements[it].text == "and"
        };
        let start = (self.range.start..at)
            .rev()
            .find(comma)
            .map_or(self.range.start, |it| it + 1);
        let end = (at..self.range.end).find(comma).unwrap_or(self.range.end);
        (start, end)
    }

    /// A target where the words speak of one: "we want 1.2M ARR".
    pub(super) fn targeted(&self, pair: Pair) -> Pair {
        let words = [
            "target",
            "goal",
            "want",
            "reach",
            "hit",
            "aim",
            "aiming",
            "targeting",
            "eoy",
            "get to",
            "objective",
            "by the end",
        ];
        let (start, end) = self.chunk(pair.cue);
        let aims = (start..end).any(|it| words.contains(&self.elements[it].text));
        let twin = match pair.field.name {
            "plan.arr" => "plan.arr_target",
            "metrics.nrr" => "metrics.nrr_target",
            _ => return pair,
        };
        match plan::field(twin).filter(|_| aims) {
            Some(field) => Pair { field, ..pair },
            None => pair,
        }
    }

    /// The words from one element to another, apart where they were typed so.
    pub(super) fn span(&self, first: usize, last: usize) -> String {
        let mut words = String::new();
        for it in &self.elements[first..=last] {
            if it.spaced && !words.is_empty() {
                words.push(' ');
            }
            words.push_str(it.text);
        }
        words
    }

    /// The value of a number, or what has to be asked about it.
    fn read(&self, at: usize, scan: &Scan, pair: &Pair) -> Result<Found, Option<Question>> {
        let words = paid(self.elements, scan, pair.field, self.elements[at].text);
        let value = pair.field.parse(&words, &self.context).map_err(|error| {
            (self.unknown_words() <= 2).then(|| Question::of(pair.field, &error))
        })?;
        Ok(Found {
            field: pair.field,
            value,
            elements: pair.cue.min(at)..pair.cue.max(at) + 1,
            holder: holder_of(pair.field, scan),
        })
    }
}
