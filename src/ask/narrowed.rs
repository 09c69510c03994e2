//! "NRR for usage pricing?": what a question narrows its matter down to. What the sections say of just that comes
//! first; of a figure that nobody has split so, that is said.

use super::Hypothesis;
use super::compose::{sentence, sentences};
use super::held::is_beside;
use super::hypothesis::named;
use super::lead::without;
use crate::knowledge::{EntryKind, Form, Hit};
use crate::plan::{Field, Value, field};
use crate::text::{fold, key, words};

/// A section that scores at least this share of the best may speak of what was asked for.
const NEAR: f32 = 0.8;
/// … and the figure that was asked for scores at least this share of what draws away from it.
const DRAWN_FROM: f32 = 0.7;
/// What a deal brings.
const WORTH: [&str; 2] = ["pricing.price", "pricing.acv"];
/// … and how the sections call what is split by it.
const BY_WORTH: [&str; 3] = ["contract value", "ACV", "$"];
/// Choices by which a figure may be split, and is not by what a deal brings.
const CHOICES: [&str; 2] = ["pricing.model", "sales.motion"];

/// What the sections say of what a question narrows its matter down to.
pub(super) struct Narrowed {
    /// In a sentence or two.
    pub(super) words: String,
    /// Where the section that says it stands among those that were found.
    pub(super) place: usize,
    /// What that section says beside it, where it is not its beginning.
    pub(super) rest: Option<String>,
}

/// What comes first in an answer to a question that is narrowed down; nothing where it is not, or what comes
/// first anyway speaks of it.
pub(super) fn told(
    question: &str,
    form: Form,
    given: &[Hypothesis],
    hits: &[Hit<'static>],
) -> Option<Narrowed> {
    let is_figure = is_figure(hits.first()?);
    match form {
        Form::Amount | Form::Enough | Form::Other if is_figure => split(question, given, hits, 0),
        // What narrows a question down draws the library away from the figure that is asked for.
        Form::Amount if given.iter().any(|one| CHOICES.contains(&one.field.name)) => {
            let least = DRAWN_FROM * hits[0].score;
            let is_asked = |hit: &Hit<'static>| is_figure_of(hit, least);
            split(question, given, hits, hits.iter().position(is_asked)?)
        }
        Form::Compare | Form::Decide if !is_figure => for_a_kind(question, hits),
        _ => None,
    }
}

fn is_figure(hit: &Hit<'static>) -> bool {
    hit.entry.kind == EntryKind::Benchmark
}

fn is_figure_of(hit: &Hit<'static>, least: f32) -> bool {
    is_figure(hit) && hit.score >= least
}

/// How a figure is split by what a question names; that it is not, where no section says so.
fn split(
    question: &str,
    given: &[Hypothesis],
    hits: &[Hit<'static>],
    place: usize,
) -> Option<Narrowed> {
    let (by, names) = split_by(question, given)?;
    let first = sentence(&hits[place].section.body);
    if speaks(first, &names) {
        return None;
    }
    let figures = near(hits).filter(|(at, hit)| *at >= place && is_figure(hit));
    said_of(figures, &names).or_else(|| {
        Some(Narrowed {
            words: format!("I hold no figure by {by}. {first}"),
            place,
            rest: None,
        })
    })
}

/// By what a question would have a figure split, and how sections call that.
fn split_by(question: &str, given: &[Hypothesis]) -> Option<(String, Vec<String>)> {
    let choice = |one: &Hypothesis| match &one.value {
        Value::Choice(slug) => Some(slug.clone()),
        Value::Set(slugs) if slugs.len() == 1 => slugs.first().cloned(),
        _ => None,
    };
    let mut chosen = given.iter().filter(|one| CHOICES.contains(&one.field.name));
    if let Some((one, slug)) = chosen.find_map(|one| Some((one, choice(one)?))) {
        return Some((one.field.label(), called(one.field, &slug)));
    }
    if given.iter().any(|one| WORTH.contains(&one.field.name)) {
        let names = BY_WORTH.map(str::to_owned).to_vec();
        return Some(("contract value".to_owned(), names));
    }
    let (kind, slug) = kind_of_product(question)?;
    Some((kind.label(), called(kind, slug)))
}

/// What sections say of the kind of product that a question is asked for.
fn for_a_kind(question: &str, hits: &[Hit<'static>]) -> Option<Narrowed> {
    let (kind, slug) = kind_of_product(question)?;
    let names = called(kind, slug);
    if speaks(sentence(&hits[0].section.body), &names) {
        return None;
    }
    said_of(
        near(hits).filter(|(_, hit)| is_beside(&hits[0], hit)),
        &names,
    )
}

/// The kind of product that stands behind "for" or "with": `for an API`.
fn kind_of_product(question: &str) -> Option<(&'static Field, &'static str)> {
    const BEFORE: [&str; 4] = ["for", "with", "of", "in"];
    const ARTICLES: [&str; 4] = ["a", "an", "our", "the"];
    let folded = fold(question);
    let said = words(&folded);
    let place = said.iter().rposition(|word| BEFORE.contains(word))?;
    let rest = said[place + 1..].iter().copied();
    let rest: Vec<_> = rest.filter(|word| !ARTICLES.contains(word)).collect();
    let kind = field("plan.product_kind")?;
    let longest = (1..=rest.len().min(3)).rev();
    let slug = longest
        .into_iter()
        .find_map(|n| named(kind, &rest[..n].join(" ")))?;
    Some((kind, slug))
}

fn called(field: &Field, slug: &str) -> Vec<String> {
    let choice = field.choices.iter().find(|choice| choice.slug == slug);
    let names = choice.into_iter().flat_map(|choice| {
        let names = [choice.slug, choice.label].into_iter();
        names.chain(choice.synonyms.iter().copied())
    });
    names.map(str::to_owned).collect()
}

fn near<'a>(hits: &'a [Hit<'static>]) -> impl Iterator<Item = (usize, &'a Hit<'static>)> {
    let least = hits.first().map_or(0.0, |best| NEAR * best.score);
    hits.iter()
        .enumerate()
        .take_while(move |(_, hit)| hit.score >= least)
}

/// The first sentence that speaks of it.
fn said_of<'a>(
    mut hits: impl Iterator<Item = (usize, &'a Hit<'static>)>,
    names: &[String],
) -> Option<Narrowed> {
    hits.find_map(|(place, hit)| {
        let body = &hit.section.body;
        let said = sentences(body).find(|said| speaks(said, names))?;
        let is_first = said == sentence(body);
        Some(Narrowed {
            words: said.to_owned(),
            place,
            rest: (!is_first).then(|| without(body, said)),
        })
    })
}

/// Whether a sentence has one of the names, as words of their own or as a sign.
fn speaks(said: &str, names: &[String]) -> bool {
    let told = format!(" {} ", key(said));
    names.iter().any(|name| {
        let wanted = key(name);
        if wanted.is_empty() {
            return said.contains(name.as_str());
        }
        told.contains(&format!(" {wanted} "))
    })
}
