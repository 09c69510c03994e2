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
        let mut used = vec![0; words];
        for frame in patterns {
            count(&frame.nodes, &mut used);
        }
        let common = |word: u32| used[word as usize] + if light.contains(word) { LIGHT } else { 0 };
        let common = |words: &[u32]| words.iter().map(|&it| common(it)).sum::<usize>();
        let mut needs = Self {
            of_word: vec![Vec::new(); words],
            ..Self::default()
        };
        let mut known: HashMap<Vec<u32>, Need> = HashMap::new();
        for (place, frame) in patterns.iter().enumerate() {
            let mut of_pattern = needed(&frame.nodes, &common);
            of_pattern.sort_by_key(|words| common(words));
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

/// A word that says nothing is so much more common than any other.
const LIGHT: usize = 10_000;

/// Counts the words of nodes.
fn count(nodes: &[Node], used: &mut [usize]) {
    for node in nodes {
        match node {
            Node::Word(word) => used[*word as usize] += 1,
            Node::Either(ways) => ways.all.iter().for_each(|way| count(way, used)),
            _ => {}
        }
    }
}

/// The lists of words of each of which one must stand where nodes fit; `common` says how common words are.
pub(super) fn needed(nodes: &[Node], common: &impl Fn(&[u32]) -> usize) -> Vec<Vec<u32>> {
    let is_barred = |at: usize| at > 0 && nodes[at - 1] == Node::Bar;
    let allowed = nodes.iter().enumerate().filter(|(at, _)| !is_barred(*at));
    let needed = allowed.filter_map(|(_, node)| words_of(node, common));
    needed
        .map(|mut words| {
            words.sort_unstable();
            words.dedup();
            words
        })
        .collect()
}

/// The words of which one must stand where the node fits; `None` if none must. Each way has its least common ones.
fn words_of(node: &Node, common: &impl Fn(&[u32]) -> usize) -> Option<Vec<u32>> {
    match node {
        Node::Word(word) => Some(vec![*word]),
        Node::Either(ways) => {
            let mut words = Vec::new();
            for way in &ways.all {
                let needed = needed(way, common).into_iter();
                words.extend(needed.min_by_key(|it| common(it))?);
            }
            (!words.is_empty()).then_some(words)
        }
        _ => None,
    }
}
