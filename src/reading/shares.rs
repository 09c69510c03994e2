//! Which words of a message are of one segment, and which are of all.

use std::ops::Range;

use super::each::Telling;
use super::sentence::Element;
use crate::plan::Segment;

/// Where a message names a segment.
pub(super) struct Mention {
    pub(super) segment: Segment,
    pub(super) sentence: usize,
    pub(super) element: usize,
}

/// How the words of a message are shared out between its segments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// Whether a segment stands before what is said of it, and not behind it.
    pub(super) leads: bool,
    /// Whether the sentence before says of what it is.
    pub(super) headed: bool,
    /// Whether the words of the segment itself stay.
    pub(super) named: bool,
}

impl Telling<'_> {
    /// A part without the words that only lead to what it says.
    pub(super) fn said(&self, part: Range<usize>) -> Range<usize> {
        let text = &self.clean.text[part.clone()];
        let mut rest = text.trim_start_matches(IDLE_OPENING);
        while let Some((first, behind)) = rest.split_once(' ')
            && LEADING.contains(&first)
        {
            rest = behind.trim_start();
        }
        part.end - rest.len()..part.end
    }

    /// The words of the message that are of one segment, or of all.
    pub(super) fn parts(
        &self,
        way: Way,
        mentions: &[Mention],
        segment: &Segment,
    ) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let first = mentions.first().map_or(0, |it| it.sentence);
        if way.headed && first > 0 {
            parts.push(self.span(first - 1));
        }
        for at in first..self.sentences.len() {
            let of_sentence: Vec<&Mention> =
                mentions.iter().filter(|it| it.sentence == at).collect();
            if of_sentence.iter().any(|it| it.segment == *segment) {
                self.share(way, &of_sentence, segment, &mut parts);
            }
        }
        parts
    }

    /// The words of a sentence that are of one segment, or of all.
    fn share(
        &self,
        way: Way,
        mentions: &[&Mention],
        segment: &Segment,
        parts: &mut Vec<Range<usize>>,
    ) {
        let at = mentions[0].sentence;
        let elements = &self.sentences[at].elements;
        let span = self.span(at);
        let starts: Vec<usize> = mentions
            .iter()
            .map(|it| led(elements, it.element))
            .collect();
        let begin = |element: usize| elements.get(element).map_or(span.end, |it| it.at.start);
        if way.leads {
            let head = span.start..begin(starts[0]);
            let mut labelled = !self.clean.text[head.clone()].trim_matches(IDLE).is_empty();
            parts.push(head);
            for (place, mention) in mentions.iter().enumerate() {
                if mention.segment != *segment {
                    continue;
                }
                let end = starts.get(place + 1).map_or(span.end, |&next| begin(next));
                if way.named {
                    parts.push(begin(starts[place])..end);
                } else {
                    let from = behind(elements, mention.element + 1, labelled);
                    parts.push(begin(from).min(end)..end);
                }
                labelled = true;
            }
            return;
        }
        let head = elements
            .iter()
            .position(Element::is_number)
            .map_or(0, |number| number);
        let head = (head > 0).then(|| span.start..begin(head));
        let mut from = span.start;
        for (place, mention) in mentions.iter().enumerate() {
            let last = place + 1 == mentions.len();
            let end = elements[mention.element].at.end;
            let to = if way.named { end } else { begin(starts[place]) };
            if mention.segment == *segment {
                if place > 0 {
                    parts.extend(head.clone().filter(|head| head.end <= from));
                }
                parts.push(from..to);
                if last {
                    parts.push(end..span.end);
                }
            }
            from = begin(mention.element + 1);
        }
    }

    /// The letters of a sentence, up to the next one.
    pub(super) fn span(&self, at: usize) -> Range<usize> {
        let start = |at: usize| {
            let first = self.sentences.get(at).and_then(|it| it.elements.first());
            first.map_or(self.clean.text.len(), |it| it.at.start)
        };
        start(at)..start(at + 1)
    }
}

/// Words before a value that say nothing of it.
const LEADING: &[&str] = &[
    "is",
    "are",
    "it's",
    "its",
    "it",
    "ones",
    "one",
    "they're",
    "would",
    "just",
    "only",
    "stays",
    "means",
    "gets",
    "goes",
    "has",
    "have",
    "we're",
    "be",
    "still",
    "pod",
    "side",
    "segment",
    "customers",
    "accounts",
    "deals",
];

/// Signs and spaces before words.
const IDLE_OPENING: fn(char) -> bool = |c| {
    matches!(
        c,
        ' ' | ',' | ':' | '=' | '\u{2192}' | '-' | '\u{2022}' | '\n'
    )
};

/// Signs and spaces around words.
pub(super) const IDLE: fn(char) -> bool = |c| !c.is_alphanumeric();

/// Where the words begin that lead to a segment: "for the enterprise".
pub(super) fn led(elements: &[Element<'_>], at: usize) -> usize {
    const LEADS: &[&str] = &[
        "for", "in", "on", "with", "the", "our", "at", "to", "and", "while", "but", "whereas",
        "as for", "a", "an",
    ];
    let mut start = at;
    while start > 0 && elements[start - 1].is_one_of(LEADS) {
        start -= 1;
    }
    start
}

/// The first element behind a segment that says something of it.
fn behind(elements: &[Element<'_>], from: usize, labelled: bool) -> usize {
    let idle = |at: &usize| {
        elements.get(*at).is_some_and(|it| {
            it.is_sign(&[","]) || (!labelled && it.is_sign(&[":", "=", "-", "\u{2192}", ">"]))
        })
    };
    (from..elements.len())
        .find(|at| !idle(at))
        .unwrap_or(elements.len())
}
