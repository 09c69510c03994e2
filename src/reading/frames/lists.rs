//! Lists within a pattern: their items, without the words that only lead to them.

use super::sizes::{without_assent, without_size};
use super::texts::without_remark;
use crate::plan::{Field, Kind, ParseContext, Value};
use crate::reading::places::{is_place, spelled_place};
use crate::reading::words::english;

/// Words behind which an item only goes on to say why.
const TRAILING: &[&str] = &[
    " because ",
    " since ",
    " so ",
    " - ",
    " \u{2014} ",
    " \u{2013} ",
    " (",
    " right now",
    " for now",
    " now",
    " only",
    " as well",
    " too",
    " these days",
    " at the moment",
    " instead",
    " most of all",
    " of course",
    " first",
    " mostly",
    " mainly",
    " alike",
    " in general",
    " and nothing else",
    " ever",
    " rn",
    " tbh",
    " imo",
    " pls",
    " please",
    " anyway",
    " atm",
    " in the deals",
    " on board",
    " every day",
    " today",
    " on the first call",
    " fit ",
    " match ",
    " underneath",
    " last week",
    " every single one",
    " running",
    " installed",
    " in place",
    " already",
    " from now",
    " from now on",
    " as agreed",
    " agreed with ",
    " of any sort",
    " of any kind",
    " straight away",
    " right away",
    " asap",
    " who",
    " tbh",
    " ever again",
    " period",
];

/// An item has at most so many words.
const LONGEST: usize = 14;

/// The name of a place or a role has at most so many, and that of a place in small letters so many.
const NAME: usize = 5;
const SMALL_NAME: usize = 2;

/// The value of a list that stands in these words.
pub(super) fn list(field: &Field, typed: &str, context: ParseContext) -> Option<Value> {
    list_of(field, typed, context, Known::Named)
}

/// By what an item is known to be a place or a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// By its name.
    Named,
    /// By how it is written; what it is, other words say.
    Written,
}

/// The value of a list whose places and roles may have names that nobody knows: "Mato Grosso".
pub(super) fn list_of_unnamed(field: &Field, typed: &str, context: ParseContext) -> Option<Value> {
    list_of(field, typed, context, Known::Written)
}

fn list_of(field: &Field, typed: &str, context: ParseContext, known: Known) -> Option<Value> {
    let typed = without_remark(typed);
    let typed = without_assent(typed);
    let mut items: Vec<String> = Vec::new();
    for part in parts(field, typed) {
        let item = bare(field, &part);
        match item.filter(|item| fits(field, item, known)) {
            Some(item) => items.push(spelled(field, item)),
            // What follows the last item is something else.
            None if items.is_empty() => return None,
            None if is_strict(field) && (known == Known::Named || items.len() < 2) => return None,
            None => break,
        }
    }
    let parsed = match field.kind {
        Kind::List => field.parse_items(&items, &context),
        _ => return None,
    };
    (!items.is_empty()).then_some(())?;
    parsed.ok()
}

/// Whether one item that does not fit shows that none of it was meant.
fn is_strict(field: &Field) -> bool {
    field.name == "icp.geography"
}

/// Whether an item says more than a name: another value, a statement.
fn holds_more(field: &Field, folded: &str) -> bool {
    let exclusions = field.name == "icp.exclusions";
    let says = |word: &str| {
        matches!(
            word,
            "is" | "are"
                | "was"
                | "were"
                | "we"
                | "i"
                | "i'm"
                | "it's"
                | "we're"
                | "holds"
                | "pays"
                | "signs"
                | "they're"
                | "don't"
                | "me"
                | "only"
                | "how"
                | "yes"
                | "be"
                | "make"
                | "no"
                | "let"
                | "lets"
                | "there"
                | "here"
                | "these"
                | "those"
                | "two"
                | "after"
                | "why"
                | "should"
                | "would"
                | "decides"
                | "sits"
                | "buys"
                | "approves"
        ) || (word == "have" && !exclusions)
    };
    let counts = field.name != "icp.tech_stack" && !exclusions && folded.split(' ').any(is_count);
    folded.contains([':', '=', '?', '$', '€', '£']) || counts || folded.split(' ').any(says)
}

/// Whether a word counts something: "10-400", and not the name "3PLs" or "B2B".
fn is_count(word: &str) -> bool {
    let digit = word.contains(|c: char| c.is_ascii_digit());
    digit && !word.contains(char::is_alphabetic)
}

/// Whether the items are as long as sentences.
fn holds_sentences(field: &Field) -> bool {
    matches!(field.name, "positioning.proof" | "plan.revision_triggers")
}

fn fits(field: &Field, item: &str, known: Known) -> bool {
    let folded = item.to_lowercase();
    if !holds_sentences(field) && field.name != "icp.signals" && holds_more(field, &folded) {
        return false;
    }
    if item.split_whitespace().count() > LONGEST
        || (field.name != "icp.geography" && english().nobody.contains(&folded))
    {
        return false;
    }
    match field.name {
        "icp.industry" if english().customers.contains(&folded) => false,
        "icp.users" | "icp.buyer" if folded.split(' ').all(|it| english().fillers.contains(it)) => {
            false
        }
        "icp.industry" => {
            let last = folded.rsplit([' ', '-']).next().unwrap_or_default();
            english().industries.contains(last)
                || last.ends_with('s')
                || folded.contains(' ')
                || item.contains(char::is_uppercase)
        }
        "icp.geography" if known == Known::Written => is_place(&folded) || is_name(item),
        "icp.geography" => is_place(&folded),
        "icp.buyer" if known == Known::Written => item.split(' ').count() <= NAME,
        "icp.buyer" if folded.contains(" by ") => false,
        "icp.buyer" => folded.split([' ', '-']).any(|word| {
            english().roles.contains(word) || english().roles.contains(word.trim_end_matches('s'))
        }),
        _ => true,
    }
}

/// Whether words could be the name of a place: few with a capital letter, or very few.
fn is_name(item: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let plain = |word: &str| {
        word.chars()
            .all(|it| it.is_alphabetic() || "-'.".contains(it))
    };
    let some = item.to_lowercase().starts_with("some ");
    let count = item.split(' ').count();
    !some
        && (count <= NAME && item.split(' ').any(capital)
            || count <= SMALL_NAME && item.split(' ').all(plain))
}

fn spelled(field: &Field, item: String) -> String {
    match field.name {
        "icp.geography" => spelled_place(&item),
        _ => item,
    }
}

/// The words between commas, line breaks and words such as "and".
fn parts(field: &Field, typed: &str) -> Vec<String> {
    let mut commas = typed.replace(['\n', ';'], ", ").replace(", ", " , ");
    if let Some(inner) = commas.strip_suffix(',') {
        commas = inner.to_owned();
    }
    let mut joints = vec![" + ", " & ", " / ", " plus ", " as well as "];
    if holds_sentences(field) {
        joints.extend([
            " and a ",
            " and an ",
            " and the ",
            ", or ",
            " and two ",
            " and three ",
            " or ",
        ]);
    } else {
        joints.extend([" and ", " or "]);
    }
    for joint in joints {
        let keeps = joint.strip_prefix(" and ").unwrap_or_default();
        commas = commas.replace(joint, &format!(" , {keeps}"));
    }
    if field.name == "icp.geography" {
        commas = commas.replace(['/', '+'], " , ");
    }
    let mut parts = Vec::new();
    for part in commas.split(" ,") {
        for part in part.split(",,") {
            let part = part.trim().trim_matches(',').trim();
            if !part.is_empty() {
                parts.push(part.to_owned());
            }
        }
    }
    parts
}

/// An item without what only goes on to say why, and without its quotes.
fn whole<'a>(field: &Field, item: &'a str) -> &'a str {
    let folded = item.to_lowercase();
    let trails = |at: usize| {
        let words = &folded[at..];
        let ends = |it: &str| it.ends_with([' ', '(']) || it.len() == words.len();
        TRAILING.iter().any(|it| words.starts_with(it) && ends(it))
    };
    let mut spaces = folded.match_indices(' ').map(|(at, _)| at);
    let end = spaces
        .find(|at| trails(*at))
        .filter(|_| folded.len() == item.len());
    let end = end
        .filter(|_| !holds_sentences(field))
        .unwrap_or(item.len());
    let item = item
        .get(..end)
        .unwrap_or(item)
        .trim()
        .trim_end_matches(['.', '!', ':', ',']);
    item.trim_matches(['"', '*', '_', '`', '\u{201C}', '\u{201D}'])
        .trim()
}

/// Whether a word only names what the list is of: "geography DACH".
fn names(field: &Field, word: &str) -> bool {
    match field.name {
        "icp.geography" => matches!(word, "geography" | "geo" | "region" | "regions"),
        "icp.industry" => matches!(word, "industry" | "industries" | "vertical" | "verticals"),
        "icp.buyer" => matches!(word, "buyer" | "buyers"),
        _ => false,
    }
}

/// An item without the words before and behind it.
fn bare(field: &Field, part: &str) -> Option<String> {
    let mut item = part;
    loop {
        let (first, rest) = item.split_once(' ').unwrap_or((item, ""));
        let number = first
            .strip_suffix(['.', ')'])
            .is_some_and(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit()));
        let article = field.name == "plan.revision_triggers"
            && !number
            && !matches!(first, "-" | "or" | "and" | "\u{2022}");
        let indefinite = matches!(first, "a" | "an")
            && matches!(
                field.name,
                "icp.signals" | "positioning.proof" | "positioning.compared_to"
            );
        let kept = indefinite
            || article
            || (field.name == "icp.signals" && matches!(first, "just" | "opens"));
        let word = first.to_lowercase();
        let leads = number || english().leading.contains(&word) || names(field, &word);
        if rest.is_empty() || kept || !leads {
            break;
        }
        item = rest.trim_start();
    }
    let item = whole(field, item);
    let item = match field.name {
        "icp.industry" => without_size(item),
        _ => item,
    };
    let typed = item.split(' ').next().unwrap_or_default();
    let first = typed.to_lowercase();
    let clause = english().remarking.contains(&first) && typed != "IT";
    let clause = clause && !matches!(field.name, "plan.revision_triggers") && item.contains(' ');
    let sentence = clause
        || (matches!(first.as_str(), "ever" | "nothing" | "no")
            && !item.contains(' ')
            && field.name != "positioning.compared_to");
    (!item.is_empty() && !sentence).then(|| item.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{self, Currency};

    fn check(name: &str, typed: &str, expected: &[&str]) {
        let context = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 1, 1),
        };
        let field = plan::field(name).expect("the catalogue has it");
        let expected: Vec<String> = expected.iter().map(|&it| it.to_owned()).collect();
        let read = list(field, typed, context);
        let expected = (!expected.is_empty()).then_some(Value::List(expected));
        assert_eq!(read, expected, "{typed}");
    }

    #[test]
    fn items_stand_without_the_words_around_them() {
        check(
            "icp.users",
            "the accountants and their assistants",
            &["accountants", "assistants"],
        );
        check("icp.buyer", "the CFO, he signs", &["CFO"]);
        check("icp.buyer", "the pizza place", &[]);
        check(
            "sales.process",
            "first call, pilot, signature",
            &["first call", "pilot", "signature"],
        );
        check(
            "icp.buyer",
            "head of quality, budget sits with the CFO",
            &["head of quality"],
        );
        check("icp.geography", "uk + ireland", &["UK", "Ireland"]);
        check(
            "icp.geography",
            "geography DACH + Czechia",
            &["DACH", "Czechia"],
        );
        check(
            "icp.buyer",
            "welding supervisor, sometimes the QA manager",
            &["welding supervisor", "QA manager"],
        );
        check("icp.geography", "the spring, with a bang", &[]);
        check(
            "icp.exclusions",
            "casinos\n\u{2022} franchises",
            &["casinos", "franchises"],
        );
        check(
            "positioning.proof",
            "a report and two calls",
            &["a report", "two calls"],
        );
    }
}
