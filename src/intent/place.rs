//! Where in the plan: a component, a segment.

use super::ParseError;
use super::cursor::Cursor;
use crate::plan::{self, Segment};
use crate::text;

/// The plan's components in the catalogue's order.
pub fn components() -> Vec<&'static str> {
    let mut components: Vec<&'static str> = Vec::new();
    for component in plan::fields().iter().map(plan::Field::component) {
        if !components.contains(&component) {
            components.push(component);
        }
    }
    components
}

/// Reads a component, also by the name of one of its fields; singular and plural are the same.
pub(super) fn component(cursor: &mut Cursor<'_>) -> Result<&'static str, ParseError> {
    let word = cursor.joined(1);
    let all = components();
    let named = all
        .iter()
        .copied()
        .find(|name| text::key(name) == text::key(&word));
    let by_field = || plan::field_called(&word).map(plan::Field::component);
    if let Some(found) = named.or_else(by_field) {
        cursor.skip(1);
        cursor.understand(found);
        return Ok(found);
    }
    let problem = format!(
        "{} is not a part of the plan; the parts are {}",
        text::quote(&word),
        all.join(", ")
    );
    let mut error = cursor.error(1, problem);
    let near = text::nearest(&word, all.iter().copied());
    let command = &error.understood;
    error.suggestions = near
        .iter()
        .map(|name| format!("{command} {name}"))
        .collect();
    if let Some(best) = error.suggestions.first() {
        error.example.clone_from(best);
    }
    Err(error)
}

/// Reads a segment's name, which may be written in several words.
pub(super) fn segment(cursor: &mut Cursor<'_>) -> Result<Segment, ParseError> {
    let all = cursor.rest().len();
    let joined = cursor.joined(all).replace(' ', "-");
    let joined = joined.trim_end_matches(['.', '!', '?', ',']);
    match Segment::parse(joined) {
        Ok(segment) => {
            cursor.skip(all);
            Ok(segment)
        }
        Err(problem) => Err(cursor.error(all, problem)),
    }
}

/// Reads `for <segment>` at the end of the words, where it stands there.
pub(super) fn tail(cursor: &mut Cursor<'_>) -> Result<Option<Segment>, ParseError> {
    if !cursor.skip_any(&["for", "in"]) {
        return Ok(None);
    }
    if cursor.is_done() {
        return Err(cursor.error(0, "`for` needs a segment's name behind it"));
    }
    segment(cursor).map(Some)
}
