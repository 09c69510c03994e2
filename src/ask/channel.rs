//! "Community or content?": two channels that a question weighs against each other are two of those that the
//! library tells how to choose among, whatever they are called.

use super::compose::Asking;
use super::pair::{Named, pair};
use crate::knowledge::Hit;
use crate::plan::{Answer, Value, field};
use crate::text::{capitalised, fold};

/// The section that tells how to choose.
const HOW_TO_CHOOSE: (&str, &str) = ("channel-choice", "criteria");
/// What stands for the two of them where the library is looked up.
const ONE_OF_THEM: &str = "which channel first";
/// What is called so is more often something else.
const COMMON: [&str; 2] = ["product", "analysts"];
/// Where people come by themselves, and where somebody goes to them: which of the two comes first has an answer
/// of its own.
const PULLED: [&str; 7] = [
    "content",
    "seo",
    "webinars",
    "paid_search",
    "paid_social",
    "social",
    "community",
];
const PUSHED: [&str; 4] = ["outbound_email", "linkedin", "cold_calls", "direct_mail"];
/// … and so have ads where people search and ads where they do not.
const PAID: [&str; 2] = ["paid_search", "paid_social"];

/// Two channels, one of which is asked for.
pub(super) struct Weighed {
    one: Named,
    other: Named,
}

/// Which to take of the two.
pub(super) struct Verdict {
    /// In a sentence.
    pub(super) words: String,
    /// Where the section stands that tells how to choose.
    pub(super) place: usize,
    /// The answer that would decide it.
    pub(super) waits_for: &'static str,
}

/// The two channels that a question weighs; nothing where it weighs none or the library weighs just these.
pub(super) fn weighed(question: &str) -> Option<Weighed> {
    let (one, other) = pair(question, "marketing.channels")?;
    let is_common = |named: &Named| COMMON.contains(&named.called.as_str());
    if is_common(&one) || is_common(&other) {
        return None;
    }
    let both =
        |some: &[&str], others: &[&str]| some.contains(&one.slug) && others.contains(&other.slug);
    let is_weighed = both(&PULLED, &PUSHED) || both(&PUSHED, &PULLED) || both(&PAID, &PAID);
    (!is_weighed).then_some(Weighed { one, other })
}

impl Weighed {
    /// The question as the library is asked it.
    pub(super) fn asked(&self, question: &str) -> String {
        let folded = fold(question);
        let begin = folded.find(&self.one.called);
        let end = begin.and_then(|begin| {
            let behind = begin + self.one.called.len();
            folded[behind..]
                .find(&self.other.called)
                .map(|at| behind + at)
        });
        match (begin, end) {
            (Some(begin), Some(end)) => {
                let rest = &folded[end + self.other.called.len()..];
                format!("{}{ONE_OF_THEM}{rest}", &folded[..begin])
            }
            _ => question.to_owned(),
        }
    }

    /// Which of the two, where the plan says where the customers are; else by what to tell.
    pub(super) fn verdict(&self, asking: &Asking<'_>, hits: &[Hit<'static>]) -> Option<Verdict> {
        let (entry, anchor) = HOW_TO_CHOOSE;
        let mut hits = hits.iter();
        let place = hits.position(|hit| hit.entry.id == entry && hit.section.anchor == anchor)?;
        let Self { one, other } = self;
        let is_there = where_they_are(asking);
        let has = |named: &Named| is_there.iter().any(|slug| slug == named.slug);
        let words = match (has(one), has(other)) {
            (true, false) => there(one, other),
            (false, true) => there(other, one),
            _ => format!(
                "Take the one where your profile spends its time; nothing that I hold puts {} before {} in general.",
                one.called, other.called
            ),
        };
        Some(Verdict {
            words,
            place,
            waits_for: "marketing.icp_channels",
        })
    }
}

fn there(first: &Named, other: &Named) -> String {
    format!(
        "{} first: your plan says that your profile is there, and names {} not; of the five questions about a channel that one decides.",
        capitalised(&first.called),
        other.called
    )
}

/// Where the plan says that its customers are.
fn where_they_are(asking: &Asking<'_>) -> Vec<String> {
    let segment = asking.plan.segment_or_default(None);
    let there = field("marketing.icp_channels");
    match there.and_then(|it| asking.plan.answer(it, Some(&segment))) {
        Some(Answer::Known(Value::Set(slugs))) => slugs.iter().cloned().collect(),
        _ => Vec::new(),
    }
}
