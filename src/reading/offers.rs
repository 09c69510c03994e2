//! Which of the options before it a message takes, and what that says.

use super::claims::{Claim, State, Weight};
use super::mood::Mood;
use super::options::{Item, Options, Taken};
use super::replies::said;
use super::talk::Talk;
use super::thread::{Said, Thread};
use super::{Context, Finding};
use crate::plan::Value;
use crate::text;

/// An option is taken within so many messages.
const REACH: usize = 8;

impl Thread {
    /// Remembers the options that a message names; of values that exclude each other it says none.
    pub(super) fn offer(
        &mut self,
        line: usize,
        message: &Said,
        context: &Context<'_>,
        findings: &mut Vec<(Mood, Finding)>,
    ) {
        let Some(items) = Options::of(&message.text, context) else {
            return;
        };
        let exclude = Options::exclude(&items) || Options::named(&text::fold(&message.text));
        let silent = items.iter().all(|it| it.findings.is_empty());
        if !(exclude || silent && findings.is_empty()) {
            return;
        }
        if exclude {
            let offered = |it: &Finding| {
                let mut all = items.iter().flat_map(|it| &it.findings);
                all.any(|other| other.field.name == it.field.name)
            };
            findings.retain(|(_, it)| !offered(it));
        }
        self.offers.push(Options {
            line,
            speaker: message.speaker.clone(),
            items,
            mentioned: None,
        });
    }

    /// Takes the option that a message names, and says whether it named one.
    pub(super) fn take_option(
        &mut self,
        line: usize,
        message: &Said,
        context: &Context<'_>,
        findings: &mut Vec<(Mood, Finding)>,
    ) -> bool {
        let folded = text::fold(&message.text);
        let near = |it: &&Options| it.line < line && line - it.line <= REACH;
        let offered = self.offers.last().filter(near).cloned();
        let offered = offered.and_then(|it| Some((it.taken(&folded).or(it.meant(&folded))?, it)));
        if let Some(options) = self.offers.last_mut().filter(|it| it.line < line) {
            options.mention(&folded);
        }
        let argued = || {
            let argued = self.argued(line)?;
            let taken = argued.taken(&folded)?;
            matches!(taken, Taken::Referred(_)).then_some((taken, argued))
        };
        let Some((taken, options)) = offered.or_else(argued) else {
            return false;
        };
        let chosen = chosen(&options, taken, &folded, context);
        if chosen.is_empty() {
            return false;
        }
        let is_offered = |it: &Finding| {
            let quote = text::fold(&it.quote);
            let mut items = options.items.iter();
            items.any(|item| quote.contains(&item.words) || item.words.contains(&quote))
                || chosen.iter().any(|other| other.field.name == it.field.name)
        };
        findings.retain(|(_, it)| !is_offered(it));
        for finding in chosen {
            self.take(line, message, (&options, taken), finding);
        }
        true
    }

    fn take(
        &mut self,
        line: usize,
        message: &Said,
        (options, taken): (&Options, Taken),
        mut finding: Finding,
    ) {
        let named = matches!(taken, Taken::Named(_));
        if named {
            finding.line = line;
            finding.speaker = Some(message.speaker.clone());
            message.text.trim().clone_into(&mut finding.quote);
        } else if finding.speaker.is_none() {
            finding.line = options.line;
            finding.speaker = Some(options.speaker.clone());
        }
        let asked = message.text.contains('?');
        let weight = if named {
            Weight::States
        } else {
            Weight::Decides
        };
        if !asked {
            self.settle(&mut finding, &message.speaker, weight);
        }
        self.claims.push(Claim {
            finding,
            mood: if asked { Mood::Asked } else { Mood::Said },
            state: if named || asked {
                State::Open
            } else {
                State::Agreed
            },
            proposed: false,
            guessed: false,
        });
    }

    /// The values that were said last of a field of which people say different ones.
    fn argued(&self, line: usize) -> Option<Options> {
        let argued = |it: &&Claim| it.mood == Mood::Said && it.state != State::Withdrawn;
        let near = |it: &&Claim| line - it.finding.line <= REACH;
        let last = self
            .claims
            .iter()
            .filter(argued)
            .filter(near)
            .rev()
            .find(|it| {
                let other = |rival: &Claim| {
                    rival.is_of(it.finding.field, it.finding.segment.as_ref())
                        && rival.finding.value != it.finding.value
                };
                self.claims.iter().filter(argued).any(other)
            })?;
        let of = |it: &&Claim| it.is_of(last.finding.field, last.finding.segment.as_ref());
        let items = self.claims.iter().filter(argued).filter(of);
        let items = items.map(|it| Item {
            mark: None,
            words: text::fold(&it.finding.quote),
            typed: it.finding.quote.clone(),
            findings: vec![it.finding.clone()],
        });
        Some(Options {
            line: last.finding.line,
            speaker: last.finding.speaker.clone().unwrap_or_default(),
            items: items.collect(),
            mentioned: None,
        })
    }
}

/// What the options that were taken say.
fn chosen(options: &Options, taken: Taken, folded: &str, context: &Context<'_>) -> Vec<Finding> {
    let at = match taken {
        Taken::Referred(at) | Taken::Named(at) => at,
        Taken::All => return all_of(&options.items),
    };
    let Some(item) = options.items.get(at) else {
        return Vec::new();
    };
    if !item.findings.is_empty() || matches!(taken, Taken::Named(_)) {
        return item.findings.clone();
    }
    // "Take the second one, start now" is heard with the words of the second in its place.
    let mut put = String::new();
    for (place, word) in folded.split(' ').enumerate() {
        let bare = word.trim_matches(|it: char| !it.is_alphanumeric());
        let gap = if place == 0 { "" } else { " " };
        match bare {
            "the" | "one" | "option" => {}
            _ if options.refers(bare) => {
                put = format!("{put}{gap}{}{}", item.words, &word[bare.len()..]);
            }
            _ => put = format!("{put}{gap}{word}"),
        }
    }
    let mut found = said(&put, context, &Talk::default());
    for it in &mut found {
        it.quote.clone_from(&item.typed);
    }
    found
}

/// The sets of all options in one.
fn all_of(items: &[Item]) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    for it in items.iter().flat_map(|it| &it.findings) {
        let known = all
            .iter_mut()
            .find(|known| known.field.name == it.field.name);
        match (known, &it.value) {
            (Some(known), Value::Set(more)) => {
                if let Value::Set(set) = &mut known.value {
                    set.extend(more.iter().cloned());
                }
            }
            (None, Value::Set(_)) => all.push(it.clone()),
            _ => {}
        }
    }
    all
}
