//! What the page format can say beyond the rules that ship so far.

use super::*;

/// A page with this front matter beside what every page needs.
fn page(front: &str) -> String {
    format!(
        "+++\nseverity = 'warning'\nconfidence = {{ direction = 'high', number = 'low' }}\n\
         pass = 'Fine.'\n{front}\n[[say]]\ntext = 'Found.'\n[[fix]]\ntext = 'Mend it.'\n+++\n\
         # Title\n\n## What it checks\n\nA.\n\n## Why it matters\n\nB.\n\n## What to change\n\nC.\n\n\
         ## Sources\n\n- `gtm-model#title`: d\n\n## Examples\n\n```toml finding\n```\n\n\
         ```toml pass\n```\n\n```toml unknown\n```\n"
    )
}

fn ask(front: &str, plan: &Plan) -> Vec<RuleResult> {
    let page = page(front);
    let rules = RuleSet::load(&[("target/one.md", page.as_str())]);
    let rules = rules.unwrap_or_else(|errors| panic!("{}", errors[0]));
    check(&rules, plan, &Thresholds::default(), TODAY)
}

#[track_caller]
fn says(front: &str, lines: &str, expected: &str) {
    let results = ask(front, &plan(lines));
    assert_eq!(
        word(&results[0]),
        expected,
        "`{lines}`: {}",
        results[0].message
    );
}

#[test]
fn an_absence_is_found_from_its_stage_on_and_an_answered_none_at_any() {
    let front = "when = '!answered(icp.exclusions) || size(icp.exclusions) == 0'\nabsent_from";
    let from_fit = format!("{front} = 'gtm_fit'");
    says(&from_fit, "plan.stage: inception", "-");
    says(&from_fit, "", "-");
    says(&from_fit, "plan.stage: gtm_fit", "warning");
    says(&from_fit, "plan.stage: scale", "warning");
    says(
        &from_fit,
        "plan.stage: inception; icp.exclusions: none",
        "warning",
    );
    says(
        &from_fit,
        "plan.stage: inception; icp.exclusions: banks",
        "pass",
    );
    says(&from_fit, "plan.stage: scale; icp.exclusions: n/a", "-");
    let from_market_fit = format!("{front} = 'product_market_fit'");
    says(&from_market_fit, "", "warning");
    says(&from_market_fit, "plan.stage: inception", "-");
}

#[test]
fn the_first_severity_that_holds_counts() {
    let front = "when = 'sales.reps_planned >= 1'\n\
                 error_when = 'plan.stage == \"inception\" && sales.reps_planned >= 3'\n\
                 advice_when = 'plan.stage == \"product_market_fit\" && sales.reps_planned < 3'";
    let at = |stage: &str, reps: u8| format!("plan.stage: {stage}; sales.reps_planned: {reps}");
    says(front, &at("inception", 2), "warning");
    says(front, &at("inception", 3), "error");
    says(front, &at("product_market_fit", 2), "advice");
    says(front, &at("product_market_fit", 3), "warning");
    says(front, "sales.reps_planned: 9", "warning");
}

fn two_segments(one: &str, two: &str) -> Plan {
    let mut plan = plan(&format!(
        "sales.deals_per_year: {one}; plan.arr_target: $1M"
    ));
    let enterprise = Segment::parse("enterprise").expect("a name");
    let field = field("sales.deals_per_year").expect("a field");
    let context = ParseContext {
        currency: Currency::USD,
        today: TODAY,
    };
    let answer = Answer::Known(field.parse(two, &context).expect("a count"));
    for change in set_answer(&plan, field, Some(&enterprise), Some(answer), &author()) {
        plan.apply(&change).expect("a change made against the plan");
    }
    plan
}

#[test]
fn a_rule_of_the_whole_plan_can_look_over_its_segments() {
    let front = "level = 'plan'\nwhen = 'sum(segments, sales.deals_per_year) < 30 || \
                 any(segments, sales.deals_per_year > 100)'";
    let said = |one: &str, two: &str| {
        let results = ask(front, &two_segments(one, two));
        assert_eq!(results.len(), 1);
        assert_eq!(results[0].segment, None);
        word(&results[0])
    };
    assert_eq!(said("10", "19"), "warning");
    assert_eq!(said("10", "20"), "pass");
    assert_eq!(said("10", "101"), "warning");
}

#[test]
fn a_rule_that_reads_the_plan_alone_speaks_once() {
    let results = ask(
        "when = 'plan.horizon > months(12)'",
        &two_segments("1", "2"),
    );
    assert_eq!(results.len(), 1);
    assert_eq!(
        (results[0].segment.as_ref(), word(&results[0])),
        (None, "unknown")
    );
    assert_eq!(
        results[0].missing.iter().collect::<Vec<_>>(),
        ["plan.horizon"]
    );
}

#[test]
fn a_claimed_exception_counts_only_once_it_is_claimed() {
    let front = "when = 'sales.cycle > days(30)'\nunless = 'sales.founder_led'";
    says(front, "sales.cycle: 31 days", "warning");
    says(
        front,
        "sales.cycle: 31 days; sales.founder_led: no",
        "warning",
    );
    says(
        front,
        "sales.cycle: 31 days; sales.founder_led: yes",
        "pass",
    );
    says(front, "sales.founder_led: yes", "pass");
    says(front, "", "unknown");
}

#[test]
fn dates_and_prices_can_be_compared_in_their_own_units() {
    let review = "when = 'today - plan.last_review > days(90)'";
    says(review, "plan.last_review: 2025-12-04", "pass");
    says(review, "plan.last_review: 2025-12-03", "warning");
    let tiers = "when = 'all(pricing.tiers, tier, per_year(tier) < usd_per_year(10000))'";
    says(tiers, "pricing.tiers: $49/mo, $499/mo", "warning");
    says(tiers, "pricing.tiers: $49/mo, $999/mo", "pass");
    let size = "when = 'high(icp.employees) > 1000'";
    says(size, "icp.employees: 50-5000", "warning");
    says(size, "icp.employees: 500+", "unknown");
}
