//! Slack's markup. What people wrote enters it escaped, and is cut only where nothing breaks.

use jiff::Timestamp;
use unicode_segmentation::UnicodeSegmentation;

use super::kit::limit;
use crate::render::{Emphasis, Inline, Names, is_web, joined, link_text, one_line, utc};

/// How long Slack takes a text to be; entities count as they are written.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// Words without Slack's three special characters.
pub fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Escaped plain words, cut with an ellipsis at the limit, never inside an entity or a character
/// that is written with several code points.
pub fn cut(escaped: &str, limit: usize) -> String {
    if length(escaped) <= limit {
        return escaped.to_owned();
    }
    let mut kept = String::new();
    let mut room = limit.saturating_sub(1);
    for unit in units(escaped) {
        let need = length(unit);
        if need > room {
            break;
        }
        room -= need;
        kept.push_str(unit);
    }
    let end = kept.trim_end().len();
    kept.truncate(end);
    kept.push('…');
    kept
}

/// The smallest parts of escaped words: entities, and characters as people see them.
fn units(escaped: &str) -> impl Iterator<Item = &str> {
    let mut rest = escaped;
    std::iter::from_fn(move || {
        let entity = ["&amp;", "&lt;", "&gt;"]
            .into_iter()
            .find(|entity| rest.starts_with(entity));
        let end = match entity {
            Some(entity) => entity.len(),
            None => rest.graphemes(true).next()?.len(),
        };
        let (unit, after) = rest.split_at(end);
        rest = after;
        Some(unit)
    })
}

/// Writes a paragraph as markup, in parts that each hold at most `limit` characters and none of
/// which is blank.
pub fn parts(inlines: &[Inline], names: Names<'_>, limit: usize) -> Vec<String> {
    let runs: Vec<_> = joined(inlines)
        .into_iter()
        .map(|run| named(run, names, limit))
        .collect();
    let mut writer = Writer::new(limit);
    for (i, run) in runs.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| edge(&runs[i], End::Last));
        let after = runs.get(i + 1).and_then(|next| edge(next, End::First));
        match run {
            Run::Atom(atom) => writer.atom(atom),
            // Marks work at the edges of words only; code works anywhere.
            Run::Words(words, mark) => {
                let blanks = words.trim().len() < words.len();
                let usable = *mark == "`" || blanks || is_edge(before) && is_edge(after);
                writer.words(words, if usable { mark } else { "" });
            }
        }
    }
    writer.finish()
}

/// A run on its way into markup.
enum Run {
    /// Words as people wrote them, and the mark around them.
    Words(String, &'static str),
    /// Markup that must not be cut.
    Atom(String),
}

fn named(run: Inline, names: Names<'_>, limit: usize) -> Run {
    match run {
        Inline::Words(words, Emphasis::Plain) => Run::Words(words, ""),
        Inline::Words(words, Emphasis::Strong) => Run::Words(words, "*"),
        Inline::Words(words, Emphasis::Soft) => Run::Words(words, "_"),
        Inline::Code(code) => Run::Words(code, "`"),
        // What has an address has become a link by now.
        Inline::Message { label, .. } => Run::Words(one_line(&label), ""),
        // The mark of a group or of everybody is no id of a person.
        Inline::Ping(person) if is_id(person.as_str()) => Run::Atom(format!("<@{person}>")),
        Inline::Person(person) | Inline::Ping(person) => Run::Words(one_line(&names(&person)), ""),
        Inline::Channel { channel, label } => match channel.as_str() {
            id if id.bytes().all(|b| b.is_ascii_alphanumeric()) => Run::Atom(format!("<#{id}>")),
            _ => Run::Words(one_line(&label), ""),
        },
        Inline::When(at) => Run::Atom(date(at)),
        Inline::Link { label, url } => link(&label, &url, limit),
    }
}

fn is_id(words: &str) -> bool {
    let is_persons = words.starts_with('U') || words.starts_with('W');
    is_persons
        && words
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// An instant in the reader's own zone.
fn date(at: Timestamp) -> String {
    let (seconds, fallback) = (at.as_second(), utc(at));
    if seconds < 0 {
        return fallback;
    }
    format!("<!date^{seconds}^{{date_short_pretty}} at {{time}}|{fallback}>")
}

/// A link, or its words where it is none that Slack would take.
fn link(label: &str, url: &str, limit: usize) -> Run {
    let address = escape(url).replace('|', "%7C");
    // A label holds neither `|` nor a line break.
    let words = escape(&one_line(label).replace('|', "¦"));
    let room = limit.min(limit::SECTION).checked_sub(length(&address) + 3);
    match room {
        Some(room) if is_web(url) && length(&address) <= limit::URL && room > 0 => {
            if words.is_empty() {
                return Run::Atom(format!("<{address}>"));
            }
            Run::Atom(format!("<{address}|{}>", cut(&words, room)))
        }
        _ => Run::Words(link_text(label, url), ""),
    }
}

enum End {
    First,
    Last,
}

fn edge(run: &Run, end: End) -> Option<char> {
    match (run, end) {
        (Run::Atom(_), End::First) => Some('<'),
        (Run::Atom(_), End::Last) => Some('>'),
        (Run::Words(words, _), End::First) => words.chars().next(),
        (Run::Words(words, _), End::Last) => words.chars().next_back(),
    }
}

/// Marks work at the edge of a word only.
fn is_edge(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation())
}

/// Fills parts of at most `limit` characters.
struct Writer {
    limit: usize,
    done: Vec<String>,
    now: String,
    room: usize,
    mark: &'static str,
}

impl Writer {
    fn new(limit: usize) -> Self {
        Self {
            limit,
            done: Vec::new(),
            now: String::new(),
            room: limit,
            mark: "",
        }
    }

    /// Words line by line, since a mark does not reach over a line's end. A mark that stands
    /// among the words themselves would end too early, so such words go without.
    fn words(&mut self, words: &str, mark: &'static str) {
        for line in words.split_inclusive('\n') {
            let inner = line.trim();
            let mark = if inner.contains(mark) { "" } else { mark };
            let start = line.len() - line.trim_start().len();
            self.run(&line[..start], "");
            for word in inner.split_inclusive(char::is_whitespace) {
                self.run(word, mark);
            }
            self.run(&line[start + inner.len()..], "");
        }
    }

    fn run(&mut self, words: &str, mark: &'static str) {
        let words = escape(words);
        if length(&words) + 2 * mark.len() <= self.limit {
            self.push(&words, mark);
            return;
        }
        for unit in units(&words) {
            if length(unit) + 2 * mark.len() <= self.limit {
                self.push(unit, mark);
            } else {
                for c in unit.chars() {
                    self.push(c.encode_utf8(&mut [0; 4]), mark);
                }
            }
        }
    }

    fn atom(&mut self, atom: &str) {
        self.push(atom, "");
    }

    /// Adds what is not cut; there is room for it in a part of its own.
    fn push(&mut self, unit: &str, mark: &'static str) {
        if unit.is_empty() {
            return;
        }
        let marks = if mark == self.mark { 0 } else { 2 * mark.len() };
        if length(unit) + marks > self.room {
            self.end_part();
        }
        if self.now.is_empty() && unit.trim().is_empty() {
            return;
        }
        self.switch(mark);
        self.now.push_str(unit);
        self.room -= length(unit);
    }

    /// Closes the open mark and opens another; `room` always leaves space for closing it.
    fn switch(&mut self, mark: &'static str) {
        if mark == self.mark {
            return;
        }
        self.now.push_str(self.mark);
        self.now.push_str(mark);
        self.room -= 2 * mark.len();
        self.mark = mark;
    }

    fn end_part(&mut self) {
        let mut part = std::mem::take(&mut self.now);
        part.truncate(part.trim_end().len());
        part.push_str(self.mark);
        self.mark = "";
        self.room = self.limit;
        if !part.trim().is_empty() {
            self.done.push(part);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_part();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::Person;

    fn written(inlines: &[Inline], limit: usize) -> Vec<String> {
        parts(
            inlines,
            &|person: &Person| format!("<!channel> {person}"),
            limit,
        )
    }

    fn check(inlines: &[Inline], expected: &str) {
        assert_eq!(written(inlines, 100), [expected]);
    }

    #[test]
    fn people_cannot_write_markup_that_reaches_others() {
        check(
            &[Inline::plain("<!channel> & <@U1>")],
            "&lt;!channel&gt; &amp; &lt;@U1&gt;",
        );
        check(&[Inline::Person(Person::new("U1"))], "&lt;!channel&gt; U1");
        check(&[Inline::code("<!here>")], "`&lt;!here&gt;`");
    }

    #[test]
    fn weight_is_marked_where_slack_sees_it() {
        check(
            &[
                Inline::strong("Price"),
                Inline::plain(": "),
                Inline::soft("low "),
            ],
            "*Price*: _low_",
        );
        check(&[Inline::strong(" a\nb")], "*a*\n*b*");
        check(&[Inline::plain("x"), Inline::strong("y")], "xy");
        check(&[Inline::strong("a*b")], "a*b");
        check(&[Inline::code("a`b")], "a`b");
        check(&[Inline::soft("plan_size")], "plan_size");
    }

    #[test]
    fn links_lead_to_the_web_only_and_have_clean_labels() {
        let link = |label: &str, url: &str| Inline::Link {
            label: label.to_owned(),
            url: url.to_owned(),
        };
        check(
            &[link("a|b > c\nd", "https://example.com/?a=1&b=2|3")],
            "<https://example.com/?a=1&amp;b=2%7C3|a¦b &gt; c d>",
        );
        check(&[link("", "https://example.com")], "<https://example.com>");
        check(
            &[link("x", "javascript:alert(1)")],
            "x [javascript:alert(1)]",
        );
        check(&[link("x", "!channel")], "x [!channel]");
        let far = format!("https://example.com/{}", "a".repeat(200));
        assert!(written(&[link("x", &far)], 100).len() > 1);
    }

    #[test]
    fn instants_are_told_in_the_readers_zone() {
        let at = "2026-11-22T14:05:00Z".parse().expect("a timestamp");
        check(
            &[Inline::When(at)],
            "<!date^1795356300^{date_short_pretty} at {time}|2026-11-22 14:05 UTC>",
        );
        let old = "1900-01-01T00:00:00Z".parse().expect("a timestamp");
        check(&[Inline::When(old)], "1900-01-01 00:00 UTC");
    }

    #[test]
    fn long_words_are_split_between_words_and_marked_again() {
        assert_eq!(
            written(&[Inline::strong("aaa bbb ccc")], 10),
            ["*aaa bbb*", "*ccc*"]
        );
        assert_eq!(
            written(&[Inline::plain("&&&")], 11),
            ["&amp;&amp;", "&amp;"]
        );
        assert_eq!(
            written(&[Inline::plain("e\u{301}e\u{301}")], 3),
            ["e\u{301}", "e\u{301}"]
        );
        assert!(written(&[Inline::plain(" \n ")], 10).is_empty());
    }

    #[test]
    fn a_cut_breaks_nothing() {
        let check = |words: &str, limit: usize, expected: &str| {
            assert_eq!(cut(words, limit), expected);
        };
        check("abc", 3, "abc");
        check("abcd", 3, "ab…");
        check("a&amp;b", 5, "a…");
        check("a&amp;bcd", 7, "a&amp;…");
        check("ab cd", 4, "ab…");
        check("👩‍👩‍👧x👩‍👩‍👧", 6, "👩‍👩‍👧…");
    }
}
