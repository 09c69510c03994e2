//! When channels started: "webinars since 3 March 2026".

use std::ops::Range;

use super::line::Piece;
use super::table::Frames;
use super::{Fit, Framing, choosing};
use crate::plan::Value;
use crate::reading::mood::Mood;
use crate::text;

/// Words by which something begins.
const BEGINS: &[&str] = &[
    "start",
    "started",
    "starts",
    "since",
    "began",
    "begun",
    "launched",
    "live",
    "kicked",
    "running",
    "went",
    "opened",
    "introduced",
    "dates",
    "kickoff",
    "start-date",
    "began",
    "beginning",
    "start",
    "started",
    "up",
    "from",
];

impl Framing<'_> {
    /// Each channel of the sentence with the date that stands beside it.
    pub(super) fn started(
        &self,
        frames: &'static Frames,
        pieces: &[Piece<'_>],
    ) -> Option<(Mood, Fit)> {
        if !pieces.iter().any(|piece| BEGINS.contains(&piece.text)) {
            return None;
        }
        let dates = dates(pieces);
        let (first, last) = (dates.first()?, dates.last()?);
        let spoken = self.sentence.clauses.iter().zip(self.moods);
        let element = pieces[first.0.start].element;
        let mut moods = spoken.filter(|(clause, _)| clause.contains(&element));
        if !moods.all(|(_, mood)| matches!(mood, Mood::Said | Mood::Past | Mood::Denied)) {
            return None;
        }
        let frame = frames.started()?;
        let mut known: Vec<(usize, String)> = Vec::new();
        for at in 0..pieces.len() {
            let behind = known.last().is_some_and(|(end, _)| at < *end);
            let chosen = choosing::choice(frames, frame.field, pieces, at).filter(|_| !behind);
            if let Some((slug, end)) = chosen {
                known.push((end, slug.to_owned()));
            }
        }
        let mut from = 0;
        let mut items = Vec::new();
        for (place, date) in &dates {
            let before = known
                .iter()
                .rev()
                .find(|(end, _)| (from..=place.start).contains(end));
            let channel = before.or_else(|| known.iter().find(|(end, _)| *end > place.end))?;
            items.push(format!("{}: {date}", channel.1));
            from = place.end;
        }
        let value: Value = frame.field.parse(&items.join(", "), &self.context).ok()?;
        Some((
            Mood::Said,
            Fit {
                frame,
                start: 0,
                end: pieces.len(),
                value,
                place: first.0.start..last.0.end,
                said: pieces.len(),
            },
        ))
    }
}

/// The dates among the pieces, each as `2026-03-03`.
fn dates(pieces: &[Piece<'_>]) -> Vec<(Range<usize>, String)> {
    let mut dates: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if let Some((end, date)) = date(pieces, at) {
            dates.push((at..end, date));
            at = end;
        } else {
            at += 1;
        }
    }
    dates
}

fn date(pieces: &[Piece<'_>], at: usize) -> Option<(usize, String)> {
    let word = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let number = |at: usize| -> Option<u32> {
        let digits = word(at).trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok()
    };
    let year = |at: usize| number(at).filter(|year| (1990..2100).contains(year));
    let day = |at: usize| number(at).filter(|day| (1..=31).contains(day));
    let month = |at: usize| text::month(word(at));
    let shown = |year: u32, month: i8, day: u32| format!("{year:04}-{month:02}-{day:02}");
    if let Some(year) = year(at)
        && word(at + 1) == "-"
        && word(at + 3) == "-"
    {
        let month = i8::try_from(number(at + 2)?).ok()?;
        return Some((at + 5, shown(year, month, day(at + 4)?)));
    }
    let comma = |at: usize| at + usize::from(word(at) == ",");
    if let (Some(day), Some(month)) = (day(at), month(at + 1)) {
        let at = comma(at + 2);
        return Some((at + 1, shown(year(at)?, month, day)));
    }
    // "Since March 2026": the month as a whole began on its first day.
    if let (Some(month), Some(year)) = (month(at), year(at + 1)) {
        return Some((at + 2, shown(year, month, 1)));
    }
    if let (Some(month), Some(day)) = (month(at), day(at + 1)) {
        let at = comma(at + 2);
        return Some((at + 1, shown(year(at)?, month, day)));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn a_month_begins_on_its_first_day() {
        check(
            "seo started January 2026, events started March 2026",
            &["marketing.started: events: 2026-03-01, SEO: 2026-01-01"],
        );
    }

    #[test]
    fn a_word_that_only_begins_like_a_month_is_none() {
        check("seo started before our marketing 2026 offsite", &[]);
    }
}
