//! How the words of a pattern are said: stated, denied, wished for, told of the past or of others.

use std::ops::Range;

use super::line::Piece;
use super::{Fit, Framing};
use crate::plan::{Field, Kind};
use crate::reading::mood::Mood;
use crate::reading::sentence::Kind as ElementKind;
use crate::reading::told::{is_of_somebody, is_past};
use crate::reading::words::english;

/// How a pattern's words are said.
pub(super) enum Heard {
    In(Mood),
    Denied,
    Not,
}

impl Framing<'_> {
    /// "Retention of Freshworks": somebody else is named behind it.
    pub(super) fn is_of_another(&self, pieces: &[Piece<'_>], fit: &Fit) -> bool {
        let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
        let next = pieces.get(fit.end + 1);
        let behind =
            matches!(text(fit.end), "of" | "at") && next.is_some_and(|next| self.is_name(next));
        // "HubSpot loses 3% of customers a month".
        let counts = fit.frame.field.name == "icp.geography"
            || fit.frame.field.choices.is_empty()
                && !matches!(fit.frame.field.kind, Kind::Text | Kind::List);
        let before = before(pieces, fit.start + 1);
        let acts = |piece: &Piece<'_>| {
            piece.text.len() > 2 && piece.text.ends_with('s') && piece.text != "is"
        };
        let subject = match before {
            [name, .., last] if counts => {
                self.is_name(name) && !name.light && (acts(last) || acts(&before[1]))
            }
            _ => false,
        };
        behind || subject
    }

    /// Whether a piece is a word that nobody knows, with a capital.
    pub(super) fn is_name(&self, piece: &Piece<'_>) -> bool {
        let origin = self.clean.origin(piece.start..piece.end());
        let typed = self.message.get(origin).unwrap_or_default();
        let known = self.sentence.elements[piece.element].kind != ElementKind::Word;
        piece.is_word
            && !known
            && piece.scan.is_none()
            && !english().fillers.contains(piece.text)
            && typed.starts_with(char::is_uppercase)
    }

    /// In which mood a pattern's words are said.
    pub(super) fn mood(&self, pieces: &[Piece<'_>], fit: &Fit) -> Heard {
        let elements = pieces[fit.start].element..pieces[fit.end - 1].element + 1;
        let mut mood = Mood::Said;
        for (clause, &of_clause) in self.sentence.clauses.iter().zip(self.moods) {
            if clause.start >= elements.end || elements.start >= clause.end {
                continue;
            }
            match of_clause {
                Mood::Said | Mood::Denied => {}
                Mood::Supposed => mood = Mood::Supposed,
                Mood::Past if fit.frame.past => {}
                Mood::Idle if fit.frame.conditional => {}
                Mood::Theirs if is_of_customers(fit.frame.field) && !is_of_rivals(pieces, fit) => {}
                Mood::Theirs
                    if is_done_by_customers(fit.frame.field) && !self.is_of_others(clause) => {}
                Mood::Past if !self.is_past(clause, &elements) => {}
                Mood::Headed if pieces[fit.start..fit.end].iter().any(|it| it.text == ":") => {}
                Mood::Past | Mood::Theirs | Mood::Asked | Mood::Headed | Mood::Idle => {
                    return Heard::Not;
                }
            }
        }
        if denies_within(pieces, fit) {
            return Heard::Not;
        }
        let before = before(pieces, fit.start);
        let denied = before.iter().enumerate().any(|(at, piece)| {
            let next = pieces.get(fit.start - before.len() + at + 1);
            let next = next.map_or("", |next| next.text);
            english().negating.contains(piece.text)
                || english().negating.contain_pair(piece.text, next)
        });
        let wished = !fit.frame.aims
            && !fit.frame.conditional
            && mood == Mood::Said
            && before.iter().any(|piece| WISHES.contains(&piece.text));
        let theirs = before.iter().any(|piece| is_of_somebody(piece.text));
        let its = fit.frame.value.is_some()
            && before
                .last()
                .is_some_and(|it| matches!(it.text, "its" | "their" | "his" | "her"));
        if theirs || its {
            return Heard::Not;
        }
        match (denied, wished) {
            (true, _) if mood == Mood::Said => Heard::Denied,
            (false, false) => Heard::In(mood),
            _ => Heard::Not,
        }
    }

    /// Whether a number is told of others by name or of everybody: "the quota of Lena", "in `SaaS`".
    pub(super) fn is_elsewhere(&self, pieces: &[Piece<'_>], fit: &Fit) -> bool {
        let field = fit.frame.field;
        let counts = field.choices.is_empty()
            && !is_of_customers(field)
            && !matches!(field.kind, Kind::Text | Kind::List);
        let of = |at: usize| {
            at.checked_sub(1)
                .is_some_and(|at| matches!(pieces[at].text, "of" | "at"))
        };
        counts
            && (fit.start..fit.end).any(|at| {
                let piece = &pieces[at];
                ELSEWHERE.contains(&piece.text) || (of(at) && !piece.light && self.is_name(piece))
            })
    }

    /// Whether a word that nobody knows makes something else of the noun behind it: "the billing cycle".
    pub(super) fn is_of_other_kind(&self, pieces: &[Piece<'_>], fit: &Fit) -> bool {
        let Some(before) = fit.start.checked_sub(1).map(|at| &pieces[at]) else {
            return false;
        };
        let worded = matches!(
            fit.frame.field.kind,
            Kind::Text | Kind::List | Kind::ChannelDates
        );
        let unknown = before.is_word
            && !before.light
            && before.scan.is_none()
            && before.id.is_none()
            && before.text.len() > 2
            && before.text != "hundred"
            && !english().fillers.contains(before.text)
            && !english().adjectives.contains(before.text)
            && !english().ends.contains(before.text)
            && !english().verbs.contains(before.text)
            && !before.text.ends_with("ly")
            && !before.text.ends_with("ed")
            && !self.segment_at(before);
        !worded && (unknown || english().foreign.contains(before.text))
    }

    /// Whether the noun behind a count is none of its field: "18 open tickets".
    pub(super) fn counts_others(&self, pieces: &[Piece<'_>], fit: &Fit) -> bool {
        let is_count = fit.frame.field.kind == Kind::Count && !fit.place.is_empty();
        let ends = fit.frame.loose.is_none() && fit.end == fit.place.end;
        let ours = matches!(fit.frame.field.component(), "cs" | "sales" | "marketing");
        let counted = pieces.get(fit.end).is_some_and(|next| {
            fit.frame.field.counts(next.text) || english().customers.contains(next.text)
        });
        is_count && ours && ends && !counted && !self.ends_choice(fit.frame.field, pieces, fit.end)
    }

    /// Whether a clause names other companies.
    fn is_of_others(&self, clause: &Range<usize>) -> bool {
        let of = &self.sentence.elements[clause.clone()];
        let (Some(first), Some(last)) = (of.first(), of.last()) else {
            return false;
        };
        let words = &self.clean.text[first.at.start..last.at.end];
        let theirs = matches!(first.text, "their" | "his" | "her" | "your");
        theirs || english().others.stand_in(words)
    }

    /// Whether the past is told of in a clause no later than in these elements.
    fn is_past(&self, clause: &Range<usize>, elements: &Range<usize>) -> bool {
        let of = &self.sentence.elements[clause.start..elements.end.min(clause.end)];
        let (Some(first), Some(last)) = (of.first(), of.last()) else {
            return false;
        };
        is_past(&self.clean.text[first.at.start..last.at.end])
    }
}

/// The pieces before one in its part of the sentence.
fn before<'b>(pieces: &'b [Piece<'b>], at: usize) -> &'b [Piece<'b>] {
    let parts = |piece: &Piece<'_>| {
        matches!(piece.text, "," | "(" | ")" | ":" | "but" | "\u{2192}" | "=")
            || (piece.text == "-" && !piece.light)
    };
    let start = pieces[..at].iter().rposition(parts);
    &pieces[start.map_or(0, |start| start + 1)..at]
}

/// Whether a field says how customers are, so that "they" are these.
pub(super) fn is_of_customers(field: &Field) -> bool {
    matches!(field.component(), "icp" | "value" | "positioning")
        || matches!(
            field.name,
            "marketing.icp_channels"
                | "marketing.chosen_by"
                | "pricing.market_price"
                | "pricing.seats"
                | "pricing.trial"
                | "pricing.commitment"
                | "pricing.expansion"
                | "pricing.support"
                | "plan.revision_triggers"
        )
}

/// Whether a field says what customers do with us, so that "they" are these: "they sign after 5 weeks".
fn is_done_by_customers(field: &Field) -> bool {
    matches!(
        field.name,
        "sales.cycle"
            | "sales.meetings"
            | "sales.route"
            | "economics.ltv"
            | "economics.payback"
            | "metrics.churn"
            | "metrics.retention_3m"
            | "cs.onboarding"
            | "cs.paid_support"
    )
}

/// "Competitors sell to enterprise": whether what is said of customers is said of somebody else's.
fn is_of_rivals(pieces: &[Piece<'_>], fit: &Fit) -> bool {
    let of_customers = fit.frame.field.component() == "icp";
    of_customers && pieces.iter().any(|it| RIVALS.contains(&it.text))
}

/// Who sells to the same customers.
const RIVALS: &[&str] = &[
    "competitor",
    "competitors",
    "rival",
    "rivals",
    "incumbent",
    "incumbents",
];

/// Words behind which something is only wished for.
pub(super) const WISHES: &[&str] = &[
    "should",
    "could",
    "would",
    "might",
    "may",
    "want",
    "wants",
    "need",
    "needs",
    "wish",
    "hope",
    "hoping",
    "love",
    "trying",
    "try",
    "someday",
    "ideally",
    "shouldn't",
    "we'd",
    "i'd",
    "they'd",
    "ought",
    "if",
    "whether",
    "maybe",
    "perhaps",
    "must",
    "dream",
    "considered",
    "discussed",
    "debated",
    "rejected",
    "tried",
    "which",
];

/// Words by which something was so.
pub(super) const GONE: &[&str] = &[
    "had",
    "ago",
    "previously",
    "formerly",
    "originally",
    "until",
];

/// Words by which others are spoken of.
pub(super) const ELSEWHERE: &[&str] = &[
    "saas",
    "industry",
    "benchmark",
    "benchmarks",
    "competitor",
    "competitors",
    "elsewhere",
    "peers",
];

/// Words by which something is still to come.
pub(super) const COMING: &[&str] = &[
    "plan", "planning", "plans", "soon", "later", "next", "hope", "idea", "thinking", "unless",
    "question",
];

/// "No, the win rate isn't 20%": whether what a figure is of is denied between its name and the figure.
fn denies_within(pieces: &[Piece<'_>], fit: &Fit) -> bool {
    const DENIES: [&str; 6] = ["isn't", "isnt", "aren't", "arent", "ain't", "aint"];
    let field = fit.frame.field;
    let figure = field.choices.is_empty() && !matches!(field.kind, Kind::Text | Kind::List);
    let mut between = pieces[fit.start..fit.place.start.clamp(fit.start, fit.end)].iter();
    figure && between.any(|piece| DENIES.contains(&piece.text))
}
