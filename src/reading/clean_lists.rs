//! A heading and the items under it as one sentence: "channels today" and three lines below.

use std::ops::Range;

use super::clean::Clean;

/// Headings below which every line is a statement of its own, though a colon ends them.
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

/// A heading has at most so many words, and a name in its list.
const HEADING: usize = 8;
const NAME: usize = 6;
/// The same below a heading that a colon ends: it has texts below it, too.
const OPEN_HEADING: usize = 12;
const TEXT: usize = 14;

impl Clean {
    /// With the items below a heading behind it, parted by commas, where they are only names.
    pub(super) fn listed(self) -> Self {
        if !self.text.contains('\n') {
            return self;
        }
        let lines = self.lines();
        let mut listed = Self::default();
        let mut at = 0;
        while at < lines.len() {
            let items = lines[at + 1..]
                .iter()
                .take_while(|line| is_item(&self.text[(*line).clone()]));
            let items = items.count();
            let heading = &self.text[lines[at].clone()];
            let all = &lines[at + 1..=at + items];
            let texts: Vec<&str> = all.iter().map(|line| &self.text[line.clone()]).collect();
            if items > 0 && heads(heading, &texts) {
                self.join(&lines[at], all, &mut listed);
            } else {
                for line in &lines[at..=at + items] {
                    listed.take(&self, line.clone());
                    self.end(line, "\n", &mut listed);
                }
            }
            at += items + 1;
        }
        listed
    }

    pub(super) fn lines(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            lines.push(start..start + line.len());
            start += line.len() + 1;
        }
        lines
    }

    fn join(&self, heading: &Range<usize>, items: &[Range<usize>], listed: &mut Self) {
        let bare =
            self.text[heading.clone()].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        listed.take(self, heading.start..heading.start + bare.len());
        let mut sign = ": ";
        let mut before = heading;
        for line in items {
            self.end(before, sign, listed);
            let words = item(&self.text[line.clone()]).unwrap_or_default();
            let start = line.end - words.len();
            listed.take(self, start..start + words.trim_end().len());
            (sign, before) = (", ", line);
        }
        self.end(before, "\n", listed);
    }

    /// Ends a line with a sign in place of its line break; the last line has none.
    fn end(&self, line: &Range<usize>, sign: &str, listed: &mut Self) {
        if line.end < self.text.len() {
            listed.push_str(sign, self.origin(line.end..line.end + 1));
        }
    }
}

fn is_item(line: &str) -> bool {
    item(line).is_some()
}

/// What stands behind the bullet or the number of an item.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = match number {
        1 | 2 => line[number..].strip_prefix(['.', ')']),
        _ => line.strip_prefix(['-', '\u{2022}', '*', '\u{2013}']),
    };
    let words = behind?.strip_prefix(' ')?;
    Some(words.trim_start_matches(|c: char| !c.is_alphanumeric() && !"$€£~".contains(c)))
}

/// Whether the items are values of what the heading names, and no statements of their own.
fn heads<'a>(heading: &str, items: &[&'a str]) -> bool {
    let words = heading.split_whitespace().count();
    if is_item(heading) || words == 0 || heading.contains('?') {
        return false;
    }
    let of_many = heading.contains("experiment") || heading.contains("date");
    let is_text =
        |item: &&'a str| !item.contains([':', '=']) && item.split_whitespace().count() <= TEXT + 1;
    let is_name = |item: &&'a str| {
        let bare =
            !item.contains([':', '=', '\u{2192}']) && !item.contains(|c: char| c.is_ascii_digit());
        item.split_whitespace().count() <= NAME && bare
    };
    let opens = open_heading(heading).is_some_and(|last| !NEUTRAL.contains(&last));
    (opens && words <= OPEN_HEADING && items.iter().all(is_text))
        || (items.len() > 1 && words <= HEADING && (of_many || items.iter().all(is_name)))
}

/// The last word of a heading that a colon ends.
fn open_heading(heading: &str) -> Option<&str> {
    heading
        .trim_end()
        .strip_suffix(':')?
        .split_whitespace()
        .next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_below_a_heading_are_its_list() {
        let check = |message: &str, expected: &str| {
            assert_eq!(Clean::new(message).text.trim(), expected, "{message}");
        };
        check(
            "channels now:\n\u{2022} seo\n\u{2022} cold calls",
            "channels now: seo, cold calls",
        );
        check(
            "not for us:\n1. casinos that lend\n2. banks",
            "not for us: casinos that lend, banks",
        );
        check("recap:\n- acv 20k", "recap:\n- acv 20k");
        check(
            "deal stages\n- demo\n- offer\nok",
            "deal stages: demo, offer\nok",
        );
        check(
            "news\n- price is $49/mo\n- ok",
            "news\n- price is $49/mo\n- ok",
        );
        let message = "Mix\n\u{2022} SEO\n\u{2022} PR";
        let clean = Clean::new(message);
        let at = clean.text.find("pr").expect("it is there");
        assert_eq!(&message[clean.origin(at..at + 2)], "PR");
    }
}
