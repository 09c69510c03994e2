//! Answers of a few words, which are a value of what was spoken of whatever they are by themselves: "marketing
//! then", "yes", "the qc lab".

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::answers;
use super::super::hedged::{reply, says_yes};
use super::super::places::spelled_place;
use super::super::thread::Said;
use super::super::{Context, Finding};
use super::topics::About;
use crate::plan::{self, Field, Kind, Level, Segment, Value};
use crate::text;

/// Words with which an answer begins or ends that are none of it.
const OPENING: &[&str] = &[
    "ok", "okay", "so", "then", "yes", "yep", "yeah", "no", "nah", "nope", "fine", "hm", "hmm",
    "true", "right", "well", "and", "but", "the", "our", "a", "an", "just", "only", "still",
    "also", "plus", "it's", "its", "that's", "say", "put", "let's", "lets", "make", "take", "we",
    "use", "go", "with", "i'd", "it", "is", "stay", "keep", "mostly", "usually", "ja", "nein",
    "oui", "non", "dann",
];
const CLOSING: &[&str] = &[
    "then",
    "first",
    "too",
    "only",
    "please",
    "pls",
    "lol",
    "imo",
    "tbh",
    "obviously",
    "always",
    "instead",
    "though",
    "it",
    "is",
    "yes",
    "ok",
    "now",
    "again",
    "still",
    "also",
    "right",
    "for",
    "i",
    "think",
    "guess",
    "mostly",
    "usually",
    "zuerst",
    "as",
    "well",
    "haha",
    "btw",
];

/// Words that hold the place of an answer.
const OPEN: &[&str] = &[
    "tbd",
    "tba",
    "n/a",
    "na",
    "unknown",
    "unclear",
    "open",
    "undecided",
    "later",
    "depends",
];

/// What a few words say of each field that may be spoken of, with how likely it is.
pub(super) fn answers(
    message: &Said,
    (about, segment): (&[About], Option<&Segment>),
    context: &Context<'_>,
) -> Vec<(f64, Finding)> {
    let Some(words) = reply(&message.text) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for words in forms(words) {
        for (chance, field) in about {
            let asks_for_whom = field.level == Level::Segment && segment.is_none();
            if asks_for_whom && context.is_open() {
                continue;
            }
            let value = value(words, field, context);
            all.extend(value.map(|value| {
                let mut finding = answers::finding(field, value, words, context);
                finding.segment = context.segment(field, segment.cloned());
                (*chance, finding)
            }));
        }
    }
    all
}

fn value(words: &str, field: &'static Field, context: &Context<'_>) -> Option<Value> {
    // Of a mention or a link nobody knows what it stands for.
    if OPEN.contains(&text::fold(words).as_str()) || words.contains(['<', '>']) {
        return None;
    }
    match field.kind {
        Kind::YesNo => says_yes(words).map(Value::YesNo),
        Kind::Choice | Kind::Set if !names_choices(words, field) => None,
        // A date is told by rules, and no word of a talk is one by chance.
        Kind::Date | Kind::ChannelDates => None,
        _ => Some(spelled(field, field.parse(words, &context.parse).ok()?)),
    }
}

/// Places are spelled as such, however they are typed.
fn spelled(field: &Field, value: Value) -> Value {
    match value {
        Value::List(items) if field.name == "icp.geography" => {
            Value::List(items.iter().map(|it| spelled_place(it)).collect())
        }
        _ => value,
    }
}

/// Whether words are choices of a field by their names: to say why others are none takes longer than to look.
fn names_choices(words: &str, field: &'static Field) -> bool {
    static NAMES: LazyLock<HashSet<(&str, String)>> = LazyLock::new(|| {
        let fields = plan::fields().iter();
        let names = fields.flat_map(|field| {
            let choices = field.choices.iter().flat_map(|choice| {
                let own = [choice.slug, choice.label].into_iter();
                own.chain(choice.synonyms.iter().copied())
            });
            choices.map(|name| (field.name, text::key(name)))
        });
        names.collect()
    });
    let folded = text::fold(words).replace(" and ", ",");
    let mut items = folded.split([',', '+', '&']).map(text::key);
    items.all(|it| NAMES.contains(&(field.name, it)))
}

/// An answer as it stands, without what only opens or closes it, and up to its first comma.
fn forms(words: &str) -> Vec<&str> {
    let comma = words.find([',', ';', '.']).map(|at| &words[..at]);
    let mut forms = vec![words, bare(words)];
    forms.extend(comma.map(bare));
    forms.retain(|it| !it.is_empty());
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn bare(words: &str) -> &str {
    let is = |word: &str, list: &[&str]| {
        let word = text::fold(word);
        list.contains(&word.trim_matches([',', '.', '!']))
    };
    let mut words = words.trim();
    while let Some((first, rest)) = words.split_once(' ')
        && is(first, OPENING)
    {
        words = rest.trim_start();
    }
    while let Some((rest, last)) = words.rsplit_once(' ')
        && is(last, CLOSING)
    {
        words = rest.trim_end();
    }
    words.trim_matches([',', '.', '!', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Currency, FileFormat, ParseContext, Plan};

    fn said(text: &str, plan: Option<&Plan>) -> usize {
        let parse = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 3, 2),
        };
        let message = Said {
            speaker: "ann".to_owned(),
            text: text.to_owned(),
        };
        let users = plan::field("icp.users").expect("the catalogue has it");
        answers(&message, (&[(1.0, users)], None), &Context { plan, parse }).len()
    }

    #[test]
    fn an_answer_is_no_mention_and_names_its_segment_where_it_has_to() {
        assert_eq!(said("the qc lab", None), 2);
        assert_eq!(said("tbd", None), 0);
        assert_eq!(said("<@U0123>", None), 0);
        let file = "[segment.smb]\nsales.cycle = \"9 days\"\n[segment.enterprise]\nsales.cycle = \"9 months\"\n";
        let plan = plan::read_file(file, FileFormat::Toml, jiff::civil::date(2026, 3, 2));
        let plan = plan.expect("it is a plan");
        assert_eq!(said("the qc lab", Some(&plan)), 0);
    }

    #[test]
    fn an_answer_is_bare_of_what_opens_and_closes_it() {
        assert_eq!(bare("ok so the qc lab then"), "qc lab");
        assert_eq!(bare("hamburg first"), "hamburg");
        assert_eq!(forms("no, monthly"), ["monthly", "no", "no, monthly"]);
    }
}
