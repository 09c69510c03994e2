//! A bare figure that is said against the one before it: "it's 31", "of all deals it is 26", "48k per customer".

use super::claims::{Claim, State};
use super::clean::Clean;
use super::message::{self, Parsed};
use super::mood::Mood;
use super::rival;
use super::sentence::{Element, Kind as Part, Sentence};
use super::shapes::{fits, is_year, spelled};
use super::talk;
use super::thread::{ASIDE, Said, Thread};
use super::words::english;
use super::{Context, Finding};
use crate::plan::{self, Kind, Period, Scan, Shape, Value};
use crate::text;

/// What may stand between "it's" and the figure.
const HEDGES: &[&str] = &[
    "about",
    "around",
    "only",
    "actually",
    "really",
    "rather",
    "more like",
    "closer to",
    "roughly",
    "now",
    "at",
];

/// What ends a figure that says no more than itself.
const ENDS: &[&str] = &[
    "per", "now", "then", "actually", "really", "not", "paying", "monthly", "yearly", "annually",
    "would",
];

/// What may stand before a figure that somebody has found elsewhere.
const SEEN: &[&str] = &[
    "i have",
    "i see",
    "i get",
    "i got",
    "i've got",
    "more like",
    "i count",
];

/// What may stand before a figure that somebody takes.
const TAKES: &[&str] = &["make it", "make that", "we do", "let's do", "let's say"];

/// A figure is said against one that stands at most so many messages before it.
const REACH: usize = 4;

impl Thread {
    /// Takes in a figure that is said against the one before it.
    pub(super) fn take_rejoinder(
        &self,
        line: usize,
        (message, parsed): (&Said, Parsed<'_>),
        context: &Context<'_>,
        findings: &mut Vec<(Mood, Finding)>,
    ) {
        let told = |it: &Finding| {
            findings
                .iter()
                .any(|(_, new)| new.field.name == it.field.name)
        };
        let asked = findings.is_empty() && self.asked_figure();
        let figure = || answering(&message.text, parsed);
        if let Some(figure) = asked.then(figure).flatten() {
            findings.extend(message::hear(figure, context, &self.talk).findings);
            return;
        }
        let near = |it: &&Claim| line - it.finding.line <= REACH && !told(&it.finding);
        let mut figures = self.figures(line, &message.speaker).filter(near);
        let said = figures.find_map(|it| {
            let asked = it.mood == Mood::Asked;
            rejoinder((&message.text, parsed), context, (&it.finding, asked))
        });
        let Some(finding) = said else { return };
        // "Fine, 399 a month" is of the price before it, not of anything that is counted.
        let few = message.text.split_whitespace().count() <= ASIDE;
        let names = parsed
            .sentences
            .iter()
            .any(|it| talk::named(it, true).is_some());
        if few && !names && !self.asked {
            findings.retain(|(_, it)| !is_figure(it.field.kind));
        }
        // "With two new reps it's 5": what the figure includes is no statement of its own.
        if text::fold(&message.text).starts_with("with") {
            findings.clear();
        }
        let figures = findings.iter().filter(|(_, it)| is_figure(it.field.kind));
        if !figures
            .clone()
            .any(|(_, it)| it.quote.contains(&finding.quote))
        {
            findings.push((Mood::Said, finding));
        }
    }

    /// The figures that were said, the last one first, or were asked about just now; then those that their
    /// speaker has just taken back.
    fn figures(&self, line: usize, speaker: &str) -> impl Iterator<Item = &Claim> {
        // "Cycle 45 days?" "60".
        let asked = move |it: &Claim| it.mood == Mood::Asked && it.finding.line + 1 == line;
        let stated = move |it: &&Claim| {
            (it.mood == Mood::Said || asked(it))
                && it.state != State::Withdrawn
                && is_figure(it.finding.field.kind)
        };
        // "Forget the 84. It is 79%": what was just taken back is put right.
        let taken_back = move |it: &&Claim| {
            it.mood == Mood::Said
                && it.state == State::Withdrawn
                && it.is_by(speaker)
                && is_figure(it.finding.field.kind)
                && line - it.finding.line <= REACH
        };
        let claims = self.claims.iter().rev();
        claims
            .clone()
            .filter(stated)
            .chain(claims.filter(taken_back))
    }

    /// Whether the last message asked for a figure.
    fn asked_figure(&self) -> bool {
        let topic = self.talk.topic.filter(|_| self.asked);
        topic.is_some_and(|it| is_figure(it.kind))
    }
}

/// The figure of a message that is said against an earlier one, as a value of the same field.
fn rejoinder(
    (message, parsed): (&str, Parsed<'_>),
    context: &Context<'_>,
    (earlier, asked): (&Finding, bool),
) -> Option<Finding> {
    let clean = parsed.clean;
    let sentences = || parsed.sentences.iter().zip(parsed.moods);
    let bare = || {
        sentences()
            .find_map(|(it, moods)| Some((it, bare_figure(clean, (it, moods), asked)?, false)))
    };
    let alike = || {
        sentences().find_map(|(it, moods)| Some((it, rival::alike((it, moods), earlier)?, true)))
    };
    let (sentence, at, only_near) = bare().or_else(alike)?;
    let figure = &sentence.elements[at];
    let Part::Number(scan) = &figure.kind else {
        return None;
    };
    let value = value_of(figure.text, scan, context, earlier)?;
    if only_near && !rival::is_near(&value, &earlier.value) {
        return None;
    }
    let quote = message.get(clean.origin(figure.at.clone()))?;
    Some(Finding {
        value,
        quote: quote.to_owned(),
        replaces: context.replaced(earlier.field, earlier.segment.as_ref()),
        ..earlier.clone()
    })
}

/// Where a sentence that states something has a figure which nothing names.
fn bare_figure(
    clean: &Clean,
    (sentence, moods): (&Sentence<'_>, &[Mood]),
    asked: bool,
) -> Option<usize> {
    let elements = &sentence.elements;
    if sentence.is_question {
        return None;
    }
    let states = |at: usize| {
        let mut clauses = sentence.clauses.iter().zip(moods);
        clauses.any(|(clause, mood)| {
            // "Without the big one it's 14k" denies nothing of the figure.
            let apart = *mood == Mood::Denied
                && elements[clause.start..at.max(clause.start)]
                    .iter()
                    .any(|it| it.text == "without");
            clause.contains(&at) && (*mood == Mood::Said || apart)
        })
    };
    (0..elements.len()).find(|&at| {
        let Part::Number(scan) = &elements[at].kind else {
            return false;
        };
        let behind = elements.get(at + 1);
        let ends = behind.is_none_or(|it| it.kind == Part::Sign || begins_with(it, ENDS));
        let marked = !matches!(scan.shape, Shape::Plain { large: false });
        let opens = at == 0 && (marked || asked);
        let before = |words: &[&str]| follows(words, clean, elements, at);
        // "Oh wait sorry, 120".
        let puts_right = !sentence.is_question && corrects(&elements[..at]);
        let told = ends && (before(&["it's", "it is", "its"]) || opens || puts_right);
        let seen = marked && before(SEEN);
        states(at) && !is_year(elements, at) && (told || seen || before(TAKES))
    })
}

/// Whether words only put something right: "oh wait sorry,".
fn corrects(elements: &[Element<'_>]) -> bool {
    let says = |it: &Element<'_>| {
        it.text
            .split(' ')
            .any(|word| matches!(word, "sorry" | "correction" | "oops"))
    };
    let silent = |it: &Element<'_>| {
        let opens =
            |word: &str| english().opening.contains(word) || matches!(word, "oh" | "ah" | "oops");
        it.kind == Part::Sign || it.is_filler() || it.text.split(' ').all(opens)
    };
    elements.iter().any(says) && elements.iter().all(silent)
}

/// Whether one of these words stands first in a word or phrase: "per customer".
fn begins_with(element: &Element<'_>, words: &[&str]) -> bool {
    let first = element.text.split(' ').next().unwrap_or_default();
    !element.is_number() && words.contains(&first)
}

/// Whether one of these words stands before the figure.
fn follows(words: &[&str], clean: &Clean, elements: &[Element<'_>], at: usize) -> bool {
    let mut before = clean.text[elements[0].at.start..elements[at].at.start].trim_end();
    while let Some(less) = HEDGES.iter().find_map(|it| before.strip_suffix(it)) {
        before = less.trim_end();
    }
    words.iter().any(|it| {
        let rest = before.strip_suffix(it);
        rest.is_some_and(|it| !it.ends_with(char::is_alphanumeric))
    })
}

/// The figure with which a message answers what was asked for: "15 months now, was 13".
fn answering<'a>(message: &'a str, parsed: Parsed<'_>) -> Option<&'a str> {
    let (first, moods) = (parsed.sentences.first()?, parsed.moods.first()?);
    let at = bare_figure(parsed.clean, (first, moods), true).filter(|at| *at == 0)?;
    message.get(parsed.clean.origin(first.elements[at].at.clone()))
}

/// The figure as a value of the earlier one's field, in the earlier one's unit where it has none.
pub(super) fn value_of(
    figure: &str,
    scan: &Scan,
    context: &Context<'_>,
    earlier: &Finding,
) -> Option<Value> {
    let field = earlier.field;
    let plain = matches!(scan.shape, Shape::Plain { large: false });
    let typed = earlier.quote.to_lowercase();
    let words = match (&earlier.value, field.kind) {
        (_, Kind::Percent) if plain => format!("{figure}%"),
        (_, Kind::Days | Kind::Months) if plain => {
            let units = ["day", "week", "month", "year"];
            let unit = units.iter().find(|it| typed.contains(**it))?;
            format!("{figure} {unit}s")
        }
        (Value::Price(price), Kind::Price) if plain => {
            let period = match price.per {
                Period::Month => "a month",
                Period::Year => "a year",
                Period::Once => "once",
                Period::Unit => return None,
            };
            format!("{figure} {period}")
        }
        (_, Kind::Money | Kind::MoneyPerYear) if plain => {
            let magnitude = magnitude(&typed).map_or(String::new(), String::from);
            format!("{figure}{magnitude}")
        }
        // "48k per customer": for what it is, another field says.
        (_, Kind::Money | Kind::MoneyPerYear) => figure.split(" per ").next()?.to_owned(),
        _ if fits(scan, field, figure, true) => spelled(scan, field, figure),
        _ => return None,
    };
    let currency = match &earlier.value {
        Value::Price(price) => price.amount.currency,
        Value::Money(money) | Value::MoneyPerYear(money) => money.currency,
        _ => context.parse.currency,
    };
    let parse = plan::ParseContext {
        currency,
        ..context.parse
    };
    field.parse(&words, &parse).ok()
}

/// Whether a field holds a figure.
pub(super) fn is_figure(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Percent
            | Kind::Days
            | Kind::Months
            | Kind::Money
            | Kind::MoneyPerYear
            | Kind::Price
            | Kind::Count
    )
}

/// The letter behind the digits of an amount: "5M".
fn magnitude(typed: &str) -> Option<char> {
    let mut pairs = typed.chars().zip(typed.chars().skip(1));
    pairs.find_map(|(digit, letter)| {
        (digit.is_ascii_digit() && matches!(letter, 'k' | 'm')).then_some(letter)
    })
}

#[cfg(test)]
mod tests {
    use crate::plan::{Currency, ParseContext};
    use crate::reading::testing::value;
    use crate::reading::{Context, Said, read_thread};

    #[track_caller]
    fn check(said: &[(&str, &str)], proposed: &[&str], conflicts: usize) {
        let messages = said.iter().map(|(speaker, text)| Said {
            speaker: (*speaker).to_owned(),
            text: (*text).to_owned(),
        });
        let messages: Vec<Said> = messages.collect();
        let parse = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 3, 2),
        };
        let reading = read_thread(&messages, &Context { plan: None, parse });
        let shown: Vec<String> = reading.proposals.iter().map(value).collect();
        assert_eq!(shown, proposed, "{said:?}");
        assert_eq!(reading.conflicts.len(), conflicts, "{said:?}");
    }

    #[test]
    fn a_bare_figure_takes_the_unit_of_the_one_before() {
        let first = ("a", "the sales cycle is 4 months");
        check(
            &[first, ("b", "it's 6. counted from the first call")],
            &[],
            1,
        );
        check(
            &[
                first,
                ("b", "from the first call it is 6"),
                ("a", "so 6 months, corrected"),
            ],
            &["sales.cycle: 180 days"],
            0,
        );
        check(
            &[first, ("b", "it's 6 degrees in here")],
            &["sales.cycle: 120 days"],
            0,
        );
        check(&[first, ("b", "is it 6?")], &["sales.cycle: 120 days"], 0);
    }

    #[test]
    fn a_figure_of_one_speaker_is_taken() {
        check(
            &[
                ("a", "CAC is 31k"),
                ("Bo", "it's 48k with the salaries"),
                ("a", "hm"),
                ("Bo", "it's 48k, I asked finance"),
                ("c", "use Bo's number pls"),
            ],
            &["economics.cac: $48,000"],
            0,
        );
    }
}
