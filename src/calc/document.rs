//! An outcome as people and scripts read it, a calculator explained, and the list of all.

use serde_json::{Value as Json, json};

use super::calculator::{Calculator, Input, Need};
use super::inputs::{Given, Origin};
use super::outcome::Outcome;
use super::proof::With;
use super::quantity::{Quantity, Unit};
use super::table::groups;
use super::working::{Line, Role};
use crate::plan::{ParseContext, Plan, Segment};
use crate::render::{Block, Button, Document, Inline, Row};
use crate::sources::{SourceRef, source};

/// How numbers are shown.
pub(super) const ROUNDING: &str = "Computed exactly; ≈ marks what was rounded to be read: money to cents, from 1,000 up to whole units, the rest to two decimals";

/// The outcome for people. Where there is room for no buttons, the open question names its answers.
pub fn document(outcome: &Outcome, room: Room) -> Document {
    let mut blocks = vec![Block::Rows(outcome.lines.iter().map(row).collect())];
    if !outcome.remarks.is_empty() {
        let remarks = outcome.remarks.iter().map(|words| marked(words));
        blocks.push(Block::Bullets(remarks.collect()));
    }
    blocks.extend(origins(outcome));
    blocks.extend(question(outcome, room));
    blocks.push(Block::Note(small_print(outcome)));
    Document {
        headline: headline(outcome),
        blocks,
    }
}

/// The first answers in one line.
fn headline(outcome: &Outcome) -> String {
    let title = outcome.calculator.title;
    let segment = outcome.segment.as_ref();
    let of_segment = segment.map_or_else(String::new, |segment| format!(" for {segment}"));
    let is_answer = |line: &&Line| line.role == Role::Answer;
    let answers: Vec<&Line> = outcome.lines.iter().filter(is_answer).collect();
    if let [only] = answers[..] {
        return format!("{}{of_segment}: {}", only.label, only.shown());
    }
    let shown: Vec<_> = answers.iter().take(3).map(|line| named(line)).collect();
    let more = if answers.len() > 3 { " …" } else { "" };
    format!("{title}{of_segment}: {}{more}", shown.join("; "))
}

/// `40 deals`, `6 months (simple payback, on revenue)`.
fn named(line: &Line) -> String {
    let (value, label) = (line.shown(), lower(&line.label));
    match line.value.unit {
        Unit::Count => format!("{value} {label}"),
        _ => format!("{value} ({label})"),
    }
}

/// The label within a sentence; an abbreviation keeps its capitals.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

fn row(line: &Line) -> Row {
    let sign = if line.is_exact() { '=' } else { '≈' };
    Row {
        name: line.label.clone(),
        value: vec![
            Inline::plain(format!("{} {sign} ", line.arithmetic)),
            Inline::strong(line.shown()),
        ],
    }
}

/// A sentence in which back-ticks mark what one types.
fn marked(words: &str) -> Vec<Inline> {
    let parts = words.split('`').enumerate();
    parts
        .filter(|(_, part)| !part.is_empty())
        .map(|(n, part)| {
            if n % 2 == 0 {
                Inline::plain(part)
            } else {
                Inline::code(part)
            }
        })
        .collect()
}

/// Which inputs nobody typed, and who says them.
fn origins(outcome: &Outcome) -> Option<Block> {
    let said = |given: &Given| format!("{} {}", given.label, given.shown);
    let of = |wanted: fn(&Origin) -> bool| -> Vec<String> {
        let given = outcome.inputs.iter().filter(|given| wanted(&given.from));
        given.map(said).collect()
    };
    let planned = of(|from| matches!(from, Origin::Plan { .. }));
    let assumed = of(|from| matches!(from, Origin::Assumed));
    let mut words = Vec::new();
    if !planned.is_empty() {
        words.push(format!("From the plan: {}.", planned.join(" · ")));
    }
    if !assumed.is_empty() {
        words.push(format!(
            "Assumed, as nobody says it: {}.",
            assumed.join(" · ")
        ));
    }
    (!words.is_empty()).then(|| Block::Paragraph(vec![Inline::plain(words.join("\n"))]))
}

/// The open question, with its answers to press or to add.
fn question(outcome: &Outcome, room: Room) -> Vec<Block> {
    let Some(question) = &outcome.question else {
        return Vec::new();
    };
    let asked = Inline::strong(&*question.words);
    if room == Room::Wide {
        let added = question
            .choices
            .iter()
            .map(|it| format!("{}={it}", question.input));
        let added: Vec<_> = added.collect();
        let hint = format!("\nAdd one of these: {}", added.join(", "));
        return vec![Block::Paragraph(vec![asked, Inline::plain(hint)])];
    }
    let segment = outcome.segment.as_ref();
    let tail = segment.map_or_else(String::new, |it| format!(" for {it}"));
    let buttons = question.choices.iter().map(|choice| Button {
        label: format!("Per {choice}"),
        words: format!("calc {} {}={choice}{tail}", outcome.words, question.input),
        primary: false,
    });
    vec![
        Block::Paragraph(vec![asked]),
        Block::Actions(buttons.collect()),
    ]
}

/// Formula, what to keep in mind, rounding, and sources.
fn small_print(outcome: &Outcome) -> Vec<Inline> {
    let calculator = outcome.calculator;
    let mut words = formula(calculator);
    if let Some(first) = calculator.basis.first() {
        words.push(Inline::plain(format!("\n{first}.")));
    }
    if !outcome.lines.iter().all(Line::is_exact) {
        words.push(Inline::plain(format!("\n{ROUNDING}.")));
    }
    words.extend(citations(calculator));
    words
}

fn formula(calculator: &Calculator) -> Vec<Inline> {
    marked(&format!("Formula: {}.", calculator.formula.join("; ")))
}

fn citations(calculator: &Calculator) -> Vec<Inline> {
    let mut words = vec![Inline::plain("\nSource: ")];
    for (n, cited) in calculator.sources.iter().enumerate() {
        if n > 0 {
            words.push(Inline::plain("; "));
        }
        words.push(link(cited));
    }
    words
}

/// A source by its title, leading to where it stands in public.
fn link(cited: &str) -> Inline {
    let source = source_ref(cited);
    let label = source.label();
    match source.url {
        Some(url) => Inline::Link { label, url },
        None => Inline::plain(label),
    }
}

/// The source that `id#section` cites.
pub(super) fn source_ref(cited: &str) -> SourceRef {
    let (id, section) = cited.split_once('#').unwrap_or((cited, ""));
    SourceRef {
        id: id.to_owned(),
        section: section.to_owned(),
        url: source(id).and_then(|found| found.address.clone()),
    }
}

/// The outcome for scripts.
pub fn json(outcome: &Outcome) -> Json {
    let calculator = outcome.calculator;
    json!({
        "calculator": calculator.name,
        "title": calculator.title,
        "segment": outcome.segment.as_ref().map(Segment::as_str),
        "inputs": outcome.inputs.iter().map(input_json).collect::<Vec<_>>(),
        "results": outcome.lines.iter().map(line_json).collect::<Vec<_>>(),
        "remarks": outcome.remarks,
        "question": outcome.question.as_ref().map(|question| json!({
            "text": question.words,
            "input": question.input,
            "choices": question.choices,
        })),
        "formula": calculator.formula,
        "basis": calculator.basis,
        "sources": calculator.sources.iter().map(|cited| source_ref(cited)).collect::<Vec<_>>(),
    })
}

fn input_json(given: &Given) -> Json {
    let (from, segment, arithmetic) = match &given.from {
        Origin::Typed => ("typed", None, None),
        Origin::Plan {
            segment,
            arithmetic,
        } => ("plan", segment.as_ref(), arithmetic.as_deref()),
        Origin::Assumed => ("assumed", None, None),
    };
    json!({
        "name": given.name,
        "label": given.label,
        "value": given.value.to_json(),
        "display": given.shown,
        "from": from,
        "segment": segment.map(Segment::as_str),
        "arithmetic": arithmetic,
    })
}

fn line_json(line: &Line) -> Json {
    let role = match line.role {
        Role::Answer => "answer",
        Role::Step => "step",
    };
    json!({
        "name": line.name,
        "label": line.label,
        "role": role,
        "value": Quantity::to_json(line.value),
        "display": line.shown(),
        "arithmetic": line.arithmetic,
        "exact": line.is_exact(),
    })
}

/// What a calculator takes and gives. `calc` is how one calls the calculators, such as
/// `gtm-advisor calc`; where there is a plan, the example is computed beside it.
pub fn explanation(
    calculator: &'static Calculator,
    calc: &str,
    plan: Option<(&Plan, ParseContext)>,
) -> Document {
    let with = plan.map(|(plan, context)| With {
        plan: Some(plan),
        context,
    });
    let (example, gives) = with.and_then(|with| with.example(calculator)).map_or_else(
        || alone(calculator),
        |(words, outcome)| (words, given(&outcome)),
    );
    let mut print = formula(calculator);
    if !calculator.basis.is_empty() {
        let basis = calculator.basis.join(". ");
        print.push(Inline::plain(format!("\n{basis}.")));
    }
    print.extend(citations(calculator));
    let inputs = calculator.inputs.iter().map(|input| Row {
        name: input.name.to_owned(),
        value: vec![Inline::plain(described(input))],
    });
    Document {
        headline: format!("{}: {}", calculator.name, calculator.answers),
        blocks: vec![
            Block::Rows(inputs.collect()),
            Block::Paragraph(vec![
                Inline::plain("This works: "),
                Inline::code(format!("{calc} {example}")),
                Inline::plain(format!(" → {}", gives.join(", "))),
            ]),
            Block::Note(print),
        ],
    }
}

/// The example as it computes without a plan, and what it gives.
fn alone(calculator: &Calculator) -> (String, Vec<String>) {
    let words = format!("{} {}", calculator.name, calculator.example);
    let gives = calculator.expected.iter().map(|&line| line.to_owned());
    (words, gives.collect())
}

/// The results as one line tells them.
fn given(outcome: &Outcome) -> Vec<String> {
    let answers = outcome.lines.iter().filter(|it| it.role == Role::Answer);
    answers
        .map(|line| format!("{} {}", line.name, line.equals()))
        .collect()
}

/// What an input is, how one writes it, and whether it may be left out.
pub(super) fn described(input: &Input) -> String {
    let need = match input.need {
        Need::Required => String::new(),
        Need::Optional => "; optional".to_owned(),
        Need::Assumed(value) => format!("; {value} where nobody says it"),
    };
    let choices = input.reader().choices;
    if choices.is_empty() {
        return format!("{}, such as {}{need}", input.label(), input.example());
    }
    let slugs: Vec<_> = choices.iter().map(|choice| choice.slug).collect();
    format!("{} ({}){need}", input.label(), slugs.join(", "))
}

/// All calculators, one line for each group, or one for each where there is room.
pub fn list(calc: &str, room: Room) -> Document {
    let mut blocks = Vec::new();
    for group in groups() {
        match room {
            Room::Narrow => blocks.push(Block::Paragraph(names(group.title, group.calculators))),
            Room::Wide => {
                blocks.push(Block::Heading(group.title.to_owned()));
                let rows = group.calculators.iter().map(|calculator| Row {
                    name: calculator.name.to_owned(),
                    value: vec![Inline::plain(calculator.answers)],
                });
                blocks.push(Block::Rows(rows.collect()));
            }
        }
    }
    blocks.push(Block::Note(vec![
        Inline::plain("One of them: "),
        Inline::code(format!("{calc} payback cac=6k acv=12k margin=80%")),
    ]));
    let count: usize = groups().iter().map(|group| group.calculators.len()).sum();
    Document {
        headline: format!("There are {count} calculators."),
        blocks,
    }
}

/// How much room a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A message.
    Narrow,
    /// A terminal or a page.
    Wide,
}

fn names(title: &str, calculators: &[Calculator]) -> Vec<Inline> {
    let mut words = vec![Inline::strong(title), Inline::plain(": ")];
    for (n, calculator) in calculators.iter().enumerate() {
        if n > 0 {
            words.push(Inline::plain(", "));
        }
        words.push(Inline::code(calculator.name));
    }
    words
}
