//! Answers to questions of each form, on the library and rules that come with the program.

use super::*;
use crate::ident::PlanId;
use crate::knowledge::{Outcome, library};
use crate::lint::{RuleSet, Thresholds};
use crate::plan::{Plan, read_file};

fn asked(question: &str, plan: &Plan) -> Answer {
    let rules = RuleSet::built_in().expect("a test of the rules reads them");
    let asking = Asking {
        library: library(),
        rules: &rules,
        thresholds: &Thresholds::default(),
        plan,
        today: jiff::civil::date(2026, 11, 28),
        shelf: &[],
        near: None,
    };
    ask(question, &asking)
}

fn alone(question: &str) -> Answer {
    asked(question, &Plan::new(PlanId::new("none")))
}

fn plan(words: &str) -> Plan {
    let today = jiff::civil::date(2026, 11, 28);
    let file = read_file(words, crate::plan::FileFormat::Toml, today);
    file.expect("the plan of a test can be read")
}

fn tried(question: &str) -> String {
    let context = crate::plan::ParseContext {
        currency: Plan::new(PlanId::new("none")).currency(),
        today: jiff::civil::date(2026, 11, 28),
    };
    let read = hypothesis::read(question, context);
    let mut list: Vec<_> = read
        .iter()
        .map(|one| format!("{} = {}", one.field.name, one.value.display(one.field)))
        .collect();
    list.sort();
    list.join(", ")
}

#[test]
fn values_are_read_out_of_a_question() {
    let check =
        |question: &str, expected: &str| assert_eq!(tried(question), expected, "{question}");
    check(
        "is $49/mo enough for outside sales?",
        "pricing.price = $49 a month, sales.motion = field sales",
    );
    check("is 49 a month enough?", "pricing.price = $49 a month");
    check(
        "four meetings for a $99 a month product?",
        "pricing.price = $99 a month, sales.meetings = 4",
    );
    check("are 6 interviews enough?", "value.interviews = 6");
    check("should we hire 2 AEs?", "sales.reps_planned = 2");
    check("should we hire reps yet?", "sales.reps_planned = 1");
    check("is a 25% win rate good?", "sales.win_rate = 25%");
    check("is field sales or plg right for us?", "");
    // A second way of selling is no change of the first.
    check(
        "is it too early for inside sales beside self-serve?",
        "sales.assist = inside sales",
    );
    check(
        "an enterprise team alongside plg?",
        "icp.segment = enterprise, sales.assist = field sales",
    );
    // The nearest noun says what an amount is.
    check(
        "with a CAC of $6k and a contract of $12k, how long is payback?",
        "economics.cac = $6,000, pricing.acv = $12,000 a year",
    );
    check("is it good?", "");
    // What is weighed against something else is not supposed.
    check("should we sell direct or through partners?", "");
    check(
        "self-serve or inside sales at $8k a year?",
        "pricing.price = $8,000 a year",
    );
    // Churn by other words, and an amount that no field holds.
    check(
        "we loose 2% of our customers every month. bad?",
        "metrics.churn = 2% a month",
    );
    check("we lose 20% of our deals", "");
    check(
        "is a 900k quota on 160k OTE sane?",
        "sales.quota = $900,000 a year",
    );
}

#[test]
fn a_rule_gives_the_verdict_on_what_is_supposed() {
    let answer = alone("is $49/mo enough for outside sales?");
    assert!(answer.verdict.starts_with("No. "), "{}", answer.verdict);
    assert!(answer.verdict.contains("$588 a year"), "{}", answer.verdict);
    assert_eq!(
        answer.results[0].rule.as_str(),
        "low-price-enterprise-motion"
    );
    assert!(!answer.citations().is_empty() && answer.reasons.len() <= 3);
    assert!(answer.follow_up.is_some());
}

#[test]
fn the_plan_decides_with_the_question() {
    let plan = plan("plan.stage = \"inception\"\n");
    let answer = asked("should we hire 3 reps?", &plan);
    assert!(answer.verdict.starts_with("No. "), "{}", answer.verdict);
    let fits = self::plan("[segment.main]\npricing.acv = \"$200k\"\n");
    let answer = asked("is field sales ok for us?", &fits);
    assert!(answer.verdict.contains("yes"), "{}", answer.verdict);
}

#[test]
fn a_rule_that_passes_speaks_only_of_what_was_asked() {
    let plan =
        plan("plan.stage = \"gtm_fit\"\n[segment.main]\nsales.motion = \"inside_one_stage\"\n");
    let check = |question: &str, expected: &str| {
        let answer = asked(question, &plan);
        assert!(
            !answer.verdict.starts_with("As far as the rules can tell"),
            "{question}: {}",
            answer.verdict
        );
        let first = answer.citations()[0].name();
        assert_eq!(first, expected, "{question}");
    };
    // The deal is a circumstance, and a rule that reads half a plan is about something else.
    check(
        "do I need an SE for a 14k deal",
        "sales-roles#sales-engineer",
    );
    check("are six interviews enough?", "value-validation#interviews");
    let verdict = asked("is $14k a year enough for inside sales?", &plan).verdict;
    assert!(verdict.contains("yes"), "{verdict}");
}

#[test]
fn what_the_question_calls_by_its_heading_comes_first() {
    let check = |question: &str, expected: &str| {
        assert_eq!(
            alone(question).citations()[0].name(),
            expected,
            "{question}"
        );
    };
    check(
        "what is a realistic trial to paid rate?",
        "conversion-benchmarks#trial",
    );
    // What to do goes before what others do.
    check(
        "how fast should we answer an inbound lead?",
        "speed-to-lead#first-hour",
    );
}

#[test]
fn only_what_is_near_is_offered_where_nothing_answers() {
    let answer = alone("is gdpr a problem when we buy lists?");
    assert_eq!(answer.outcome, Outcome::NotHeld);
    let near: Vec<_> = answer.near.iter().map(Cited::name).collect();
    assert!(near.is_empty(), "{near:?}");
    let answer = alone("1 csm for 60 clinics at 14k each, too many?");
    let dispute = answer.dispute.map(|cited| cited.name());
    assert_eq!(dispute, None, "nobody asked for deals above $50,000");
}

#[test]
fn what_is_missing_is_the_plans_to_say() {
    let answer = alone("what is missing?");
    assert_eq!(answer.outcome, Outcome::Held);
    assert!(answer.follow_up.is_some());
    let answer = alone("what next?");
    assert!(
        answer.verdict.starts_with("Answer this next: ") || answer.verdict.starts_with("Mend"),
        "{}",
        answer.verdict
    );
}

#[test]
fn whether_the_plan_is_good_is_the_checks_to_say() {
    let plan = plan(
        "[segment.main]\npricing.price = \"$49/mo\"\nsales.motion = \"field\"\n\
         icp.industry = [\"banks\"]\nicp.employees = \"10-20\"\nvalue.interviews = 12\n",
    );
    let answer = asked("is our plan good enough?", &plan);
    let verdict = &answer.verdict;
    assert!(
        verdict.starts_with("The plan contradicts itself"),
        "{verdict}"
    );
}

#[test]
fn a_question_with_its_numbers_is_worked_out() {
    let check = |question: &str, expected: &str| {
        let verdict = alone(question).verdict;
        assert!(verdict.starts_with(expected), "{question}: {verdict}");
    };
    check(
        "monthly churn of 3%, how much is that a year?",
        "Churn a year: 1 − (1 − 3%)^12 ≈ 30.62%.",
    );
    check(
        "with a CAC of $6k and a contract of $12k, how long is CAC payback?",
        "Simple payback, on revenue: $6,000 ÷ ($12,000 ÷ 12) = 6 months.",
    );
    // With the margin, where the question states one.
    check(
        "cac is $9,000 and a customer pays $14,400 a year at 75% margin, payback?",
        "Margin-adjusted payback: $9,000 ÷ ($14,400 ÷ 12 × 75%) = 10 months.",
    );
    // A formula that answers is worked out without its name, also where no rule objects.
    check(
        "we loose 2% of our customers every month. bad?",
        "Churn a year: 1 − (1 − 2%)^12 ≈ 21.53%.",
    );
    check(
        "is a 900k quota on 160k OTE sane?",
        "Quota to OTE: $900,000",
    );
    // What others have is no arithmetic.
    let verdict = alone("what is a normal churn if ours is 3%?").verdict;
    assert!(!verdict.contains("30.62%"), "{verdict}");
}

#[test]
fn who_asks_whether_an_amount_is_bad_is_told_what_is_usual() {
    let answer = alone("is 3% monthly churn bad");
    assert!(answer.verdict.contains("30.62%"), "{}", answer.verdict);
    let told: Vec<_> = answer
        .reasons
        .iter()
        .map(|one| one.words.as_str())
        .collect();
    assert!(
        told.iter()
            .any(|words| words.contains("13 % of yearly revenue")),
        "{told:?}"
    );
}

#[test]
fn who_asks_how_to_compute_is_told_the_formula_first() {
    let verdict = alone("how do i compute magic number").verdict;
    assert!(verdict.starts_with("Magic number = "), "{verdict}");
}

#[test]
fn facts_with_what_now_are_judged() {
    let verdict = alone("we sell at $900 a year with a field team, what now?").verdict;
    assert!(
        verdict.contains("$900 a year") && verdict.contains("field team"),
        "{verdict}"
    );
}

#[test]
fn when_is_answered_by_when() {
    let verdict = alone("when do we hire our first seller?").verdict;
    assert!(verdict.contains("once a playbook exists"), "{verdict}");
}

#[test]
fn what_comes_after_a_thing_is_not_the_thing() {
    let verdict = alone("what do we do after product-market fit?").verdict;
    assert!(!verdict.contains("While looking for"), "{verdict}");
    let verdict = alone("what do we do about product-market fit?").verdict;
    assert!(verdict.contains("While looking for"), "{verdict}");
}

#[test]
fn who_asks_whether_a_price_pays_a_seller_supposes_one() {
    let check = |question: &str, plan: &Plan, expected: &str| {
        let motion = asked(question, plan).tried.into_iter();
        let motion = motion.filter(|one| one.field.name == "sales.motion");
        let motion: Vec<_> = motion.map(|one| one.value.display(one.field)).collect();
        assert_eq!(motion.join(", "), expected, "{question}");
    };
    let none = Plan::new(PlanId::new("none"));
    let inside = "inside sales, one stage";
    check("does $200 a month pay for a salesperson?", &none, inside);
    check("is $90 a month enough for a rep?", &none, inside);
    // A way of selling that is named, or stands in the plan, is kept.
    check(
        "is $90 a month enough for a field rep?",
        &none,
        "field sales",
    );
    check("does $200 a month pay?", &none, "");
    check("is $200 a month right, ask the reps?", &none, "");
    let field = plan("[segment.main]\nsales.motion = \"field\"\n");
    check("does $200 a month pay for a salesperson?", &field, "");
    let alone = plan("[segment.main]\nsales.motion = \"plg\"\n");
    check("does $200 a month pay for a salesperson?", &alone, inside);
}

#[test]
fn a_choice_is_answered_by_what_weighs() {
    let verdict = alone("a flat fee or a fee per user?").verdict;
    assert!(verdict.contains("Choose the model"), "{verdict}");
    let verdict = alone("should we have a free plan?").verdict;
    assert!(verdict.contains("A free plan works if"), "{verdict}");
}

#[test]
fn both_refusals_say_what_they_are() {
    let answer = alone("what's the weather in Berlin?");
    assert_eq!(answer.outcome, Outcome::OutOfScope);
    assert!(answer.citations().is_empty());
    let answer = alone("which crm should we buy?");
    assert_eq!(answer.outcome, Outcome::NotHeld);
    assert!(!answer.near.is_empty());
}

/// The numbers of some words, as digits.
fn numbers(words: &str) -> Vec<String> {
    let digits = words.split(|c: char| !c.is_ascii_digit());
    digits
        .filter(|run| !run.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_number_of_an_answer_stands_in_its_evidence() {
    let plan = plan("[segment.main]\npricing.acv = \"$8k\"\nsales.motion = \"field\"\n");
    let listed = library().entries().iter().flat_map(|entry| &entry.sections);
    let questions = listed
        .step_by(5)
        .flat_map(|section| section.questions.iter().take(1));
    for question in questions {
        let answer = asked(question, &plan);
        let mut evidence: Vec<String> = numbers(question);
        for cited in answer.citations() {
            evidence.extend(numbers(&cited.section.body));
        }
        for result in &answer.results {
            evidence.extend(numbers(&result.message));
        }
        let mut said = numbers(&answer.verdict);
        said.extend(
            answer
                .reasons
                .iter()
                .flat_map(|reason| numbers(&reason.words)),
        );
        for number in said {
            assert!(
                evidence.contains(&number),
                "{question}: {number} in {}",
                answer.verdict
            );
        }
    }
}

#[test]
fn a_sentence_ends_where_the_next_begins() {
    let check = |body: &str, expected: &str| assert_eq!(compose::sentence(body), expected);
    check("One of 1.5 months. Two.", "One of 1.5 months.");
    check("Ask e.g. a buyer. Then go.", "Ask e.g. a buyer.");
    check("No end", "No end");
    check("First\n\nSecond.", "First");
}
