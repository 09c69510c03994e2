//! Which patterns may fit a sentence at all: those of which all words stand in it that they must have.

use std::collections::HashMap;

use super::line::Piece;
use super::pattern::{Node, Words};
use super::table::Frame;

/// A list of words of which one must stand, by its number.
type Need = usize;

/// What patterns need.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// By word: the needs that it meets.
    of_word: Vec<Vec<Need>>,
    /// By need: the patterns that are found by it, because their other needs are met more often.
    rarest: Vec<Vec<usize>>,
    /// By pattern: its other needs.
    others: Vec<Vec<Need>>,
}

impl Needs {
    /// The needs of patterns of so many words, of which some say nothing.
    pub(super) fn of(patterns: &[Frame], words: usize, light: &Words) -> Self {
        let of_patterns: Vec<Vec<Vec<u32>>> = patterns.iter().map(needed).collect();
        let mut used = vec![0; words];
        for &word in of_patterns.iter().flatten().flatten() {
            used[word as usize] += 1;
        }
        let mut needs = Self {
            of_word: vec![Vec::new(); words],
            ..Self::default()
        };
        let mut known: HashMap<Vec<u32>, Need> = HashMap::new();
        for (place, mut of_pattern) in of_patterns.into_iter().enumerate() {
            of_pattern.sort_by_key(|words| {
                let common = words.iter().filter(|&&it| light.contains(it)).count();
                words.iter().map(|&it| used[it as usize]).sum::<usize>() + 10_000 * common
            });
            let numbers = of_pattern.into_iter().map(|words| {
                let next = known.len();
                *known.entry(words).or_insert(next)
            });
            let mut numbers = numbers.collect::<Vec<Need>>().into_iter();
            needs.rarest.resize_with(known.len(), Vec::new);
            if let Some(rarest) = numbers.next() {
                needs.rarest[rarest].push(place);
            }
            needs.others.push(numbers.collect());
        }
        for (words, need) in known {
            for word in words {
                needs.of_word[word as usize].push(need);
            }
        }
        needs
    }

    /// The patterns whose needs these pieces meet, in order, each with the piece at which it may begin at last:
    /// each of its needs stands there or behind.
    pub(super) fn met_by(&self, pieces: &[Piece<'_>]) -> Vec<(usize, usize)> {
        // Behind the last piece that meets a need; nowhere is at the beginning.
        let mut ends: Vec<u16> = vec![0; self.rarest.len()];
        let mut met: Vec<Need> = Vec::with_capacity(MET);
        for (end, piece) in (1..=u16::MAX).zip(pieces) {
            let needs = piece.id.map(|word| &self.of_word[word as usize]);
            for &need in needs.into_iter().flatten() {
                if ends[need] == 0 {
                    met.push(need);
                }
                ends[need] = end;
            }
        }
        let mut patterns = Vec::with_capacity(MET);
        for need in met {
            for &place in &self.rarest[need] {
                let others = self.others[place].iter().map(|&it| ends[it]);
                let end = others.fold(ends[need], u16::min);
                if let Some(last) = usize::from(end).checked_sub(1) {
                    patterns.push((place, last));
                }
            }
        }
        patterns.sort_unstable();
        patterns
    }
}

/// The pieces of most sentences meet fewer needs, and the needs of fewer patterns.
const MET: usize = 512;

/// The lists of words of each of which one must stand where a pattern fits.
pub(super) fn needed(frame: &Frame) -> Vec<Vec<u32>> {
    let is_barred = |at: usize| at > 0 && frame.nodes[at - 1] == Node::Bar;
    let nodes = frame.nodes.iter().enumerate();
    let needed = nodes.filter(|(at, _)| !is_barred(*at));
    let needed = needed.filter_map(|(_, node)| first_words(node));
    needed
        .map(|mut words| {
            words.sort_unstable();
            words.dedup();
            words
        })
        .collect()
}

/// The words of which one must stand where the node fits; `None` if none must.
fn first_words(node: &Node) -> Option<Vec<u32>> {
    match node {
        Node::Word(word) => Some(vec![*word]),
        Node::Either(ways) => {
            let mut words = Vec::new();
            for way in &ways.all {
                words.extend(way.iter().find_map(first_words)?);
            }
            (!words.is_empty()).then_some(words)
        }
        _ => None,
    }
}
