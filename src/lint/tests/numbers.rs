//! No message names a number that is not in the plan, the rule's parameters or its arithmetic:
//! whatever stands in prose alone is found here.
//!
//! Digits and spelled numbers count alike. A fix may say how many people to ask: that is a task and
//! no figure, so of fixes only the digits count.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::lint::expr::{Node, Type, show};
use crate::lint::judge::Decision;
use crate::plan::{FileFormat, fields, read_file, templates};

/// Spelled numbers that are figures; "one" and "two" are mostly words.
const SPELLED: [(&str, &str); 14] = [
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("dozen", "12"),
    ("hundred", "100"),
    ("thousand", "1000"),
    ("million", "1000000"),
];

/// The numbers in digits, without commas between thousands.
fn digits(words: &str) -> BTreeSet<String> {
    let runs = words.split(|sign: char| !sign.is_ascii_digit() && !matches!(sign, ',' | '.'));
    let plain = runs.map(|run| run.trim_matches([',', '.']).replace(',', ""));
    plain.filter(|run| !run.is_empty()).collect()
}

/// The numbers that are spelled out.
fn spelled(words: &str) -> BTreeSet<String> {
    let folded = words.to_lowercase();
    let words: BTreeSet<_> = folded.split(|sign: char| !sign.is_alphabetic()).collect();
    let known = SPELLED.iter().filter(|(word, _)| words.contains(word));
    known.map(|(_, number)| (*number).to_owned()).collect()
}

/// Whether anything but literals is in it.
fn is_computed(node: &Node) -> bool {
    let mut found = false;
    node.walk(&mut |below| {
        found |= matches!(
            below,
            Node::Field(_) | Node::Param(_) | Node::Derived(_) | Node::How(_) | Node::Filled(_)
        ) || matches!(below, Node::OverSegments(..) | Node::Twin(_));
    });
    found
}

/// Shows each node of an expression that stands for itself: not those about the items of a set.
fn each<'n>(node: &'n Node, visit: &mut impl FnMut(&'n Node)) {
    visit(node);
    match node {
        Node::Not(inner) | Node::Negated(inner) | Node::Answered(inner) => each(inner, visit),
        Node::Binary(_, left, right) | Node::FirstKnown(left, right) => {
            each(left, visit);
            each(right, visit);
        }
        Node::Join(join) => {
            each(&join.left, visit);
            each(&join.right.node, visit);
        }
        Node::If(choice) => {
            each(&choice.condition, visit);
            each(&choice.yes.node, visit);
            each(&choice.no.node, visit);
        }
        Node::Call(_, arguments) => arguments.iter().for_each(|node| each(node, visit)),
        Node::Over(_, set, _) => each(set, visit),
        _ => {}
    }
}

/// The values of the plan, the parameters and what the rule computes of them, as they are shown.
fn evidence(judged: &Judged<'_>, decision: &Decision, plan: &Plan) -> BTreeSet<String> {
    let rule = &judged.rules.rules()[decision.rule];
    let mut shown = String::new();
    let mut tell = |words: &str| {
        shown.push_str(words);
        shown.push(' ');
    };
    for field in fields() {
        tell(field.label().as_str());
        for segment in plan.segments() {
            if let Some(Answer::Known(value)) = plan.answer(field, Some(segment)) {
                tell(&value.display(field));
            }
        }
    }
    plan.segments().iter().for_each(|it| tell(it.as_str()));
    for (param, value) in rule
        .params
        .iter()
        .zip(judged.in_force[decision.rule].values.iter())
    {
        tell(&param.show(value));
    }
    let mut nodes = Vec::new();
    for node in rule.expressions() {
        each(node, &mut |node| nodes.push(node));
    }
    for node in nodes.into_iter().filter(|node| is_computed(node)) {
        let mut evaluator = judged.evaluator(decision.rule, decision.segment);
        if let Ok(value) = evaluator.value(node) {
            let is_words = matches!(node, Node::If(_));
            if !is_words {
                tell(&show(&value, &Type::Text));
            }
        }
    }
    let mut numbers = digits(&shown);
    numbers.extend(spelled(&shown));
    numbers
}

/// What is said without being in the evidence: rule, number, words.
fn unfounded<'a>(rules: &RuleSet, subject: impl Into<Subject<'a>>) -> Vec<String> {
    let subject = subject.into();
    let thresholds = Thresholds::default();
    let judged = judge(rules, subject, &thresholds, TODAY);
    let results = check(rules, subject, &thresholds, TODAY);
    let mut unfounded = Vec::new();
    for decision in &judged.decisions {
        let rule = rules.rules()[decision.rule].slug();
        let segment = judged.segment(decision);
        let said = results
            .iter()
            .find(|it| it.rule == *rule && it.segment.as_ref() == segment)
            .expect("a result of each decision");
        let fix = said.fix.as_ref().map_or("", |fix| fix.text.as_str());
        let mut numbers = digits(&format!("{} {fix}", said.message));
        numbers.extend(spelled(&said.message));
        if numbers.is_empty() {
            continue;
        }
        let evidence = evidence(&judged, decision, subject.plan());
        let lacking = numbers.difference(&evidence);
        unfounded.extend(lacking.map(|n| format!("{rule}: {n} in `{}` or `{fix}`", said.message)));
    }
    unfounded.sort();
    unfounded.dedup();
    unfounded
}

#[test]
fn a_number_that_stands_in_prose_alone_is_found() {
    let page = include_str!("../../../rules/fit/field-acv-low.md");
    let prose = page.replace("text = 'You sell", "text = 'Like 42 of a hundred, you sell");
    assert_ne!(page, prose, "the page says something else by now");
    let rules = RuleSet::built_in_with(&[("fit/field-acv-low.md", &prose)]).expect("a page");
    let found = unfounded(&rules, &plan("sales.motion: field; pricing.acv: $588"));
    let numbers: Vec<_> = found.iter().map(|it| it.split(' ').nth(1)).collect();
    assert_eq!(numbers, [Some("100"), Some("42")], "{found:?}");
}

#[test]
fn every_number_of_an_example_is_in_its_evidence() {
    let examples = RULES.rules().iter().flat_map(Rule::examples);
    let found: BTreeSet<_> = examples
        .flat_map(|example| {
            let told = example.told(TODAY).expect("an example");
            unfounded(&RULES, told.subject())
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_number_about_a_template_or_a_golden_plan_is_in_its_evidence() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = ["real", "invented"].map(|folder| golden.join(folder));
    let files = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder of plans"));
    let golden = files.map(|file| std::fs::read_to_string(file.expect("a file").path()));
    let mut texts: Vec<_> = golden.map(|text| text.expect("a plan")).collect();
    assert!(texts.len() > 30, "the golden plans are elsewhere");
    texts.extend(templates().iter().map(|template| template.text.to_owned()));
    for text in texts {
        let plan = read_file(&text, FileFormat::Toml, TODAY).expect("a plan");
        assert_eq!(unfounded(&RULES, &plan), Vec::<String>::new(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_number_about_any_plan_is_in_its_evidence(lines in engine::some_answers()) {
        let text = lines.join("\n");
        prop_assert_eq!(unfounded(&RULES, &plan(&text)), Vec::<String>::new());
    }
}
