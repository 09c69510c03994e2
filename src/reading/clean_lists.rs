//! A heading and the items under it as one sentence: "channels today" and three lines below.

use std::ops::Range;

use super::clean::Clean;

/// A heading has at most so many words, and an item of its list.
const HEADING: usize = 8;
const ITEM: usize = 5;

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
            if items > 1 && heads(heading, all.iter().map(|line| &self.text[line.clone()])) {
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

    fn lines(&self) -> Vec<Range<usize>> {
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
        for item in items {
            self.end(before, sign, listed);
            let text = &self.text[item.clone()];
            let words =
                text.trim_start_matches(|c: char| !c.is_alphanumeric() && !"$€£~".contains(c));
            let end = item.start + text.trim_end().len();
            listed.take(
                self,
                item.end - words.len()..end.max(item.end - words.len()),
            );
            (sign, before) = (", ", item);
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
    let line = line.trim_start();
    line.starts_with('\u{2022}') || line.starts_with("- ")
}

/// Whether the items are values of what the heading names, and no statements of their own.
fn heads<'a>(heading: &str, mut items: impl Iterator<Item = &'a str>) -> bool {
    let words = heading.split_whitespace().count();
    let of_many = heading.contains("experiment") || heading.contains("date");
    let short = |item: &str| {
        let bare =
            !item.contains([':', '=', '\u{2192}']) && !item.contains(|c: char| c.is_ascii_digit());
        item.split_whitespace().count() <= ITEM + 1 && bare
    };
    let opens = !is_item(heading) && (1..=HEADING).contains(&words) && !heading.contains('?');
    opens && (of_many || items.all(short))
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
