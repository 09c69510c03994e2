//! What becomes of what was said in a thread: it is agreed, refused, taken back or put off.

use super::Finding;
use super::answers;
use super::claims::{Claim, State, Weight, union};
use super::mood::Mood;
use super::parley::Chosen;
use super::stance::{amounts, is_amount_of};
use super::thread::{Said, Thread};
use crate::plan::Field;
use crate::text;

/// How long a message can be agreed with by a word such as "ok": so many messages.
const MEMORY: usize = 6;

/// What was proposed is turned down within so many messages.
const OBJECTED: usize = 3;

impl Thread {
    /// Makes room for a value that was stated: the same speaker's earlier one goes, and with a
    /// decision everybody's.
    pub(super) fn settle(&mut self, finding: &mut Finding, speaker: &str, weight: Weight) {
        for claim in &mut self.claims {
            if !claim.is_of(finding.field, finding.segment.as_ref()) || claim.mood != Mood::Said {
                continue;
            }
            let same = claim.finding.value == finding.value;
            if weight == Weight::Adds
                && let Some(both) =
                    union(&claim.finding.value, &finding.value).filter(|_| claim.stands())
            {
                finding.value = both;
                claim.state = State::Withdrawn;
            } else if weight == Weight::Decides || same || claim.is_by(speaker) {
                claim.state = State::Withdrawn;
            }
        }
    }

    /// The line of the last message that can be agreed with.
    fn last_line(&self, line: usize) -> Option<usize> {
        let last = self
            .claims
            .iter()
            .rev()
            .find(|claim| claim.state != State::Withdrawn)?;
        let open = last.finding.line > self.closed && line - last.finding.line <= MEMORY;
        open.then_some(last.finding.line)
    }

    /// "Ok, let's go with that": what was said, tried or asked last is agreed.
    pub(super) fn agree(&mut self, line: usize) {
        if let Some(last) = self.last_line(line) {
            self.agree_with(last);
        }
    }

    /// What was said, tried or asked in that message is agreed.
    pub(super) fn agree_with(&mut self, last: usize) {
        let agreed: Vec<Claim> = self
            .claims
            .iter()
            .filter(|claim| claim.finding.line == last)
            .cloned()
            .collect();
        for claim in &mut self.claims {
            let rival = agreed
                .iter()
                .any(|it| claim.is_of(it.finding.field, it.finding.segment.as_ref()));
            if claim.finding.line == last && matches!(claim.state, State::Disputed | State::Refused)
            {
                claim.state = State::Withdrawn;
            } else if claim.finding.line == last && claim.state == State::Open {
                claim.mood = Mood::Said;
                claim.state = State::Agreed;
            } else if rival && claim.finding.line != last && claim.mood == Mood::Said {
                claim.state = State::Withdrawn;
            }
        }
    }

    /// "Option B": what an earlier message says behind that name is agreed, its other options are not.
    pub(super) fn agree_on_option(&mut self, folded: &str) -> bool {
        let named = |(line, earlier): &(usize, String)| {
            let words = earlier[answers::option(folded, earlier)?].to_owned();
            Some((*line, words))
        };
        let Some((line, words)) = self.options.iter().rev().find_map(named) else {
            return false;
        };
        let mut agreed = Vec::new();
        for claim in self.claims.iter_mut().filter(|it| it.finding.line == line) {
            if words.contains(&text::fold(&claim.finding.quote)) {
                (claim.mood, claim.state) = (Mood::Said, State::Agreed);
                agreed.push((claim.finding.field, claim.finding.segment.clone()));
            } else {
                claim.state = State::Withdrawn;
            }
        }
        for claim in self.claims.iter_mut().filter(|it| it.state == State::Open) {
            if agreed
                .iter()
                .any(|(field, segment)| claim.is_of(field, segment.as_ref()))
            {
                claim.state = State::Withdrawn;
            }
        }
        !agreed.is_empty()
    }

    /// "Fine, $69 it is": the amount of a value that is open.
    pub(super) fn agree_on_amount(&mut self, line: usize, message: &Said, folded: &str) -> bool {
        let amounts = amounts(folded);
        let found = self.claims.iter().rev().find(|claim| {
            (claim.stands() || (claim.proposed && claim.state == State::Disputed))
                && amounts
                    .iter()
                    .any(|words| is_amount_of(words, &claim.finding))
        });
        let Some(found) = found.cloned() else {
            return false;
        };
        let mut finding = Finding {
            line,
            speaker: Some(message.speaker.clone()),
            quote: message.text.clone(),
            ..found.finding
        };
        self.settle(&mut finding, &message.speaker, Weight::Decides);
        self.claims.push(Claim {
            finding,
            mood: Mood::Said,
            state: State::Agreed,
            proposed: false,
        });
        true
    }

    /// "Scrap that": one's own words are taken back, another's are disputed.
    pub(super) fn refuse(
        &mut self,
        line: usize,
        speaker: &str,
        says: bool,
        new: &[(Mood, Finding)],
    ) {
        let Some(last) = self.last_line(line) else {
            return;
        };
        for claim in self
            .claims
            .iter_mut()
            .filter(|claim| claim.finding.line == last)
        {
            let same_field = new
                .iter()
                .any(|(_, it)| claim.is_of(it.field, it.segment.as_ref()));
            if claim.is_by(speaker) && claim.mood == Mood::Said && (!says || same_field) {
                claim.state = State::Withdrawn;
            } else if !says && claim.mood == Mood::Said {
                claim.state = State::Disputed;
            } else if claim.mood != Mood::Said {
                claim.state = State::Refused;
            }
        }
    }

    /// What was said of a field that is named goes.
    pub(super) fn take_back(&mut self, field: &Field) {
        let of_field = |it: &&mut Claim| it.finding.field.name == field.name && it.stands();
        for claim in self.claims.iter_mut().filter(of_field) {
            claim.state = State::Withdrawn;
        }
    }

    /// "Parked until Thursday": what was only proposed is not decided, and no later "ok" agrees with it.
    pub(super) fn park(&mut self, line: usize, new: &[(Mood, Finding)]) {
        self.closed = line - 1;
        for at in 0..self.claims.len() {
            let claim = &self.claims[at];
            let of = |it: &Finding| claim.is_of(it.field, it.segment.as_ref());
            let told = new.iter().any(|(_, it)| of(it));
            // Who argues for another value disagrees, and that is asked about.
            let argued = self.claims.iter().any(|it| {
                it.stands() && of(&it.finding) && it.finding.value != claim.finding.value
            });
            let near = line - claim.finding.line <= MEMORY;
            if near && !told && !argued && claim.is_open_proposal() {
                self.claims[at].state = State::Disputed;
            }
        }
    }

    /// "Procurement hates that": what another proposed just before is turned down.
    pub(super) fn object(&mut self, line: usize, speaker: &str) {
        let near = |it: &&mut Claim| line - it.finding.line <= OBJECTED && !it.is_by(speaker);
        for claim in self.claims.iter_mut().filter(near) {
            if claim.is_open_proposal() {
                claim.state = State::Disputed;
            }
        }
    }

    /// The message that holds what a speaker said last of what was argued, or else said last.
    pub(super) fn line_of(&self, chosen: &Chosen<'_>, speaker: &str) -> Option<usize> {
        let meant = |it: &&Claim| match chosen {
            Chosen::Of(name) => it.is_by(name),
            Chosen::Yours => !it.is_by(speaker),
        };
        let live = |it: &&Claim| !it.mood.is_idle() && it.state != State::Withdrawn;
        let theirs = || self.claims.iter().rev().filter(live).filter(meant);
        let argued = |it: &&Claim| {
            let field = it.finding.field;
            let other = |rival: &Claim| {
                rival.finding.speaker != it.finding.speaker
                    && rival.is_of(field, it.finding.segment.as_ref())
            };
            self.claims.iter().any(other)
        };
        let said = theirs().find(argued).or_else(|| theirs().next());
        said.map(|it| it.finding.line)
    }
}
