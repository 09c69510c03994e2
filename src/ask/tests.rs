//! Answers to questions of each form, on the library and rules that come with the program.

mod narrowed;

use super::*;
use crate::ident::PlanId;
use crate::knowledge::{Outcome, library};
use crate::lint::{RuleSet, Thresholds};
use crate::plan::{Plan, read_file};

/// What an answer leans on in a test, without any documents.
fn asking<'a>(rules: &'a RuleSet, thresholds: &'a Thresholds, plan: &'a Plan) -> Asking<'a> {
    Asking {
        library: library(),
        rules,
        thresholds,
        plan,
        today: jiff::civil::date(2026, 11, 28),
        shelf: &[],
        near: None,
    }
}

fn asked(question: &str, plan: &Plan) -> Answer {
    let rules = RuleSet::built_in().expect("a test of the rules reads them");
    ask(question, &asking(&rules, &Thresholds::default(), plan))
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
    // Thousands without a period are what a deal brings.
    check(
        "is a 90 day cycle normal at $4k",
        "pricing.acv = $4,000 a year, sales.cycle = 90 days",
    );
    check("how do we get to 500k?", "");
    // Those who come to pay, by whichever side they are counted.
    check(
        "is 3% free to paid ok?",
        "sales.win_rate = 3%, sales.win_rate_basis = trials",
    );
    check(
        "is it bad that 90% of our users never pay?",
        "sales.win_rate = 10%, sales.win_rate_basis = trials",
    );
    // Whatever a team calls its customers.
    check("1 csm for 60 clinics", "cs.accounts_per_csm = 60");
    check("two csms for 120 schools?", "cs.accounts_per_csm = 60");
    check("how many accounts can one CSM look after?", "");
    check("1 csm for 6 months", "");
    // By what a price counts.
    check(
        "should we charge per seat instead of per use",
        "pricing.model = per seat",
    );
    check("a flat fee or per seat?", "");
    check(
        "is a 900k quota on 160k OTE sane?",
        "sales.quota = $900,000 a year",
    );
}

#[test]
fn a_figure_is_held_against_what_is_usual() {
    let check = |question: &str, plan: &Plan, expected: &str| {
        let verdict = asked(question, plan).verdict;
        assert!(verdict.starts_with(expected), "{question}: {verdict}");
    };
    let none = Plan::new(PlanId::new("none"));
    check(
        "is a 90 day cycle normal at $4k",
        &none,
        "No, that is more than twice the median: 90 days where",
    );
    check(
        "is a 60 day sales cycle normal for a $30k product?",
        &none,
        "Yes, that is usual: 60 days where",
    );
    check(
        "is 3% free to paid conversion normal?",
        &none,
        "Yes, that is usual: 3% where",
    );
    check(
        "is it bad that 90% of our users never pay?",
        &none,
        "That is higher than usual: 10% where",
    );
    let clinics = plan("[segment.main]\npricing.price = \"$1,200/mo\"\n");
    check(
        "1 csm for 60 clinics",
        &clinics,
        "That is usual: 60 accounts for each CSM where",
    );
    // The plan's own figure, where the question is about it and states none.
    let slow = plan("[segment.main]\npricing.acv = \"$4k\"\nsales.cycle = \"20 days\"\n");
    check(
        "is our sales cycle normal?",
        &slow,
        "That is shorter than the median: 20 days where",
    );
    // Without what a deal brings, nothing is compared.
    let verdict = alone("is a 90 day sales cycle normal?").verdict;
    assert!(!verdict.contains("90 days where"), "{verdict}");
    // What others have is asked, and nothing of one's own is told.
    let verdict = asked("what is a typical sales cycle?", &slow).verdict;
    assert!(!verdict.contains("20 days where"), "{verdict}");
}

#[test]
fn a_target_is_worked_out_in_customers() {
    let homes = "plan.customers = 14\n[segment.main]\npricing.price = \"$350/mo\"\n";
    let check = |question: &str, plan: &str, expected: &str| {
        let answer = asked(question, &self::plan(plan));
        assert_eq!(answer.verdict, expected, "{question}");
        let cited: Vec<_> = answer.citations().iter().map(|it| it.name()).collect();
        let holds = |name: &String| name.starts_with("funnel#");
        assert!(cited.iter().any(holds), "{question}: {cited:?}");
    };
    check(
        "are referrals enough to get us to 500k?",
        homes,
        "That takes 120 customers: $500,000 ÷ $4,200 a year each. You have 14, so 106 are still to come.",
    );
    let free = "[segment.main]\npricing.price = \"$39/mo\"\n";
    check(
        "is 3% free to paid enough to get to 1M?",
        free,
        "That takes 2,137 customers: $1,000,000 ÷ $468 a year each. At 3% that pay, 71,234 have to sign \
         up; what customers leave on the way comes on top.",
    );
    check(
        "2,000 signups a month, 3% convert, $39 a month. what new mrr is that?",
        "",
        "That is $2,340 of new MRR: 2,000 × 3% = 60 who pay × $39 a month.",
    );
    // Without what a customer pays there is no sum.
    let verdict = alone("are referrals enough to get us to 500k?").verdict;
    assert!(!verdict.starts_with("That takes"), "{verdict}");
}

#[test]
fn whether_sources_agree_is_said_first() {
    let check = |question: &str, expected: &str| {
        let verdict = alone(question).verdict;
        assert!(verdict.starts_with(expected), "{question}: {verdict}");
    };
    check(
        "do the sources agree on how long a test should run",
        "The span is a guideline of a single source",
    );
    check(
        "do your sources agree when to hire the first rep?",
        "No, they differ. What the sources share is",
    );
    check(
        "which sources agree on when to hire",
        "What the sources share is",
    );
    check(
        "do the sources agree on what goes into CAC?",
        "No, they differ. ",
    );
}

#[test]
fn what_comes_after_a_stage_is_the_next_one() {
    let answer = alone("what comes after product-market fit");
    assert_eq!(answer.citations()[0].name(), "gtm-stages#gtm-fit");
    let answer = alone("product-market fit or go-to-market fit?");
    assert_eq!(answer.citations()[0].name(), "gtm-stages#pmf-or-gtm-fit");
}

#[test]
fn the_trade_of_a_team_steers_nothing() {
    let homes = plan("[segment.main]\nicp.industry = [\"property managers\"]\n");
    let of_any = alone("customers or building owners, who do we sell to first?");
    let of_trade = asked(
        "property managers or building owners, who do we sell to first?",
        &homes,
    );
    let names =
        |answer: &Answer| -> Vec<_> { answer.citations().iter().map(|it| it.name()).collect() };
    assert_eq!(names(&of_trade), names(&of_any));
    assert_eq!(of_trade.outcome, of_any.outcome);
}

#[test]
fn inside_sales_by_name_is_supposed_in_its_plainer_form() {
    let alone = plan("[segment.main]\nsales.motion = \"plg\"\n");
    let answer = asked("is $39 a month enough for inside sales?", &alone);
    assert!(answer.verdict.starts_with("No. "), "{}", answer.verdict);
    assert_eq!(answer.results[0].rule.as_str(), "inside-acv-low");
}

#[test]
fn a_demo_is_no_opportunity() {
    let answer = alone("what's a good demo to close rate");
    assert_eq!(answer.outcome, Outcome::NotHeld);
    let expected = "I do not hold that. No source gives a rate from demo to close";
    assert!(answer.verdict.starts_with(expected), "{}", answer.verdict);
    assert!(
        answer
            .near
            .iter()
            .any(|it| it.name() == "sales-benchmarks#win-rate")
    );
}

#[test]
fn what_is_missing_begins_with_what_the_whole_plan_rests_on() {
    let tool = plan(
        "plan.stage = \"product_market_fit\"\n[segment.main]\npricing.price = \"$39/mo\"\n\
         sales.motion = \"plg\"\nmarketing.channels = [\"content\"]\nmetrics.churn = \"6%\"\n\
         sales.win_rate = \"3%\"\nsales.win_rate_basis = \"trials\"\n",
    );
    for question in [
        "what are we missing",
        "does our plan fit together?",
        "is anything missing?",
    ] {
        let answer = asked(question, &tool);
        assert_eq!(answer.results[0].rule.as_str(), "icp-missing", "{question}");
        let follow_up = answer.follow_up.expect("a question back");
        assert!(
            follow_up.field.name.starts_with("icp."),
            "{}",
            follow_up.field.name
        );
    }
    let answer = asked("is anything missing in our pricing?", &tool);
    assert!(
        answer.verdict.starts_with("What is missed most: "),
        "{}",
        answer.verdict
    );
    assert_eq!(
        answer.follow_up.expect("a question back").field.component(),
        "pricing"
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
    // What others have is said of it.
    check(
        "what is a normal churn if ours is 3%?",
        "That is more than twice the median: 30.62% a year (1 − (1 − 3%)^12) where",
    );
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
    // So does who would hire one into a plan that sells itself, once it says for how much.
    check("should we hire a salesperson now?", &alone, "");
    let cheap = plan("[segment.main]\npricing.price = \"$39/mo\"\nsales.motion = \"plg\"\n");
    check("should we hire a salesperson now?", &cheap, inside);
    let verdict = asked("should we hire a salesperson now?", &cheap).verdict;
    assert!(
        verdict.starts_with("No. ") && verdict.contains("$468"),
        "{verdict}"
    );
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
