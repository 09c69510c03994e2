//! What a message says only together with those before it: another figure in their unit, more of their list.

use super::super::Finding;
use super::super::claims::union;
use super::super::clean::Clean;
use super::super::mood::Mood;
use super::super::rejoined::{is_figure, value_of};
use super::super::sentence::Kind as Part;
use super::super::thread::Said;
use super::super::{Context, sentence, token};
use super::entries::{Entry, How, REPLY};

/// Figures and lists of so few messages before count.
const REACH: usize = 6;
/// A figure that is likelier than this was said.
const LIKELY: f64 = 0.3;
/// What is added to, and what is added, is at least so likely.
const ADDS: f64 = 0.15;
/// Of a message so many lists that it adds to count.
const MOST: usize = 8;

/// Figures of the message at a line in the unit of earlier ones: "29 a month?", "no, 35".
pub(super) fn again(
    (line, message): (usize, &Said),
    earlier: &[Entry],
    context: &Context<'_>,
) -> Vec<Entry> {
    if message.text.split_whitespace().count() > REPLY {
        return Vec::new();
    }
    let earlier = figures(earlier, line);
    if earlier.is_empty() {
        return Vec::new();
    }
    let clean = Clean::new(&message.text);
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let mut again = Vec::new();
    for element in sentences.iter().flat_map(|it| &it.elements) {
        let Part::Number(scan) = &element.kind else {
            continue;
        };
        for before in &earlier {
            let Some(value) = value_of(element.text, scan, context, &before.finding) else {
                continue;
            };
            #[expect(clippy::cast_precision_loss, reason = "a few messages")]
            let distance = (line - before.finding.line) as f64;
            again.push(Entry {
                how: How::Again,
                chance: before.chance / distance,
                mood: Mood::Said,
                finding: Finding {
                    value,
                    line,
                    speaker: Some(message.speaker.clone()),
                    quote: message.text.trim().to_owned(),
                    ..before.finding.clone()
                },
            });
        }
    }
    again
}

/// The last figure of each field and segment before a line.
fn figures(earlier: &[Entry], line: usize) -> Vec<&Entry> {
    let mut figures: Vec<&Entry> = Vec::new();
    let near = |it: &&Entry| line - it.finding.line <= REACH;
    for it in earlier.iter().rev().take_while(near) {
        let likely = it.chance >= LIKELY && is_figure(it.finding.field.kind);
        let known = |other: &&Entry| is_of_same(other, it);
        if likely && !figures.iter().any(known) {
            figures.push(it);
        }
    }
    figures
}

/// Lists and sets of earlier messages to which these entries add: "dentists" "and vets".
pub(super) fn more(earlier: &[Entry], new: &[Entry]) -> Vec<Entry> {
    let mut more: Vec<Entry> = Vec::new();
    for it in new.iter().filter(|it| it.chance >= ADDS) {
        let near = |other: &&Entry| it.finding.line - other.finding.line <= REACH;
        let before = earlier.iter().rev().take_while(near);
        for other in before.filter(|other| other.chance >= ADDS && is_of_same(other, it)) {
            let Some(value) = union(&other.finding.value, &it.finding.value) else {
                break;
            };
            let grows = value != it.finding.value && value != other.finding.value;
            let known = more.iter().any(|it| it.finding.value == value);
            if grows && !known && more.len() < MOST {
                more.push(Entry {
                    how: How::More,
                    chance: it.chance.min(other.chance),
                    mood: it.mood,
                    finding: Finding {
                        value,
                        ..it.finding.clone()
                    },
                });
            }
        }
    }
    more
}

fn is_of_same(one: &Entry, other: &Entry) -> bool {
    one.finding.field == other.finding.field && one.finding.segment == other.finding.segment
}
