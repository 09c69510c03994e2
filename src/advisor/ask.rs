//! `ask`: a question, answered from the plan, the rules and the library.

use jiff::civil::Date;

use super::case::{Case, button};
use super::desk::{Kept, SUBJECT_KEPT, ThreadSubject};
use super::prose::{cut, markdown};
use super::wording::{Shown, Wording};
use super::{Inbound, Said, Turn, feedback};
use crate::ask::{
    self, Answer, Asking, Cited, FollowUp, Hypothesis, Joined, OwnCited, Reason, Subject, ask_on,
};
use crate::intent::{self, Intent};
use crate::knowledge::{Outcome, library};
use crate::plan::{Plan, Segment};
use crate::render::{Block, Button, Document, Inline};
use crate::report::{Surface, cited};
use crate::sources::SourceRef;

/// A question that shows what can be asked.
const EXAMPLE: &str = "is $49 a month enough for outside sales?";

/// Answers a question about the channel's plan, read with what its thread was about.
pub(super) fn turn(case: &Case<'_>, intent: &Intent, question: &str) -> Turn {
    let desk = &case.situation.desk;
    let joined = joined(desk.subject.as_ref(), question);
    let asked = joined.clone().unwrap_or_else(|| Joined::alone(question));
    let read = asked.words.as_str();
    let answer = ask_on(&asked, &asking(case));
    let surface = Surface::Conversation(case.situation.command);
    let mut shown = shown(&answer, surface, case.today());
    let document = &mut shown.document;
    if let (Some(joined), true) = (&joined, answer.outcome != Outcome::OutOfScope) {
        document.blocks.push(Block::Note(vec![
            Inline::plain("I read this with what was asked before, as: "),
            Inline::plain(&joined.words),
        ]));
    }
    if answer.outcome != Outcome::OutOfScope {
        let buttons = feedback::buttons(case, read, &answer);
        document.blocks.push(Block::Actions(buttons));
    }
    let turn = case.reading(intent, Ok(shown.document.clone()));
    let model = case.situation.model;
    let may_word = model.is_some_and(|model| case.situation.workspace.allows(model));
    let shown = Shown {
        document: turn.reply.document.clone(),
        ..shown
    };
    let wording = may_word.then(|| Wording::of(read, &answer, &case.plan, shown));
    Turn {
        kept: subject(case, &answer).into_iter().collect(),
        wording: wording.flatten().map(Box::new),
        ..turn
    }
}

/// The question together with what its thread was about, where it does not stand alone.
fn joined(before: Option<&Subject>, question: &str) -> Option<Joined> {
    before.and_then(|before| before.joined(question))
}

/// The words that the turn of `inbound` looks up in the library, if it is a question in a thread
/// that was about `before`.
pub fn looked_up(inbound: &Inbound, before: Option<&Subject>) -> Option<String> {
    let mut intent = intent::parse(inbound.said.words()?).ok()?;
    while let Intent::Share(inner) = intent {
        intent = *inner;
    }
    match intent {
        Intent::Ask(question) => {
            Some(joined(before, &question).map_or(question, |joined| joined.words))
        }
        _ => None,
    }
}

fn asking<'a>(case: &'a Case<'_>) -> Asking<'a> {
    Asking {
        library: library(),
        rules: case.situation.rules,
        thresholds: &case.situation.thresholds,
        plan: &case.plan,
        today: case.today(),
        shelf: &case.situation.desk.shelf,
        near: case.situation.desk.near.as_ref(),
    }
}

/// What the thread is about from now on: a mention is answered in its thread.
fn subject(case: &Case<'_>, answer: &Answer) -> Option<Kept> {
    let Said::Mention { ts, .. } = &case.inbound.said else {
        return None;
    };
    let place = &case.inbound.place;
    Some(Kept::Subject(ThreadSubject {
        channel: place.channel.clone(),
        thread: place.thread.clone().unwrap_or_else(|| ts.clone()),
        subject: Subject::of(answer)?,
        until: case.situation.now + SUBJECT_KEPT,
    }))
}

/// Whether a question asks nothing but for help: "can you help us?" One that leans on what its thread
/// was about asks for that.
pub(super) fn is_empty_talk(question: &str, before: Option<&Subject>) -> bool {
    if joined(before, question).is_some() {
        return false;
    }
    let form = crate::knowledge::Form::of(question);
    let is_open = matches!(
        form,
        crate::knowledge::Form::Missing | crate::knowledge::Form::Next
    );
    !is_open && !library().speaks_of_something(question)
}

/// A section of the library that a word is explained by.
pub(super) fn term(words: &str, today: Date) -> Option<Document> {
    let cited = explained(words)?;
    let mut blocks = markdown(&cited.section.body);
    blocks.push(source_line(&cited, today));
    Some(Document {
        headline: cited.title(),
        blocks,
    })
}

/// The section that explains a word, where the library has one: it has to speak of the word, however
/// well it answers what else is asked in such words.
pub fn explained(words: &str) -> Option<Cited> {
    let plain = words.replace(['-', '/'], " ");
    let question = format!("what does {plain} mean");
    let found = library().look_up(&question, &crate::knowledge::Context::default(), 1);
    let hit = found
        .hits
        .first()
        .filter(|_| found.outcome == Outcome::Held)?;
    let cited = Cited {
        entry: hit.entry,
        section: hit.section,
    };
    (library().has_a_term_in(&plain) || cited.speaks_of(&plain)).then_some(cited)
}

/// An answer as people read it, for those who can do as `surface` says.
pub fn answer_document(answer: &Answer, surface: Surface<'_>, today: Date) -> Document {
    shown(answer, surface, today).document
}

/// What a language model may do with the words of an answer, for those who can do as `surface`
/// says; nothing where there is no answer.
pub fn wording_of(
    question: &str,
    answer: &Answer,
    plan: &Plan,
    surface: Surface<'_>,
    today: Date,
) -> Option<Wording> {
    Wording::of(question, answer, plan, shown(answer, surface, today))
}

fn shown(answer: &Answer, surface: Surface<'_>, today: Date) -> Shown {
    let mut blocks = Vec::new();
    blocks.extend(tried(answer));
    let begin = blocks.len();
    let mut prints = Vec::new();
    for (n, reason) in answer.reasons.iter().enumerate() {
        let told = told(reason, n, answer, today);
        prints.push(told.last().cloned());
        blocks.extend(told);
    }
    let reasons = begin..blocks.len();
    if let Some(dispute) = &answer.dispute {
        blocks.push(Block::Heading("The sources differ".to_owned()));
        blocks.extend(markdown(&dispute.section.body));
        blocks.push(source_line(dispute, today));
    }
    blocks.extend(
        answer
            .follow_up
            .as_ref()
            .map(|question| asked_back(question, surface)),
    );
    blocks.extend(nearest(answer));
    if answer.outcome == Outcome::OutOfScope {
        blocks.push(Block::Note(vec![
            Inline::plain("A question for me is, for example, "),
            Inline::code(surface.ask(EXAMPLE)),
        ]));
    }
    Shown {
        document: Document {
            headline: answer.verdict.clone(),
            blocks,
        },
        reasons,
        sources: prints,
    }
}

/// What was read out of the question.
fn tried(answer: &Answer) -> Option<Block> {
    if answer.tried.is_empty() || !answer.reasons.iter().any(by_rule) {
        return None;
    }
    let said = |one: &Hypothesis| format!("{} {}", one.field.label(), one.value.display(one.field));
    let list: Vec<_> = answer.tried.iter().map(said).collect();
    Some(Block::Note(vec![Inline::plain(format!(
        "I took from your words: {}. The plan is as it was.",
        list.join(", ")
    ))]))
}

fn by_rule(reason: &Reason) -> bool {
    matches!(reason.said, ask::Said::Rule(_))
}

/// One reason: its words, unless the verdict has said them, and where they come from.
fn told(reason: &Reason, n: usize, answer: &Answer, today: Date) -> Vec<Block> {
    match &reason.said {
        ask::Said::Rule(result) => {
            let mut blocks = Vec::new();
            if n > 0 || !answer.verdict.ends_with(tail(&reason.words)) {
                blocks.push(Block::Paragraph(vec![Inline::plain(&reason.words)]));
            }
            if let Some(fix) = &result.fix {
                blocks.push(Block::Paragraph(vec![
                    Inline::strong("To change: "),
                    Inline::plain(&fix.text),
                ]));
            }
            let mut small = vec![Inline::code(result.rule.as_str())];
            small.extend(sources(&result.sources));
            small.push(Inline::plain(format!(
                " · Confidence: {}",
                result.confidence.as_str()
            )));
            blocks.push(Block::Note(small));
            blocks
        }
        ask::Said::Own(own) => own_passage(own, &answer.verdict),
        ask::Said::Library(cited) => {
            let rest = untold(&reason.words, &answer.verdict);
            let mut blocks = markdown(rest);
            blocks.push(source_line(cited, today));
            blocks
        }
    }
}

/// A passage of an own document: its words as they stand, for they are no markup of ours.
fn own_passage(own: &OwnCited, verdict: &str) -> Vec<Block> {
    let OwnCited { document, passage } = own;
    let rest = untold(&passage.text, verdict);
    let paragraphs = rest.split("\n\n").filter(|words| !words.is_empty());
    let mut blocks: Vec<_> = paragraphs
        .map(|words| Block::Paragraph(vec![Inline::plain(words)]))
        .collect();
    let mut small = vec![Inline::plain("Your document: ")];
    small.push(match &document.link {
        Some(url) => Inline::Link {
            label: document.title.clone(),
            url: url.clone(),
        },
        None => Inline::plain(format!("“{}”", document.title)),
    });
    if !passage.heading.is_empty() {
        small.push(Inline::plain(format!(", {}", passage.heading)));
    }
    small.push(Inline::plain(" · learned "));
    small.push(Inline::When(document.learned));
    small.push(Inline::plain(" · "));
    small.push(Inline::code(document.id.as_str()));
    blocks.push(Block::Note(small));
    blocks
}

/// What is left of some words when the verdict has told their beginning.
fn untold<'a>(words: &'a str, verdict: &str) -> &'a str {
    let ends = words
        .char_indices()
        .rev()
        .map(|(at, letter)| at + letter.len_utf8());
    let told = ends
        .into_iter()
        .find(|end| verdict.ends_with(&words[..*end]));
    match told {
        Some(end) if end > 20 => words[end..].trim(),
        _ => words,
    }
}

/// A sentence without its first letter, whose case the verdict may have changed.
fn tail(words: &str) -> &str {
    let mut letters = words.chars();
    letters.next();
    letters.as_str()
}

/// The section by name and title, its sources, how sure they are and when somebody last looked.
pub(super) fn source_line(cited: &Cited, today: Date) -> Block {
    let mut small = vec![
        Inline::code(cited.name()),
        Inline::plain(format!(" · {}", cited.title())),
    ];
    small.extend(sources(&cited.section.sources));
    let standing = cited.entry.standing(today);
    small.push(Inline::plain(format!(" · {standing}")));
    Block::Note(small)
}

fn sources(list: &[SourceRef]) -> Vec<Inline> {
    let mut words = Vec::new();
    for (n, source) in list.iter().enumerate() {
        words.push(Inline::plain(if n == 0 { " · Source: " } else { ", " }));
        words.push(cited(source));
    }
    words
}

fn asked_back(question: &FollowUp, surface: Surface<'_>) -> Block {
    let segment: Option<&Segment> = question.segment.as_ref();
    let whose = segment.map_or_else(String::new, |segment| format!(" (for {segment})"));
    Block::Paragraph(vec![
        Inline::plain("It would help to know: "),
        Inline::strong(question.field.question),
        Inline::plain(format!("{whose} For example ")),
        Inline::code(surface.answer(question.field, segment)),
    ])
}

/// The nearest topics, each with a question that it answers to press.
fn nearest(answer: &Answer) -> Vec<Block> {
    if answer.near.is_empty() {
        return Vec::new();
    }
    let items = answer.near.iter().map(|cited| {
        let question = cited.section.questions.first().map_or("", String::as_str);
        vec![
            Inline::plain(format!("{}: ", cited.title())),
            Inline::soft(question),
        ]
    });
    let buttons: Vec<Button> = answer
        .near
        .iter()
        .filter_map(|cited| {
            let question = cited.section.questions.first()?;
            Some(button(
                cut(&cited.entry.title, 28),
                format!("ask {question}"),
            ))
        })
        .collect();
    vec![
        Block::Paragraph(vec![Inline::plain("The nearest that I hold:")]),
        Block::Bullets(items.collect()),
        Block::Actions(buttons),
    ]
}
