//! The cases in `tests/reading/`; its README says how they are written.

use std::path::Path;

use gtm_advisor::plan::{self, Currency, Field, ParseContext, Value};
use gtm_advisor::reading::{Context, Reading, Said, read_message, read_thread};

/// A value that must be read.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) field: &'static Field,
    pub(super) segment: Option<String>,
    pub(super) value: Value,
    pub(super) is_hypothesis: bool,
    /// From which line and speaker.
    pub(super) from: Option<(usize, String)>,
}

/// One message or thread, and what must be read from it.
#[derive(Debug, Clone, Default)]
pub(super) struct Case {
    pub(super) place: String,
    pub(super) kind: String,
    pub(super) messages: Vec<Said>,
    pub(super) is_thread: bool,
    pub(super) wanted: Vec<Wanted>,
    pub(super) questions: Vec<String>,
    pub(super) conflicts: Vec<String>,
}

impl Case {
    /// A message with nothing expected.
    pub(super) fn message(text: &str) -> Self {
        let messages = vec![Said {
            speaker: String::new(),
            text: text.to_owned(),
        }];
        Self {
            messages,
            ..Self::default()
        }
    }

    /// Whether nothing may be proposed.
    pub(super) fn is_trap(&self) -> bool {
        self.wanted.is_empty() && self.questions.is_empty() && self.conflicts.is_empty()
    }

    /// The number of the set that it stands in: 3 for `messages-3.txt`.
    pub(super) fn set(&self) -> u32 {
        let name = self.place.split('.').next().unwrap_or_default();
        let number = name.rsplit('-').next().unwrap_or_default();
        number.parse().unwrap_or(0)
    }

    /// What the reader makes of it.
    pub(super) fn read(&self) -> Reading {
        let context = Context {
            plan: None,
            parse: context(),
        };
        if self.is_thread {
            read_thread(&self.messages, &context)
        } else {
            read_message(&self.messages[0].text, &context)
        }
    }
}

fn context() -> ParseContext {
    ParseContext {
        currency: Currency::USD,
        today: jiff::civil::date(2026, 3, 2),
    }
}

/// Every case of a folder, in the order of its files.
pub(super) fn all(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .collect();
    files.sort();
    files.iter().flat_map(|file| of_file(file)).collect()
}

fn of_file(path: &Path) -> Vec<Case> {
    let name = path
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let is_thread = name.starts_with("threads");
    let text = std::fs::read_to_string(path).expect("a file of cases");
    let mut cases = Vec::new();
    let mut kind = String::new();
    let mut case = Case::default();
    for (number, line) in text.lines().chain([""]).enumerate() {
        let place = format!("{name}:{}", number + 1);
        if let Some(named) = line.strip_prefix("## ") {
            named.clone_into(&mut kind);
        } else if let Some(message) = line.strip_prefix("> ") {
            case.messages.push(said(message, is_thread));
            case.place.clone_from(&place);
        } else if line.is_empty() && !case.messages.is_empty() {
            let done = std::mem::take(&mut case);
            cases.push(Case {
                kind: kind.clone(),
                is_thread,
                ..done
            });
        } else if !line.is_empty() && !line.starts_with("//") {
            expect(&mut case, line, &place);
        }
    }
    cases
}

fn said(message: &str, is_thread: bool) -> Said {
    let (speaker, text) = match message.split_once(": ").filter(|_| is_thread) {
        Some((speaker, text)) => (speaker, text),
        None => ("", message),
    };
    Said {
        speaker: speaker.to_owned(),
        text: text.replace("\\n", "\n"),
    }
}

fn expect(case: &mut Case, line: &str, place: &str) {
    let (mark, rest) = line.split_once(' ').expect("a mark and what it marks");
    match mark {
        "?" => case.questions.push(rest.to_owned()),
        "!" => case.conflicts.push(rest.to_owned()),
        "=" | "~" => case.wanted.push(wanted(rest, mark == "~", place)),
        _ => panic!("{place}: {line}"),
    }
}

fn wanted(words: &str, is_hypothesis: bool, place: &str) -> Wanted {
    let (words, from) = match words.rsplit_once(" <- ") {
        Some((words, from)) => {
            let (line, speaker) = from.split_once(' ').expect("a line and a speaker");
            (
                words,
                Some((line.parse().expect("a line"), speaker.to_owned())),
            )
        }
        None => (words, None),
    };
    let (name, value) = words.split_once(": ").expect("a field and a value");
    let (name, segment) = match name.split_once(" @") {
        Some((name, segment)) => (name, Some(segment.replace('_', "-"))),
        None => (name, None),
    };
    let field = plan::field(name).unwrap_or_else(|| panic!("{place}: no field {name}"));
    let value = field
        .parse(value, &context())
        .unwrap_or_else(|error| panic!("{place}: {error}"));
    Wanted {
        field,
        segment,
        value,
        is_hypothesis,
        from,
    }
}
