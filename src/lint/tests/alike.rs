//! Segments that are the same in all that a rule reads are judged once: each is told what it would be
//! told alone.

use proptest::prelude::*;

use super::*;

/// A plan whose segments have these answers, in turn.
fn plan_of(segments: &[Vec<String>]) -> Plan {
    let mut plan = Plan::new(PlanId::new("P1"));
    let (author, today) = (author(), TODAY);
    let context = ParseContext {
        currency: Currency::USD,
        today,
    };
    for (place, lines) in segments.iter().enumerate() {
        let segment = Segment::parse(&format!("s{place}")).expect("a name");
        for (name, words) in lines
            .iter()
            .map(|line| line.split_once(": ").expect("a line"))
        {
            let field = field(name).expect(name);
            let answer = match words {
                "n/a" => Answer::NotApplicable("not for us".to_owned()),
                words => Answer::Known(field.parse(words, &context).expect(words)),
            };
            for change in set_answer(&plan, field, Some(&segment), Some(answer), &author) {
                plan.apply(&change).expect("a change made against the plan");
            }
        }
    }
    plan
}

fn is_told_as_alone(plan: &Plan) -> usize {
    let thresholds = Thresholds::default();
    let judged = judge(&RULES, plan, &thresholds, TODAY);
    for decision in &judged.decisions {
        let alone = judged.decide(decision.rule, decision.segment);
        assert_eq!(
            (&alone.why, &alone.trace, alone.absent, alone.band),
            (
                &decision.why,
                &decision.trace,
                decision.absent,
                decision.band
            ),
            "{}",
            RULES.rules()[decision.rule].slug()
        );
    }
    let shared = judged.decisions.iter().filter(|it| it.alike.is_some());
    let n_shared = shared.count();
    let together = judged.results();
    let mut apart = judged;
    for decision in &mut apart.decisions {
        decision.alike = None;
    }
    assert_eq!(apart.results(), together);
    n_shared
}

#[test]
fn what_is_the_same_is_judged_once() {
    let lines = |lines: &str| lines.split("; ").map(str::to_owned).collect::<Vec<_>>();
    let first = lines("sales.motion: field; pricing.acv: $588; sales.cycle: 300 days");
    let other = lines("sales.motion: field; pricing.acv: €60k; sales.cycle: 300 days");
    let n_of_one = is_told_as_alone(&plan_of(std::slice::from_ref(&first)));
    assert_eq!(n_of_one, 0);
    let n_of_two = is_told_as_alone(&plan_of(&[first.clone(), first.clone()]));
    let n_of_three = is_told_as_alone(&plan_of(&[first.clone(), other, first]));
    assert!(
        n_of_two > 150 && n_of_three > n_of_two,
        "{n_of_two} {n_of_three}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn segments_that_are_judged_together_are_told_what_each_is_told_alone(
        one in engine::some_answers(),
        two in engine::some_answers(),
    ) {
        let between = one.iter().chain(two.iter().step_by(3)).cloned().collect();
        is_told_as_alone(&plan_of(&[one.clone(), between, one, two.clone(), two]));
    }
}
