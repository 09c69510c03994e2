//! Whether the words beside a number are evidence enough for a field, or leave it open.

use super::Question;
use super::lexicon::Role;
use super::numbers::Clause;
use super::sentence::Kind;
use super::shapes::fits;
use super::words::english;
use crate::plan::{self, Cues, Field, Scan};

impl Clause<'_> {
    /// Whether what is counted is told of for another reason than how many there are: "12 customers
    /// hit", "3 reps quit". Who owns the count says so: "we have 12 customers".
    pub(super) fn befell(&self, at: usize, cue: usize, field: &Field) -> bool {
        if field.kind != plan::Kind::Count || self.is_owned(at) {
            return false;
        }
        let Some(next) = self.element(cue + 1) else {
            return false;
        };
        let first = next.text.split(' ').next().unwrap_or_default();
        let happens = next.kind == Kind::Word && first.len() > 4 && first.ends_with("ed");
        happens || english().befalling.contains(first)
    }

    /// Whether a count is still to come or of what we buy ourselves: "we should do 20 interviews", "10 seats
    /// for our own Figma".
    pub(super) fn is_meant_otherwise(&self, at: usize, field: &Field) -> bool {
        let words = |range: std::ops::Range<usize>| {
            self.elements[range]
                .iter()
                .flat_map(|it| it.text.split(' '))
        };
        let planned = |word: &str| {
            matches!(
                word,
                "should" | "want" | "need" | "must" | "plan" | "will" | "to"
            )
        };
        let own = |word: &str| word == "own";
        match field.name {
            "value.interviews" => words(self.range.start..at).any(planned),
            "pricing.seats" => words(at..self.range.end).any(own),
            _ => false,
        }
    }

    /// Whether the words before a count say that it is had: "we have", "now at".
    fn is_owned(&self, at: usize) -> bool {
        const HAS: &[&str] = &[
            "have", "got", "has", "at", "with", "reached", "passed", "serve", "now",
        ];
        (self.range.start..at).any(|it| {
            self.elements[it]
                .text
                .split(' ')
                .any(|word| HAS.contains(&word) || word == "we've")
        })
    }

    /// What has to be asked of a number whose only name may mean two fields: "margin is 22%".
    pub(super) fn unclear(&self, at: usize, scan: &Scan) -> Option<Question> {
        let cue = (self.range.start..at)
            .rev()
            .find(|&it| !self.elements[it].is_filler() && self.elements[it].kind != Kind::Sign)
            .filter(|&it| it < at)
            .or_else(|| Some(at + 1).filter(|next| self.range.contains(next)))?;
        let word = self.elements[cue].text;
        let word = word.strip_prefix("our ").unwrap_or(word);
        let unclear = Cues::get()
            .unclear
            .iter()
            .find(|it| it.words.iter().any(|it| it == word))?;
        let described = cue.checked_sub(1).and_then(|before| self.element(before));
        if described.is_some_and(|it| !it.is_filler() && it.kind != Kind::Sign) {
            return None;
        }
        let fields: Vec<&Field> = unclear
            .fields
            .iter()
            .filter_map(|name| plan::field(name))
            .collect();
        let typed = self.elements[at].text;
        let said = |it: usize| {
            let mut roles = self.elements[it].roles().iter();
            it != cue
                && roles.any(|role| match role {
                    Role::Cue(field, _) | Role::Name(field) => {
                        fields.iter().any(|other| other.name == field.name)
                    }
                    _ => false,
                })
        };
        if self.range.clone().any(said) {
            return None;
        }
        let fit = fields.iter().all(|field| fits(scan, field, typed, true));
        fit.then(|| Question::either(&fields, &self.span(cue.min(at), cue.max(at))))
    }
}
