//! What people read in an interview.

use super::super::case::{Case, button};
use super::super::change::{self, one_line, shown};
use super::super::prose::{capitalised, counted, cut, sentence, unmarked};
use super::super::{PlaceKind, act, consequences, held};
use super::{About, Interview};
use crate::intent::Mode;
use crate::plan::{Answer, Change, Edit, Field, Kind, Plan};
use crate::render::{Block, Button, Document, Inline};
use crate::report::{self, Question};

/// Choices are offered as buttons where there are at most this many.
const MOST_CHOICES: usize = 10;

/// How many rules are told that wait for an answer.
const RULES: usize = 3;

/// How many more are named.
const NAMED: usize = 6;

/// A value longer than this is cut in a line.
const LINE: usize = 80;

/// How it begins, or goes on.
pub(super) fn beginning(case: &Case<'_>, interview: &Interview, is_new: bool) -> String {
    if is_new {
        return "I ask what decides most, one question at a time.".to_owned();
    }
    let done = done(interview);
    if interview.begun_by == case.situation.actor.person {
        format!("We go on: {done} so far.")
    } else {
        format!("The interview goes on: {done} so far.")
    }
}

/// `3 questions answered, 1 skipped`.
pub(super) fn done(interview: &Interview) -> String {
    let answered = counted(interview.answered, "question");
    match interview.skipped.len() {
        0 => format!("{answered} answered"),
        n => format!("{answered} answered, {n} skipped"),
    }
}

/// A question as a message of its own.
pub(super) fn question(case: &Case<'_>, question: &Question, headline: String) -> Document {
    Document {
        headline,
        blocks: asked(case, question),
    }
}

/// The next question, below what has happened.
pub(super) fn below(case: &Case<'_>, happened: Document, question: &Question) -> Document {
    let mut document = happened;
    document.blocks.push(Block::Rule);
    document.blocks.extend(asked(case, question));
    document
}

fn asked(case: &Case<'_>, question: &Question) -> Vec<Block> {
    let field = question.field;
    let segment = case.for_segment(question.segment.as_ref());
    let asks = match segment.trim_start() {
        "" => field.question.to_owned(),
        name => format!("{} ({name})", field.question),
    };
    let mut words = vec![Inline::strong(asks), Inline::plain("\n")];
    words.extend(how(case, question));
    let waiting = match question.decides.len() {
        1 => "1 rule waits for it".to_owned(),
        n => format!("{} wait for it", counted(n, "rule")),
    };
    let about = vec![
        Inline::code(field.name),
        Inline::plain(format!(" · {waiting}")),
    ];
    let mut blocks = vec![Block::Paragraph(words), Block::Note(about)];
    let choices = choices(case, question);
    if !choices.is_empty() {
        blocks.push(Block::Actions(choices));
    }
    let named = format!("{}{segment}", field.name);
    blocks.push(Block::Actions(vec![
        button("Skip", format!("start skip {named}")),
        button("Why do you ask?", format!("start why {named}")),
        button("Stop", "start stop"),
    ]));
    blocks
}

/// How to answer where it is asked.
fn how(case: &Case<'_>, question: &Question) -> Vec<Inline> {
    let field = question.field;
    let names: Vec<_> = field.choices.iter().map(|it| it.label).collect();
    let is_pressed = !choices(case, question).is_empty();
    let example = typed(case, field, question, &field.example());
    let behind = typed(case, field, question, "").trim_end().to_owned();
    match (field.kind, is_pressed) {
        (_, true) => sentence(&format!("Press one, or type it behind `{behind}`.")),
        (Kind::Choice, false) => sentence(&format!(
            "One of: {}. Type it behind `{behind}`.",
            names.join(", ")
        )),
        (Kind::Set, false) => sentence(&format!(
            "Any of: {}. Several at once are fine, for example `{example}`",
            names.join(", ")
        )),
        (Kind::Text | Kind::List, false) => {
            sentence(&format!("In your own words, for example `{example}`"))
        }
        _ => sentence(&format!("For example `{example}`")),
    }
}

/// What one types to answer.
fn typed(case: &Case<'_>, field: &Field, question: &Question, value: &str) -> String {
    let place = case.inbound.place.kind;
    match (place, case.situation.attention.mode) {
        (PlaceKind::Direct, _) => value.to_owned(),
        (PlaceKind::Channel, Mode::Mention | Mode::Follow) => format!("@gtm {value}"),
        (PlaceKind::Channel, Mode::Mute) => {
            let segment = case.for_segment(question.segment.as_ref());
            case.typed(&format!("set {} {value}{segment}", field.name))
        }
    }
}

fn choices(case: &Case<'_>, question: &Question) -> Vec<Button> {
    let field = question.field;
    let segment = case.for_segment(question.segment.as_ref());
    let answer = |value: &str| format!("start answer {} {value}{segment}", field.name);
    match field.kind {
        Kind::YesNo => vec![button("Yes", answer("yes")), button("No", answer("no"))],
        Kind::Choice if field.choices.len() <= MOST_CHOICES => field
            .choices
            .iter()
            .map(|choice| button(cut(choice.label, 28), answer(choice.slug)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Who typed the command outside of a thread is told where the question is.
pub(super) fn asked_below(case: &Case<'_>) -> Document {
    let mut document = act::said(
        "I ask in this channel, one question at a time: answer in the thread below my message.",
        "",
    );
    document.blocks.push(Block::Note(sentence(&format!(
        "If no message of mine appears, I am not a member here: `/invite @gtm`, then `{}` once more.",
        case.typed("start")
    ))));
    document
}

/// What somebody answered, what follows from it, and how to take it back.
pub(super) fn answered(case: &Case<'_>, after: &Plan, changes: &[Change]) -> Document {
    let lines = changes.iter().map(|change| change::line(case, change));
    let headline = lines.collect::<Vec<_>>().join("; ");
    let headline = unmarked(&format!("{}.", held::unpeopled(&headline)));
    let mut blocks = consequences::moved(case, after, changes);
    if let Some(last) = changes.last() {
        blocks.push(Block::Note(vec![
            Inline::plain(format!("version {} · answered by ", last.version)),
            Inline::Person(last.by.clone()),
        ]));
        let undo = button("Undo", format!("start back {}", last.version));
        blocks.push(Block::Actions(vec![undo]));
    }
    Document { headline, blocks }
}

/// Buttons for what the same words say of other fields.
pub(super) fn also(others: Vec<Button>) -> Vec<Block> {
    if others.is_empty() {
        return Vec::new();
    }
    let words = "The same words say more; press what you mean:";
    vec![Block::Paragraph(sentence(words)), Block::Actions(others)]
}

/// Somebody was quicker, or the plan had an answer by then.
pub(super) fn taken(case: &Case<'_>, about: &About, new: &Answer) -> Document {
    let Some((field, segment)) = about.place(&case.plan) else {
        return settled(case, about);
    };
    let old = case.plan.answer(field, segment);
    let short = |answer| cut(&one_line(&shown(field, answer)), LINE);
    let name = capitalised(&field.label());
    let behind = case.for_segment(segment);
    let mut blocks = Vec::new();
    if let Some(change) = last_change(case, about) {
        blocks.push(Block::Note(vec![
            Inline::plain(format!("version {} · by ", change.version)),
            Inline::Person(change.by.clone()),
        ]));
    }
    let yours = short(Some(new));
    blocks.push(Block::Paragraph(vec![Inline::plain(format!(
        "Your answer, {yours}, was not written."
    ))]));
    let words = format!("set {} {}{behind}", field.name, shown(field, Some(new)));
    if crate::intent::parse(&words).is_ok() && matches!(new, Answer::Known(_)) {
        let label = cut(&format!("Set it to {yours}"), 30);
        blocks.push(Block::Actions(vec![button(label, words)]));
    }
    Document {
        headline: format!("{name}{behind} is {} already.", short(old)),
        blocks,
    }
}

fn last_change<'a>(case: &'a Case<'_>, about: &About) -> Option<&'a Change> {
    let sets = |edit: &Edit| match edit {
        Edit::Field { field, segment, .. } => *field == about.field && *segment == about.segment,
        _ => false,
    };
    let mut newest_first = case.tail().iter().rev();
    newest_first.find(|change| change.edit.parts().iter().any(sets))
}

/// `ACV for smb`.
fn named(case: &Case<'_>, about: &About) -> String {
    let field = crate::plan::field(&about.field);
    let name = field.map_or_else(|| about.field.clone(), |it| capitalised(&it.label()));
    format!("{name}{}", case.for_segment(about.segment.as_ref()))
}

/// The plan has an answer there.
pub(super) fn settled(case: &Case<'_>, about: &About) -> Document {
    let answer = about
        .place(&case.plan)
        .and_then(|(field, segment)| Some((field, case.plan.answer(field, segment)?)));
    let headline = match answer {
        Some((field, answer)) => format!(
            "{} is {} already.",
            named(case, about),
            cut(&one_line(&shown(field, Some(answer))), LINE)
        ),
        None => format!("No rule waits for {} any more.", named(case, about)),
    };
    act::said(&headline, "")
}

/// The question was passed over.
pub(super) fn skipped(case: &Case<'_>, about: &About) -> Document {
    let headline = format!("Skipped: {} stays unknown.", named(case, about));
    act::said(&headline, "")
}

/// The question was passed over before.
pub(super) fn passed(case: &Case<'_>, about: &About) -> Document {
    let headline = format!("{} is passed over already.", named(case, about));
    act::said(&headline, "")
}

/// Why a question is asked: the rules that wait for it, each with what it leans on.
pub(super) fn why(case: &Case<'_>, question: &Question) -> Document {
    let rules = case.situation.rules;
    let told = question.decides.iter().take(RULES);
    let lines = told.filter_map(|slug| {
        let rule = rules.get(slug.as_str())?;
        let mut words = vec![
            Inline::plain(format!("{}\n", unmarked(rule.title()))),
            Inline::code(slug.as_str()),
        ];
        if let Some(source) = rule.sources().first() {
            words.push(Inline::plain(" · Source: "));
            words.push(report::cited(source));
        }
        Some(words)
    });
    let mut blocks = vec![Block::Bullets(lines.collect())];
    let rest: Vec<_> = question
        .decides
        .iter()
        .skip(RULES)
        .take(NAMED)
        .map(|slug| format!("`{slug}`"))
        .collect();
    let more = question.decides.len().saturating_sub(RULES + rest.len());
    if !rest.is_empty() {
        let more = match more {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        blocks.push(Block::Note(sentence(&format!(
            "Also: {}{more}",
            rest.join(", ")
        ))));
    }
    let what = match question.decides.len() {
        1 => "one rule cannot decide without it".to_owned(),
        n => format!("{n} rules cannot decide without it"),
    };
    Document {
        headline: format!(
            "I ask for {}{}, because {what}:",
            question.field.label(),
            case.for_segment(question.segment.as_ref())
        ),
        blocks,
    }
}

/// Nothing is asked here.
pub(super) fn no_interview(case: &Case<'_>) -> Document {
    act::said(
        "Nothing is being asked here now.",
        &format!("To begin, or to go on: `{}`", case.typed("start")),
    )
}

/// Words that are no answer: what was understood, what is wrong, and one that works.
pub(super) fn not_a_value(
    case: &Case<'_>,
    about: &About,
    error: &crate::plan::ValueError,
) -> Document {
    let Some((field, segment)) = about.place(&case.plan) else {
        return no_interview(case);
    };
    let question = Question {
        field,
        segment: segment.cloned(),
        decides: Vec::new(),
    };
    let works = typed(case, field, &question, &error.example);
    let mut document = act::said(
        &format!(
            "That does not answer “{}”, so nothing was changed.",
            field.question.trim_end_matches('?')
        ),
        &format!(
            "I read {}: {}. This works: `{works}`",
            error.understood, error.problem
        ),
    );
    let named = format!("{}{}", field.name, case.for_segment(segment));
    document.blocks.push(Block::Actions(vec![
        button("Skip", format!("start skip {named}")),
        button("Why do you ask?", format!("start why {named}")),
    ]));
    document
}

/// A reason belongs to what does not apply.
pub(super) fn no_reason(case: &Case<'_>, about: &About) -> Document {
    let direct = case.inbound.place.kind == PlaceKind::Direct;
    let address = if direct { "" } else { "@gtm " };
    act::said(
        &format!(
            "Why does {} not apply? Nothing was changed yet.",
            named(case, about)
        ),
        &format!("The reason belongs to it: `{address}n/a because we sell through partners only`"),
    )
}
