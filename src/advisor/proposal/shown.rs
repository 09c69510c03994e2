//! Values, quotes and messages as people read them.

use super::{Heard, ProposedValue};
use crate::advisor::case::Case;
use crate::advisor::change::{one_line, shown};
use crate::advisor::prose::{capitalised, cut};
use crate::ident::MessageTs;
use crate::plan::{Answer, MessageLink};
use crate::render::Inline;

/// A value longer than this is cut in a line.
const LINE: usize = 80;

/// `Price for smb`.
pub(in crate::advisor) fn place(case: &Case<'_>, heard: &Heard) -> String {
    let name = heard
        .field()
        .map_or_else(|| heard.field.clone(), |field| capitalised(&field.label()));
    format!("{name}{}", for_segment(case, heard))
}

/// ` for smb`, also where the plan does not have that segment yet.
fn for_segment(case: &Case<'_>, heard: &Heard) -> String {
    match &heard.segment {
        Some(segment) if segment.is_main() => case.for_segment(Some(segment)),
        Some(segment) if case.plan.segments().contains(segment) => case.for_segment(Some(segment)),
        Some(segment) => format!(" for {segment}"),
        None => String::new(),
    }
}

/// The value, as it reads in a line.
pub(super) fn value(heard: &Heard) -> String {
    let answer = Answer::Known(heard.value.clone());
    answer_of(heard, Some(&answer))
}

/// An answer to the field, as it reads in a line.
pub(super) fn answer_of(heard: &Heard, answer: Option<&Answer>) -> String {
    let words = match heard.field() {
        Some(field) => shown(field, answer),
        None => "?".to_owned(),
    };
    cut(&one_line(&words), LINE)
}

/// `Price for smb: $39 a month → $49 a month`.
pub(in crate::advisor) fn step(case: &Case<'_>, value: &ProposedValue) -> String {
    let heard = &value.heard;
    let (place, new) = (place(case, heard), self::value(heard));
    match &value.old {
        None => format!("{place}: {new}"),
        old => format!("{place}: {} → {new}", answer_of(heard, old.as_ref())),
    }
}

/// `“we charge $49/mo” · Ana Reyes · message`. Words that were deleted, or edited away, are not kept.
pub(in crate::advisor) fn provenance(heard: &Heard) -> Vec<Inline> {
    let quote = match heard.quote.as_str() {
        "" => "its words are gone".to_owned(),
        quote => format!("“{quote}”"),
    };
    let mut words = vec![
        Inline::plain(format!("{quote} · ")),
        Inline::Person(heard.by.clone()),
    ];
    if let Some(link) = message(&heard.said, heard.thread.as_ref()) {
        words.push(Inline::plain(" · "));
        words.push(link);
    }
    words
}

/// The way to a message, where there is one.
pub(in crate::advisor) fn message(
    said: &MessageLink,
    thread: Option<&MessageTs>,
) -> Option<Inline> {
    Some(Inline::Message {
        label: "message".to_owned(),
        channel: said.channel.clone(),
        ts: said.ts.clone()?,
        thread: thread.cloned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::{Channel, Person};
    use crate::plan::Value;

    #[test]
    fn words_that_were_deleted_are_not_shown_as_an_empty_quote() {
        let said = |quote: &str| {
            let heard = Heard {
                field: "value.problem".to_owned(),
                segment: None,
                value: Value::Text("slow books".to_owned()),
                quote: quote.to_owned(),
                said: MessageLink {
                    channel: Channel::new("C1"),
                    ts: None,
                },
                thread: None,
                by: Person::new("U1"),
            };
            provenance(&heard).remove(0)
        };
        assert_eq!(said("slow books"), Inline::plain("“slow books” · "));
        assert_eq!(said(""), Inline::plain("its words are gone · "));
    }
}
