//! Sizes and habits of one source file.

use super::source::{Keep, Measured, blanked, functions, lines_outside_tests, test_code, words};

/// Lines of a file outside its tests.
pub(super) const FILE_LINES: usize = 400;
/// Lines of a file that is all tests.
pub(super) const TEST_FILE_LINES: usize = 600;
/// Lines of a function outside tests.
pub(super) const FUNCTION_LINES: usize = 60;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &[
    "utils", "util", "common", "helpers", "helper", "manager", "service", "prelude", "misc",
];

/// Words that only the adapter and its counterpart know; `http` speaks the same protocol.
const SLACK_WORDS: &[&str] = &[
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "views.open",
    "views.publish",
    "users.info",
    "conversations.",
    "auth.test",
    "app_mention",
    "block_actions",
    "url_verification",
    "event_callback",
    "mrkdwn",
    "plain_text",
    "X-Slack-",
    "x-slack-",
];

/// What must never be an argument of a log line: it is, or holds, what a person wrote.
const NEVER_LOGGED: &[&str] = &[
    "body",
    "words",
    "text",
    "document",
    "inbound",
    "origin",
    "said",
    "token",
    "secret",
    "response_url",
    "reply",
    "quote",
    "payload",
    "headline",
];

/// Faults that concern every file.
pub(super) fn check_any(text: &str, measured: &Measured) -> Vec<String> {
    let code = &measured.code;
    let mut faults = Vec::new();
    if !text.starts_with("//!") {
        faults.push("1: no module doc".to_owned());
    }
    for (pattern, why) in [
        ("#[ignore", "an ignored test guards nothing"),
        (
            "#[allow(",
            "`#[expect(…, reason = …)]` says why and notices when it is no longer needed",
        ),
        (
            "#![allow(",
            "`#![expect(…, reason = …)]` says why and notices when it is no longer needed",
        ),
        ("todo!(", "unfinished"),
        ("unimplemented!(", "unfinished"),
        ("dbg!(", "left over"),
    ] {
        faults.extend(lines_with(code, pattern).map(|line| format!("{line}: `{pattern}`: {why}")));
    }
    for expect in code.match_indices("#[expect(") {
        let attribute = code[expect.0..].split(']').next().unwrap_or_default();
        if !attribute.contains("reason") {
            faults.push(format!(
                "{}: `#[expect]` without a reason",
                line_of(code, expect.0)
            ));
        }
    }
    faults
}

/// Faults of a file of the program itself.
pub(super) fn check_program(measured: &Measured) -> Vec<String> {
    let code = &measured.program;
    let mut faults: Vec<String> = lines_with(code, ".unwrap()")
        .map(|line| format!("{line}: `unwrap()` outside tests"))
        .collect();
    let lines = lines_outside_tests(&measured.code);
    if lines > FILE_LINES {
        faults.push(format!(
            "1: {lines} lines outside tests, {FILE_LINES} at most"
        ));
    }
    let long = functions(code)
        .into_iter()
        .filter(|function| function.lines > FUNCTION_LINES);
    faults.extend(long.map(|f| {
        format!(
            "{}: `{}` has {} lines, {FUNCTION_LINES} at most",
            f.line, f.name, f.lines
        )
    }));
    faults.extend(check_logs(code));
    for (line, tests) in test_code(&measured.code) {
        faults.extend(check_waiting(&tests, line));
    }
    faults
}

/// Faults of a file that is all tests.
pub(super) fn check_tests(measured: &Measured) -> Vec<String> {
    let lines = measured.code.lines().count();
    let mut faults = check_waiting(&measured.code, 1);
    if lines > TEST_FILE_LINES {
        faults.push(format!(
            "1: {lines} lines, {TEST_FILE_LINES} at most in a file of tests"
        ));
    }
    faults
}

/// A test waits for the thing itself; whoever sleeps hopes.
fn check_waiting(code: &str, first_line: usize) -> Vec<String> {
    lines_with(code, "thread::sleep(")
        .map(|line| format!("{}: a test sleeps", first_line + line - 1))
        .collect()
}

/// A log line says what happened and to which id; never what was said.
fn check_logs(code: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for name in [
        "trace!", "debug!", "info!", "warn!", "error!", "event!", "_span!",
    ] {
        for (at, _) in code.match_indices(&format!("{name}(")) {
            let arguments = balanced(&code[at + name.len()..]);
            let bad = words(arguments).find(|(_, word)| NEVER_LOGGED.contains(word));
            faults.extend(
                bad.map(|(_, word)| {
                    format!("{}: a log line with `{word}` in it", line_of(code, at))
                }),
            );
        }
    }
    faults.extend(
        lines_with(code, "#[instrument")
            .map(|line| format!("{line}: `#[instrument]` logs arguments")),
    );
    faults.extend(
        lines_with(code, "tracing::instrument")
            .map(|line| format!("{line}: `#[instrument]` logs arguments")),
    );
    faults
}

/// The text from an opening parenthesis to the one that closes it.
fn balanced(text: &str) -> &str {
    let mut depth = 0;
    for (n, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..=n];
        }
    }
    text
}

/// Faults of a file that must not know the words of the service it talks to.
pub(super) fn check_slack_words(text: &str, measured: &Measured) -> Vec<String> {
    let shown = blanked(text, Keep::CodeAndStrings);
    let code = &measured.program;
    let in_tests = |line: usize| {
        code.lines()
            .nth(line - 1)
            .is_none_or(|line| line.trim().is_empty())
    };
    SLACK_WORDS
        .iter()
        .flat_map(|word| lines_with(&shown, word).map(move |line| (line, word)))
        .filter(|(line, _)| !in_tests(*line))
        .map(|(line, word)| format!("{line}: `{word}` belongs into `slack/` or `playground/`"))
        .collect()
}

/// Faults of a file's name.
pub(super) fn check_name(path: &str) -> Vec<String> {
    let parts = path.split('/').map(|part| part.trim_end_matches(".rs"));
    parts
        .filter(|part| EMPTY_NAMES.contains(part))
        .map(|part| format!("1: `{part}` says nothing about what is inside"))
        .collect()
}

fn lines_with<'a>(code: &'a str, pattern: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(pattern).map(|(at, _)| line_of(code, at))
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

fn any(text: &str) -> Vec<String> {
    check_any(text, &Measured::of(text))
}

fn program(text: &str) -> Vec<String> {
    check_program(&Measured::of(text))
}

fn tests_only(text: &str) -> Vec<String> {
    check_tests(&Measured::of(text))
}

fn slack_words(text: &str) -> Vec<String> {
    check_slack_words(text, &Measured::of(text))
}

#[test]
fn a_file_needs_a_doc_and_has_no_leftovers() {
    assert_eq!(
        any("//! Doc.\n// todo!( in a comment\nlet a = \"#[ignore]\";\n"),
        [""; 0]
    );
    assert_eq!(any("fn a() { todo!() }\n").len(), 2);
    assert_eq!(
        any("//! Doc.\n#[ignore = \"slow\"]\n#[allow(dead_code)]\nfn a() { dbg!(1) }").len(),
        3
    );
    assert_eq!(
        any("//! Doc.\n#[expect(dead_code)]\n#[expect(unused, reason = \"later\")]\n"),
        ["2: `#[expect]` without a reason"]
    );
}

#[test]
fn long_files_and_functions_are_faults() {
    let body = "    a();\n".repeat(FUNCTION_LINES - 2);
    let function = format!("fn f() {{\n{body}}}\n");
    assert_eq!(program(&function), [""; 0]);
    let longer = format!("fn f() {{\n    a();\n{body}}}\n");
    assert_eq!(program(&longer), ["1: `f` has 61 lines, 60 at most"]);
    assert_eq!(program(&"// comment\n\n".repeat(FILE_LINES / 2)), [""; 0]);
    assert_eq!(program(&"use a;\n".repeat(FILE_LINES + 1)).len(), 1);
    let tests = format!(
        "#[cfg(test)]\nmod tests {{\n{}}}\n",
        "    use a;\n".repeat(FILE_LINES)
    );
    assert_eq!(program(&tests), [""; 0]);
    assert_eq!(tests_only(&"\n".repeat(TEST_FILE_LINES + 1)).len(), 1);
}

#[test]
fn unwrap_is_for_tests() {
    assert_eq!(
        program("fn f() { a.unwrap() }"),
        ["1: `unwrap()` outside tests"]
    );
    assert_eq!(
        program("fn f() { a.unwrap_or(b) }\n#[cfg(test)]\nmod tests { fn g() { a.unwrap() } }"),
        [""; 0]
    );
}

#[test]
fn a_test_that_sleeps_is_a_fault() {
    assert_eq!(
        tests_only("fn f() { std::thread::sleep(x); }"),
        ["1: a test sleeps"]
    );
    let inside = "fn f() { thread::sleep(x); }\n#[cfg(test)]\nmod tests {\n  fn g() { thread::sleep(x); }\n}";
    assert_eq!(program(inside), ["4: a test sleeps"]);
}

#[test]
fn a_log_line_with_words_of_a_person_is_a_fault() {
    assert_eq!(
        program("fn f() { tracing::info!(event = \"text\", id = %row.id, \"body\"); }"),
        [""; 0]
    );
    assert_eq!(
        program("fn f() { tracing::warn!(body = %x); }"),
        ["1: a log line with `body` in it"]
    );
    assert_eq!(
        program("fn f() { info!(id, said = ?inbound.said(a, b)); }").len(),
        1
    );
    assert_eq!(
        program("#[tracing::instrument(skip_all)]\nfn f() {}").len(),
        1
    );
}

#[test]
fn slack_words_stay_in_the_adapter() {
    assert_eq!(
        slack_words(
            "//! Never `mrkdwn`.\nfn f() {}\n#[cfg(test)]\nmod tests { const A: &str = \"mrkdwn\"; }"
        ),
        [""; 0]
    );
    assert_eq!(
        slack_words("const M: &str = \"chat.postMessage\";").len(),
        1
    );
}

#[test]
fn a_name_says_what_is_inside() {
    assert_eq!(check_name("src/plan/value.rs"), [""; 0]);
    assert_eq!(check_name("src/plan/utils.rs").len(), 1);
    assert_eq!(check_name("src/common/mod.rs").len(), 1);
}
