//! The signs for and against that what was read is meant: its words, those before and behind it, its field,
//! and what the hints make of the message.

use crate::reading::Finding;
use crate::reading::each::Telling;
use crate::reading::hints::words;

/// So many words before and behind what was read are signs.
const NEAR: usize = 12;
/// A chance counts no less than this.
const LEAST: f64 = 0.001;

impl Telling<'_> {
    /// The signs of what was read, and how much each is one.
    pub(super) fn signs(&self, it: &Finding) -> Vec<(String, f64)> {
        let text = self.clean.text.as_str();
        let at = self.message.find(&it.quote).unwrap_or_default();
        let place = self.clean.place(&(at..at + it.quote.len()));
        let part = |range: std::ops::Range<usize>| words(text.get(range).unwrap_or_default());
        let (before, within, behind) = (
            part(0..place.start),
            part(place.clone()),
            part(place.end..text.len()),
        );
        let mut signs = Vec::new();
        take(
            &mut signs,
            "b",
            &before[before.len().saturating_sub(NEAR)..],
        );
        take(&mut signs, "q", &within);
        take(&mut signs, "a", &behind[..behind.len().min(NEAR)]);
        let all = || before.iter().chain(&within).chain(&behind);
        let ends = [("f", all().next()), ("l", all().next_back())];
        signs.extend(
            ends.into_iter()
                .filter_map(|(mark, word)| Some(format!("{mark}:{}", word?))),
        );
        signs.push(format!("n:{}", it.field.name));
        signs.push(format!("c:{}", it.field.component()));
        signs.sort_unstable();
        signs.dedup();
        let mut signs: Vec<(String, f64)> = signs.into_iter().map(|sign| (sign, 1.0)).collect();
        let of = |named: Option<&str>| {
            let mut likely = self.likely().iter();
            let own = likely.find(|it| it.field.map(|field| field.name) == named);
            own.map_or(LEAST, |it| it.chance.clamp(LEAST, 1.0 - LEAST))
        };
        let nothing = of(None);
        signs.push(("nothing".to_owned(), (nothing / (1.0 - nothing)).ln()));
        signs.push(("own".to_owned(), of(Some(it.field.name)).ln()));
        signs
    }
}

/// Takes in words and pairs of words with a mark of where they stand.
fn take(signs: &mut Vec<String>, mark: &str, words: &[&str]) {
    signs.extend(words.iter().map(|word| format!("{mark}:{word}")));
    signs.extend(
        words
            .windows(2)
            .map(|pair| format!("{mark}:{}_{}", pair[0], pair[1])),
    );
}
