//! A list below its heading, "Not for us:" and one item a line, which is read as one sentence.

/// Headings below which every line is a statement of its own.
const NEUTRAL: &[&str] = &[
    "recap",
    "summary",
    "decisions",
    "decided",
    "decision",
    "notes",
    "update",
    "updates",
    "numbers",
    "agreed",
    "metrics",
    "facts",
    "plan",
    "tl;dr",
    "tldr",
    "today",
    "status",
    "outcome",
    "smb",
    "enterprise",
    "mid-market",
    "consumer",
    "icp",
    "pricing",
    "economics",
    "sales",
    "marketing",
    "finance",
    "follows",
    "team",
    "all",
    "everyone",
    "changes",
    "conclusion",
    "conclusions",
    "results",
    "basics",
    "assumptions",
    "so",
    "now",
    "list",
    "agenda",
    "todo",
    "meeting",
];

/// An item has at most so many words, a heading so many.
const ITEM: usize = 14;
const HEADING: usize = 12;

/// How long the line break and the bullet are that `rest` begins with, where it goes on with the list
/// that the last line of `text` heads or begins.
pub(super) fn joint(text: &str, rest: &str, listed: bool) -> Option<usize> {
    let (length, item) = bullet(rest)?;
    if listed {
        return Some(length);
    }
    let heading = text.rsplit('\n').next().unwrap_or_default().trim_end();
    let heading = heading.strip_suffix(':')?;
    let last = heading.split_whitespace().next_back()?;
    let short = heading.split_whitespace().count() <= HEADING && !NEUTRAL.contains(&last);
    // Lines that name something of their own are no items.
    let items = std::iter::successors(Some(item), |item| next(item).map(|(_, item)| item));
    let plain = items.take(LINES).all(|item| {
        let line = item.split('\n').next().unwrap_or_default();
        !line.contains([':', '=']) && line.split_whitespace().count() <= ITEM
    });
    (short && plain).then_some(length)
}

/// No list is looked at farther than so many lines.
const LINES: usize = 20;

fn next(item: &str) -> Option<(usize, &str)> {
    bullet(&item[item.find('\n')?..])
}

/// How long a line break and the bullet behind it are, and what follows.
fn bullet(rest: &str) -> Option<(usize, &str)> {
    let line = rest.strip_prefix('\n')?.trim_start_matches([' ', '\t']);
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = match number {
        1 | 2 => line[number..].strip_prefix(['.', ')']),
        _ => line.strip_prefix(['-', '\u{2022}', '*', '\u{2013}']),
    };
    let item = behind?.strip_prefix(' ')?;
    Some((rest.len() - item.len(), item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_below_its_heading() {
        assert_eq!(joint("not for us:", "\n- casinos\n- banks", false), Some(3));
        assert_eq!(joint("not for us: casinos", "\n2. banks", true), Some(4));
        assert_eq!(joint("not for us:", "\ncasinos", false), None);
        assert_eq!(joint("recap:", "\n- acv 20k", false), None);
        assert_eq!(joint("this:", "\n- acv: 20k\n- quota: 500k", false), None);
        assert_eq!(joint("no heading", "\n- casinos", false), None);
    }
}
