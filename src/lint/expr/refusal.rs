//! How the checker words what it refuses.

use super::Mistake;
use super::lexer::Span;
use super::types::{Domain, Type};
use super::units::Unit;

/// A word that is none of the choices.
pub(super) fn not_a_choice(words: &str, span: &Span, domain: &Domain) -> Mistake {
    unknown("choice", words, span, domain.slugs())
}

/// A name that nothing has, with the nearest that something has.
pub(super) fn unknown<'a>(
    kind: &str,
    word: &str,
    span: &Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Mistake {
    let near = crate::text::nearest(word, known);
    let hint = near
        .first()
        .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    Mistake::new(span.clone(), format!("no {kind} `{word}`{hint}"))
}

/// A type that is not the wanted one.
pub(super) fn mismatch(span: &Span, wanted: &Type, found: &Type) -> Mistake {
    let problem = format!("expected {}, this is {}", wanted.words(), found.words());
    Mistake::new(span.clone(), problem)
}

/// Two types that cannot be compared, with the literal that was probably meant.
pub(super) fn incomparable(span: Span, left: &Type, right: &Type) -> Mistake {
    let hint = match (left, right) {
        (Type::Unit(Unit::Number), Type::Unit(unit))
        | (Type::Unit(unit), Type::Unit(Unit::Number)) => unit.literal(),
        _ => None,
    };
    let hint = hint.map_or_else(String::new, |example| format!("; write `{example}`"));
    let (one, two) = (left.words(), right.words());
    let problem = format!("the left is {one}, the right is {two}: they cannot be compared{hint}");
    Mistake::new(span, problem)
}
