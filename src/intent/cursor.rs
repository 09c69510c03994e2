//! A place in the words of one command, and the errors that name it.

use std::ops::Range;

use jiff::civil::Date;

use super::words::{Word, split, unwrapped};
use super::{Entry, ParseError};
use crate::plan::parse_date;

/// The words of one command, read from left to right.
pub(super) struct Cursor<'a> {
    input: &'a str,
    end: usize,
    words: Vec<Word>,
    next: usize,
    understood: Vec<String>,
    example: String,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(input: &'a str) -> Self {
        Self {
            input,
            end: unwrapped(input).end,
            words: split(input),
            next: 0,
            understood: Vec::new(),
            example: String::from("help"),
        }
    }

    /// The words that are still unread.
    pub(super) fn rest(&self) -> &[Word] {
        &self.words[self.next..]
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    /// The next word, unread.
    pub(super) fn peek(&self) -> Option<&Word> {
        self.rest().first()
    }

    /// Reads over `n` words.
    pub(super) fn skip(&mut self, n: usize) {
        self.next = (self.next + n).min(self.words.len());
    }

    /// Reads over the next word if it is one of `words`.
    pub(super) fn skip_any(&mut self, words: &[&str]) -> bool {
        let skip = self
            .peek()
            .is_some_and(|word| words.contains(&word.folded.as_str()));
        self.skip(usize::from(skip));
        skip
    }

    /// Leaves out the politeness behind the last word that says something.
    pub(super) fn skip_politeness(&mut self) {
        while let [.., before, last] = self.rest()
            && is_polite(last)
        {
            self.end = before.at.end;
            self.words.pop();
        }
    }

    /// Leaves out politeness, also where nothing else is left: for commands that take no text.
    pub(super) fn skip_all_politeness(&mut self) {
        self.skip_politeness();
        if let [only] = self.rest()
            && is_polite(only)
        {
            self.end = only.at.start;
            self.words.pop();
        }
    }

    /// Notes what has been understood, in words of ours, for the errors that may follow.
    pub(super) fn understand(&mut self, words: impl Into<String>) {
        self.understood.push(words.into());
    }

    /// Notes which command is being read.
    pub(super) fn enter(&mut self, entry: &Entry) {
        self.understand(entry.name);
        entry.example.clone_into(&mut self.example);
    }

    /// The input from the next word to its end, as it was typed.
    pub(super) fn raw_rest(&self) -> &'a str {
        let start = self.peek().map_or(self.end, |word| word.at.start);
        self.raw(start..self.end)
    }

    /// Takes what stands behind the first `word` off the end of the input, as it was typed.
    pub(super) fn cut_behind(&mut self, word: &str) -> Option<String> {
        let place = self.rest().iter().position(|it| it.folded == word)?;
        self.cut_at(place)
    }

    /// The same with the last `until`, if a date is meant by what stands behind it: people wait
    /// "until the pilot ends", too, and that is a part of what they say.
    pub(super) fn cut_date(&mut self) -> Option<String> {
        let place = self.rest().iter().rposition(|it| it.folded == "until")?;
        let behind = self.rest().get(place + 1..)?;
        let any_day = Date::constant(2000, 1, 1);
        let has_digit = |word: &Word| word.folded.contains(|c: char| c.is_ascii_digit());
        let is_date = behind.iter().any(has_digit) || parse_date(&joined(behind), any_day).is_ok();
        if is_date { self.cut_at(place) } else { None }
    }

    fn cut_at(&mut self, place: usize) -> Option<String> {
        let rest = self.rest();
        let (mark, last) = (&rest[place], rest.get(place + 1..)?.last()?);
        let behind = self.raw(mark.at.end..last.at.end.max(self.end)).to_owned();
        let before = place.checked_sub(1).map(|n| rest[n].at.end);
        self.end = before.unwrap_or(mark.at.start);
        self.words.truncate(self.next + place);
        Some(behind)
    }

    /// A part of the input, as it was typed.
    pub(super) fn raw(&self, range: Range<usize>) -> &'a str {
        self.input.get(range).unwrap_or_default().trim()
    }

    /// The next `n` words folded, one space apart.
    pub(super) fn joined(&self, n: usize) -> String {
        joined(&self.rest()[..n.min(self.rest().len())])
    }

    /// Where the next `n` words stand; the end of the input if there are none.
    pub(super) fn place_of(&self, n: usize) -> Range<usize> {
        match self.rest() {
            [first, ..] if n > 0 => {
                let last = &self.rest()[n.min(self.rest().len()) - 1];
                first.at.start..last.at.end
            }
            _ => self.end..self.end,
        }
    }

    /// An error at the next `n` words.
    pub(super) fn error(&self, n: usize, problem: impl Into<String>) -> ParseError {
        self.error_at(self.place_of(n), problem)
    }

    /// An error at a place in the input.
    pub(super) fn error_at(&self, at: Range<usize>, problem: impl Into<String>) -> ParseError {
        ParseError {
            input: self.input.into(),
            at,
            understood: self.understood.join(" ").into(),
            problem: problem.into(),
            suggestions: Vec::new(),
            example: self.example.clone(),
        }
    }

    /// Refuses words that the command has no use for.
    pub(super) fn finish(&mut self, takes: &str) -> Result<(), ParseError> {
        while self.skip_any(&["please", "pls", "now", ".", "!"]) {}
        if self.is_done() {
            return Ok(());
        }
        let command = self.understood.join(" ");
        let problem = format!("`{command}` takes {takes}");
        let mut error = self.error(self.rest().len(), problem);
        error.example.clone_from(&command);
        error.suggestions.push(command);
        Err(error)
    }
}

fn is_polite(word: &Word) -> bool {
    const POLITE: [&str; 4] = ["please", "pls", "thanks", "thx"];
    POLITE.contains(&word.folded.trim_matches(['.', '!', ',']))
}

/// Words folded, one space apart.
pub(super) fn joined(words: &[Word]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.folded.as_str()).collect();
    words.join(" ")
}
