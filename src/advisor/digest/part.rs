//! The parts of a digest, and how a few lines are shared among them.

use crate::render::Inline;

/// How many things one line names beside its own.
const NAMES: usize = 3;

/// One kind of thing that a digest tells.
#[derive(Default)]
pub(super) struct Part {
    /// What stands above it where all of it is shown.
    pub(super) title: &'static str,
    /// How it counts where there is room for few: the lowest goes first.
    pub(super) rank: u8,
    /// What is told in the digest itself, the weightiest first.
    pub(super) lines: Vec<Vec<Inline>>,
    /// The short name of what each line tells, where it has one, and of what has no line: what there is
    /// no room for is named at the end of the last line.
    pub(super) names: Vec<Option<String>>,
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
            names: Vec::new(),
            all,
        }
    }

    /// So many of its lines; the last one names the rest.
    fn first(mut self, given: usize) -> Vec<Vec<Inline>> {
        self.lines.truncate(given);
        let rest = self.names.iter().skip(given).flatten();
        let names: Vec<_> = rest.map(String::as_str).collect();
        if let Some(last) = self.lines.last_mut().filter(|_| !names.is_empty()) {
            let shown = names[..names.len().min(NAMES)].join(", ");
            let more = match names.len().saturating_sub(NAMES) {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            last.push(Inline::plain(format!(" · also: {shown}{more}")));
        }
        self.lines
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
        part.first(given)
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
            ..Part::default()
        }
    }

    #[test]
    fn what_has_no_line_is_named_at_the_end_of_the_last() {
        let names = ["price", "", "motion", "churn", "cycle", "margin"];
        let owned = |name: &&str| (!name.is_empty()).then(|| (*name).to_owned());
        let check = |given: usize, expected: &str| {
            let part = Part {
                names: names.iter().map(owned).collect(),
                ..part("a", 1, 3)
            };
            let last = part.first(given).pop().expect("a line");
            let words: Vec<_> = last.into_iter().skip(1).collect();
            let also = [Inline::plain(expected)];
            assert_eq!(words, if expected.is_empty() { &[][..] } else { &also });
        };
        check(1, " · also: motion, churn, cycle and 1 more");
        check(3, " · also: churn, cycle, margin");
        let whole = Part {
            names: vec![None; 3],
            ..part("a", 1, 3)
        };
        assert_eq!(whole.first(2).len(), 2);
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
