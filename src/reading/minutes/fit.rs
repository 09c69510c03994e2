//! Fits topics and model to the threads and questions in `tests/reading/`:
//! `BLESS=1 cargo test --release --lib minutes` writes the weights anew, and
//! `MEASURE=1 cargo test --release --lib minutes -- --nocapture` says how well threads are read that they do not know.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cited::Citing;
use super::entries::Heap;
use super::features::{Beside, around, of_field};
use super::lines::Lines;
use super::model::{CLASS, Model};
use super::topics::{Topics, topic};
use super::{SURE, Sure, is_same, matters, rows, write_by};
use crate::plan::{self, Currency, Field, ParseContext, Segment, Value};
use crate::reading::hints::{Choice, Example, Names, choose, fit, messages, numbered};
use crate::reading::thread::{Ruled, by_rules};
use crate::reading::{Conflict, Context, Finding, Said};

/// The rules were written for the threads of the sets before; how well those are read says little of others.
const NEW: u32 = 67;

/// How far a fit steps at first, and what smaller weights are not written.
const TOPIC: (f32, f32) = (2.0, 0.8);
const ROW: (f32, f32) = (1.0, 0.1);

const CITE: (f32, f32) = (1.0, 0.1);
/// The labels of the sets before cite whichever message.
const CITED: u32 = 40;

/// A message of more words, or one that says several things, teaches no topic.
const SHORT: usize = 20;

fn context() -> Context<'static> {
    Context {
        plan: None,
        parse: ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 3, 2),
        },
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading")
}

/// The texts of a folder whose names begin so, by their numbers.
fn texts(folder: &Path, begins: &str) -> BTreeMap<u32, String> {
    let files = std::fs::read_dir(folder).expect("a folder of cases");
    let texts = files.filter_map(|file| {
        let path = file.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let number = name.strip_prefix(begins)?.parse().ok()?;
        Some((
            number,
            std::fs::read_to_string(&path).expect("a file of cases"),
        ))
    });
    texts.collect()
}

/// What a thread comes to, and in which message it is said.
struct Wanted {
    field: &'static Field,
    segment: Option<String>,
    value: Value,
    line: usize,
}

impl Wanted {
    fn of_line(line: &str) -> Option<Self> {
        let (label, from) = line.strip_prefix("= ")?.rsplit_once(" <- ")?;
        let (name, value) = label.split_once(": ")?;
        let (name, segment) = match name.split_once(" @") {
            Some((name, segment)) => (name, Some(segment.replace('_', "-"))),
            None => (name, None),
        };
        let field = plan::field(name)?;
        Some(Self {
            field,
            segment,
            value: field.parse(value, &context().parse).ok()?,
            line: from.split(' ').next()?.parse().ok()?,
        })
    }

    fn is(&self, it: &Finding) -> bool {
        let segment = it.segment.as_ref().map(Segment::as_str);
        let segment = segment.filter(|it| *it != "main");
        self.field == it.field
            && self.segment.as_deref() == segment
            && is_same(it.field, &self.value, &it.value)
    }
}

struct Thread {
    set: u32,
    messages: Vec<Said>,
    wanted: Vec<Wanted>,
    /// The fields that people disagree about.
    argued: Vec<&'static Field>,
}

impl Thread {
    fn of_block(set: u32, block: &str) -> Option<Self> {
        let said = block.lines().filter_map(|line| {
            let (speaker, text) = line.strip_prefix("> ")?.split_once(": ")?;
            Some(Said {
                speaker: speaker.to_owned(),
                text: text.replace("\\n", "\n"),
            })
        });
        let messages: Vec<Said> = said.collect();
        let wanted = block.lines().filter_map(Wanted::of_line).collect();
        let argued = block.lines().filter_map(|it| it.strip_prefix("! "));
        let argued = argued.filter_map(plan::field).collect();
        (!messages.is_empty()).then_some(Self {
            set,
            messages,
            wanted,
            argued,
        })
    }

    fn wants(&self, it: &Finding) -> bool {
        self.wanted.iter().any(|wanted| wanted.is(it))
    }

    fn cites(&self, it: &Finding) -> bool {
        let mut wanted = self.wanted.iter();
        wanted.any(|wanted| wanted.is(it) && wanted.line == it.line)
    }
}

fn threads() -> Vec<Thread> {
    let texts = texts(&folder(), "threads-");
    let threads = texts.iter().flat_map(|(set, text)| {
        let blocks = text.split("\n\n");
        blocks.filter_map(|block| Thread::of_block(*set, block))
    });
    threads.collect()
}

/// Questions for a field, with an answer to each: `> question`, `> answer`, `= field`.
fn asked() -> Vec<([String; 2], &'static Field)> {
    let texts = texts(&folder().join("../asked"), "");
    let blocks = texts.values().flat_map(|text| text.split("\n\n"));
    let asked = blocks.filter_map(|block| {
        let mut said = block.lines().filter_map(|it| it.strip_prefix("> "));
        let said = [said.next()?.to_owned(), said.next()?.to_owned()];
        let field = block
            .lines()
            .find_map(|it| plan::field(it.strip_prefix("= ")?))?;
        Some((said, field))
    });
    asked.collect()
}

/// What teaches of which field a message speaks.
struct Lessons {
    classes: Vec<String>,
    names: Names,
    examples: Vec<Example>,
}

impl Lessons {
    fn new() -> Self {
        let fields = plan::fields().iter().map(|it| it.name.to_owned());
        Self {
            classes: ["none".to_owned()].into_iter().chain(fields).collect(),
            names: Names::default(),
            examples: Vec::new(),
        }
    }

    /// The message of a thread at a line speaks of these fields.
    fn take(&mut self, lines: &Lines<'_>, at: usize, fields: &[&'static Field]) {
        let class = |field: &&'static Field| self.classes.iter().position(|it| it == field.name);
        let right: Vec<usize> = fields.iter().filter_map(class).collect();
        if right.is_empty() {
            return;
        }
        let parts = topic(lines, at);
        let features = parts
            .iter()
            .flat_map(|it| numbered(it, &mut self.names))
            .collect();
        self.examples.push(Example {
            features,
            classes: (1..self.classes.len()).collect(),
            right,
        });
    }

    /// The last of some messages speaks of a field.
    fn take_last(&mut self, said: &[&str], field: &'static Field) {
        let said = said.iter().map(|it| Said {
            speaker: String::new(),
            text: (*it).to_owned(),
        });
        let said: Vec<Said> = said.collect();
        self.take(&Lines::new(&said, &context()), said.len() - 1, &[field]);
    }

    fn take_thread(&mut self, thread: &Thread) {
        let lines = Lines::new(&thread.messages, &context());
        for at in 0..thread.messages.len() {
            let of_line = thread.wanted.iter().filter(|it| it.line == at + 1);
            let fields: Vec<&'static Field> = of_line.map(|it| it.field).collect();
            self.take(&lines, at, &fields);
        }
    }
}

/// The file of the weights by which is told of which field a message speaks.
fn topics(threads: &[&Thread]) -> String {
    let mut lessons = Lessons::new();
    for thread in threads {
        lessons.take_thread(thread);
    }
    for field in plan::fields() {
        lessons.take_last(&[field.question, ""], field);
        lessons.take_last(&[&field.label(), ""], field);
    }
    for ([question, answer], field) in &asked() {
        lessons.take_last(&[question, answer], field);
    }
    // What is stated by itself may be asked for in the same words.
    for message in &messages() {
        let short = message.text.split_whitespace().count() <= SHORT;
        if let ([(field, _)], true) = (message.says.as_slice(), short) {
            lessons.take_last(&[&message.text], field);
            lessons.take_last(&[&message.text, ""], field);
        }
    }
    let examples: Vec<&Example> = lessons.examples.iter().collect();
    let (step, least) = TOPIC;
    let weights = fit(&examples, lessons.classes.len(), step);
    weights.written(&lessons.classes, &lessons.names, least)
}

/// The messages that say what a thread comes to, where several do, and which of them is cited.
fn citations(thread: &Thread, topics: &Topics, names: &mut Names) -> Vec<Choice> {
    let ruled = by_rules(&thread.messages, &context());
    let lines = Lines::new(&thread.messages, &context());
    let mut heap = Heap::of(&lines, ruled.possible, topics, &context());
    let rows = rows(heap.with(&ruled.reading));
    let mut choices = Vec::new();
    for matter in &matters(&rows, &ruled.reading) {
        let beside = Beside {
            lines: &lines,
            heap: &heap,
            matter,
        };
        for row in &matter.rows {
            let said = row.lines();
            let wanted = thread.wanted.iter().find(|it| it.is(row.finding()));
            let right = wanted.and_then(|it| said.iter().position(|line| *line == it.line));
            if said.len() < 2 || right.is_none() {
                continue;
            }
            let options = said
                .iter()
                .map(|line| numbered(&row.saying(*line, &said, &beside), names));
            choices.push(Choice {
                options: options.collect(),
                right,
            });
        }
    }
    choices
}

/// The file of the weights by which a message is cited.
fn citing(threads: &[&Thread], topics: &str) -> String {
    let topics = Topics::parse(topics).expect("what is written is read");
    let mut names = Names::default();
    let late = threads.iter().filter(|it| it.set >= CITED);
    let all: Vec<Choice> = late
        .flat_map(|it| citations(it, &topics, &mut names))
        .collect();
    let (step, least) = CITE;
    choose(&all, step).written(&[CLASS.to_owned()], &names, least)
}

/// The rows of a thread by their fields, and which of them stand, read with such topics.
fn choices(thread: &Thread, topics: &Topics, names: &mut Names) -> Vec<Choice> {
    let ruled = by_rules(&thread.messages, &context());
    let reading = &ruled.reading;
    let lines = Lines::new(&thread.messages, &context());
    let mut heap = Heap::of(&lines, ruled.possible, topics, &context());
    let rows = rows(heap.with(reading));
    let mut choices = Vec::new();
    for matter in &matters(&rows, reading) {
        let beside = Beside {
            lines: &lines,
            heap: &heap,
            matter,
        };
        let rows = matter.rows.iter().map(|row| {
            let (at, field) = (row.last(), row.finding().field.name);
            let parts = around(&lines, at).into_iter();
            let parts = parts.chain(of_field(&lines, at, field));
            let parts = parts.chain([row.state(&beside)]);
            parts.flat_map(|it| numbered(&it, names)).collect()
        });
        let mut options: Vec<_> = rows.collect();
        let field = matter.rows[0].finding().field;
        let argued = thread.argued.contains(&field).then_some(options.len());
        if matter.may_be_argued() {
            options.push(numbered(&matter.dispute(&beside), names));
        }
        let mut rows = matter.rows.iter();
        let right = rows.position(|row| thread.wants(row.finding()));
        let right = right.or(argued.filter(|at| *at < options.len()));
        choices.push(Choice { options, right });
    }
    choices
}

/// The file of the weights of rows, each read with topics that do not know its thread.
fn model(threads: &[&Thread]) -> String {
    let mut names = Names::default();
    let mut all = Vec::new();
    for part in 0..2 {
        let others = threads.iter().skip(1 - part).step_by(2);
        let others: Vec<&Thread> = others.copied().collect();
        let topics = Topics::parse(&topics(&others)).expect("what is written is read");
        for thread in threads.iter().skip(part).step_by(2) {
            all.extend(choices(thread, &topics, &mut names));
        }
    }
    let (step, least) = ROW;
    choose(&all, step).written(&[CLASS.to_owned()], &names, least)
}

/// How much of what was proposed is right, and how much of what is there was.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: usize,
    /// Of those, from the message that is wanted.
    cited: usize,
    proposed: usize,
    wanted: usize,
}

impl Tally {
    /// Takes in what people disagree about.
    fn argue(&mut self, thread: &Thread, conflicts: &[Conflict]) {
        let wanted = conflicts
            .iter()
            .filter(|it| thread.argued.contains(&it.field));
        let wanted = wanted.count();
        self.right += wanted;
        self.cited += wanted;
        self.proposed += conflicts.len();
        self.wanted += thread.argued.len();
    }

    fn add(&mut self, thread: &Thread, proposed: &[Finding]) {
        self.right += proposed.iter().filter(|it| thread.wants(it)).count();
        self.cited += proposed.iter().filter(|it| thread.cites(it)).count();
        self.proposed += proposed.len();
        self.wanted += thread.wanted.len();
    }

    #[expect(clippy::cast_precision_loss, reason = "there are few threads")]
    fn precision(self) -> f64 {
        self.right as f64 / self.proposed.max(1) as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "there are few threads")]
    fn recall(self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    fn shown(self) -> String {
        format!(
            "precision {:.3} recall {:.3}, of {} right ones {} cited as wanted",
            self.precision(),
            self.recall(),
            self.right,
            self.cited
        )
    }
}

/// How well threads are read by weights that do not know them, a fifth of them each time; it takes minutes.
fn measure(threads: &[Thread]) {
    let (mut rules, mut held) = (Tally::default(), Tally::default());
    let sure = [(0.5, 0.3), (0.5, 0.4), (0.5, 0.5), (0.6, 0.4), (0.7, 0.4)];
    let mut written = sure.map(|(new, known)| (Sure { new, known }, Tally::default()));
    for part in 0..5 {
        let seen = threads.iter().enumerate().filter(|(at, _)| at % 5 != part);
        let seen: Vec<&Thread> = seen.map(|(_, it)| it).collect();
        let topics = topics(&seen);
        let citing = Citing::parse(&citing(&seen, &topics)).expect("what is written is read");
        let topics = Topics::parse(&topics).expect("what is written is read");
        let model = Model::parse(&model(&seen)).expect("what is written is read");
        for thread in threads
            .iter()
            .skip(part)
            .step_by(5)
            .filter(|it| it.set >= NEW)
        {
            let lines = Lines::new(&thread.messages, &context());
            let Ruled {
                reading, possible, ..
            } = by_rules(&thread.messages, &context());
            let heap = Heap::of(&lines, possible, &topics, &context());
            rules.add(thread, &reading.proposals);
            rules.argue(thread, &reading.conflicts);
            let all = rows(heap.clone().with(&reading));
            let all: Vec<Finding> = all.iter().map(|it| it.finding().clone()).collect();
            held.add(thread, &all);
            for (sure, tally) in &mut written {
                let it = write_by(
                    (&model, *sure),
                    &citing,
                    (&lines, heap.clone()),
                    reading.clone(),
                );
                tally.add(thread, &it.proposals);
                tally.argue(thread, &it.conflicts);
            }
        }
    }
    println!("rules: {}\nrows: {}", rules.shown(), held.shown());
    for (sure, tally) in written {
        println!("{sure:?}: {}", tally.shown());
    }
    let (_, tally) = written[1];
    assert!(tally.precision() > rules.precision() && tally.recall() > rules.recall());
}

#[test]
fn the_weights_are_those_of_the_threads() {
    let threads = threads();
    let all: Vec<&Thread> = threads.iter().collect();
    if std::env::var_os("MEASURE").is_some() {
        measure(&threads);
        return;
    }
    if std::env::var_os("BLESS").is_some() {
        let at = folder().join("../../src/reading/minutes");
        let topics = topics(&all);
        std::fs::write(at.join("topics.txt"), &topics).expect("the topics");
        std::fs::write(at.join("weights.txt"), model(&all)).expect("the weights");
        std::fs::write(at.join("cited.txt"), citing(&all, &topics)).expect("what is cited");
        return;
    }
    let (mut rules, mut written) = (Tally::default(), Tally::default());
    for thread in all.iter().step_by(10) {
        let Ruled {
            reading, possible, ..
        } = by_rules(&thread.messages, &context());
        rules.add(thread, &reading.proposals);
        let lines = Lines::new(&thread.messages, &context());
        let heap = Heap::of(&lines, possible, Topics::get(), &context());
        let it = write_by(
            (Model::get(), SURE),
            Citing::get(),
            (&lines, heap.clone()),
            reading,
        );
        written.add(thread, &it.proposals);
    }
    let (known, new) = (rules.shown(), written.shown());
    println!("rules: {known}\nminutes: {new}");
    assert!(
        written.precision() >= 0.9,
        "{new}: run with BLESS=1 if the threads are new"
    );
    assert!(written.recall() > rules.recall(), "{new}, rules {known}");
}
