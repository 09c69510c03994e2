//! Words of the catalogue that somebody mistyped by a letter: "custmers", "gros margin", "sales cylce".

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::hints::Vocabulary;
use crate::plan::{self, Cues};
use crate::text;

/// A shorter word is as likely another one.
const LETTERS: usize = 5;

/// The words by which fields and choices are known, by their first letter.
static WORDS: LazyLock<HashMap<u8, Vec<String>>> = LazyLock::new(|| {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut take = |phrase: &str| {
        let folded = text::fold(phrase);
        words.extend(text::words(&folded).into_iter().map(str::to_owned));
    };
    for field in plan::fields() {
        take(&field.label());
        field.choices.iter().for_each(|choice| take(choice.label));
    }
    for cue in &Cues::get().cues {
        let phrases = cue.around.iter().chain(&cue.before).chain(&cue.behind);
        phrases.for_each(|phrase| take(phrase));
    }
    let mut by_letter: HashMap<u8, Vec<String>> = HashMap::new();
    for word in words {
        if is_plain(&word) && Vocabulary::get().has(text::singular(&word)) {
            by_letter.entry(word.as_bytes()[0]).or_default().push(word);
        }
    }
    by_letter
});

/// The one word of the catalogue that a word in small letters, which no message has taught, misses by a letter.
pub(super) fn mended(word: &str) -> Option<&'static str> {
    let is_known = |word: &str| Vocabulary::get().has(word);
    if !is_plain(word) || is_known(word) || is_known(text::singular(word)) {
        return None;
    }
    let of_letter = WORDS.get(&word.as_bytes()[0])?;
    let mut near = of_letter.iter().filter(|it| misses(word, it));
    let first = near.next()?;
    near.next().is_none().then_some(first.as_str())
}

fn is_plain(word: &str) -> bool {
    word.len() >= LETTERS && word.bytes().all(|it| it.is_ascii_lowercase())
}

/// Whether one word becomes another by one letter more or less, or by two that change places. One letter for
/// another makes too many words of others: "marked", "loving", "pride".
fn misses(word: &str, meant: &str) -> bool {
    let (word, meant) = (word.as_bytes(), meant.as_bytes());
    let alike = word
        .iter()
        .zip(meant)
        .take_while(|(one, other)| one == other);
    let alike = alike.count();
    let (word, meant) = (&word[alike..], &meant[alike..]);
    match (word, meant) {
        ([a, b, rest @ ..], [c, d, other @ ..]) if word.len() == meant.len() => {
            a == d && b == c && rest == other
        }
        ([_, rest @ ..], _) if rest.len() == meant.len() => rest == meant,
        (_, [_, other @ ..]) => other == word,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_misses_one_of_the_catalogue_is_that() {
        assert_eq!(mended("cutsomers"), Some("customers"));
        assert_eq!(mended("qutoa"), Some("quota"));
        assert_eq!(mended("retenttion"), Some("retention"));
        assert_eq!(mended("customers"), None);
        // A word that people use is itself.
        assert_eq!(mended("quote"), None);
        assert_eq!(mended("contacts"), None);
        assert_eq!(mended("notion"), None);
    }
}
