//! Questions that no command opens.

use super::Intent;
use super::cursor::Cursor;

/// Whether "why" begins a question and not the name of a rule: "why so high?", "why do deals stall?"
pub(super) fn asks_why(cursor: &Cursor<'_>) -> bool {
    const GOES_ON: [&str; 20] = [
        "so", "is", "are", "do", "does", "did", "not", "that", "this", "it", "our", "we", "would",
        "should", "can", "can't", "don't", "doesn't", "isn't", "aren't",
    ];
    let words = cursor.rest();
    let begins = words.first().is_some_and(|word| word.folded == "why");
    begins
        && words
            .get(1)
            .is_some_and(|word| GOES_ON.contains(&word.folded.trim_end_matches('?')))
}

/// Words that are no command but a question.
pub(super) fn asked(cursor: &mut Cursor<'_>) -> Option<Intent> {
    const OPENINGS: [&str; 30] = [
        "what",
        "what's",
        "whats",
        "how",
        "when",
        "who",
        "whom",
        "where",
        "which",
        "should",
        "is",
        "are",
        "can",
        "could",
        "do",
        "does",
        "did",
        "will",
        "would",
        "difference",
        "tell",
        "give",
        "wie",
        "wann",
        "was",
        "warum",
        "sollen",
        "sollten",
        "isn't",
        "why",
    ];
    let words = cursor.rest();
    let first = words.first()?.folded.as_str();
    let opens = OPENINGS.contains(&first) && words.len() > 2;
    let ends = words.len() > 1 && cursor.raw_rest().trim_end().ends_with('?');
    (opens || ends).then(|| Intent::Ask(cursor.raw_rest().trim().to_owned()))
}
