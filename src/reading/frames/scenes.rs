//! Words that say a value together, in whatever order they stand: "of the whole market we can reach $65M".
//!
//! A scene names the words of which each kind must stand in one part of the sentence, and those of which none
//! may. It says less of how the words hang together than a pattern, so it counts only where no pattern and no
//! cue says anything of the same value.

use std::ops::Range;

use super::line::Piece;
use super::matching::Walk;
use super::pattern::Node;
use super::table::{Frame, Frames};
use super::{Fit, Framing, Heard, WISHES, entities, values};
use crate::plan::{Kind, Value};
use crate::reading::mood::Mood;
use crate::reading::words::english;

/// A part that has more words says more than one thing.
const LONGEST: usize = 32;

/// A value that stands in a part of the sentence.
type Met = (Value, Range<usize>);

impl Framing<'_> {
    /// What the scenes say that no pattern has said.
    pub(super) fn scenes(
        &self,
        frames: &'static Frames,
        candidates: &[&'static Frame],
        pieces: &[Piece<'_>],
        said: &[(Mood, Fit)],
    ) -> Vec<(Mood, Fit)> {
        let mut found: Vec<(Mood, Fit)> = Vec::new();
        let mut parts: Option<Vec<Range<usize>>> = None;
        for &frame in candidates.iter().filter(|frame| frame.is_scene()) {
            let known = said.iter().chain(&found);
            let mut known = known.map(|(_, fit)| fit.frame.field.name);
            if known.any(|name| name == frame.field.name) {
                continue;
            }
            let parts = parts.get_or_insert_with(|| parts_of(pieces));
            let mut fits = parts.iter().filter_map(|part| {
                let scene = Scene {
                    framing: self,
                    frames,
                    pieces,
                    frame,
                    part: part.clone(),
                };
                scene.heard()
            });
            let free = |fit: &Fit| {
                let mut taken = said.iter().map(|(_, it)| &it.place);
                !taken.any(|it| it.start < fit.place.end && fit.place.start < it.end)
            };
            found.extend(fits.find(|(_, fit)| free(fit)));
        }
        found
    }
}

/// A scene in a part of a sentence.
struct Scene<'a> {
    framing: &'a Framing<'a>,
    frames: &'static Frames,
    pieces: &'a [Piece<'a>],
    frame: &'static Frame,
    part: Range<usize>,
}

impl Scene<'_> {
    /// What it says there, and in which mood.
    fn heard(&self) -> Option<(Mood, Fit)> {
        let stand = self
            .frame
            .all
            .iter()
            .map(|nodes| self.stands(nodes, &self.part));
        let mut stand: Vec<Range<usize>> = stand.collect::<Option<_>>()?;
        // What all words say together may be said otherwise in another part.
        let whole = self.frame.value.as_ref().map(|_| 0..self.pieces.len());
        let around = whole.unwrap_or_else(|| self.part.clone());
        let mut barred = self.frame.none.iter();
        if barred.any(|nodes| self.stands(nodes, &around).is_some()) {
            return None;
        }
        let (value, place) = match &self.frame.value {
            Some(value) => (value.clone(), stand[0].start..stand[0].start),
            None => self.value()?,
        };
        if !place.is_empty() {
            stand.push(place.clone());
        }
        let start = stand.iter().map(|it| it.start).min()?;
        let end = stand.iter().map(|it| it.end).max()?;
        if self.is_unsaid(&stand) {
            return None;
        }
        let fit = Fit {
            frame: self.frame,
            start,
            end,
            value,
            place,
        };
        if self.is_of_somebody() || self.framing.is_of_another(self.pieces, &fit) {
            return None;
        }
        match self.framing.mood(self.pieces, &fit) {
            Heard::In(mood) => Some((mood, fit)),
            Heard::Denied | Heard::Not => None,
        }
    }

    /// Whether a figure is of somebody whose name stands first: "Notion passed 400M ARR".
    fn is_of_somebody(&self) -> bool {
        let field = self.frame.field;
        let counts = field.choices.is_empty() && !matches!(field.kind, Kind::Text | Kind::List);
        let mut said = self.pieces[self.part.clone()].iter();
        let first = said.find(|piece| piece.is_word && !piece.light);
        counts && first.is_some_and(|first| self.framing.is_name(first))
    }

    /// Where words of the scene stand.
    fn stands(&self, nodes: &[Node], part: &Range<usize>) -> Option<Range<usize>> {
        let pieces = &self.pieces[..part.end];
        part.clone().find_map(|at| {
            let mut walk = Walk::new(self.framing, self.frames, pieces, self.frame);
            let end = walk.step(nodes, None, at, true)?;
            (end > at).then_some(at..end)
        })
    }

    /// The only value of the field that stands in the part.
    fn value(&self) -> Option<Met> {
        let (field, pieces) = (self.frame.field, &self.pieces[..self.part.end]);
        if matches!(field.kind, Kind::Text | Kind::List) {
            return entities::entity(self.framing, field, pieces, self.part.clone());
        }
        let mut met: Option<Met> = None;
        let mut at = self.part.start;
        while at < self.part.end {
            let read = if field.choices.is_empty() {
                let counts = pieces[at].scan.is_some() || pieces[at].text != "one";
                let read = values::number(self.framing, field, pieces, at);
                read.filter(|_| counts)
            } else {
                values::choices(self.frames, field, pieces, at)
            };
            let Some((value, end)) = read else {
                at += 1;
                continue;
            };
            // That there is none of it is said in words of its own.
            if matches!(&value, Value::Choice(slug) if slug == "none") {
                return None;
            }
            met = Some(match met {
                None => (value, at..end),
                Some((Value::Set(mut known), place)) => {
                    let Value::Set(more) = value else { return None };
                    known.extend(more);
                    (Value::Set(known), place.start..end)
                }
                Some((known, place)) if known == value => (known, place),
                Some(_) => return None,
            });
            at = end;
        }
        met
    }

    /// Whether a word beside those of the scene takes back what they say, or only wishes for it.
    fn is_unsaid(&self, stand: &[Range<usize>]) -> bool {
        let idle = |at: &usize| !stand.iter().any(|it| it.contains(at));
        let frame = self.frame;
        self.part.clone().filter(idle).any(|at| {
            let word = self.pieces[at].text;
            let next = self.pieces.get(at + 1).map_or("", |next| next.text);
            let wishes = WISHES.contains(&word) && !frame.aims && !frame.conditional;
            let denies = english().negating.contains(word) || matches!(word, "isn't" | "unless");
            wishes || denies || english().negating.contains(&format!("{word} {next}"))
        })
    }
}

/// The parts of a sentence that may each say something of their own, and the sentence.
fn parts_of(pieces: &[Piece<'_>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        if at < pieces.len() && !is_parting(pieces, at) {
            continue;
        }
        if start < at {
            parts.push(start..at);
        }
        start = at + 1;
    }
    if parts.len() > 1 {
        parts.push(0..pieces.len());
    }
    parts.retain(|part| part.len() <= LONGEST);
    parts
}

fn is_parting(pieces: &[Piece<'_>], at: usize) -> bool {
    let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let anew = matches!(
        text(at + 1),
        "we" | "i" | "they" | "it" | "it's" | "we're" | "our" | "that's" | "he" | "she"
    );
    match text(at) {
        "," | "(" | ")" | ";" | "but" | "while" | "whereas" | "though" | "because" => true,
        "-" => !pieces[at].light,
        "and" | "so" => anew,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Currency, ParseContext};
    use crate::reading::{Context, read_message};

    fn check(message: &str, expected: &[&str]) {
        let parse = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 3, 2),
        };
        let reading = read_message(message, &Context { plan: None, parse });
        let shown = reading.proposals.iter();
        let shown = shown.map(|it| format!("{}: {}", it.field.name, it.value.display(it.field)));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{message}");
    }

    #[test]
    fn words_say_it_together_in_any_order() {
        check(
            "of the whole market we're able to reach €65m with what we have",
            &["market.sam: €65,000,000 a year"],
        );
        check(
            "going upmarket gets a year and a half",
            &[
                "plan.move_months: 18 months",
                "plan.new_initiative: move upmarket",
            ],
        );
        check(
            "there's no one who keeps the definitions in order here",
            &["plan.definitions_governed: no"],
        );
    }

    #[test]
    fn what_is_denied_wished_for_or_of_somebody_else_is_not_said() {
        check("we can't reach €65m of that market", &[]);
        check("we should reach €65m of that market", &[]);
        check("can we reach €65m of that market?", &[]);
        check("Globex reaches €65m of that market", &[]);
        check("the plan is not about one feature launch", &[]);
    }
}
