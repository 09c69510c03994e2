//! The parts of a digest, and how a few lines are shared among them.

use crate::render::Inline;

/// One kind of thing that a digest tells.
pub(super) struct Part {
    /// What stands above it where all of it is shown.
    pub(super) title: &'static str,
    /// How it counts where there is room for few: the lowest goes first.
    pub(super) rank: u8,
    /// What is told in the digest itself, the weightiest first.
    pub(super) lines: Vec<Vec<Inline>>,
    /// What is told where all of it is shown.
    pub(super) all: Vec<Vec<Inline>>,
}

impl Part {
    /// A part that is one line in the digest, and a list where all of it is shown.
    pub(super) fn of_summary(
        title: &'static str,
        rank: u8,
        summary: Option<Vec<Inline>>,
        all: Vec<Vec<Inline>>,
    ) -> Self {
        Self {
            title,
            rank,
            lines: summary.into_iter().collect(),
            all,
        }
    }
}

/// Gives `room` lines to the parts: each has one before any has two, the weightiest parts first.
/// Returns the lines in the parts' order, and how many there was no room for.
pub(super) fn allot(parts: Vec<Part>, room: usize) -> (Vec<Vec<Inline>>, usize) {
    let mut wanted: Vec<(usize, u8, usize)> = parts
        .iter()
        .enumerate()
        .flat_map(|(at, part)| (0..part.lines.len()).map(move |round| (round, part.rank, at)))
        .collect();
    wanted.sort_unstable();
    let left = wanted.len().saturating_sub(room);
    wanted.truncate(room);
    let lines = parts.into_iter().enumerate().flat_map(|(at, part)| {
        let given = wanted.iter().filter(|(_, _, of)| *of == at).count();
        part.lines.into_iter().take(given)
    });
    (lines.collect(), left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &'static str, rank: u8, lines: usize) -> Part {
        let line = |n| vec![Inline::plain(format!("{name}{n}"))];
        Part {
            title: name,
            rank,
            lines: (1..=lines).map(line).collect(),
            all: Vec::new(),
        }
    }

    fn check(room: usize, expected: &str) {
        let parts = vec![part("a", 1, 3), part("b", 3, 1), part("c", 2, 2)];
        let (lines, left) = allot(parts, room);
        let words = lines.iter().flatten().map(|inline| match inline {
            Inline::Words(words, _) => words.clone(),
            _ => String::new(),
        });
        let words: Vec<_> = words.collect();
        assert_eq!(format!("{} +{left}", words.join(" ")), expected);
    }

    #[test]
    fn each_part_is_heard_before_any_is_heard_twice() {
        check(1, "a1 +5");
        check(2, "a1 c1 +4");
        check(3, "a1 b1 c1 +3");
        check(4, "a1 a2 b1 c1 +2");
        check(5, "a1 a2 b1 c1 c2 +1");
        check(6, "a1 a2 a3 b1 c1 c2 +0");
        check(9, "a1 a2 a3 b1 c1 c2 +0");
    }
}
