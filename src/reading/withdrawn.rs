//! What is taken back: "ignore me", "on hold then", "so we're not"; and who gives in to whom.

use super::Finding;
use super::claims::{Claim, State};
use super::lexicon::Role;
use super::mood::Mood;
use super::phrases::{Phrases, has};
use super::rejoined::is_figure;
use super::sentence::{Element, Sentence};
use super::thread::Thread;
use super::words::english;
use crate::plan::{Choice, Field, Value};
use crate::text;

/// What was said within so many messages turns out to be a guess.
const CONFESSED: usize = 2;
/// What was said within so many messages is taken back.
const MEMORY: usize = 6;

/// Words before a clause that takes back.
const BEFORE: &[&str] = &[
    "oh",
    "god",
    "hm",
    "hmm",
    "hmpf",
    "ok",
    "okay",
    "argh",
    "ah",
    "uh",
    "wait",
    "sorry",
    "no",
    "well",
    "please",
    "pls",
    "then",
    "so",
    "actually",
    "nope",
    "nah",
    "damn",
    "right",
    "fine",
    "yes",
    "and",
    "but",
    "correction",
    "lol",
    "ugh",
    "hang",
    "on,",
    "again",
    "guys",
    "alright",
    "true",
    "just",
    "let's",
    "lets",
];

/// Whether a value is one choice and no other.
fn is(value: &Value, choice: &Choice) -> bool {
    match value {
        Value::Choice(slug) => slug == choice.slug,
        Value::Set(slugs) => slugs.len() == 1 && slugs.contains(choice.slug),
        _ => false,
    }
}

/// Whether a message takes back what was said before it, and where it begins to.
pub(super) fn retracts(folded: &str) -> Option<usize> {
    if folded.contains('?') {
        return None;
    }
    let ends = [',', '.', ';', '!', '\n', '(', ':'];
    let mut from = 0;
    for part in folded.split_inclusive(ends) {
        let mut rest = part.trim_end_matches(|it: char| ends.contains(&it) || it == ' ');
        rest = rest.trim_start();
        while let Some((first, more)) = rest.split_once(' ')
            && BEFORE.contains(&first)
        {
            rest = more.trim_start();
        }
        if begins(&english().retracting, rest) {
            return Some(from);
        }
        from += part.len();
    }
    None
}

/// Whether a clause begins with one of the phrases; those that leave out their verb end with it.
fn begins(phrases: &Phrases, clause: &str) -> bool {
    let elided = [
        "not",
        "isn't",
        "aren't",
        "won't",
        "off",
        "dead",
        "pulled",
        "retracted",
        "withdrawn",
    ];
    phrases.beginning(clause).any(|phrase| {
        let rest = clause[phrase.len()..].trim();
        let ends = elided.iter().any(|it| phrase.ends_with(it));
        !ends
            || rest.is_empty()
            || matches!(rest, "then" | "now" | "anymore" | "any more" | "sorry")
    })
}

/// Whether a message lets a trial go: "leave it then", "bad idea".
fn lets_go(folded: &str) -> bool {
    retracts(folded).is_some()
}

/// Whether somebody gives in to the other side.
pub(super) fn concedes(folded: &str) -> bool {
    !folded.contains('?') && english().conceding.stand_in(folded) && !has(folded, "not")
}

/// Takes away what a message says before it takes that back: "ltv 41k.. scratch that whole line, wrong tab".
pub(super) fn take_retracted(folded: &str, findings: &mut Vec<(Mood, Finding)>) -> Vec<Finding> {
    let Some(from) = retracts(folded) else {
        return Vec::new();
    };
    let ends = folded[from..].find(['.', ',', ';', '!']);
    let end = ends.map_or(folded.len(), |it| from + it);
    let gone = |(mood, it): &mut (Mood, Finding)| {
        let at = folded.find(&text::fold(&it.quote));
        *mood == Mood::Said && at.is_some_and(|at| at < end)
    };
    findings.extract_if(.., gone).map(|(_, it)| it).collect()
}

impl Thread {
    /// "What about a reseller?" "No reseller for now": what was tried out and is denied is tried no more.
    pub(super) fn let_go_of_denied(&mut self, sentences: &[Sentence<'_>], moods: &[Vec<Mood>]) {
        let tried = |it: &Claim| it.mood == Mood::Supposed && it.state == State::Open;
        if !self.claims.iter().any(tried) {
            return;
        }
        for (sentence, moods) in sentences.iter().zip(moods) {
            let denied = sentence.clauses.iter().zip(moods);
            let denied = denied.filter(|(_, mood)| **mood == Mood::Denied);
            let elements = denied.flat_map(|(clause, _)| &sentence.elements[clause.clone()]);
            let choices = elements.flat_map(Element::roles);
            for role in choices {
                let Role::Choice(field, choice) = role else {
                    continue;
                };
                let same = |claim: &&mut Claim| {
                    tried(claim)
                        && claim.finding.field == *field
                        && is(&claim.finding.value, choice)
                };
                for claim in self.claims.iter_mut().filter(same) {
                    claim.state = State::Withdrawn;
                }
            }
        }
    }

    /// "It's a guess": the figures of the last message that said something are, where the speaker said it.
    pub(super) fn confess(&mut self, line: usize, speaker: &str) {
        let Some(said) = self.claims.last().map(|it| it.finding.line) else {
            return;
        };
        let own = |it: &&mut Claim| it.finding.line == said && it.is_by(speaker) && it.stands();
        for claim in self.claims.iter_mut().filter(own) {
            if line - said <= CONFESSED && is_figure(claim.finding.field.kind) {
                claim.mood = Mood::Supposed;
                claim.state = State::Open;
                claim.guessed = true;
            }
        }
    }

    /// Takes back what the speaker said last, and lets go what anybody tried out; says whether there was
    /// something.
    pub(super) fn withdraw(&mut self, line: usize, speaker: &str, folded: &str) -> bool {
        // "Not decided" may only say what the question before it asked for.
        if retracts(folded).is_none() || (self.asked && has(folded, "decided")) {
            return false;
        }
        let near = |it: &Claim| line - it.finding.line <= MEMORY && it.state != State::Withdrawn;
        let tried = |it: &Claim| it.mood == Mood::Supposed && lets_go(folded);
        let may = |it: &Claim| near(it) && (tried(it) || (it.is_by(speaker) && !it.mood.is_idle()));
        let Some(last) = self.claims.iter().rev().find(|it| may(it)) else {
            return false;
        };
        let (of, by) = (last.finding.line, last.finding.speaker.clone());
        for claim in &mut self.claims {
            if claim.finding.line == of && claim.finding.speaker == by {
                claim.state = State::Withdrawn;
            }
        }
        // What went into it stands again.
        let gone = self.claims.iter().filter(|it| it.finding.line == of);
        let gone: Vec<&'static Field> = gone.map(|it| it.finding.field).collect();
        for field in gone {
            let joined =
                |it: &&mut Claim| it.state == State::Joined && it.finding.field.name == field.name;
            if let Some(claim) = self.claims.iter_mut().rfind(joined) {
                claim.state = State::Open;
            }
        }
        true
    }

    /// The line of what the other side said of the matter that is argued.
    pub(super) fn conceded(&self, folded: &str, speaker: &str) -> Option<usize> {
        if !concedes(folded) {
            return None;
        }
        let live = |it: &&Claim| it.mood == Mood::Said && it.state != State::Withdrawn;
        let theirs = self.claims.iter().rev().filter(live).find(|it| {
            let own = |rival: &Claim| {
                rival.is_by(speaker)
                    && rival.is_of(it.finding.field, it.finding.segment.as_ref())
                    && rival.finding.value != it.finding.value
            };
            !it.is_by(speaker) && self.claims.iter().filter(live).any(own)
        });
        theirs.map(|it| it.finding.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_takes_back() {
        let check = |folded: &str, expected: bool| {
            assert_eq!(retracts(folded).is_some(), expected, "{folded}");
        };
        check("ignore me, that's the dashboard of the old team", true);
        check("no. board just said no, so we're not", true);
        check("hmpf. on hold then", true);
        check("oh god. delete", true);
        check("i need to check, don't write down anything yet", true);
        check("leave it then", true);
        check("we're not a fit for banks", false);
        check("it's not 5, it's 6", false);
        check("shall we delete that?", false);
        check("we deleted the old sheet", false);
    }
}
