//! Free words: texts, lists, and yes or no.

use super::placeholder;
use crate::plan::field::{Field, Format, Items};
use crate::plan::{Currency, Value, ValueError};
use crate::text;

/// The most characters of a text, and of one item of a list.
const LONGEST_TEXT: usize = 2_000;

/// Reads free words as they stand, without signs that cannot be seen.
pub(super) fn parse_text(field: &Field, input: &str) -> Result<Value, ValueError> {
    if field.format == Format::Currency {
        let currency = Currency::of_words(input);
        let problem = "that is no currency whose ISO 4217 code I know";
        let currency = currency.ok_or_else(|| field.refuse(input, problem))?;
        return Ok(Value::Text(currency.into()));
    }
    clean(field, input).map(Value::Text)
}

/// The words without white space around them and without control characters.
fn clean(field: &Field, input: &str) -> Result<String, ValueError> {
    let kept = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\t');
    let words: String = input.chars().filter(kept).collect();
    let words = words.trim();
    let length = words.chars().count();
    if length == 0 {
        return Err(field.refuse(input, format!("{} needs words", field.label)));
    }
    if length > LONGEST_TEXT {
        let problem = format!("that has {length} characters, and {LONGEST_TEXT} is the most");
        return Err(field.refuse(input, problem));
    }
    if placeholder::holds_place(field, words) {
        return Err(placeholder::refusal(field, words));
    }
    Ok(words.to_owned())
}

/// Reads a list of free texts; no item at all is the answer "none".
pub(super) fn parse_list(field: &Field, items: &[String]) -> Result<Value, ValueError> {
    if let [only] = items
        && is_none(only)
    {
        return Ok(Value::List(Vec::new()));
    }
    if items.len() > field.most {
        let problem = format!(
            "these are {} items, and {} is the most",
            items.len(),
            field.most
        );
        return Err(field.refuse(&items.join("; "), problem));
    }
    let clean = items.iter().map(|item| clean(field, item));
    clean.collect::<Result<_, _>>().map(Value::List)
}

/// Whether the words say that there is nothing.
pub(super) fn is_none(words: &str) -> bool {
    matches!(
        text::fold(words).as_str(),
        "none" | "nothing" | "[]" | "none yet" | "no"
    )
}

/// The items of a list in one line.
///
/// Where there is a line break or a semicolon, only these separate; else commas and the words
/// "and", "plus" and "&" do, unless the items are sentences. An item in double quotes is whole
/// (a doubled quote within it is one quote), and brackets around the list are left off.
pub(super) fn items(words: &str, kind: Items) -> Vec<String> {
    let words = words.trim();
    let inner = words
        .strip_prefix('[')
        .and_then(|words| words.strip_suffix(']'));
    let words = inner.unwrap_or(words);
    let breaks = match kind {
        _ if has_hard_break(words) => Breaks::Hard,
        Items::Sentences => Breaks::None,
        Items::Phrases => Breaks::Soft,
    };
    let mut items = vec![Item::default()];
    let mut rest = words;
    while let Some(sign) = rest.chars().next() {
        let last = items.last_mut().expect("there is always a last item");
        if is_quote(sign)
            && last.words.trim().is_empty()
            && let Some((quoted, after)) = take_quoted(rest)
        {
            *last = Item {
                words: quoted,
                quoted: true,
            };
            rest = after;
        } else if let Some(after) = take_break(rest, breaks, &last.words) {
            items.push(Item::default());
            rest = after;
        } else {
            last.words.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
    }
    let whole = items.into_iter().map(Item::finish);
    whole.filter(|item| !item.is_empty()).collect()
}

/// An item while it is read.
#[derive(Default)]
struct Item {
    words: String,
    quoted: bool,
}

impl Item {
    fn finish(self) -> String {
        if self.quoted {
            self.words
        } else {
            self.words.trim().to_owned()
        }
    }
}

/// Whether the list uses the separators that stand above commas.
fn has_hard_break(words: &str) -> bool {
    let mut rest = words;
    let mut item_begins = true;
    while let Some(sign) = rest.chars().next() {
        if is_quote(sign)
            && item_begins
            && let Some((_, after)) = take_quoted(rest)
        {
            rest = after;
            continue;
        }
        if matches!(sign, ';' | '\n') {
            return true;
        }
        item_begins = sign == ',' || (item_begins && sign.is_whitespace());
        rest = &rest[sign.len_utf8()..];
    }
    false
}

/// What separates the items of one list.
#[derive(Clone, Copy)]
enum Breaks {
    /// Line breaks and semicolons alone.
    Hard,
    /// Commas and words such as "and".
    Soft,
    /// Nothing: it is one sentence.
    None,
}

/// What follows a separator, if `rest` begins with one.
fn take_break<'a>(rest: &'a str, breaks: Breaks, before: &str) -> Option<&'a str> {
    match breaks {
        Breaks::Hard => return rest.strip_prefix([';', '\n']),
        Breaks::None => return None,
        Breaks::Soft => {}
    }
    if let Some(after) = rest.strip_prefix(',') {
        // A comma between digits belongs to a number.
        let digits = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
        let in_number = digits(before.chars().next_back()) && digits(after.chars().next());
        return if in_number { None } else { Some(after) };
    }
    let begins = before.is_empty() || before.ends_with(char::is_whitespace);
    if !begins {
        return None;
    }
    for word in ["and", "plus", "&", "+"] {
        let head = rest.get(..word.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(word))
            && rest[word.len()..].starts_with(char::is_whitespace)
        {
            return Some(&rest[word.len()..]);
        }
    }
    None
}

/// Whether a sign opens or closes a quoted item.
fn is_quote(sign: char) -> bool {
    matches!(sign, '"' | '\u{201C}' | '\u{201D}')
}

/// The quoted item that `words` begins with, if it is closed and nothing but a separator follows.
fn take_quoted(words: &str) -> Option<(String, &str)> {
    let mut signs = words.char_indices().skip(1).peekable();
    let mut item = String::new();
    while let Some((place, sign)) = signs.next() {
        if !is_quote(sign) || signs.next_if(|&(_, next)| next == sign).is_some() {
            item.push(sign);
        } else {
            let after = words[place + sign.len_utf8()..].trim_start_matches([' ', '\t']);
            let closed = after.is_empty()
                || after.starts_with([',', ';', '\n', '&', '+'])
                || after.starts_with("and ")
                || after.starts_with("plus ");
            return closed.then_some((item, after));
        }
    }
    None
}

/// Whether a text must stand in quotes to be one item of a list.
pub(in crate::plan) fn needs_quotes(item: &str, kind: Items) -> bool {
    let read_whole = |words: &str| items(words, kind).first().is_some_and(|read| read == item);
    let breaks = |sign: char| is_quote(sign) || matches!(sign, ';' | '\n' | '[' | ']');
    item.contains(breaks) || !read_whole(item) || is_none(item)
}

/// A text as one whole item of a list.
pub(in crate::plan) fn quoted(item: &str) -> String {
    let mut quoted = String::from('"');
    for sign in item.chars() {
        quoted.push(sign);
        if is_quote(sign) {
            quoted.push(sign);
        }
    }
    quoted.push('"');
    quoted
}

/// How people say yes, in plain words.
const YES: &[&str] = &[
    "yes",
    "y",
    "yep",
    "yeah",
    "yup",
    "true",
    "sure",
    "we do",
    "we are",
    "yes we do",
    "yes they do",
    "they do",
    "yes we are",
    "it is",
    "there is",
    "of course",
    "absolutely",
    "already",
    "we have",
    "correct",
];

/// How people say no; an apostrophe parts words here.
const NO: &[&str] = &[
    "no",
    "n",
    "nope",
    "nah",
    "false",
    "not yet",
    "no not yet",
    "we don t",
    "we do not",
    "no we don t",
    "no we do not",
    "we are not",
    "we aren t",
    "they don t",
    "they do not",
    "never",
    "none",
    "not really",
    "not at all",
    "it is not",
    "it isn t",
    "there is not",
    "there isn t",
    "there is none",
    "not today",
    "we have not",
    "we haven t",
];

/// Reads yes or no as people say it.
pub(super) fn parse_yes_no(field: &Field, input: &str) -> Result<Value, ValueError> {
    let folded = text::fold(input);
    let said = text::words(&folded).join(" ");
    if YES.contains(&said.as_str()) {
        return Ok(Value::YesNo(true));
    }
    if NO.contains(&said.as_str()) {
        return Ok(Value::YesNo(false));
    }
    Err(field.refuse(input, format!("{} is yes or no", field.label)))
}
