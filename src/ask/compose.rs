//! Puts an answer together: verdict, reasons, dispute, question back.

use std::sync::Arc;

use jiff::civil::Date;

use super::answer::{Answer, Cited, Polarity, Reason, Said};
use super::held::{Detail, cited, dispute, sections};
use super::open;
use super::{
    FollowUp, Hypothesis, Joined, channel, direction, either, held, hypothesis, judge, lead, own,
    seller, stated, symptom, trade,
};
use crate::knowledge::{Bar, Context, EntryKind, Form, Found, Library, Nearness, Outcome, Shelved};
use crate::lint::{self, RuleResult, RuleSet, Severity, Thresholds};
use crate::plan::{ParseContext, Plan, Value};
use crate::text::{fold, words};

/// At most so many reasons are given.
pub(super) const REASONS: usize = 3;
/// A topic is near to what is not held if it scores at least this share of the best.
const NEAR: f32 = 0.6;
/// … and at least so much: what scores less has only everyday words in common.
const LEAST_NEAR: f32 = 0.6;
/// How many sections are looked at.
const LOOKED_AT: usize = 8;

/// What an answer leans on.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The library.
    pub library: &'static Library,
    /// The rules in force.
    pub rules: &'a RuleSet,
    /// The thresholds in force.
    pub thresholds: &'a Thresholds,
    /// The plan; an empty one where there is none.
    pub plan: &'a Plan,
    /// Today.
    pub today: Date,
    /// The workspace's own documents, as far as they are looked up here.
    pub shelf: &'a [Arc<Shelved>],
    /// How near the library's sections are to the question in meaning, where that was measured.
    pub near: Option<&'a Nearness>,
}

/// Answers a question. Equal questions and plans give equal answers.
pub fn ask(question: &str, asking: &Asking<'_>) -> Answer {
    ask_on(&Joined::alone(question), asking)
}

/// Answers a question that was read with what its thread was about.
pub fn ask_on(asked: &Joined, asking: &Asking<'_>) -> Answer {
    let question = asked.words.as_str();
    let form = asked.form.unwrap_or_else(|| Form::of(question));
    if let Some(answer) = of_the_plan(question, form, asking) {
        return answer;
    }
    let found = found(asked, form, asking);
    let own = own::reasons(question, found.outcome, asking);
    if found.outcome == Outcome::OutOfScope {
        return outside(form, &found, own);
    }
    let given = given(asked, asking);
    let tried = match form {
        Form::Decide | Form::Enough | Form::Next | Form::Other => given.clone(),
        _ => Vec::new(),
    };
    let judgement = judge::judge(asking, &tried);
    let is_decided = judgement.finding().is_some() || judgement.pass(form).is_some();
    if found.outcome == Outcome::NotHeld && !(is_decided && tried.len() > 1) {
        return own::answer(form, &found, own).unwrap_or_else(|| not_held(form, &found));
    }
    let question = Question {
        words: question,
        given,
        tried,
    };
    put_together(question, found, own, judgement, asking)
}

/// What the library holds, with the team's own words put as it has them; what has been told goes behind
/// what belongs to it.
fn found(asked: &Joined, form: Form, asking: &Asking<'_>) -> Found<'static> {
    let mut looked_up = trade::without(&asked.words, asking);
    if let Some(weighed) = channel::weighed(&looked_up) {
        looked_up = weighed.asked(&looked_up);
    }
    let context = context(asking);
    let mut found = asking.library.look_up(&looked_up, &context, LOOKED_AT);
    found.form = form;
    if let Some(told) = asked
        .told
        .as_deref()
        .filter(|_| found.outcome == Outcome::Held)
    {
        held::without_told(told, &mut found.hits);
    }
    found
}

/// What a question states or supposes, with what was supposed before it.
fn given(asked: &Joined, asking: &Asking<'_>) -> Vec<Hypothesis> {
    let mut given = hypothesis::read(&asked.said, reading(asking));
    given.extend(asked.supposed.iter().cloned());
    let supposed = seller::supposed(&asked.words, &given, asking);
    given.extend(supposed);
    given
}

/// A question as it was read.
struct Question<'a> {
    words: &'a str,
    /// What it states or supposes.
    given: Vec<Hypothesis>,
    /// What of that is tried on the plan.
    tried: Vec<Hypothesis>,
}

/// Verdict, reasons and question back, from the rules, the sections and the own documents.
fn put_together(
    question: Question<'_>,
    found: Found<'static>,
    own: Vec<Reason>,
    judgement: judge::Judgement,
    asking: &Asking<'_>,
) -> Answer {
    let Question {
        words,
        given,
        tried,
    } = question;
    let form = found.form;
    let is_near_own = own::is_nearer(words, &found, form, asking);
    let lead = lead::lead(words, found, &given, asking);
    // What a number comes to says more than that no rule objects to it, or to its other side.
    let speaks_before = |pass: &RuleResult| {
        let is_beside = || direction::is_the_other(words, pass, &tried, asking);
        lead.outranks_a_pass || (!lead.hits.is_empty() && is_beside())
    };
    let either = either::left_by_the_rules(words, &given, asking);
    let either = either
        .as_ref()
        .map(|(verdict, result)| (verdict.clone(), result));
    let rules = either
        .or_else(|| verdict_of_rules(words, form, &judgement))
        .filter(|(_, result)| result.outcome == lint::Outcome::Finding || !speaks_before(result));
    let by_rules = rules.iter().map(|(_, result)| by_rule(result));
    let mut reasons: Vec<Reason> = by_rules.collect();
    let is_nearer = rules.is_none() && !lead.outranks_a_pass && is_near_own;
    let held = lead.hits.as_slice();
    let mut library = sections(form, held, Detail::beside(rules.as_ref()));
    if rules.is_none() {
        lead.put_into(&mut library);
    }
    reasons.extend(library.into_iter().take(REASONS - reasons.len()));
    own::beside_the_library(&mut reasons, own, is_nearer);
    let follow_up = asks_back(form, &lead, rules.is_some(), &judgement, asking);
    let verdict = rules
        .map(|(verdict, _)| verdict)
        .or(lead.verdict.clone())
        .or_else(|| own::verdict(&reasons))
        .unwrap_or_else(|| first_sentence(&reasons));
    Answer {
        outcome: Outcome::Held,
        form,
        verdict,
        follow_up,
        tried,
        given,
        dispute: dispute(held, &reasons),
        reasons,
        results: judgement.results,
        near: Vec::new(),
        is_diagnosis: false,
    }
}

/// The question whose answer would change the verdict.
fn asks_back(
    form: Form,
    lead: &lead::Lead,
    is_by_rules: bool,
    judgement: &judge::Judgement,
    asking: &Asking<'_>,
) -> Option<FollowUp> {
    let wants_plan = !matches!(form, Form::Define | Form::Compare | Form::Compute);
    if lead.is_settled && !is_by_rules {
        return None;
    }
    if is_by_rules || !lead.outranks_a_pass {
        let first = lead.hits.first();
        let fields = first.map_or(&[][..], |hit| hit.entry.fields.as_slice());
        return judgement
            .follow_up(asking.rules, fields)
            .filter(|_| wants_plan);
    }
    // A figure or a sum is not changed by what a rule waits for.
    let beside_rules = judge::judge(asking, &[]);
    if let Some(name) = lead.waits_for {
        return beside_rules.follow_up(asking.rules, &[name.to_owned()]);
    }
    let first = lead.hits.first();
    let fields = first.map_or(&[][..], |hit| hit.entry.fields.as_slice());
    beside_rules
        .follow_up(asking.rules, fields)
        .filter(|_| wants_plan)
}

/// What the plan alone answers: what is missing in it, and what may be behind a symptom.
fn of_the_plan(question: &str, form: Form, asking: &Asking<'_>) -> Option<Answer> {
    if matches!(form, Form::Missing | Form::Next)
        && let Some(part) = open::part_asked(question)
    {
        return Some(open::answer(asking, form, part));
    }
    stated::answer(question, form, asking).or_else(|| symptom::answer(question, form, asking))
}

/// What the own documents say to a question that the library is not about; declined if they say
/// nothing.
fn outside(form: Form, found: &Found<'static>, own: Vec<Reason>) -> Answer {
    own::answer(form, found, own).unwrap_or_else(|| declined(form, found, OUT_OF_SCOPE.to_owned()))
}

const OUT_OF_SCOPE: &str = "That is outside what I do. I help to plan how a product gets to market: whom you sell to, at which price, by which motion, through which channels and at what cost.";

pub(super) fn reading(asking: &Asking<'_>) -> ParseContext {
    ParseContext {
        currency: asking.plan.currency(),
        today: asking.today,
    }
}

/// Where the plan stands, for the ranking.
fn context(asking: &Asking<'_>) -> Context {
    let mut context = Context {
        near: asking.near.cloned(),
        ..Context::default()
    };
    for (field, _, answer) in asking.plan.answers() {
        if let crate::plan::Answer::Known(Value::Choice(slug)) = answer {
            if field.name == "plan.stage" {
                context.stage = Some(slug.clone());
            } else {
                context.choices.push(slug.clone());
            }
        }
    }
    context
}

/// The rules' verdict and the result that carries it.
fn verdict_of_rules<'a>(
    question: &str,
    form: Form,
    judgement: &'a judge::Judgement,
) -> Option<(String, &'a RuleResult)> {
    if let Some(finding) = judgement.finding() {
        let clear = finding.severity > Severity::Advice;
        let word = match (asks_yes_or_no(question, form), clear) {
            (None, _) => "",
            (Some(Polarity::Plain), true) => "No. ",
            (Some(Polarity::Fault), true) => "Yes. ",
            (Some(_), false) => "Take care: ",
        };
        let message = match word {
            "Take care: " => lowered(&finding.message),
            _ => finding.message.to_string(),
        };
        return Some((format!("{word}{message}"), finding));
    }
    let pass = judgement.pass(form)?;
    let word = match asks_yes_or_no(question, form)? {
        Polarity::Plain => "As far as the rules can tell, yes",
        Polarity::Fault => "As far as the rules can tell, no",
    };
    Some((format!("{word}: {}", lowered(&pass.message)), pass))
}

/// Words by which a question names the fault.
const FAULTS: [&str; 8] = [
    "too", "wrong", "bad", "dumb", "mistake", "problem", "stupid", "risky",
];

/// Whether yes or no answers the question, and which of them says that something does not fit.
fn asks_yes_or_no(question: &str, form: Form) -> Option<Polarity> {
    if !matches!(form, Form::Enough | Form::Decide) {
        return None;
    }
    let folded = fold(question);
    let names_fault = words(&folded).iter().any(|word| FAULTS.contains(word));
    let is_plain = folded.contains("good or bad");
    Some(if names_fault && !is_plain {
        Polarity::Fault
    } else {
        Polarity::Plain
    })
}

fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        // An abbreviation keeps its letters.
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

/// A rule's result as a reason.
pub(super) fn by_rule(result: &RuleResult) -> Reason {
    Reason {
        words: result.message.to_string(),
        said: Said::Rule(Box::new(result.clone())),
    }
}

fn first_sentence(reasons: &[Reason]) -> String {
    let first = reasons.first().map_or("", |reason| reason.words.as_str());
    sentence(first).to_owned()
}

/// The first sentence of a section.
pub(super) fn sentence(body: &str) -> &str {
    let line_end = body.find("\n\n").unwrap_or(body.len());
    let first = &body[..line_end];
    let ends = first.match_indices(['.', '?', '!']).map(|(at, _)| at + 1);
    let end = ends.into_iter().find(|at| {
        let rest = &first[*at..];
        let next = rest.trim_start().chars().next();
        rest.starts_with(char::is_whitespace) && next.is_some_and(|next| !next.is_lowercase())
    });
    first[..end.unwrap_or(first.len())].trim()
}

/// An answer that gives no reasons.
pub(super) fn declined(form: Form, found: &Found<'static>, verdict: String) -> Answer {
    Answer::bare(found.outcome, form, verdict)
}

/// The library does not hold it: what it says of the gap, else the nearest topics.
fn not_held(form: Form, found: &Found<'static>) -> Answer {
    let is_writing = found.evidence.bar == Some(Bar::Writing);
    let gap = found.hits.first().filter(|_| found.is_gap && !is_writing);
    let verdict = match gap {
        Some(hit) => format!("I do not hold that. {}", sentence(&hit.section.body)),
        None if is_writing => {
            "I don't write texts: I check plans and answer from the library.".to_owned()
        }
        None => "I do not hold an answer to that, and I don't make one up.".to_owned(),
    };
    let mut near: Vec<Cited> = Vec::new();
    let least = found.hits.first().map_or(0.0, |best| NEAR * best.score);
    let least = least.max(LEAST_NEAR);
    for hit in found
        .hits
        .iter()
        .filter(|hit| hit.entry.kind != EntryKind::Gap && hit.score >= least)
    {
        if !near.iter().any(|known| known.entry.id == hit.entry.id) {
            near.push(cited(hit));
        }
    }
    let reasons = gap.map(|hit| Reason {
        words: hit.section.body.clone(),
        said: Said::Library(cited(hit)),
    });
    Answer {
        near,
        reasons: reasons.into_iter().collect(),
        outcome: Outcome::NotHeld,
        ..declined(form, found, verdict)
    }
}

/// The sentences of a section.
pub(super) fn sentences(body: &str) -> impl Iterator<Item = &str> {
    let mut rest = body.trim();
    std::iter::from_fn(move || {
        let first = sentence(rest);
        rest = rest[first.len()..].trim_start();
        (!first.is_empty()).then_some(first)
    })
}
