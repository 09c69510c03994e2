//! Of which field a message of a thread speaks, by its words and by those before it: "who signs?" "the CFO".

use std::sync::LazyLock;

use super::super::hints::{Features, Table};
use super::lines::Lines;
use crate::plan::{self, Field};

/// So many fields a message may speak of, each at least so likely.
const MOST: usize = 3;
const LEAST: f64 = 0.08;

/// A field that a message may speak of, and how likely it does.
pub(super) type About = (f64, &'static Field);

/// What speaks for which field.
#[derive(Debug)]
pub(super) struct Topics {
    table: Table,
    /// The classes that are fields, and these.
    classes: Vec<u16>,
    fields: Vec<&'static Field>,
}

impl Topics {
    /// Those that were fitted.
    pub(super) fn get() -> &'static Self {
        static TOPICS: LazyLock<Topics> = LazyLock::new(|| {
            Topics::parse(include_str!("topics.txt")).expect("a test writes the weights")
        });
        &TOPICS
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let table = Table::parse(text)?;
        let names = table.names().iter().enumerate();
        let fields = names.filter_map(|(at, it)| Some((u16::try_from(at).ok()?, plan::field(it)?)));
        let (classes, fields) = fields.unzip();
        Some(Self {
            table,
            classes,
            fields,
        })
    }

    /// The fields that a message of a thread may speak of, the likeliest first.
    pub(super) fn of(&self, lines: &Lines<'_>, at: usize) -> Vec<About> {
        let mut sums = self.table.none();
        let [own, before, far] = topic(lines, at);
        self.table.add(&mut sums, &own);
        self.table.add(&mut sums, &before);
        let chances = self
            .table
            .chances((&sums, &far), None, &self.classes)
            .into_iter();
        let about = chances.zip(self.fields.iter().copied());
        let mut about: Vec<About> = about.filter(|(chance, _)| *chance >= LEAST).collect();
        about.sort_by(|one, other| other.0.total_cmp(&one.0));
        about.truncate(MOST);
        about
    }
}

/// What tells of which field a message speaks: its words, those of the one before it, and farther ones.
pub(super) fn topic(lines: &Lines<'_>, at: usize) -> [Features; 3] {
    let [mut own, mut before, mut far] = [(); 3].map(|()| Features::default());
    lines.add_words(&mut own, "o", at);
    lines.add_kinds(&mut own, "ok:", at);
    match at.checked_sub(1) {
        Some(at) => {
            lines.add_words(&mut before, "p", at);
            lines.add_kinds(&mut before, "pk:", at);
        }
        None => before.add(&["p:start"]),
    }
    for word in at.checked_sub(2).map_or(&[][..], |at| lines.words(at)) {
        far.add(&["f:", word]);
    }
    let question = lines.question_before(at);
    for word in question.map_or(&[][..], |at| lines.words(at)) {
        far.add(&["q:", word]);
    }
    [own, before, far]
}
