//! JSON, with the place of every key and value.
//!
//! `serde_json` says whether the text is JSON and where it is not, but forgets places; a second
//! pass over what is known to be JSON finds them.

use std::collections::HashSet;

use super::Problem;
use super::node::{Content, Entry, Node};

/// How deep a file may nest.
const DEEPEST: usize = 32;

/// Reads JSON that begins at byte `base` of its file.
pub(super) fn read(text: &str, base: usize) -> Result<Node, Vec<Problem>> {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        let message = error.to_string();
        let message = message
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned();
        let message = format!(
            "this is no JSON: {message}; a plan begins like {{\"plan\": {{\"name\": \"Ledgerly\"}}}}"
        );
        let at = byte_of(text, error.line(), error.column());
        return Err(vec![Problem::new(base + at, message)]);
    }
    let mut pass = Pass {
        text,
        at: 0,
        base,
        problems: Vec::new(),
    };
    match pass.value(0) {
        Some(Node {
            content: Content::Table(_),
            ..
        }) if !pass.problems.is_empty() => Err(pass.problems),
        Some(
            root @ Node {
                content: Content::Table(_),
                ..
            },
        ) => Ok(root),
        Some(root) => Err(vec![Problem::new(
            base,
            format!(
                "a plan is an object such as {{\"plan\": {{…}}}}, and this is {}",
                root.content.noun()
            ),
        )]),
        None => Err(vec![Problem::new(
            base + pass.at,
            "the file nests too deep to be read",
        )]),
    }
}

/// The byte of a place that the library counts in lines and bytes of a line, from 1.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// A pass over text that is known to be JSON.
struct Pass<'a> {
    text: &'a str,
    at: usize,
    base: usize,
    problems: Vec<Problem>,
}

impl Pass<'_> {
    /// Reads a value; `None` where the text nests too deep (or is no JSON after all).
    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        self.skip_space();
        let at = self.base + self.at;
        let content = match self.peek()? {
            b'{' => self.table(depth)?,
            b'[' => self.array(depth)?,
            b'"' => Content::Words(self.string()?),
            b't' => self.literal("true", Content::YesNo(true)),
            b'f' => self.literal("false", Content::YesNo(false)),
            b'n' => self.literal("null", Content::Null),
            _ => self.number()?,
        };
        Some(Node { at, content })
    }

    fn table(&mut self, depth: usize) -> Option<Content> {
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys: HashSet<String> = HashSet::new();
        loop {
            self.skip_space();
            match self.peek()? {
                b'}' => {
                    self.at += 1;
                    return Some(Content::Table(entries));
                }
                b',' => self.at += 1,
                _ => {
                    let at = self.base + self.at;
                    let key = self.string()?;
                    self.skip_space();
                    self.at += 1; // The colon.
                    let node = self.value(depth + 1)?;
                    if !keys.insert(key.clone()) {
                        self.problems
                            .push(Problem::new(at, format!("`{key}` stands here twice")));
                    }
                    entries.push(Entry { key, at, node });
                }
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<Content> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.peek()? {
                b']' => {
                    self.at += 1;
                    return Some(Content::Array(items));
                }
                b',' => self.at += 1,
                _ => items.push(self.value(depth + 1)?),
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let rest = self.text.get(self.at..)?;
        let mut escaped = false;
        let end = rest.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        let quoted = rest.get(..end + 2)?;
        self.at += quoted.len();
        serde_json::from_str(quoted).ok()
    }

    fn number(&mut self) -> Option<Content> {
        let rest = self.text.get(self.at..)?;
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        let end = rest
            .bytes()
            .position(|byte| !is_part(byte))
            .unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| Content::Number(rest[..end].to_owned()))
    }

    fn literal(&mut self, word: &str, content: Content) -> Content {
        self.at += word.len();
        content
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }
}
