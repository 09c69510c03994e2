//! Whether the words beside a number are evidence enough for a field, or leave it open.

use std::ops::Range;

use super::lexicon::Role;
use super::numbers::Clause;
use super::sentence::{Element, Kind};
use super::shapes::fits;
use super::words::english;
use super::{Found, Question};
use crate::plan::{self, Cues, Field, Scan, Shape, Unclear, Value};

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

    /// What has to be asked of a number without a unit beside the name of a length of time: "sales cycle = 3".
    pub(super) fn without_unit(&self, at: usize, scan: &Scan) -> Option<Question> {
        let alone = self
            .element(at + 1)
            .is_none_or(|it| it.is_sign(&[",", ".", ";", ")"]));
        if !matches!(scan.shape, Shape::Plain { large: false }) || !alone {
            return None;
        }
        let silent = |it: &Element<'_>| it.is_filler() || it.kind == Kind::Sign;
        let cue = (self.range.start..at)
            .rev()
            .find(|it| !silent(&self.elements[*it]))?;
        let mut roles = self.elements[cue].roles().iter();
        let named = roles.find_map(|role| match role {
            Role::Cue(field, _) | Role::Name(field) if field.kind == plan::Kind::Days => {
                Some(*field)
            }
            _ => None,
        })?;
        Some(Question::unit(named, &self.span(cue, at)))
    }

    /// What has to be asked of a number whose only name may mean two fields: "margin is 22%".
    pub(super) fn unclear(&self, at: usize, scan: &Scan) -> Option<Question> {
        let (name, unclear) = self.unclear_name(at)?;
        let described = name
            .start
            .checked_sub(1)
            .and_then(|before| self.element(before));
        let tells = |it: &Element<'_>| !it.is_filler() && !it.is_number() && it.kind != Kind::Sign;
        let fields: Vec<&Field> = unclear
            .fields
            .iter()
            .filter_map(|name| plan::field(name))
            .collect();
        let names_one = |it: usize| !name.contains(&it) && names(&self.elements[it], &fields);
        let near = self.range.start..self.range.end.min(at + 2);
        if described.is_some_and(tells) || near.into_iter().any(names_one) {
            return None;
        }
        let typed = self.elements[at].text;
        let money =
            |field: &Field| matches!(field.kind, plan::Kind::Money | plan::Kind::MoneyPerYear);
        // "3m" of money is no three months.
        let millions = typed.ends_with('m') && matches!(scan.shape, Shape::Length);
        let fit = fields
            .iter()
            .all(|field| fits(scan, field, typed, true) || (millions && money(field)));
        let (from, to) = (name.start.min(at), (name.end - 1).max(at));
        fit.then(|| Question::either(&fields, &self.span(from, to)))
    }

    /// The name of a number where it may be that of several fields, and of which.
    fn unclear_name(&self, at: usize) -> Option<(Range<usize>, &'static Unclear)> {
        let unclear = |it: usize| {
            let word = self.elements[it].text;
            Cues::get().unclear(word.strip_prefix("our ").unwrap_or(word))
        };
        let before = || (self.range.start..at).rev();
        let said = |it: &usize| self.elements[*it].kind != Kind::Sign;
        let tells = |it: &Element<'_>| !it.is_filler() && it.text != "our";
        let named = before().find(|it| said(it) && tells(&self.elements[*it]));
        // "Target" says nothing beside another name, and too little by itself.
        let alone = || before().find(|it| said(it) && unclear(*it).is_some());
        let next = || Some(at + 1).filter(|next| self.range.contains(next));
        let last = named.or_else(alone).or_else(next)?;
        // "Conversion rate" is no "rate".
        let first = last
            .checked_sub(1)
            .filter(|it| self.range.contains(it) && *it != at);
        let whole = first.and_then(|first| {
            let (first_word, word) = (self.elements[first].text, self.elements[last].text);
            let unclear = Cues::get().unclear(&format!("{first_word} {word}"))?;
            Some((first..last + 1, unclear))
        });
        whole.or_else(|| Some((last..last + 1, unclear(last)?)))
    }
}

/// "Retention: 92%": whether a text is only a figure of which nobody knows what it is.
pub(super) fn is_open_figure(found: &Found, elements: &[Element<'_>]) -> bool {
    let first = elements.get(found.elements.start);
    let unclear = || first.is_some_and(|it| Cues::get().unclear(it.text).is_some());
    matches!(&found.value, Value::Text(words) if !words.contains(char::is_alphabetic)) && unclear()
}

/// Whether an element is the name of one of some fields, or a cue for it.
fn names(element: &Element<'_>, fields: &[&Field]) -> bool {
    element.roles().iter().any(|role| match role {
        Role::Cue(field, _) | Role::Name(field) => fields.iter().any(|it| it.name == field.name),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::read;

    fn asks(message: &str, words: &str) {
        let reading = read(message);
        let asks = |it: &String| it.contains(words);
        assert!(
            reading.questions.iter().any(asks),
            "{message}: {:?}",
            reading.questions
        );
        assert!(
            reading.proposals.is_empty(),
            "{message}: {:?}",
            reading.proposals
        );
    }

    #[test]
    fn a_word_that_may_mean_several_fields_is_asked_for() {
        asks("our target is 3M", "ARR target or quota");
        asks("the market is 400m", "TAM or SAM or SOM");
        asks("revenue is 2m", "ARR or current MRR");
        asks("rate is at 18% now", "win rate or lead-to-opportunity rate");
        asks(
            "conversion rate 18%",
            "lead-to-opportunity rate or win rate",
        );
        asks("70% margin", "gross margin or profit margin");
        asks("our retention: 92%", "NRR or retention after 3 months");
        asks("the market is worth 3bn", "TAM or SAM or SOM");
        asks("our channel is outbound", "`outbound`");
    }

    #[test]
    fn a_cycle_without_its_unit_is_asked_for() {
        asks("sales cycle = 3", "days, weeks or months?");
    }
}
