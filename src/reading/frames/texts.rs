//! Texts within a pattern: what can be one, what only leads to it, and where it ends.

use std::ops::Range;

use super::line::Piece;
use super::{Framing, values};
use crate::plan::{Field, ParseContext, Value};
use crate::reading::words::{Set, english};

/// Whether the words of a field stand without what only leads to them.
pub(super) fn is_plain(field: &Field) -> bool {
    matches!(
        field.component(),
        "icp" | "positioning" | "plan" | "value" | "pricing"
    )
}

/// Whether words can be a text of that field.
fn is_text_of(field: &Field, words: &str) -> bool {
    let folded = words.to_lowercase();
    let first = folded.split(' ').next().unwrap_or_default();
    let count = words.split_whitespace().count();
    let says = !folded
        .split(' ')
        .all(|word| english().fillers.contains(word))
        && !english().unsaid.contains(first);
    let any = |set: &Set| folded.split(' ').any(|word| set.contains(word));
    match field.name {
        "plan.name" => words.contains(char::is_uppercase) && count <= 6 && says,
        "plan.owner" => {
            let when = matches!(
                first,
                "from" | "today" | "since" | "as" | "now" | "for" | "then" | "make"
            );
            count <= 4 && says && !when && !any(&english().unnamed)
        }
        "positioning.category" => {
            let counts = words.contains(|c: char| c.is_ascii_digit());
            count <= 6 && says && !counts && !any(&english().kinds)
        }
        "value.outcome" => {
            let counts = words.contains(|c: char| c.is_ascii_digit());
            says && (counts || any(&english().tallies))
        }
        "value.alternative" | "value.benefit" | "value.differentiator" | "icp.growth_stage" => {
            says || first == "no"
        }
        "icp.buying_process" => says || first == "no",
        _ => says,
    }
}

/// A line of a list without its bullet or number.
pub(super) fn unnumbered(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match bare
        .strip_prefix(['.', ')'])
        .filter(|_| bare.len() < line.len())
    {
        Some(bare) if bare.starts_with(' ') => bare.trim_start(),
        _ => line.trim_start_matches(['-', '\u{2022}', '\u{2013}', ' ']),
    }
}

/// A text without what only leads to it.
pub(super) fn text(field: &Field, typed: &str, context: ParseContext) -> Option<Value> {
    let mut words = typed.trim().trim_end_matches(['.', '!', ',', ';']);
    let leading: &[&str] = match field.name {
        "positioning.category" => &["as ", "a ", "an ", "the ", "category of ", "called ", "in "],
        "plan.name" | "plan.owner" => &["the ", "called ", "named ", "to ", "ok ", "okay "],
        "pricing.rationale" => &["that ", "because ", "bc "],
        "pricing.packaging" => &["just "],
        _ => &[
            "that ",
            "always the same: ",
            "it's that ",
            "it is that ",
            "because ",
            "it's ",
            "its ",
            "it is ",
            "is that ",
            "is ",
            "bc ",
        ],
    };
    while let Some(rest) = leading.iter().find_map(|it| words.strip_prefix(it)) {
        words = rest.trim_start();
    }
    let words = without_remark(words);
    let words = words.strip_suffix(", that").unwrap_or(words);
    let words = match field.name {
        "plan.name" | "plan.owner" => words.split(" from now").next().unwrap_or(words),
        _ => words,
    };
    let words = words.trim_matches(['"', '*', '_', '`', '\u{201C}', '\u{201D}']);
    if !is_text_of(field, words) {
        return None;
    }
    let lines: Vec<&str> = words.lines().map(unnumbered).collect();
    field.parse(&lines.join(", "), &context).ok()
}

/// Words without a remark in brackets at their end: "rotas made by hand (every week!)".
pub(super) fn without_remark(words: &str) -> &str {
    let closed = words.ends_with(')') || !words.contains(')');
    let open = words.find(" (").filter(|_| closed);
    let bare = open.map_or(words, |at| &words[..at]);
    // What begins in brackets ends with them.
    let end = bare.find(')').filter(|&at| !bare[..at].contains('('));
    end.map_or(bare, |at| &bare[..at]).trim_end()
}

/// Whether the words behind a comma are no longer of the text: "…, that's what we solve".
pub(super) fn is_remark(field: &Field, next: &str) -> bool {
    if matches!(
        field.name,
        "plan.owner" | "plan.name" | "positioning.category"
    ) {
        return true;
    }
    let tells = matches!(
        field.name,
        "icp.buying_process" | "icp.people" | "plan.revision_triggers"
    );
    matches!(
        next,
        "that's"
            | "he"
            | "she"
            | "i"
            | "sorry"
            | "nobody"
            | "think"
            | "see"
            | "nothing"
            | "thanks"
            | "ok"
            | "right"
            | "imo"
            | "we"
            | "after"
            | "measured"
            | "according"
            | "which"
            | "so"
            | "because"
            | "this"
            | "those"
            | "as"
            | "even"
            | "don't"
            | "decided"
            | "final"
            | "confirmed"
            | "voted"
            | "period"
            | "promise"
            | "noted"
            | "everything"
            | "else"
            | "none"
    ) || (!tells && matches!(next, "they" | "it" | "it's" | "they're" | "their" | "the"))
}

/// Whether a field's texts end before a remark.
pub(super) fn ends_before_remarks(field: &Field) -> bool {
    matches!(
        field.component(),
        "icp" | "value" | "pricing" | "positioning" | "plan"
    )
}

/// Where a figure begins: "30", "+25%", "a quarter of", "one in five"; what was before it changed is none.
pub(super) fn figure(pieces: &[Piece<'_>], from: usize) -> Option<usize> {
    let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let counts = |at: usize| {
        pieces[at].scan.is_some()
            || text(at).starts_with(|c: char| c.is_ascii_digit())
            || matches!(
                (text(at), text(at + 1)),
                ("one", "in" | "out")
                    | ("half", "of" | "the")
                    | ("two" | "three", "thirds" | "quarters" | "in")
                    | ("a", "quarter" | "third" | "fifth")
                    | ("every", "second" | "third" | "fourth" | "fifth")
            )
    };
    let old = |at: usize| at > 0 && matches!(text(at - 1), "from" | "not" | "than" | "instead");
    let at = (from..pieces.len()).find(|&at| counts(at) && !old(at))?;
    let signed = at > from && matches!(text(at - 1), "+" | "$" | "\u{20ac}" | "\u{a3}");
    Some(at - usize::from(signed))
}

/// Words by which a text of a second segment begins, and which are no part of it.
const OPENING: [&str; 41] = [
    "are",
    "at",
    "be",
    "because",
    "by",
    "companies",
    "customers",
    "for",
    "from",
    "had",
    "has",
    "have",
    "in",
    "is",
    "it",
    "it'd",
    "it's",
    "just",
    "look",
    "mainly",
    "more",
    "mostly",
    "of",
    "on",
    "rather",
    "segment",
    "side",
    "solve",
    "that",
    "that's",
    "they",
    "they're",
    "through",
    "to",
    "us",
    "use",
    "we",
    "we're",
    "with",
    "would",
    "would've",
];

impl Framing<'_> {
    /// The words of a part without those that only lead to them.
    pub(super) fn words_left_out(
        &self,
        pieces: &[Piece<'_>],
        field: &'static Field,
        part: Range<usize>,
    ) -> Option<(Value, Range<usize>)> {
        let start = part.clone().find(|&at| {
            let piece = &pieces[at];
            piece.is_word && !self.segment_at(piece) && !OPENING.contains(&piece.text)
        })?;
        let (value, place) = values::words(self, field, &pieces[..part.end], start)?;
        Some((value, place))
    }
}
