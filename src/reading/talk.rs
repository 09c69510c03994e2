//! What a thread speaks of between its messages: the field and the segment that were named last, and
//! what a message takes back by name.

use super::answers;
use super::frames::Asked;
use super::lexicon::{Role, Side};
use super::phrases;
use super::segments;
use super::sentence::{Element, Sentence};
use crate::plan::{Field, Plan, Segment};
use crate::text;

/// What a thread was speaking of before a message.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// The field that the last message asked for or spoke of.
    pub(super) topic: Option<&'static Field>,
    /// The segment that the last message asked about: "and enterprise?".
    pub(super) segment: Option<Segment>,
    /// What the last sentence of the last message asked for.
    pub(super) open: Option<Asked>,
    /// The segment of what was read last: "the motion there is …".
    pub(super) spoken: Option<Segment>,
    /// Whether everything that the message could say is kept, for the thread to weigh.
    pub(super) keeps: bool,
}

impl Talk {
    /// A talk in which that field was asked for by the point of a list.
    pub(super) fn asking(field: &'static Field) -> Self {
        Self {
            topic: Some(field),
            open: Some(Asked::of(field, None)),
            keeps: true,
            ..Self::default()
        }
    }

    /// Whether nothing was said before that a message may answer or go on with.
    pub(super) fn is_new(&self) -> bool {
        self.topic.is_none() && self.segment.is_none() && self.open.is_none()
    }

    /// The segment that a message with these words is of, where it names none.
    pub(super) fn segment_of(&self, words: &str) -> Option<Segment> {
        let refers = phrases::find(words, "there").is_some_and(|at| at > 0);
        let spoken = self.spoken.clone().filter(|_| refers);
        self.segment.clone().or(spoken)
    }
}

/// The field that a message takes back by its name: "scratch the CAC, wrong tab".
pub(super) fn taken_back(sentences: &[Sentence<'_>]) -> Option<&'static Field> {
    const VERBS: &[&str] = &[
        "scratch",
        "forget",
        "ignore",
        "scrap",
        "strike",
        "disregard",
        "retract",
        "withdraw",
    ];
    sentences.iter().find_map(|sentence| {
        let elements = &sentence.elements;
        let verb = elements.iter().take(3).position(|it| it.is_one_of(VERBS));
        let from = verb.or_else(|| taken_out(elements))?;
        let noun = elements[from + 1..].iter().find(|it| !it.is_filler())?;
        noun.roles().iter().find_map(|role| match role {
            Role::Name(field) | Role::Cue(field, _) => Some(*field),
            _ => None,
        })
    })
}

/// "Leave the price out", "take churn off the page": where its verb stands.
fn taken_out(elements: &[Element<'_>]) -> Option<usize> {
    let verb = elements
        .iter()
        .position(|it| it.is_one_of(&["leave", "take", "keep"]))?;
    let out = elements[verb..]
        .iter()
        .take(OUT)
        .any(|it| it.is_one_of(&["out", "off"]));
    out.then_some(verb)
}

/// What is taken out stands in so many words: "take the list price out".
const OUT: usize = 5;

/// The one segment that a question is about: "and enterprise?", "for the SMB plan, price?"
pub(super) fn segment_asked(sentences: &[Sentence<'_>], plan: Option<&Plan>) -> Option<Segment> {
    let last = sentences.last()?;
    let short = last.elements.len() <= SHORT;
    let begins = last
        .elements
        .first()?
        .is_one_of(&["and", "what about", "how about"]);
    if !(last.is_question || short && begins) {
        return None;
    }
    segment_named(std::slice::from_ref(last), plan)
}

/// The one segment that sentences name.
pub(super) fn segment_named(sentences: &[Sentence<'_>], plan: Option<&Plan>) -> Option<Segment> {
    let elements = sentences.iter().flat_map(|it| &it.elements);
    let mut named = elements.filter_map(|it| segments::known(it, plan));
    let first = named.next()?;
    named.all(|it| it == first).then_some(first)
}

/// Whether a question goes on with the segment that was spoken of: "cycle?", "sales cycle there?"
pub(super) fn goes_on(message: &str, sentences: &[Sentence<'_>]) -> bool {
    let Some(last) = sentences.last().filter(|it| it.is_question) else {
        return false;
    };
    let short = last.elements.len() <= SHORT && message.split_whitespace().count() <= SHORT;
    short
        || last
            .elements
            .last()
            .is_some_and(|it| it.text.ends_with("there"))
}

/// Words of so many elements are a question without its mark: "and enterprise".
const SHORT: usize = 3;

/// A question of so many elements only names what is told next.
pub(super) const LABEL: usize = 4;

/// The field that a sentence names; what only may be its value names it in a question.
pub(super) fn named(sentence: &Sentence<'_>, asks: bool) -> Option<&'static Field> {
    let elements = sentence.elements.iter();
    elements
        .filter(|it| asks || it.text.len() >= NAME)
        .flat_map(Element::roles)
        .find_map(|role| match role {
            Role::Name(field) => Some(*field),
            Role::Cue(field, Side::Around) if asks => Some(*field),
            _ => None,
        })
}

/// A shorter word that a statement uses is no topic: "the last deals".
const NAME: usize = 6;

/// Whether a message is so short that it only names what it speaks of: "and win rate".
pub(super) fn is_label(message: &str) -> bool {
    message.split_whitespace().count() <= LABEL
}

/// "Need one line on NRR for the plan": whether a message asks for what it names, without a question.
pub(super) fn wants(message: &str) -> bool {
    const BEGINS: [&str; 5] = ["need ", "we need ", "i need ", "quick one", "still missing"];
    const ENDS: [&str; 4] = [
        "for the plan",
        "for the sheet",
        "for the deck",
        "for the model",
    ];
    let folded = text::fold(message);
    let words = folded.trim_end_matches([' ', '.', '!', ':']);
    let asks =
        BEGINS.iter().any(|it| words.starts_with(it)) || ENDS.iter().any(|it| words.ends_with(it));
    asks && !words.contains(|it: char| it.is_ascii_digit())
}

/// The field that a message asks for or names: the only one, or the first; what a long statement
/// speaks of is no topic.
pub(super) fn topic(message: &str, sentences: &[Sentence<'_>]) -> Option<&'static Field> {
    let last = sentences.last()?;
    let asks = last.is_question || is_label(message) || wants(message);
    let named = named(last, asks);
    // "What do we charge?"
    let verb = || {
        let mut roles = last.elements.iter().flat_map(Element::roles);
        roles.find_map(|role| match role {
            Role::Cue(field, Side::Before) if field.name == "pricing.price" => Some(*field),
            _ => None,
        })
    };
    let asked = named.or_else(|| last.is_question.then(verb).flatten());
    asked.or_else(|| answers::topic_of_question(message))
}
