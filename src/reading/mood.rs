//! Whether a clause states something about the plan.

use std::ops::Range;

use super::asked::{condition, is_asked, tries};
use super::assumed::{is_assumed, is_resolved, trial_from};
use super::lexicon::Role;
use super::sentence::{Element, Kind, Sentence};
use super::told::{is_for_someday, is_of_group, is_of_somebody, is_past};
use super::words::english;
use crate::plan::Openings;

/// What the speaker does with a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// States it.
    Said,
    /// Tries it out: "what if".
    Supposed,
    /// Asks for it.
    Asked,
    /// Denies it.
    Denied,
    /// Tells of the past.
    Past,
    /// Tells of customers or of others, of whom some fields are.
    Theirs,
    /// Stands behind a name and a colon, which is not ours unless it is a field's name: "Acme: 60k".
    Headed,
    /// Anything else: reports it, tells of others, of a condition.
    Idle,
}

impl Mood {
    /// Whether nothing is stated, tried or asked.
    pub(super) fn is_idle(self) -> bool {
        matches!(
            self,
            Self::Denied | Self::Past | Self::Theirs | Self::Headed | Self::Idle
        )
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Supposed => "supposed",
            Self::Asked => "asked",
            Self::Denied => "denied",
            Self::Past => "past",
            Self::Theirs => "theirs",
            Self::Headed => "headed",
            Self::Idle => "idle",
        }
    }
}

/// Whether a message has a mark that nothing of it is meant.
pub(super) fn is_sarcastic(message: &str, clean: &str) -> bool {
    english()
        .sarcastic_emoji
        .iter()
        .any(|mark| message.contains(mark.as_str()))
        || english().sarcasm.stand_in(clean)
}

/// The moods of the clauses of each sentence.
pub(super) fn of_sentences(text: &str, sentences: &[Sentence<'_>]) -> Vec<Vec<Mood>> {
    let of_each = sentences.iter().map(|sentence| moods(text, sentence));
    of_each.collect()
}

/// The mood of each clause of a sentence.
pub(super) fn moods(text: &str, sentence: &Sentence<'_>) -> Vec<Mood> {
    let elements = &sentence.elements;
    let whole = slice(text, elements, 0..elements.len());
    let asked = is_asked(sentence);
    let wonders =
        sentence.is_question && elements[0].is_one_of(&["could", "can", "should", "shall"]);
    let supposed = !wonders
        && !is_resolved(elements)
        && (english().supposing.stand_in(whole) || is_option(elements));
    let assumed = is_assumed(whole, elements);
    let conditional = condition(elements);
    let reported = is_reported(elements) && !assumed;
    let headed = is_headed_by_name(elements);
    let of_another = is_of_another(elements) && !opens_profile(whole);
    let trying = !wonders && tries(elements);
    let trial = trial_from(text, sentence);
    let mood = |clause: &Range<usize>| {
        let part = slice(text, elements, clause.clone());
        // "It's $49 today, what if it was $69?": what stands before is so.
        let tried = trial.is_none_or(|from| clause.end > from);
        let (asked, supposed, assumed) = (asked && tried, supposed && tried, assumed && tried);
        let begins_with_if = elements[clause.start].text.split(' ').next() == Some("if") || trying;
        // "The board signed off, we charge $59": what goes on with "we" is ours again.
        let ours_again = clause.start > 0 && is_own(elements[clause.start].text);
        if reported || (of_another && !ours_again && (asked || supposed || !is_of_group(elements)))
        {
            return Mood::Idle;
        }
        if headed && !supposed && !assumed {
            return Mood::Headed;
        }
        if asked {
            return match supposed || begins_with_if {
                true if !is_denied(elements, clause) => Mood::Supposed,
                true => Mood::Idle,
                false => Mood::Asked,
            };
        }
        if conditional.is_some_and(|from| from < clause.end) && !supposed {
            return Mood::Idle;
        }
        let others = english().others.stand_in(part);
        let idle = (others && supposed) || is_for_someday(whole);
        let denied = is_denied(elements, clause);
        if idle || (denied && supposed && !assumed) {
            return Mood::Idle;
        }
        if supposed || (assumed && !others) {
            return Mood::Supposed;
        }
        if is_past(part) {
            return Mood::Past;
        }
        if others || (of_another && !ours_again) {
            return Mood::Theirs;
        }
        if denied { Mood::Denied } else { Mood::Said }
    };
    sentence.clauses.iter().map(mood).collect()
}

/// Whether words begin with the speaker's own side.
fn is_own(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "we" | "our" | "we're" | "we'll" | "we've" | "we'd" | "let's" | "lets"
    )
}

/// "Option b: $79 a month".
fn is_option(elements: &[Element<'_>]) -> bool {
    let [kind, name, sign, ..] = elements else {
        return false;
    };
    kind.is_one_of(&["option", "variant", "scenario"])
        && name.text.len() == 1
        && sign.is_sign(&[":", ")", "-", "="])
}

/// "Acme: 60k ACV": one or two words that mean nothing to the catalogue, before a colon.
fn is_headed_by_name(elements: &[Element<'_>]) -> bool {
    let colon = elements.iter().take(3).position(|it| it.is_sign(&[":"]));
    let head = colon.map_or(&[][..], |colon| &elements[..colon]);
    !head.is_empty()
        && head.iter().all(|it| {
            it.kind == Kind::Word
                && !it.is_filler()
                && !english().ours.contains(it.text)
                && !english().adjectives.contains(it.text)
                && !english().heads.contains(it.text)
        })
}

pub(super) fn slice<'a>(text: &'a str, elements: &[Element<'_>], range: Range<usize>) -> &'a str {
    match elements.get(range) {
        Some([first, .., last]) => &text[first.at.start..last.at.end],
        Some([only]) => &text[only.at.clone()],
        _ => "",
    }
}

/// Whether somebody else's words are told.
fn is_reported(elements: &[Element<'_>]) -> bool {
    let told = (0..elements.len()).find(|&at| {
        let mut words = elements[at].text.split(' ');
        // "The VP of Claims" claims nothing, and "devs read blogs" tells of no report.
        let noun = at > 0 && elements[at - 1].text == "of";
        let reads = elements[at].text == "read"
            && at > 0
            && !is_own(elements[at - 1].text)
            && elements[at - 1].text != "i";
        !noun
            && !reads
            && !is_bracketed(elements, at)
            && words.any(|word| english().reporting.contains(word))
    });
    told.is_some_and(|at| {
        let teller = at.checked_sub(1).map_or("", |before| elements[before].text);
        let own = matches!(teller, "i" | "we" | "i've" | "we've" | "already" | "just");
        !own || matches!(elements[at].text, "heard" | "read")
    })
}

/// "Owned by Beth (she asked for it)": whether an element stands in brackets.
fn is_bracketed(elements: &[Element<'_>], at: usize) -> bool {
    let before = elements[..at].iter().rev();
    let mut signs = before.filter(|it| it.is_sign(&["(", ")"]));
    at > 0 && signs.next().is_some_and(|it| it.text == "(")
}

/// Whether the subject of the first clause is a name: a word that means nothing to the catalogue,
/// before a verb of the third person.
fn is_of_another(elements: &[Element<'_>]) -> bool {
    let whose = |it: &Element<'_>| it.kind == Kind::Word && is_of_somebody(it.text);
    if elements.first().is_some_and(whose) && elements.len() > 2 {
        return true;
    }
    if is_of_stranger(elements) {
        return true;
    }
    let verb = elements.iter().take(6).position(|element| {
        element
            .text
            .split(' ')
            .next_back()
            .is_some_and(|word| english().verbs.contains(word))
            || element
                .text
                .split(' ')
                .next()
                .is_some_and(|word| english().verbs.contains(word))
    });
    let Some(subject) = verb.and_then(|at| elements.get(..at)) else {
        let joins = |it: &&Element<'_>| !it.is_one_of(&["and", "but", "so", "also", "plus", ","]);
        return matches!(
            elements.iter().find(joins).map(|it| it.text),
            Some("they" | "he" | "she" | "their" | "his" | "her" | "your" | "they've" | "they're")
        ) && !is_of_customers(elements);
    };
    if subject
        .iter()
        .any(|it| matches!(it.text, "they" | "he" | "she"))
    {
        return !is_of_customers(elements);
    }
    let own = subject.iter().any(|it| {
        let own = ["our", "we", "i", "it", "each", "every", "we've", "us", "my"];
        it.text.split(' ').any(|word| own.contains(&word)) || english().ours.contains(it.text)
    });
    let named = subject.last().is_some_and(|last| {
        last.kind == Kind::Word && !last.is_filler() && !english().ours.contains(last.text)
    });
    named && !own && !is_some_noun(subject)
}

/// "The big database vendor gives its reps …", "some data company has …".
fn is_of_stranger(elements: &[Element<'_>]) -> bool {
    let opening = elements.iter().take(5).flat_map(|it| it.text.split(' '));
    let opening: Vec<&str> = opening.collect();
    let any = |words: &[&str]| opening.iter().any(|word| words.contains(word));
    let own = any(&["to", "us", "with", "against", "i"]) || opening.iter().any(|word| is_own(word));
    let other = any(&[
        "vendor",
        "vendors",
        "rival",
        "rivals",
        "incumbent",
        "startup",
        "investor",
        "investors",
    ]);
    let some = opening.first() == Some(&"some")
        && any(&["company", "firm", "team", "startup", "guy", "people"]);
    (other || some) && !own
}

/// Whether a subject is a noun with its article, and nobody else's: "the same person", no "the incumbent".
fn is_some_noun(subject: &[Element<'_>]) -> bool {
    let some = subject
        .iter()
        .any(|it| it.is_one_of(&["some", "another", "certain"]));
    if some {
        return false;
    }
    let article = subject.iter().any(|it| {
        let first = it.text.split(' ').next().unwrap_or_default();
        matches!(
            first,
            "the" | "each" | "every" | "same" | "this" | "that" | "a" | "an" | "one"
        )
    });
    let else_s = subject.iter().any(|it| {
        it.text
            .split(' ')
            .any(|word| english().strangers.contains(word))
    });
    article && !else_s
}

/// Whether a sentence about "them" begins with words that introduce the profile: "they're all on".
fn opens_profile(whole: &str) -> bool {
    let mut openings = Openings::get().beginning(whole).iter();
    openings.any(|it| it.field.starts_with("icp.") && whole.starts_with(&it.phrase))
}

/// Whether a sentence about "them" says how customers are, use, decide or hurt.
fn is_of_customers(elements: &[Element<'_>]) -> bool {
    elements.iter().any(|element| {
        element.roles().iter().any(|role| match role {
            Role::Name(field) | Role::Cue(field, _) => {
                matches!(field.component(), "icp")
                    || matches!(
                        field.name,
                        "marketing.icp_channels" | "sales.route" | "pricing.commitment"
                    )
            }
            _ => false,
        }) || matches!(
            element.text,
            "use" | "hang" | "struggle" | "compare" | "buy" | "run" | "spend"
        )
    })
}

/// Whether words begin with somebody or something of which more is said.
fn is_subject(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    is_own(words) || matches!(first, "it's" | "it" | "that's" | "i" | "they" | "i'd")
}

/// Whether a clause is negated. What stands before "instead of" or ", not" is not.
fn is_denied(elements: &[Element<'_>], clause: &Range<usize>) -> bool {
    denial(elements, clause) == Some(clause.start)
}

/// From which element of the clause on it is negated.
pub(super) fn denial(elements: &[Element<'_>], clause: &Range<usize>) -> Option<usize> {
    for at in clause.clone() {
        let element = &elements[at];
        let word = element.text.split(' ').next().unwrap_or_default();
        let next = elements.get(at + 1).filter(|_| at + 1 < clause.end);
        let next_word = next.map_or("", |next| next.text);
        if english().negating.contain_pair(element.text, next_word) {
            return Some(if matches!(word, "instead" | "rather") {
                at
            } else {
                clause.start
            });
        }
        let negates = english().negating.contains(element.text)
            || (matches!(word, "no" | "not" | "without" | "never")
                && !element
                    .roles()
                    .iter()
                    .any(|role| matches!(role, Role::Choice(..))));
        // "No it's the CFO": a "no" to what was said before, and no "no CFO".
        let answers = at == clause.start
            && matches!(element.text, "no" | "nope" | "nah")
            && is_subject(next_word);
        let labelled = at > clause.start
            && word == "none"
            && (elements[at - 1].is_sign(&[":", "="]) || elements[at - 1].text == "is");
        if !negates
            || labelled
            || answers
            || (word == "stop" && element.names_any())
            || matches!(next_word, "doubt" | "problem" | "worries")
        {
            continue;
        }
        let trailing = at > clause.start
            && word == "not"
            && next.is_some_and(|next| next.is_number() || next.choice());
        return Some(if trailing { at } else { clause.start });
    }
    None
}

impl Element<'_> {
    fn names_any(&self) -> bool {
        self.roles()
            .iter()
            .any(|role| matches!(role, Role::Cue(..)))
    }

    /// Whether it may be a choice of some field.
    pub(super) fn choice(&self) -> bool {
        self.roles()
            .iter()
            .any(|role| matches!(role, Role::Choice(..)))
    }
}
