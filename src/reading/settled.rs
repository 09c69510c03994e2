//! What a few words say of the matter that was spoken of last: "marketing then", "minus events", "99, it's on the
//! website".

use super::answers;
use super::claims::{Claim, State};
use super::message::hear;
use super::mood::Mood;
use super::options;
use super::rejoined::is_figure;
use super::replies::said;
use super::sentence::Sentence;
use super::stance::is_amount_of;
use super::talk::{self, Talk};
use super::thread::{Said, Thread};
use super::{Context, Finding};
use crate::plan::{Field, Kind, Segment, Value};
use crate::text;

/// What was spoken of last stands at most so many messages before.
const REACH: usize = 4;
/// A value that is settled in passing has at most so many words.
const VALUE: usize = 4;

/// A choice that is said against another has at most so many words.
const BARE: usize = 2;

/// Words by which a clause settles what it says.
const SETTLES: &[&str] = &[
    "then", "so", "it is", "make it", "put", "take", "use", "go with", "it's", "now",
];

/// Words by which something is left out of what was listed.
const LESS: &[&str] = &[
    "minus", "without", "except", "drop", "skip", "less", "remove", "not",
];

impl Thread {
    /// Takes in what a message says of the matter that was spoken of last, where it says nothing else.
    pub(super) fn take_settled(
        &self,
        line: usize,
        message: &Said,
        context: &Context<'_>,
        findings: &mut Vec<(Mood, Finding)>,
    ) {
        let folded = text::fold(&message.text);
        if !findings.is_empty() || folded.contains('?') {
            return;
        }
        let recent = |it: &&Claim| it.stands() && line - it.finding.line <= REACH;
        let Some(last) = self.claims.iter().rev().find(recent) else {
            return;
        };
        let found = options::clauses(&folded).find_map(|clause| {
            self.restated(clause, message)
                .or_else(|| left(clause, &last.finding, context))
                .or_else(|| settled(clause, &last.finding, context))
                .or_else(|| {
                    let against = last.finding.line + 1 == line && !last.is_by(&message.speaker);
                    against.then(|| bare(clause, &last.finding, context))?
                })
        });
        let Some(mut found) = found else { return };
        if !message.text.contains(&found.quote) {
            message.text.trim().clone_into(&mut found.quote);
        }
        findings.push((Mood::Said, found));
    }

    /// "What if we went to 600k": another figure of the field that was spoken of, which the words do not name.
    pub(super) fn suppose(
        &self,
        line: usize,
        (message, sentences): (&Said, &[Sentence<'_>]),
        context: &Context<'_>,
        findings: &mut Vec<(Mood, Finding)>,
    ) {
        let folded = text::fold(&message.text);
        let Some(rest) = folded.strip_prefix("what if ") else {
            return;
        };
        let names = sentences.iter().any(|it| talk::named(it, true).is_some());
        let figure = |it: &&Claim| {
            it.stands() && line - it.finding.line <= REACH && is_figure(it.finding.field.kind)
        };
        let Some(last) = self.claims.iter().rev().find(figure).filter(|_| !names) else {
            return;
        };
        // Of a segment that is named, the figure that was said of it.
        let segment = talk::segment_named(sentences, context.plan);
        let of_named =
            |it: &&Claim| figure(it) && segment.is_some() && it.finding.segment == segment;
        let fits = self.claims.iter().rev().filter(of_named);
        let last = fits.chain([last]);
        for claim in last {
            let field = claim.finding.field;
            let form = format!("what if the {} {rest}", field.label());
            let talk = Talk {
                segment: claim.finding.segment.clone().filter(|it| !it.is_main()),
                ..Talk::default()
            };
            let heard = hear(&form, context, &talk).findings.into_iter();
            let mut tried =
                heard.filter(|(mood, it)| *mood == Mood::Supposed && it.field.name == field.name);
            if let Some((mood, mut it)) = tried.next() {
                message.text.trim().clone_into(&mut it.quote);
                findings.retain(|(mood, _)| *mood != Mood::Supposed);
                findings.push((mood, it));
                return;
            }
        }
    }

    /// "99, it's on the website": the speaker's own figure once more.
    fn restated(&self, clause: &str, message: &Said) -> Option<Finding> {
        let figure = clause.starts_with(|it: char| it.is_ascii_digit() || "$€£".contains(it));
        if !figure || clause.split(' ').count() > 2 {
            return None;
        }
        let live =
            |it: &Claim| it.stands() || (it.mood == Mood::Said && it.state == State::Disputed);
        let own = |it: &&Claim| live(it) && it.is_by(&message.speaker);
        let mut claims = self.claims.iter().rev().filter(own);
        let same = claims.find(|it| is_amount_of(clause, &it.finding))?;
        Some(Finding {
            quote: clause.to_owned(),
            ..same.finding.clone()
        })
    }

    /// A channel that is stopped is none that is in use.
    pub(super) fn stop_channels(&mut self, stopped: &Finding) {
        let Value::Set(stopped) = &stopped.value else {
            return;
        };
        let in_use = |it: &&mut Claim| it.stands() && it.finding.field.name == "marketing.channels";
        for claim in self.claims.iter_mut().filter(in_use) {
            if let Value::Set(channels) = &mut claim.finding.value
                && !channels.is_subset(stopped)
            {
                channels.retain(|it| !stopped.contains(it));
            }
        }
    }
}

/// What is said of that field where its value is said alone.
fn of_field(
    words: &str,
    (field, segment): (&'static Field, Option<&Segment>),
    context: &Context<'_>,
) -> Option<Finding> {
    let form = format!("{}: {words}", field.label());
    let talk = Talk {
        segment: segment.cloned().filter(|it| !it.is_main()),
        ..Talk::default()
    };
    let found = said(&form, context, &talk);
    let listed = || {
        let value = field.parse(words, &context.parse).ok();
        let value = value.filter(|_| field.kind == Kind::List)?;
        let mut it = answers::finding(field, value, words, context);
        it.segment = segment.cloned();
        Some(it)
    };
    let of_field = found.into_iter().find(|it| it.field.name == field.name);
    let mut it = of_field.or_else(listed)?;
    words.clone_into(&mut it.quote);
    Some(it)
}

/// "Ok minus events": what was listed without that; "only events": that alone.
fn left(clause: &str, last: &Finding, context: &Context<'_>) -> Option<Finding> {
    let words = options::heavy(clause);
    let only = ["only ", "just ", "no only ", "no no "]
        .iter()
        .any(|it| clause.starts_with(it));
    let rest = match words.split_first()? {
        (first, rest) if LESS.contains(first) => rest,
        _ if only => words.as_slice(),
        _ => return None,
    };
    if rest.is_empty() || rest.len() > VALUE {
        return None;
    }
    let gone = of_field(
        &rest.join(" "),
        (last.field, last.segment.as_ref()),
        context,
    )?;
    if rest.len() == words.len() {
        return is_part(&gone.value, &last.value).then_some(gone);
    }
    let value = match (&last.value, &gone.value) {
        (Value::Set(all), Value::Set(gone)) => {
            let left = all.difference(gone).cloned().collect();
            Value::Set(left)
        }
        (Value::List(all), Value::List(gone)) => {
            let gone: Vec<String> = gone.iter().map(|it| text::fold(it)).collect();
            let left = all.iter().filter(|it| !gone.contains(&text::fold(it)));
            Value::List(left.cloned().collect())
        }
        _ => return None,
    };
    let none = matches!(&value, Value::Set(it) if it.is_empty())
        || matches!(&value, Value::List(it) if it.is_empty());
    (!none && value != last.value).then(|| Finding {
        value,
        quote: clause.to_owned(),
        ..last.clone()
    })
}

/// Whether one list or set holds no more than another, and less.
fn is_part(part: &Value, all: &Value) -> bool {
    match (part, all) {
        (Value::Set(part), Value::Set(all)) => part.is_subset(all) && part != all,
        (Value::List(part), Value::List(all)) => {
            part.iter().all(|it| all.contains(it)) && part.len() < all.len()
        }
        _ => false,
    }
}

/// "Marketing then": another choice of the field.
fn settled(clause: &str, last: &Finding, context: &Context<'_>) -> Option<Finding> {
    let choice = matches!(last.field.kind, Kind::Choice | Kind::Set);
    let settles = SETTLES.iter().any(|it| super::phrases::has(clause, it));
    let words = options::heavy(clause);
    if !choice || !settles || words.is_empty() || words.len() > VALUE {
        return None;
    }
    of_field(
        &words.join(" "),
        (last.field, last.segment.as_ref()),
        context,
    )
}

/// "Annual. Legal changed the paper": another choice, and no word beside it.
fn bare(clause: &str, last: &Finding, context: &Context<'_>) -> Option<Finding> {
    let choice = matches!(last.field.kind, Kind::Choice | Kind::Set);
    let count = clause.split_whitespace().count();
    if !choice || count > BARE || options::heavy(clause).len() < count {
        return None;
    }
    of_field(clause, (last.field, last.segment.as_ref()), context)
}
