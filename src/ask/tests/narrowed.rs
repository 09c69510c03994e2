//! Questions that weigh two channels, narrow their matter down, or follow another one.

use super::*;

#[test]
fn two_channels_are_weighed_by_where_the_customers_are() {
    let check = |question: &str, plan: &Plan, expected: &str| {
        let answer = asked(question, plan);
        assert_eq!(answer.outcome, Outcome::Held, "{question}");
        assert!(
            answer.verdict.starts_with(expected),
            "{question}: {}",
            answer.verdict
        );
        answer.follow_up.map(|back| back.field.name)
    };
    let none = Plan::new(PlanId::new("none"));
    let open = "Take the one where your profile spends its time";
    let back = check("should we start with community or content?", &none, open);
    assert_eq!(back, Some("marketing.icp_channels"));
    check("webinars or a podcast first for a dev tool", &none, open);
    check("events vs partners", &none, open);
    // These the library weighs itself.
    check("content or cold calls first?", &none, "Start with outbound");
    check("search ads or social ads?", &none, "Buy search ads");
    let there = plan("[segment.main]\nmarketing.icp_channels = \"community, events\"\n");
    let back = check(
        "content or community first?",
        &there,
        "Community first: your plan says",
    );
    assert_eq!(back, None);
    check("events or community first?", &there, open);
}

#[test]
fn a_place_that_is_asked_about_as_a_channel_is_one() {
    let outcome = |question: &str| alone(question).outcome;
    assert_eq!(
        outcome("is quora enough as our only channel?"),
        Outcome::Held
    );
    assert_eq!(outcome("is product hunt a good channel"), Outcome::Held);
    assert_eq!(
        outcome("how do we launch on product hunt?"),
        Outcome::NotHeld
    );
    assert_eq!(
        outcome("what do we post on our youtube channel?"),
        Outcome::NotHeld
    );
}

#[test]
fn what_a_figure_is_not_split_by_is_said() {
    let check = |question: &str, expected: &str| {
        let verdict = alone(question).verdict;
        assert!(verdict.starts_with(expected), "{question}: {verdict}");
    };
    check(
        "NRR for usage pricing",
        "I hold no figure by pricing model. The median",
    );
    check(
        "what is a typical NRR with usage based billing?",
        "I hold no figure by pricing model. ",
    );
    // Where a sentence speaks of it, that one comes first.
    check("NRR at $4k a year?", "By contract value ");
    check("what is a good NRR?", "The median net revenue retention");
}

#[test]
fn what_speaks_of_the_kind_of_product_comes_first() {
    let verdict = alone("usage or tiers for an API").verdict;
    assert!(verdict.contains("APIs and data services"), "{verdict}");
    let verdict = alone("usage or tiers?").verdict;
    assert!(verdict.starts_with("Choose the model"), "{verdict}");
}

/// The answer to a question, and to the one that follows it in its thread.
fn and_then(first: &str, next: &str, plan: &Plan) -> Answer {
    let rules = RuleSet::built_in().expect("a test of the rules reads them");
    let before = Subject::of(&asked(first, plan)).expect("a subject");
    let joined = before.joined(next).expect("it leans on the one before");
    ask_on(&joined, &asking(&rules, &Thresholds::default(), plan))
}

#[test]
fn a_question_that_follows_has_the_values_of_the_one_before_and_its_own() {
    let none = Plan::new(PlanId::new("none"));
    let first = "is $49 a month enough for outside sales?";
    let next = and_then(first, "and at $9,000 a month?", &none).verdict;
    assert!(
        next.starts_with("As far as the rules can tell, yes"),
        "{next}"
    );
    let cheap = plan("[segment.main]\npricing.price = \"$39/mo\"\nsales.motion = \"plg\"\n");
    let first = "should we hire a salesperson now?";
    let next = and_then(first, "and at $500 a month?", &cheap).verdict;
    assert!(
        next.contains("an inside rep") && next.contains("$6,000"),
        "{next}"
    );
    let cycle = "is a 90 day sales cycle normal for a $4k product?";
    let next = and_then(cycle, "and at $50k?", &none).verdict;
    assert!(next.contains("usual: 90 days where"), "{next}");
    let churn = "what is a good churn rate?";
    let next = and_then(churn, "and at $500 a month?", &none).verdict;
    assert!(
        next.starts_with("No published gross retention by contract value"),
        "{next}"
    );
}

#[test]
fn what_has_been_told_is_not_told_again_where_more_belongs_to_it() {
    let none = Plan::new(PlanId::new("none"));
    let answer = and_then(
        "when should we kill the free plan?",
        "what do we measure then",
        &none,
    );
    assert_eq!(answer.citations()[0].name(), "free-plan#measures");
}

#[test]
fn a_unit_of_the_teams_own_is_weighed_by_name() {
    let verdict = alone("flat fee per building or per seat?").verdict;
    assert!(verdict.starts_with("Charge per building if"), "{verdict}");
    assert!(
        verdict.contains("flat fee") && verdict.contains("seats"),
        "{verdict}"
    );
    let verdict = alone("a flat fee or a fee per user?").verdict;
    assert!(!verdict.starts_with("Charge per"), "{verdict}");
    // Things that nobody logs in for are the unit, people are not.
    let verdict = alone("flat fee or per seat for buildings").verdict;
    assert!(verdict.starts_with("Charge per building if"), "{verdict}");
    let verdict = alone("flat fee or per seat for lawyers").verdict;
    assert!(!verdict.starts_with("Charge per"), "{verdict}");
}

#[test]
fn what_the_rules_leave_of_two_ways_to_sell_is_the_verdict() {
    let check = |question: &str, expected: &str| {
        let verdict = alone(question).verdict;
        assert!(verdict.starts_with(expected), "{question}: {verdict}");
    };
    check(
        "inside sales or self-serve for a $1,200 a year product?",
        "Self serve, and not inside sales. An inside rep works on every deal",
    );
    check(
        "field sales or self-serve at $40 a month?",
        "Self serve, and not field sales.",
    );
    // Without a price nothing is left out.
    let verdict = alone("inside sales or self-serve?").verdict;
    assert!(!verdict.contains("and not"), "{verdict}");
}

#[test]
fn what_the_plan_says_itself_is_told_from_it() {
    let own = plan(
        "[segment.main]\nicp.industry = \"dental clinics\"\npricing.price = \"$99/mo\"\nsales.motion = \"plg\"\n",
    );
    let check = |question: &str, expected: &str| {
        let verdict = asked(question, &own).verdict;
        assert!(verdict.starts_with(expected), "{question}: {verdict}");
    };
    check(
        "who is our ICP?",
        "Your plan says: ICP industry dental clinics.",
    );
    check(
        "what is our price right now?",
        "Your plan says: price $99 a month.",
    );
    check("what's our biggest risk?", "Mend this first: ");
    // What it does not say, and what a word means, the library tells.
    check("what is our win rate?", "Win rate = ");
    check("what is an ICP?", "An ideal customer profile ");
    let verdict = asked("what should our price be?", &own).verdict;
    assert!(!verdict.starts_with("Your plan"), "{verdict}");
}

#[test]
fn a_rule_on_what_is_too_high_has_no_word_on_what_is_too_low() {
    let own = plan("[segment.main]\nsales.motion = \"plg\"\n");
    let check = |question: &str, expected: bool| {
        let verdict = asked(question, &own).verdict;
        let is_by_rules = verdict.starts_with("As far as the rules can tell");
        assert_eq!(is_by_rules, expected, "{question}: {verdict}");
    };
    check("is $99 a month too expensive to be bought online?", true);
    check("is $99 a month too low for small firms?", false);
}
