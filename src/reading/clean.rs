//! A message without Slack's markup, folded, with the way back to the words as they were typed.

use std::ops::Range;

use super::misspelled;
use super::tables;
use super::words::english;
use crate::text;

/// No message is read farther than this; Slack's own limit is lower.
const LONGEST: usize = 16 * 1024;

/// The department that is written like a pronoun.
const DEPARTMENT: &str = "IT";

/// A message as the reader sees it.
#[derive(Debug, Default)]
pub(super) struct Clean {
    /// Lower case, plain signs, no markup; lines end with a line break.
    pub(super) text: String,
    /// For each byte of `text`, the letter of the message that it came from.
    from: Vec<Range<usize>>,
}

impl Clean {
    /// Cleans a message.
    pub(super) fn new(message: &str) -> Self {
        let mut clean = Self::with_room(message.len().min(LONGEST));
        let mut at = 0;
        let mut line_begins = true;
        let mut code_ends = None;
        let mut table_ends = None;
        while let Some(letter) = message.get(at..).and_then(|rest| rest.chars().next()) {
            if at > LONGEST {
                break;
            }
            let rest = &message[at..];
            if let Some(length) = clean.table_code(rest, at, &mut table_ends) {
                at += length;
                continue;
            }
            let closes = code_ends == Some(at);
            let opens = letter == '`' && !closes && code_ends.is_none();
            if let Some(length) = value_in_code(rest).filter(|_| opens) {
                code_ends = Some(at + length - 1);
            }
            if closes
                || (letter == '`' && code_ends.is_some())
                || (letter == '_' && code_ends.is_some())
            {
                code_ends = code_ends.filter(|_| !closes);
                clean.push(' ', at..at + 1);
                at += 1;
                continue;
            }
            if line_begins && is_quoted_line(rest) {
                at += rest.find('\n').unwrap_or(rest.len());
                line_begins = false;
                continue;
            }
            if is_department(rest, clean.text.chars().next_back()) {
                clean.push_str("technology", at..at + DEPARTMENT.len());
                at += DEPARTMENT.len();
                continue;
            }
            let (length, shown) = match markup(rest, clean.text.chars().next_back()) {
                Some(markup) => markup,
                None => (letter.len_utf8(), None),
            };
            if (is_picture(letter) || (letter == ':' && length > 1))
                && !goes_on(&message[at + length..])
            {
                clean.part(at..at + length, &message[at + length..]);
            }
            let shown_letter = shown.or_else(|| (length == letter.len_utf8()).then_some(letter));
            line_begins = letter == '\n' || (line_begins && letter == ' ');
            clean.push(
                shown_letter.filter(|_| shown != Some(' ')).unwrap_or(' '),
                at..at + length,
            );
            at += length;
        }
        clean.tabled().listed().respelled(message)
    }

    fn with_room(length: usize) -> Self {
        Self {
            text: String::with_capacity(length),
            from: Vec::with_capacity(length),
        }
    }

    /// Takes in a sign of code that is a table, and says how long it is: its fences, and the spaces that
    /// part two cells.
    fn table_code(&mut self, rest: &str, at: usize, ends: &mut Option<usize>) -> Option<usize> {
        let Some(end) = *ends else {
            *ends = Some(at + table_in_code(rest)?);
            return Some(FENCE.len());
        };
        if at >= end {
            *ends = None;
            self.push('\n', at..at + FENCE.len());
            return Some(FENCE.len());
        }
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        if gap < 2 {
            return None;
        }
        let begins = self.text.is_empty() || self.text.ends_with('\n');
        self.push_str(if begins { "" } else { " | " }, at..at + gap);
        Some(gap)
    }

    /// A small picture behind a few words ends their sentence: "we closed march :tada: ARR is 3M".
    /// Two figures stand closer: "$5.2M ARR :rocket: 1,040 customers".
    fn part(&mut self, from: Range<usize>, rest: &str) {
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n' | ';' | '\u{2026}');
        let last = self.text.rsplit(ends).next().unwrap_or_default();
        let figure = rest
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c));
        let parted = if figure { PARTED - 1 } else { PARTED };
        if last.split_whitespace().count() >= parted {
            self.push_str("\u{2026}", from);
        }
    }

    /// With words in full that people shorten, each with the way back to what was typed.
    fn respelled(self, message: &str) -> Self {
        let mut respelled = Self::default();
        let mut rest = 0;
        let mut at = 0;
        while at < self.text.len() {
            let end = word_end(&self.text[at..]) + at;
            let word = &self.text[at..end];
            let typed = || message.get(self.origin(at..end)) == Some(word);
            let mended = || {
                misspelled::mended(word)
                    .filter(|_| typed())
                    .map(str::to_owned)
            };
            if let Some(full) = full(word, &self.text[end..]).or_else(mended) {
                respelled.take(&self, rest..at);
                respelled.push_str(&full, self.origin(at..end));
                rest = end;
            }
            let next = self.text[end..].chars().next();
            at = end + next.map_or(0, char::len_utf8);
        }
        if rest == 0 {
            return self;
        }
        respelled.take(&self, rest..self.text.len());
        respelled
    }

    pub(super) fn take(&mut self, other: &Self, part: Range<usize>) {
        self.text.push_str(&other.text[part.clone()]);
        self.from.extend_from_slice(&other.from[part]);
    }

    fn push(&mut self, letter: char, from: Range<usize>) {
        let mut bytes = [0; 4];
        if letter == '\n' {
            self.push_str("\n", from);
        } else if letter.is_ascii() {
            let plain = letter.to_ascii_lowercase();
            if plain.is_whitespace() || plain.is_control() {
                if !self.text.ends_with([' ', '\n']) && !self.text.is_empty() {
                    self.push_str(" ", from);
                }
            } else {
                self.push_str(plain.encode_utf8(&mut bytes), from);
            }
        } else if letter.is_whitespace() {
            self.push(' ', from);
        } else {
            let folded = text::fold(letter.encode_utf8(&mut bytes));
            self.push_str(&folded, from);
        }
    }

    pub(super) fn push_str(&mut self, words: &str, from: Range<usize>) {
        self.text.push_str(words);
        self.from.extend(std::iter::repeat_n(from, words.len()));
    }

    /// Where a part of the clean text stands in the message.
    pub(super) fn origin(&self, part: Range<usize>) -> Range<usize> {
        match self.from.get(part) {
            Some([first, .., last]) => first.start..last.end,
            Some([only]) => only.clone(),
            _ => 0..0,
        }
    }
}

const FENCE: &str = "```";

/// Where a block of code ends that is a table of segments.
fn table_in_code(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix(FENCE)?;
    let end = inner
        .find(FENCE)
        .filter(|&end| tables::is_table(&inner[..end]))?;
    Some(end + FENCE.len())
}

/// The length of code in a line that holds a value and no program: "`$430`", "`self_serve`".
fn value_in_code(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('`')?;
    let end = inner
        .find(['`', '\n'])
        .filter(|&end| end > 0 && inner[end..].starts_with('`'))?;
    let words = &inner[..end];
    let amount = words.starts_with(|c: char| c.is_ascii_digit() || "$€£~+".contains(c))
        && words.split(' ').count() <= 3
        && words
            .chars()
            .all(|c| c.is_alphanumeric() || " .,%$€£~+-/:".contains(c));
    let name = words
        .chars()
        .all(|c| c.is_alphabetic() || c == '_' || c == '-');
    (amount || name || tables::is_row(words)).then_some(end + 2)
}

/// Whether a list goes on behind a picture: "partners :handshake: and resellers".
fn goes_on(rest: &str) -> bool {
    let rest = rest.trim_start();
    ["and ", "& ", "+ ", "plus ", "or ", "(", ", "]
        .iter()
        .any(|joint| rest.starts_with(joint))
}

/// So many words stand before a picture that parts two sentences.
const PARTED: usize = 3;

fn is_picture(letter: char) -> bool {
    matches!(letter, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}')
}

fn word_end(rest: &str) -> usize {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '\'');
    match end {
        // "w/ reps" is one word.
        Some(1) if rest.starts_with("w/o ") => 3,
        Some(1) if rest.starts_with("w/") => 2,
        end => end.unwrap_or(rest.len()),
    }
}

/// A shortened word in full.
fn full(word: &str, rest: &str) -> Option<String> {
    if let Some(full) = english().spelled.get(word) {
        return Some(full.clone());
    }
    let next = rest.strip_prefix(' ')?.trim_start();
    let says = next.starts_with(|c: char| c.is_ascii_digit() || "$€£~-".contains(c))
        || english()
            .article
            .contains(next.split([' ', '\n']).next().unwrap_or_default());
    if word == "its" {
        return says.then(|| "it's".to_owned());
    }
    // "The buyer's the CFO" is no genitive.
    let stem = word.strip_suffix("'s").filter(|stem| stem.len() > 4)?;
    says.then(|| format!("{stem} is"))
}

/// Whether the next word is a department and no pronoun: "IT signs", "the it manager".
fn is_department(rest: &str, before: Option<char>) -> bool {
    let Some((word, behind)) = rest.split_at_checked(DEPARTMENT.len()) else {
        return false;
    };
    let of_word = |it: char| it.is_alphanumeric() || it == '\'';
    let alone = !before.is_some_and(of_word) && !behind.starts_with(of_word);
    if !alone || !word.eq_ignore_ascii_case(DEPARTMENT) {
        return false;
    }
    let mut next = behind.trim_start().split(|it: char| !it.is_alphabetic());
    let next = next.next().unwrap_or_default();
    // In a message in capitals every "it" is one.
    let loud = !next.is_empty() && next.chars().all(char::is_uppercase);
    english().staff.contains(&next.to_lowercase()) || (word == DEPARTMENT && !loud)
}

/// Whether the line is quoted from somebody else.
fn is_quoted_line(rest: &str) -> bool {
    let mark = rest.strip_prefix("&gt;").or_else(|| rest.strip_prefix('>'));
    mark.is_some_and(|after| after.starts_with([' ', '>', '&']))
}

/// The markup that `rest` begins with: how long it is, and the letter that it shows, if any.
fn markup(rest: &str, before: Option<char>) -> Option<(usize, Option<char>)> {
    const SPACE: Option<char> = Some(' ');
    let first = rest.chars().next()?;
    match first {
        '&' => {
            let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
            let (entity, letter) = entities.iter().find(|(it, _)| rest.starts_with(it))?;
            Some((entity.len(), Some(*letter)))
        }
        '<' => angle(rest).map(|length| (length, SPACE)),
        '`' => {
            let fence = if rest.starts_with("```") { "```" } else { "`" };
            let end = rest[fence.len()..].find(fence)?;
            Some((end + 2 * fence.len(), SPACE))
        }
        // Struck words are taken back.
        '~' if rest[1..].starts_with(|c: char| !c.is_whitespace() && !c.is_ascii_digit()) => {
            let end = rest[1..].find('~')?;
            (!rest[1..=end].contains('\n')).then_some((end + 2, SPACE))
        }
        '-' if rest.starts_with("-ish")
            && !rest[4..].starts_with(char::is_alphanumeric)
            && before.is_some_and(|c| c.is_ascii_digit() || matches!(c, 'k' | 'm')) =>
        {
            Some((4, SPACE))
        }
        '*' | '_' => {
            let inside = before.is_some_and(char::is_alphanumeric)
                && rest[1..].starts_with(char::is_alphanumeric);
            (!inside).then_some((1, SPACE))
        }
        ':' => emoji(rest).map(|length| (length, SPACE)),
        'h' | 'H' if rest.starts_with("http://") || rest.starts_with("https://") => {
            Some((rest.find(char::is_whitespace).unwrap_or(rest.len()), SPACE))
        }
        _ => None,
    }
}

/// `<@U1>`, `<#C1|name>`, `<https://x>`; of a link with a label the label is read.
fn angle(rest: &str) -> Option<usize> {
    let end = rest.find('>')?;
    let inner = &rest[1..end];
    if inner.contains('\n') || !inner.starts_with(['@', '#', '!', 'h', 'm']) {
        return None;
    }
    match inner.split_once('|') {
        Some((address, _)) if address.starts_with('h') || address.starts_with('m') => {
            Some(address.len() + 2)
        }
        _ if inner.starts_with(['@', '#', '!']) || inner.contains(':') => Some(end + 1),
        _ => None,
    }
}

/// `:tada:`.
fn emoji(rest: &str) -> Option<usize> {
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-+".contains(c);
    let end = rest[1..].find(|c: char| !name(c))?;
    let letters = rest[1..=end].contains(|c: char| c.is_ascii_lowercase() || "+-".contains(c));
    (end > 0 && letters && rest[end + 1..].starts_with(':')).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_is_no_pronoun() {
        let text = |message: &str| Clean::new(message).text;
        assert_eq!(text("the IT manager"), "the technology manager");
        assert_eq!(text("the it manager"), "the technology manager");
        assert_eq!(text("head of IT signs"), "head of technology signs");
        assert_eq!(text("is it 49"), "is it 49");
        assert_eq!(text("IT IS 49"), "it is 49");
        assert_eq!(text("it's 49"), "it's 49");
    }

    #[test]
    fn markup_goes_and_the_way_back_stays() {
        let check = |message: &str, expected: &str| {
            assert_eq!(Clean::new(message).text.trim(), expected, "{message}");
        };
        check("*ACV is $20k* and _so on_", "acv is $20k and so on");
        check(
            "<@U1> hi <https://x.de/a?b=1|the deck> :tada:",
            "hi the deck> \u{2026}",
        );
        check(
            "go thru w/ it, thats a yr",
            "go through with it, that's a year",
        );
        check(
            "the buyer's the CFO, buyer's call",
            "the buyer is the cfo, buyer's call",
        );
        check("we closed march :tada: ARR", "we closed march \u{2026} arr");
        check(
            "$5.2M ARR :rocket: 1,040 customers",
            "$5.2m arr \u{2026} 1,040 customers",
        );
        check("a &gt; b &amp; c", "a > b & c");
        check("~$49~ $59", "$59");
        check("~18k usd", "~18k usd");
        check("> quoted 49\nown", "own");
        check("`price $3` https://a.b/49 x", "x");
        check("we’re “in”", "we're \"in\"");
        let clean = Clean::new("so *É $20k* ok");
        let at = clean.text.find("$20k").expect("it is there");
        let origin = clean.origin(at..at + 4);
        assert_eq!(&"so *É $20k* ok"[origin], "$20k");
    }
}
