//! Choices: which field a phrase such as "self serve" answers, and which phrases form one list.

use super::lexicon::{Role, Side};
use super::lists::{List, candidates};
use super::numbers::Clause;
use super::phrases::has;
use super::sentence::Kind as ElementKind;
use super::words::english;
use super::{Found, Question};
use crate::plan::{self, Field, Kind, Value};

/// Fields whose choices speak for themselves where nothing else is said, the likeliest first.
const ALONE: &[&str] = &[
    "sales.motion",
    "pricing.model",
    "pricing.trial",
    "pricing.commitment",
    "positioning.category_kind",
    "marketing.channels",
    "marketing.motion",
    "cs.model",
];

/// Sizes of customers, behind which their noun says nothing new: "mid-market companies".
const SIZES: &[&str] = &["smb", "mid_market", "enterprise", "consumer"];

impl Clause<'_> {
    /// Everything that the clause's phrases choose.
    pub(super) fn choices(&self) -> (Vec<Found>, Vec<Question>) {
        let (mut found, mut questions): (Vec<Found>, Vec<Question>) = (Vec::new(), Vec::new());
        let mut before = None;
        let mut at = self.range.start;
        while at < self.range.end {
            let best = candidates(&self.elements[at]).filter_map(|field| {
                let list = self.list(field, at)?;
                if field.name == "marketing.channels" && self.is_of_route(&list) {
                    return None;
                }
                let strength = self
                    .strength(field, &list)
                    .or_else(|| self.goes_on(field, &list, before))?;
                Some((strength, field, list))
            });
            let best = best.min_by_key(|(cost, field, list)| {
                (
                    *cost,
                    std::cmp::Reverse(list.last),
                    ALONE.iter().position(|it| *it == field.name).unwrap_or(9),
                )
            });
            let Some((_, field, list)) = best else {
                at = self.behind_unread(at);
                continue;
            };
            at = list.last + 1;
            before = Some(field);
            if let Some(unknown) = self.goes_on_unknown(field, &list) {
                let words = self.span(list.first, list.last);
                questions.push(Question::partial(field, &words, &unknown));
                continue;
            }
            match self.value(field, &list) {
                Ok(value) => found.push(Found {
                    field,
                    value,
                    elements: list.first..list.last + 1,
                    holder: None,
                }),
                Err(slugs) => {
                    let words = self.span(list.first, list.last);
                    questions.push(Question::several(field, &words, &slugs));
                }
            }
        }
        (found, questions)
    }

    /// How far the field's cue is; `None` if nothing says that the field is meant.
    fn strength(&self, field: &'static Field, list: &List) -> Option<usize> {
        if let Some(cost) = self.cue_before(field, list) {
            return Some(cost);
        }
        let next = self
            .range
            .contains(&(list.last + 1))
            .then(|| &self.elements[list.last + 1]);
        let behind = next
            .filter(|next| !next.is_filler() || next.names(field))
            .or_else(|| {
                self.range
                    .contains(&(list.last + 2))
                    .then(|| &self.elements[list.last + 2])
            });
        let cued = behind.is_some_and(|it| {
            it.roles().iter().any(|role| matches!(role, Role::Cue(it, Side::Behind | Side::Around) if it.name == field.name))
        });
        let of_segment = field.name == "icp.segment"
            && (self.range.start..list.first)
                .rev()
                .map(|it| &self.elements[it])
                .find(|it| !it.is_one_of(&["the", "our"]))
                .is_some_and(|it| it.is_one_of(&["in", "for", "with"]));
        if cued && !of_segment && self.begins_well(list.first) {
            return Some(1);
        }
        if self.topic.is_some_and(|topic| topic.name == field.name)
            && self.begins_chunk(list)
            && self.is_closed(list)
        {
            return Some(7);
        }
        self.stands_alone(field, list).then_some(8)
    }

    /// "PLG for SMB, field for enterprise": the field of the choice before.
    fn goes_on(&self, field: &Field, list: &List, before: Option<&Field>) -> Option<usize> {
        let same = before.is_some_and(|it| it.name == field.name);
        let parted = self.elements[self.range.clone()]
            .iter()
            .any(|it| it.choice_of("icp.segment").is_some());
        (same && parted && self.begins_chunk(list) && self.is_followed_well(list)).then_some(7)
    }

    fn cue_before(&self, field: &'static Field, list: &List) -> Option<usize> {
        for (cost, cue) in (self.range.start..list.first).rev().enumerate() {
            let element = &self.elements[cue];
            let labelled = self.elements[cue + 1].is_sign(&[":", "=", "-"])
                || matches!(self.elements[cue + 1].text, "is" | "are");
            let named = element
                .roles()
                .iter()
                .any(|role| matches!(role, Role::Name(it) if it.name == field.name));
            // "We have nothing automated" answers no question for a trial.
            let nothing = self.elements[list.first].is_one_of(&["nothing"]) && !labelled;
            let side = !nothing
                && element.roles().iter().any(|role| match role {
                    Role::Cue(it, Side::Before | Side::Around) => it.name == field.name,
                    _ => false,
                });
            if (named && labelled)
                || (side && (labelled || !list.weak || self.is_closed(list) || named))
            {
                let fits = labelled || self.is_followed_well(list);
                return (fits && self.begins_well(cue)).then_some(cost);
            }
            let length = match &element.kind {
                ElementKind::Number(scan) => scan.shape == plan::Shape::Length,
                _ => false,
            };
            let passes = element.is_filler()
                || length
                || element.is_sign(&[":", "=", "-"])
                || element.choice_of("icp.segment").is_some()
                || english().describing.contains(element.text);
            if !passes {
                return None;
            }
        }
        None
    }

    /// Whether the clause ends with the list.
    fn is_closed(&self, list: &List) -> bool {
        self.elements[list.last + 1..self.range.end]
            .iter()
            .take_while(|it| !it.is_sign(&[","]))
            .all(|it| {
                it.kind == ElementKind::Sign
                    || it.is_filler()
                    || english().following.contains(it.text)
                    || it.choice_of("icp.segment").is_some()
                    || !it.roles().is_empty()
            })
    }

    /// Whether the word behind the list leaves it what it is: "content", not "content audits".
    fn is_followed_well(&self, list: &List) -> bool {
        let next = self
            .range
            .contains(&(list.last + 1))
            .then(|| &self.elements[list.last + 1]);
        next.is_none_or(|next| {
            let sized = list.slugs.iter().any(|slug| SIZES.contains(slug));
            (sized && english().groups.contains(next.text))
                || next.kind == ElementKind::Sign
                || next.is_filler()
                || !next.roles().is_empty()
                || next.is_number()
                || english()
                    .following
                    .contains(next.text.split(' ').next().unwrap_or_default())
        })
    }

    /// Whether no name of somebody else stands before.
    fn begins_well(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .filter(|before| self.range.contains(before))
            .map(|before| &self.elements[before]);
        before.is_none_or(|it| {
            it.kind != ElementKind::Word
                || it.is_filler()
                || it.text.ends_with("ing")
                || it.text.len() < 3
        })
    }

    /// Whether the clause says nothing else, and the choice says enough.
    fn stands_alone(&self, field: &Field, list: &List) -> bool {
        let next = |step: usize| self.element(list.last + step).map_or("", |it| it.text);
        // "Field sales would be nice" decides nothing.
        if matches!(
            next(1),
            "would" | "could" | "might" | "can" | "may" | "should" | "goes" | "disappears" | "dies"
        ) {
            return false;
        }
        let only = next(1) == "only" || (next(1) == "it" && next(2) == "is");
        let alone = ALONE.contains(&field.name) || (only && field.name == "icp.segment");
        if !alone || (list.weak && !only) {
            return false;
        }
        let is_channels = field.name == "marketing.channels";
        if is_channels && list.slugs.len() < 2 {
            return false;
        }
        self.begins_chunk(list) && self.is_followed_well(list)
    }

    /// Whether a list begins its part of the clause, but for words that say nothing.
    fn begins_chunk(&self, list: &List) -> bool {
        let (start, _) = self.chunk(list.first);
        // "40k ACV with outside sales": the preposition opens a part of its own.
        let opens = |at: &usize| {
            *at > start && self.elements[*at].is_one_of(&["with", "w", "via", "through"])
        };
        let start = list
            .first
            .checked_sub(1)
            .filter(opens)
            .or_else(|| {
                list.first
                    .checked_sub(2)
                    .filter(opens)
                    .filter(|&at| self.elements[at + 1].is_sign(&["/"]))
            })
            .unwrap_or(start);
        self.elements[start..list.first].iter().all(|it| {
            it.is_filler()
                || it.is_sign(&[":", ",", "-", "*", "/", "=", "\u{2192}"])
                || it.choice_of("icp.segment").is_some()
                || it.is_number()
                || it.leads_in()
        })
    }

    /// The value of a list; the slugs that it could mean where that is open.
    fn value(&self, field: &'static Field, list: &List) -> Result<Value, Vec<&'static str>> {
        if field.kind == Kind::Set {
            if let Some(several) = list.several.filter(|_| list.slugs.is_empty()) {
                return Err(several.to_vec());
            }
            return Ok(Value::Set(
                list.slugs.iter().map(|&slug| slug.to_owned()).collect(),
            ));
        }
        if field.name == "sales.motion"
            && let Some(motion) = self.stages(list)
        {
            return Ok(Value::Choice(motion.to_owned()));
        }
        match (
            list.slugs.iter().collect::<Vec<_>>().as_slice(),
            list.several,
        ) {
            ([one], None) => Ok(Value::Choice((**one).to_owned())),
            ([one], Some(several)) if several.contains(*one) => {
                Ok(Value::Choice((**one).to_owned()))
            }
            ([], Some(several)) => Err(several.to_vec()),
            (slugs, several) => Err(slugs
                .iter()
                .map(|slug| **slug)
                .chain(several.unwrap_or_default().iter().copied())
                .collect()),
        }
    }

    /// Inside sales in one stage or two, where the roles behind it say so.
    fn stages(&self, list: &List) -> Option<&'static str> {
        let several = list.several?;
        let text: Vec<&str> = self.elements.iter().map(|it| it.text).collect();
        let text = text.join(" ").replace(" - ", "-");
        let role = |names: &[&str]| names.iter().any(|name| has(&text, name));
        let sdr = role(&["sdr", "sdrs", "bdr", "bdrs"]);
        let ae = role(&[
            "ae",
            "aes",
            "account executives",
            "closers",
            "account executive",
        ]);
        let motion = match (sdr, ae) {
            (true, true) => "inside_two_stage",
            _ if role(&[
                "full cycle",
                "full-cycle",
                "one stage",
                "one-stage",
                "single stage",
            ]) =>
            {
                "inside_one_stage"
            }
            _ if role(&["two stage", "two-stage", "two stages"]) => "inside_two_stage",
            _ => return None,
        };
        several.contains(&motion).then_some(motion)
    }
}
