//! Sources of values, read again where no event tells that they were edited or deleted.

use super::super::case::Case;
use super::super::proposal::{Source, SourceState};
use super::super::{PlaceKind, Reread, ThreadMessage, Unread};
use super::amended::{answers, says};
use crate::intent::Mode;
use crate::render::one_line;

/// What is known of the sources in the thread that was read again.
pub(in crate::advisor) fn reread(case: &Case<'_>, read: &Reread) -> Vec<Source> {
    let whole = match &read.transcript.stopped {
        None => true,
        // Its first message is gone, and what it said.
        Some(Unread::Gone) => read.transcript.messages.is_empty(),
        Some(_) => false,
    };
    let sources = case.situation.marked.iter();
    let of_thread = sources.filter(|it| *it.root() == read.root && it.stands());
    of_thread
        .filter_map(|source| {
            let mut messages = read.transcript.messages.iter();
            match messages.find(|it| it.ts == source.ts) {
                Some(message) => Some(still(case, source, message)),
                None => whole.then(|| gone(case, source)),
            }
        })
        .collect()
}

fn still(case: &Case<'_>, source: &Source, message: &ThreadMessage) -> Source {
    let mut now = says(case, &message.words, &message.ts, message.to_bot);
    now.extend(answers(case, source, &message.words));
    let words = one_line(&message.words);
    let mut next = source.clone();
    next.read_at = Some(case.situation.now);
    for gave in &mut next.gave {
        if gave.state != SourceState::Stands {
            continue;
        }
        let is_said = now
            .iter()
            .any(|it| gave.is_of_place(it) && it.value == gave.value);
        let is_quoted = gave.quote.as_ref().is_some_and(|it| words.contains(it));
        if !is_said && !is_quoted {
            gave.state = SourceState::Edited;
            gave.quote = None;
        }
    }
    next
}

fn gone(case: &Case<'_>, source: &Source) -> Source {
    let mut next = source.clone();
    next.read_at = Some(case.situation.now);
    for gave in &mut next.gave {
        gave.state = SourceState::Deleted;
        gave.quote = None;
    }
    next
}

/// Whether events tell of edits and deletions here.
pub(super) fn is_told(case: &Case<'_>) -> bool {
    case.situation.attention.mode == Mode::Follow || case.inbound.place.kind == PlaceKind::Direct
}
