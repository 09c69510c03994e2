//! Just enough of Rust's grammar to measure source text: what is code, what is a test, what is a
//! function, what is imported.

/// What stays visible in [`blanked`] text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Code alone.
    Code,
    /// Code and the contents of string literals.
    CodeAndStrings,
}

/// The text with comments (and, for [`Keep::Code`], the contents of literals) turned into spaces;
/// every line and column stays where it was.
pub(super) fn blanked(text: &str, keep: Keep) -> String {
    let mut out: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < out.len() {
        at = match token(&out, at) {
            Token::Comment(end) => {
                blank(&mut out, at, end);
                end
            }
            Token::Literal { open, close, end } => {
                if keep == Keep::Code {
                    blank(&mut out, open, close);
                }
                end
            }
            Token::Other(end) => end,
        };
    }
    out.into_iter().collect()
}

/// A file's text, blanked once for all checks.
pub(super) struct Measured {
    /// The code, tests and all.
    pub(super) code: String,
    /// The code without its tests.
    pub(super) program: String,
}

impl Measured {
    pub(super) fn of(text: &str) -> Self {
        let code = blanked(text, Keep::Code);
        let program = without_tests(&code);
        Self { code, program }
    }
}

enum Token {
    Comment(usize),
    Literal {
        open: usize,
        close: usize,
        end: usize,
    },
    Other(usize),
}

fn token(text: &[char], at: usize) -> Token {
    let starts = |from: usize, with: &str| {
        with.chars()
            .enumerate()
            .all(|(n, c)| text.get(from + n) == Some(&c))
    };
    if starts(at, "//") {
        return Token::Comment(
            (at..text.len())
                .find(|n| text[*n] == '\n')
                .unwrap_or(text.len()),
        );
    }
    if starts(at, "/*") {
        return Token::Comment(block_comment_end(text, at));
    }
    if let Some((open, hashes)) = raw_string(text, at) {
        let closing: String = std::iter::once('"')
            .chain(std::iter::repeat_n('#', hashes))
            .collect();
        let close = (open..text.len())
            .find(|n| starts(*n, &closing))
            .unwrap_or(text.len());
        return Token::Literal {
            open,
            close,
            end: (close + closing.len()).min(text.len()),
        };
    }
    match text[at] {
        '"' => quoted(text, at, '"'),
        // A lifetime has no closing quote right behind its first letter.
        '\'' if text.get(at + 1) == Some(&'\\') || text.get(at + 2) == Some(&'\'') => {
            quoted(text, at, '\'')
        }
        c if is_word(c) => Token::Other(
            (at..text.len())
                .find(|n| !is_word(text[*n]))
                .unwrap_or(text.len()),
        ),
        _ => Token::Other(at + 1),
    }
}

/// Where the contents of a raw string begin and how many `#` it has, if one begins here.
fn raw_string(text: &[char], at: usize) -> Option<(usize, usize)> {
    let after_prefix = match (text[at], text.get(at + 1)) {
        ('r', _) => at + 1,
        ('b' | 'c', Some('r')) => at + 2,
        _ => return None,
    };
    let hashes = text[after_prefix..]
        .iter()
        .take_while(|c| **c == '#')
        .count();
    (text.get(after_prefix + hashes) == Some(&'"')).then_some((after_prefix + hashes + 1, hashes))
}

fn block_comment_end(text: &[char], at: usize) -> usize {
    let mut depth = 0;
    let mut n = at;
    while n + 1 < text.len() {
        match (text[n], text[n + 1]) {
            ('/', '*') => (depth, n) = (depth + 1, n + 2),
            ('*', '/') => (depth, n) = (depth - 1, n + 2),
            _ => n += 1,
        }
        if depth == 0 {
            return n;
        }
    }
    text.len()
}

fn quoted(text: &[char], at: usize, quote: char) -> Token {
    let mut n = at + 1;
    while n < text.len() && text[n] != quote {
        n += if text[n] == '\\' { 2 } else { 1 };
    }
    let close = n.min(text.len());
    Token::Literal {
        open: at + 1,
        close,
        end: (close + 1).min(text.len()),
    }
}

fn blank(text: &mut [char], from: usize, to: usize) {
    for c in &mut text[from..to] {
        if *c != '\n' {
            *c = ' ';
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Blanked code without the items that exist in tests only.
pub(super) fn without_tests(code: &str) -> String {
    let mut out: Vec<char> = code.chars().collect();
    for (from, to) in test_items(&out) {
        blank(&mut out, from, to);
    }
    out.into_iter().collect()
}

/// How many lines of blanked code are no part of an item that exists in tests only.
pub(super) fn lines_outside_tests(code: &str) -> usize {
    let chars: Vec<char> = code.chars().collect();
    let breaks = |part: &[char]| part.iter().filter(|c| **c == '\n').count();
    let inside: usize = test_items(&chars)
        .iter()
        .map(|(from, to)| breaks(&chars[*from..*to]) + 1)
        .sum();
    code.lines().count().saturating_sub(inside)
}

/// The items that exist in tests only, each with the line it begins on.
pub(super) fn test_code(code: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = code.chars().collect();
    let line_of = |n: usize| chars[..n].iter().filter(|c| **c == '\n').count() + 1;
    test_items(&chars)
        .into_iter()
        .map(|(from, to)| (line_of(from), chars[from..to].iter().collect()))
        .collect()
}

/// Where items that exist in tests only begin and end.
fn test_items(code: &[char]) -> Vec<(usize, usize)> {
    let attribute: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at + attribute.len() <= code.len() {
        if code[at..].starts_with(&attribute) {
            let end = item_end(code, at + attribute.len());
            found.push((at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The end of the item that begins at or after `at`: its closing brace, or its semicolon.
fn item_end(code: &[char], at: usize) -> usize {
    let mut depth = 0usize;
    for (n, c) in code.iter().enumerate().skip(at) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && *c == '}' {
                    return n + 1;
                }
            }
            ';' if depth == 0 => return n + 1,
            _ => {}
        }
    }
    code.len()
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    /// Its name.
    pub name: String,
    /// The line of its `fn`, from 1.
    pub line: usize,
    /// How many lines from there to its closing brace.
    pub lines: usize,
}

/// All functions with a body in blanked code, inner ones too.
pub(super) fn functions(code: &str) -> Vec<Function> {
    let chars: Vec<char> = code.chars().collect();
    let line_of = lines_of(&chars);
    let mut found = Vec::new();
    // Offsets are counted on from the last word, not from the beginning each time.
    let (mut bytes, mut at) = (0, 0);
    for (offset, _) in words(code).filter(|(_, word)| *word == "fn") {
        at += code[bytes..offset].chars().count();
        bytes = offset;
        let rest = chars[at + 2..].iter().skip_while(|c| c.is_whitespace());
        let name: String = rest.take_while(|c| is_word(**c)).collect();
        let end = item_end(&chars, at);
        if !name.is_empty() && chars.get(end.wrapping_sub(1)) == Some(&'}') {
            let line = line_of[at];
            let lines = line_of[end - 1] - line + 1;
            found.push(Function { name, line, lines });
        }
    }
    found
}

/// The line of each character, from 1.
fn lines_of(chars: &[char]) -> Vec<usize> {
    chars
        .iter()
        .scan(1, |line, c| {
            let own = *line;
            *line += usize::from(*c == '\n');
            Some(own)
        })
        .collect()
}

/// The words of blanked code with their byte offsets.
pub(super) fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.split(|c| !is_word(c))
        .scan(0, move |_, word| {
            Some((word.as_ptr() as usize - code.as_ptr() as usize, word))
        })
        .filter(|(_, word)| !word.is_empty())
}

/// The top-level modules that blanked code names by a path, with the line of each. `depth` is how
/// many modules deep the file is (`src/a.rs` and `src/a/mod.rs`: 1).
pub(super) fn imports(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, word) in words(code) {
        let path = match word {
            "crate" | "gtm_advisor" => code[at + word.len()..].strip_prefix("::"),
            "super" => climb(&code[at..], depth),
            _ => None,
        };
        let line = code[..at].matches('\n').count() + 1;
        found.extend(
            path.into_iter()
                .flat_map(first_names)
                .map(|name| (line, name)),
        );
    }
    found
}

/// What follows `super::` taken `depth` times; fewer stay within the top-level module.
fn climb(path: &str, depth: usize) -> Option<&str> {
    let mut rest = path;
    for _ in 0..depth {
        rest = rest.strip_prefix("super::")?;
    }
    Some(rest)
}

/// The first name of a path, or of each path in a group.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| is_word(*c))
            .collect::<String>()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {}
        }
        parts.last_mut().expect("it starts with one").push(c);
    }
    parts
        .iter()
        .map(|part| name(part.trim_start_matches(',')))
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_in_place() {
        let text =
            "let a = \"x // {\"; // b {\nlet c = '{'; /* } /* } */ */ let d: &'a str = r#\"\"}\"#;";
        let code = blanked(text, Keep::Code);
        assert_eq!(
            code,
            "let a = \"      \";       \nlet c = ' ';                 let d: &'a str = r#\"  \"#;"
        );
        assert!(blanked(text, Keep::CodeAndStrings).contains("x // {"));
        assert_eq!(
            blanked(r#"'\'' "\"{" b"{" x"#, Keep::Code),
            r#"'  ' "   " b" " x"#
        );
    }

    #[test]
    fn test_items_are_left_out() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { c(); }\n}\n#[cfg(test)]\nmod more;\nfn d() {}\n";
        assert_eq!(
            without_tests(code).split_whitespace().collect::<String>(),
            "fna(){}fnd(){}"
        );
        assert_eq!(without_tests(code).lines().count(), code.lines().count());
        assert_eq!(lines_outside_tests(code), 2);
    }

    #[test]
    fn functions_are_measured_from_fn_to_brace() {
        let code = "trait T {\n  fn a(&self);\n}\nfn b<const N: usize>(x: [u8; 3])\nwhere\n  u8: Copy,\n{\n  fn c() {}\n}\ntype F = fn(u8) -> u8;\n";
        let found: Vec<_> = functions(code)
            .into_iter()
            .map(|f| (f.name, f.line, f.lines))
            .collect();
        assert_eq!(found, [("b".to_owned(), 4, 6), ("c".to_owned(), 8, 1)]);
    }

    #[test]
    fn imports_are_found_in_all_spellings() {
        let code = "use crate::a::B;\nuse crate::{b::{c, d}, e as f};\nfn x() { crate::g::h(); super::i(); super::super::j::k(); }\n";
        let names: Vec<_> = imports(code, 2)
            .into_iter()
            .map(|(line, name)| format!("{line}{name}"))
            .collect();
        assert_eq!(names, ["1a", "2b", "2e", "3g", "3j"]);
        assert_eq!(imports("use super::{a, b};", 1).len(), 2);
    }
}
