//! What becomes of what was said in a thread: it is agreed, refused, taken back or put off.

use super::Finding;
use super::claims::{Claim, State, Weight, union};
use super::mood::Mood;
use super::parley::{Chosen, is_firm};
use super::phrases::has;
use super::stance::{Stance, amounts, is_amount_of, is_doubt, is_marked};
use super::thread::{Said, Thread};
use crate::plan::{Field, Segment, Value};
use crate::text;

/// How long a message can be agreed with by a word such as "ok": so many messages.
const MEMORY: usize = 6;

/// What only settles a figure has at most so many words.
const SETTLED: usize = 6;

/// What was proposed is turned down within so many messages.
const OBJECTED: usize = 3;

/// Whether a value is of no segment by its name.
fn is_of_all(claim: &Claim) -> bool {
    claim.finding.segment.as_ref().is_some_and(Segment::is_main)
}

/// Whether words say a value of words once more.
fn repeats(folded: &str, claim: &Claim) -> bool {
    match &claim.finding.value {
        Value::List(items) => items.iter().any(|it| has(folded, &text::fold(it))),
        Value::Text(words) => has(folded, &text::fold(words)),
        _ => false,
    }
}

impl Thread {
    /// Makes room for a value that was stated: the same speaker's earlier one goes, and with a
    /// decision everybody's.
    pub(super) fn settle(&mut self, finding: &mut Finding, speaker: &str, weight: Weight) {
        for claim in &mut self.claims {
            let of_matter = claim.is_of(finding.field, finding.segment.as_ref());
            // "What about seo?" "Too slow." "Ok, email it is": what was tried out is tried no more.
            if of_matter && weight == Weight::Decides && claim.mood == Mood::Supposed {
                claim.state = State::Withdrawn;
            }
            if !of_matter || claim.mood != Mood::Said {
                continue;
            }
            let same = claim.finding.value == finding.value;
            if weight == Weight::Adds
                && let Some(both) =
                    union(&claim.finding.value, &finding.value).filter(|_| claim.stands())
            {
                finding.value = both;
                claim.state = State::Joined;
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
    pub(super) fn agree(&mut self, line: usize, speaker: &str, folded: &str) {
        let Some(last) = self.last_line(line) else {
            return;
        };
        // Who says yes to something else after his own figure has not persuaded anybody.
        let own = |it: &Claim| it.finding.line == last && it.is_by(speaker) && it.stands();
        let against = |it: &Claim| {
            let mut own = self.claims.iter().filter(|it| own(it));
            own.any(|own| {
                it.stands()
                    && !it.is_by(speaker)
                    && it.is_of(own.finding.field, own.finding.segment.as_ref())
                    && it.finding.value != own.finding.value
            })
        };
        if !is_firm(folded) && self.is_left_open(last, (line, speaker)) {
            self.drop_refused(last);
        } else if !self.claims.iter().any(against) {
            self.agree_with(last);
        }
    }

    /// "No", "ok": what was tried out in that message is tried no more.
    fn drop_refused(&mut self, tried: usize) {
        let refused = |it: &&mut Claim| it.finding.line == tried && it.state == State::Refused;
        for claim in self.claims.iter_mut().filter(refused) {
            claim.state = State::Withdrawn;
        }
    }

    /// Whether a nod leaves as open as it was what was only tried out in that message: a guess stays one however
    /// many nod, and "true" behind an objection agrees with that.
    fn is_left_open(&self, tried: usize, (line, speaker): (usize, &str)) -> bool {
        let mut of_line = self.claims.iter().filter(|it| it.finding.line == tried);
        of_line.all(|it| {
            let nods_at_it = line == tried + 1 && !it.is_by(speaker);
            it.mood == Mood::Supposed && (it.guessed || !nods_at_it)
        })
    }

    /// What was asked in the message before is agreed.
    pub(super) fn agree_on_question(&mut self, line: usize) {
        let asked = |it: &Claim| it.mood == Mood::Asked && it.finding.line + 1 == line;
        if self.claims.iter().any(asked) {
            self.agree_with(line - 1);
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
        let all = self.claims.clone();
        let said_before = |claim: &Claim| {
            all.iter().any(|it| {
                it.finding.line < claim.finding.line
                    && it.stands()
                    && it.is_of(claim.finding.field, claim.finding.segment.as_ref())
                    && it.finding.value == claim.finding.value
            })
        };
        // What is told of each segment is no longer the same for all.
        let named = agreed.iter().filter(|it| !is_of_all(it));
        let mut parted: Vec<&str> = named.map(|it| it.finding.field.name).collect();
        parted = parted
            .iter()
            .copied()
            .filter(|it| parted.iter().filter(|name| *name == it).count() > 1)
            .collect();
        // What goes with a value that gave way goes, too, where the other side says the same.
        let gone = self.rivals_of(&agreed);
        for claim in &mut self.claims {
            let rival = agreed
                .iter()
                .any(|it| claim.is_of(it.finding.field, it.finding.segment.as_ref()));
            if claim.finding.line == last && matches!(claim.state, State::Disputed | State::Refused)
            {
                claim.state = State::Withdrawn;
                continue;
            }
            if claim.finding.line == last && claim.state == State::Open {
                claim.mood = Mood::Said;
                claim.state = State::Agreed;
                continue;
            }
            let argued = rival && claim.finding.line != last && claim.mood == Mood::Said;
            let of_all = parted.contains(&claim.finding.field.name) && is_of_all(claim);
            let beside = gone.contains(&claim.finding.line) && said_before(claim);
            if argued || of_all || beside {
                claim.state = State::Withdrawn;
            }
        }
    }

    /// "Fine, keep it": what was turned down stays after all.
    pub(super) fn keep(&mut self, folded: &str) -> bool {
        let keeps = [
            "keep it",
            "keep that",
            "keep them",
            "leave it in",
            "it stays",
            "they stay",
        ];
        let keeps = keeps.iter().any(|it| has(folded, it)) && !folded.contains('?');
        let last = self
            .claims
            .iter_mut()
            .rfind(|it| it.state != State::Withdrawn);
        let disputed = last.filter(|it| keeps && it.state == State::Disputed);
        let Some(claim) = disputed else { return false };
        claim.state = State::Agreed;
        true
    }

    /// "Final?" "Signed and all": what the other side only doubted, and its speaker confirms, is agreed.
    pub(super) fn confirm(&mut self, message: &Said, stance: Stance, folded: &str) {
        let doubted = self.doubted.take();
        if let Some((line, _)) = doubted.filter(|(_, by)| *by == message.speaker)
            && stance != Stance::Refuses
            && !folded.contains('?')
            && !has(folded, "not")
        {
            self.agree_with(line);
        }
        let last = self.claims.iter().rfind(|it| it.stands());
        self.doubted = last
            .filter(|it| is_doubt(folded) && !it.is_by(&message.speaker))
            .and_then(|it| Some((it.finding.line, it.finding.speaker.clone()?)));
    }

    /// Whether a message only settles a figure that was said: "399 it is".
    pub(super) fn settles_amount(&self, line: usize, folded: &str) -> bool {
        let short = folded.split_whitespace().count() <= SETTLED;
        let amounts = amounts(folded);
        let of = |it: &Claim| amounts.iter().any(|words| is_amount_of(words, &it.finding));
        let known = |it: &Claim| it.stands() && line - it.finding.line <= MEMORY && of(it);
        short && has(folded, "it is") && amounts.len() == 1 && self.claims.iter().any(known)
    }

    /// One value is agreed, and what was said against it is not.
    fn agree_with_one(&mut self, agreed: &Finding) {
        let of = |it: &&mut Claim| it.is_of(agreed.field, agreed.segment.as_ref()) && it.stands();
        for claim in self.claims.iter_mut().filter(of) {
            claim.state = if claim.finding.value == agreed.value {
                State::Agreed
            } else {
                State::Withdrawn
            };
        }
    }

    /// The lines of what was said against what is agreed.
    fn rivals_of(&self, agreed: &[Claim]) -> Vec<usize> {
        let rivals = self.claims.iter().filter(|claim| {
            claim.stands()
                && agreed.iter().any(|it| {
                    claim.is_of(it.finding.field, it.finding.segment.as_ref())
                        && claim.finding.value != it.finding.value
                })
        });
        rivals.map(|it| it.finding.line).collect()
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
        // "Ok, 22": less than the value that was said only refers to it.
        let whole = amounts.iter().any(|words| is_marked(words));
        if found.state == State::Agreed || (!whole && found.stands()) {
            self.agree_with_one(&found.finding);
            return true;
        }
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
            guessed: false,
        });
        true
    }

    /// "Scrap that": one's own words are taken back, another's are disputed.
    pub(super) fn refuse(
        &mut self,
        line: usize,
        (speaker, folded): (&str, &str),
        says: bool,
        new: &[(Mood, Finding)],
    ) {
        let Some(last) = self.last_line(line) else {
            return;
        };
        // "Wineries too", "no just breweries": what is said again stays.
        let said_again = |it: &Claim| it.is_by(speaker) && it.stands() && repeats(folded, it);
        if !says && self.claims.iter().any(said_again) {
            return;
        }
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

    /// What was said of a field that is named goes; says whether there was something.
    pub(super) fn take_back(&mut self, field: &Field) -> bool {
        let of_field = |it: &&mut Claim| it.finding.field.name == field.name && it.stands();
        let mut gone = 0;
        for claim in self.claims.iter_mut().filter(of_field) {
            claim.state = State::Withdrawn;
            gone += 1;
        }
        gone > 0
    }

    /// A value that is said once more to take it back goes.
    pub(super) fn take_back_value(&mut self, gone: &Finding) {
        let same = |it: &&mut Claim| {
            it.is_of(gone.field, gone.segment.as_ref()) && it.finding.value == gone.value
        };
        for claim in self.claims.iter_mut().filter(same) {
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

    /// "Procurement hates that": what another proposed just before, or brought up, is turned down.
    pub(super) fn object(&mut self, line: usize, speaker: &str) {
        let near = |it: &&mut Claim| line - it.finding.line <= OBJECTED && !it.is_by(speaker);
        for claim in self.claims.iter_mut().filter(near) {
            let brought_up = claim.mood != Mood::Said && claim.finding.line + 1 == line;
            if claim.is_open_proposal() {
                claim.state = State::Disputed;
            } else if brought_up && claim.state == State::Open {
                claim.state = State::Refused;
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
