//! `diagnose`: from a symptom to its likely causes in this plan.

use jiff::civil::Date;

use super::ask::source_line;
use super::case::{Answer, Case, button};
use super::prose::{cut, sentence};
use crate::ask::Cited;
use crate::knowledge::library;
use crate::plan::{Field, Segment};
use crate::render::{Block, Document, Inline};
use crate::report::{Shows, Suspect, Symptom, cited, diagnose, found_in, read_symptom, symptoms};

/// How many causes are told.
const REASONS: usize = 3;

/// The causes of what was noticed; none at all list what can be looked into.
pub(super) fn answer(case: &Case<'_>, words: &str) -> Answer {
    if words.trim().is_empty() {
        return Ok(list(
            "Tell me what you notice, and I look for its cause in the plan:",
        ));
    }
    match read_symptom(words).as_slice() {
        [symptom] => Ok(causes(case, symptom)),
        [] => {
            let words = cut(words, 60).replace('`', "\"");
            let mut document = list(&format!("I know no symptom \"{words}\". These I know:"));
            document.blocks.push(Block::Note(sentence(&format!(
                "As a question: `{}`",
                case.typed(&format!("ask {words}"))
            ))));
            Err(document)
        }
        several => Err(which(several)),
    }
}

/// All symptoms, to press.
fn list(headline: &str) -> Document {
    Document {
        headline: headline.to_owned(),
        blocks: vec![Block::Actions(symptoms().iter().map(pressed).collect())],
    }
}

fn which(several: &[&'static Symptom]) -> Document {
    Document {
        headline: "Which of these do you mean?".to_owned(),
        blocks: vec![Block::Actions(
            several.iter().map(|it| pressed(it)).collect(),
        )],
    }
}

fn pressed(symptom: &Symptom) -> crate::render::Button {
    button(cut(&symptom.title, 28), format!("diagnose {}", symptom.id))
}

fn causes(case: &Case<'_>, symptom: &'static Symptom) -> Document {
    let results = case.results();
    let suspects = diagnose(symptom, &case.plan, &results);
    let of = |shows: Shows| suspects.iter().filter(move |it| it.shows() == shows);
    let likely: Vec<_> = of(Shows::Found)
        .chain(of(Shows::Open))
        .take(REASONS)
        .collect();
    let mut blocks = Vec::new();
    for suspect in &likely {
        blocks.extend(told(case, suspect));
    }
    blocks.extend(cleared(&of(Shows::Cleared).collect::<Vec<_>>()));
    // What nobody can say yet is worth more than more about what is found.
    let asked = likely.iter().rev().find_map(|it| it.missing.as_ref());
    let open = likely.iter().filter(|it| it.found.is_none());
    let asked = open
        .into_iter()
        .find_map(|it| it.missing.as_ref())
        .or(asked);
    blocks.extend(asked.map(|(field, segment)| question(case, field, segment.as_ref())));
    Document {
        headline: found_in(symptom, &suspects),
        blocks,
    }
}

fn told(case: &Case<'_>, suspect: &Suspect<'_>) -> Vec<Block> {
    let mut words = vec![Inline::strong(format!("{}.", suspect.cause.why))];
    if let Some(found) = suspect.found {
        let segment = case.for_segment(found.segment.as_ref());
        words.push(Inline::plain(format!(
            "\nIn the plan{segment}: {}",
            found.message
        )));
        if let Some(fix) = &found.fix {
            words.push(Inline::plain("\n"));
            words.push(Inline::strong("To change: "));
            words.push(Inline::plain(&fix.text));
        }
        let mut small = vec![Inline::code(found.rule.as_str())];
        if let Some(source) = found.sources.first() {
            small.push(Inline::plain(" · Source: "));
            small.push(cited(source));
        }
        return vec![Block::Paragraph(words), Block::Note(small)];
    }
    if let Some((field, segment)) = &suspect.missing {
        let segment = case.for_segment(segment.as_ref());
        words.push(Inline::plain(format!(
            " Not answered{segment}: {}.",
            field.label()
        )));
    }
    let mut blocks = vec![Block::Paragraph(words)];
    blocks.extend(held(&suspect.cause.section, case.today()));
    blocks
}

/// The section that the library holds on a cause.
fn held(section: &str, today: Date) -> Option<Block> {
    let (entry, anchor) = section.split_once('#')?;
    let (entry, section) = library().section(entry, anchor)?;
    Some(source_line(&Cited { entry, section }, today))
}

/// What the plan speaks against, in short.
fn cleared(suspects: &[&Suspect<'_>]) -> Option<Block> {
    if suspects.is_empty() {
        return None;
    }
    let mut words = vec![Inline::plain("The plan speaks against: ")];
    for (n, suspect) in suspects.iter().enumerate() {
        let why = lowered(&suspect.cause.why);
        let why = if n > 0 { format!("; {why}") } else { why };
        words.push(Inline::plain(why));
        if let Some(rule) = suspect.cleared {
            words.push(Inline::plain(" ("));
            words.push(Inline::code(rule.rule.as_str()));
            words.push(Inline::plain(")"));
        }
    }
    words.push(Inline::plain("."));
    Some(Block::Note(words))
}

fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The one question whose answer would say more.
fn question(case: &Case<'_>, field: &Field, segment: Option<&Segment>) -> Block {
    let segment = case.for_segment(segment);
    let example = format!("set {} {}{segment}", field.name, field.example());
    Block::Paragraph(vec![
        Inline::plain("It would help to know: "),
        Inline::strong(field.question),
        Inline::plain(" For example "),
        case.code(&example),
    ])
}
