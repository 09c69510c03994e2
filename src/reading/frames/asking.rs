//! Questions that the next sentence answers: "What would they do otherwise? Outsource it."

use super::line::Piece;
use super::table::Frames;
use super::{Framed, Framing, choosing, line, values};
use crate::plan::{Field, Kind, Value};
use crate::reading::Found;
use crate::reading::mood::Mood;

/// What a question asks for.
#[derive(Debug, Clone)]
pub(in crate::reading) struct Asked {
    pub(in crate::reading) field: &'static Field,
    /// Whether "yes" means that the field is no: "is support free?"
    turned: bool,
}

impl Asked {
    /// What is asked for where a value of the field was said of something else: what is not said of it as
    /// well is the opposite.
    pub(in crate::reading) fn of(field: &'static Field, other: Option<&Value>) -> Self {
        let turned = other == Some(&Value::YesNo(false));
        Self { field, turned }
    }
}

/// Words that ask for a value, and words that ask whether something is so.
const WH: &[&str] = &[
    "who", "what", "what's", "whats", "which", "how", "how's", "where", "when", "why", "who's",
    "whose",
];
const POLAR: &[&str] = &["do", "does", "is", "are", "have", "has", "did", "got"];

/// A label has at most so many words.
const LABEL: usize = 10;

/// A question has at most so many words.
const QUESTION: usize = 16;

/// An answer begins within so many words.
const BEGINS: usize = 4;

/// What is asked for is named within so many words.
const OPENS: usize = 2;

/// An answer in words has at most so many.
const WORDS: usize = 20;

/// Words with which no answer begins that is a text.
const TURNS: &[&str] = &[
    "i",
    "i'd",
    "i'm",
    "let's",
    "lets",
    "sounds",
    "seriously",
    "good",
    "hm",
    "hmm",
    "dunno",
    "idk",
    "ask",
    "need",
    "needs",
    "please",
    "pls",
    "see",
    "will",
    "we'll",
    "we'd",
    "asking",
    "anyone",
    "maybe",
    "depends",
    "wait",
    "someone",
    "somebody",
    "can",
    "could",
    "just",
];

impl Framing<'_> {
    /// What the sentence asks for: one of the questions of the tables, or what a pattern would say that has
    /// everything but its value.
    pub(in crate::reading) fn asks(&self) -> Option<Asked> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let fits = self.fits(frames, &pieces);
        let opens = pieces.first().map_or("", |piece| piece.text);
        let plain = fits.iter().filter(|fit| {
            let polar = POLAR.contains(&opens) && fit.frame.field.kind != Kind::YesNo;
            fit.frame.asks && fit.start <= OPENS && !polar
        });
        // "What's the NRR target?" asks for more than the NRR.
        let plain = plain.max_by_key(|fit| (fit.said, std::cmp::Reverse(fit.frame.order)));
        let plain = plain.map(|fit| Asked {
            field: fit.frame.field,
            turned: false,
        });
        let opens = pieces.iter().find(|piece| !piece.light);
        if opens.is_some_and(|opens| POLAR.contains(&opens.text)) {
            return self.asks_loosely(frames, &pieces).or(plain);
        }
        plain.or_else(|| self.asks_loosely(frames, &pieces))
    }

    /// The field that the first words of the sentence name without a value: "pipeline targets: smb 90 opps".
    pub(in crate::reading) fn label(&self) -> Option<&'static Field> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let head = pieces.iter().position(|it| self.segment_at(it));
        self.label_of(frames, &pieces[..head.unwrap_or(pieces.len())])
    }

    pub(super) fn label_of(
        &self,
        frames: &'static Frames,
        head: &[Piece<'_>],
    ) -> Option<&'static Field> {
        if head.is_empty() || head.len() > LABEL || self.sentence.is_question {
            return None;
        }
        let named = frames.needed_in(head).filter_map(|(frame, _)| {
            let said = match &frame.loose {
                Some(loose) => self
                    .loose_question(frames, (frame, loose), head)
                    .filter(|_| frame.value.is_none()),
                None if frame.asks => self.length_of(frames, frame, head),
                None => None,
            };
            Some((said?, frame.order, frame.field))
        });
        let best = named.max_by_key(|(said, order, _)| (*said, std::cmp::Reverse(*order)));
        best.map(|(_, _, field)| field)
    }

    fn asks_loosely(&self, frames: &'static Frames, pieces: &[Piece<'_>]) -> Option<Asked> {
        let opens = pieces.iter().find(|piece| !piece.light)?.text;
        let (wh, polar) = (WH.contains(&opens), POLAR.contains(&opens));
        if pieces.len() > QUESTION || !(wh || polar) {
            return None;
        }
        let asked = frames.needed_in(pieces).filter_map(|(frame, _)| {
            let loose = frame.loose.as_ref()?;
            let is_polar = matches!(frame.value, Some(Value::YesNo(_)));
            let kind = if is_polar {
                polar
            } else {
                wh && frame.value.is_none()
            };
            kind.then_some(())?;
            let said = self.loose_question(frames, (frame, loose), pieces)?;
            let turned = frame.value == Some(Value::YesNo(false));
            Some((
                said,
                frame.order,
                Asked {
                    field: frame.field,
                    turned,
                },
            ))
        });
        let best = asked.max_by_key(|(said, order, _)| (*said, std::cmp::Reverse(*order)));
        best.map(|(_, _, asked)| asked)
    }

    /// What the sentence says to a question for that field.
    pub(in crate::reading) fn answer(&self, asked: &Asked) -> Option<Framed> {
        let field = asked.field;
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let states = matches!(self.moods.first(), Some(Mood::Said | Mood::Denied));
        let opening = pieces.first().map_or("", |piece| piece.text);
        let turns = matches!(field.kind, Kind::Text | Kind::List)
            && (TURNS.contains(&opening) || pieces.len() < 2);
        if self.sentence.is_question || !states || turns || pieces.len() > WORDS {
            return None;
        }
        let (value, place) = match field.kind {
            Kind::Text | Kind::List => values::words(self, field, &pieces, 0)?,
            Kind::YesNo => match pieces.first()?.text {
                "yes" | "yep" | "yeah" | "yup" | "sure" | "absolutely" => {
                    (Value::YesNo(!asked.turned), 0..1)
                }
                "no" | "nope" | "nah" | "nobody" => (Value::YesNo(asked.turned), 0..1),
                _ => return None,
            },
            _ => (0..BEGINS.min(pieces.len())).find_map(|at| {
                let (value, end) = values::number(self, field, &pieces, at)
                    .or_else(|| choosing::choices(frames, field, &pieces, at))?;
                Some((value, at..end))
            })?,
        };
        let elements = pieces[place.start].element..pieces[place.end - 1].element + 1;
        let segment = self.segments[elements.clone()]
            .iter()
            .rev()
            .flatten()
            .next()
            .cloned();
        Some(Framed {
            mood: Mood::Said,
            segment: segment.filter(|_| field.name != "icp.segment"),
            value: elements.clone(),
            weak: false,
            loose: false,
            found: Found {
                field,
                value,
                elements,
                holder: None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Currency, ParseContext};
    use crate::reading::{Context, read_message};

    /// What is proposed for a message, in its order.
    fn proposed(message: &str) -> Vec<String> {
        let context = Context {
            plan: None,
            parse: ParseContext {
                currency: Currency::USD,
                today: jiff::civil::date(2026, 3, 2),
            },
        };
        let proposals = read_message(message, &context).proposals;
        let shown = proposals.iter().map(|it| {
            let segment = it.segment.as_ref().filter(|segment| !segment.is_main());
            let at = segment.map_or(String::new(), |segment| format!(" @{segment}"));
            format!("{}{at}: {}", it.field.name, it.value.display(it.field))
        });
        shown.collect()
    }

    fn check(message: &str, expected: &[&str]) {
        assert_eq!(proposed(message), expected, "{message}");
    }

    #[test]
    fn the_next_sentence_answers_a_question_and_nothing_else_does() {
        check(
            "what would they do otherwise? outsource it to an agency",
            &["value.alternative: outsource it to an agency"],
        );
        check(
            "definitions governed? yep",
            &["plan.definitions_governed: yes"],
        );
        check(
            "who takes the inbound leads? the SDRs do",
            &["sales.inbound_owner: SDR"],
        );
        check("is support included? yes", &["cs.paid_support: no"]);
        check("what would they do without us?", &[]);
        check("what would they do otherwise? should we ask?", &[]);
    }

    #[test]
    fn words_end_before_what_follows_them() {
        check(
            "lost invoices cost days, that's what we solve",
            &["value.problem: lost invoices cost days"],
        );
        check(
            "we have two case studies as proof",
            &["positioning.proof: two case studies"],
        );
        check("not sure that two case studies count as proof", &[]);
    }

    #[test]
    fn who_is_mentioned_owns_and_somebody_elses_is_not_ours() {
        check("<@U02ANA> owns the plan", &["plan.owner: <@U02ANA>"]);
        check("does <@U02ANA> own the plan?", &[]);
        check("Zendesk's users are support agents", &[]);
        check(
            "I wish product and sales would use the same definitions",
            &[],
        );
    }

    #[test]
    fn each_segment_has_its_own_words() {
        check(
            "for smb we solve lost passwords, for enterprise we solve shadow IT",
            &[
                "value.problem @smb: lost passwords",
                "value.problem @enterprise: shadow IT",
            ],
        );
    }
}
