//! How people settle a matter in a thread, each way by itself.

use jiff::civil::date;

use super::testing::value;
use super::{Context, Said, read_thread};
use crate::plan::{Currency, ParseContext};

/// What a thread comes to: `field: value < line speaker`, `~` before a hypothesis, `!` before a field that is
/// argued about.
fn read(thread: &str) -> Vec<String> {
    let said = thread.split(" / ").map(|it| {
        let (speaker, text) = it.split_once(": ").expect("a speaker");
        Said {
            speaker: speaker.to_owned(),
            text: text.to_owned(),
        }
    });
    let messages: Vec<Said> = said.collect();
    let parse = ParseContext {
        currency: Currency::USD,
        today: date(2026, 3, 2),
    };
    let reading = read_thread(&messages, &Context { plan: None, parse });
    let proposed = reading.proposals.iter().map(|it| {
        let speaker = it.speaker.as_deref().unwrap_or_default();
        format!("{} < {} {speaker}", value(it), it.line)
    });
    let tried = reading
        .hypotheses
        .iter()
        .map(|it| format!("~ {}", value(it)));
    let argued = reading
        .conflicts
        .iter()
        .map(|it| format!("! {}", it.field.name));
    proposed.chain(tried).chain(argued).collect()
}

#[track_caller]
fn check(thread: &str, expected: &[&str]) {
    assert_eq!(read(thread), expected, "{thread}");
}

#[test]
fn who_owns_that_it_is_a_guess_has_stated_nothing() {
    check(
        "carl: TAM is 60M / ines: source? / carl: none, it's a guess",
        &["~ market.tam: $60,000,000 a year"],
    );
    check(
        "carl: TAM is 60M / ines: ok / carl: it is a guess tho",
        &["~ market.tam: $60,000,000 a year"],
    );
    check(
        "carl: CAC is $700, churn is 3% / carl: both are just a guess",
        &["~ economics.cac: $700", "~ metrics.churn: 3% a month"],
    );
    for after in [
        "not a guess, it is from billing",
        "i guess we can move on",
        "who has a better guess?",
        "need a placeholder image for the deck",
        "you bet",
    ] {
        check(
            &format!("carl: CAC is $700 / ines: ok / carl: {after}"),
            &["economics.cac: $700 < 1 carl"],
        );
    }
    check(
        "zoe: about 4,200 companies fit the profile / max: the register says 4,100 / zoe: register beats my guess. take that",
        &["market.accounts: 4,100 < 2 max"],
    );
}

#[test]
fn an_option_is_taken_by_mark_place_or_amount() {
    check(
        "raj: option A: 14 day free trial. option B: paid pilot / lena: B scares people off / raj: so A? / lena: A it is",
        &["pricing.trial: free trial < 1 raj"],
    );
    check(
        "lotte: support in the starter plan. A: email only. B: email and chat. C: phone / kwame: C is a joke right / kwame: B then",
        &["pricing.support: chat, email < 1 lotte"],
    );
    check(
        "fay: do we say 900k € or 1.1m € as arr target for next december? / gus: the higher one",
        &["plan.arr_target: €1,100,000 a year < 1 fay"],
    );
    check(
        "jonas: is the buyer the plant manager or the head of maintenance? / mei: hm / jonas: then the latter",
        &["icp.buyer: head of maintenance < 1 jonas"],
    );
    check(
        "dani: we could go 1) linkedin 2) webinars 3) podcasts / okan: then take the second one, start now",
        &["marketing.adding: webinars < 1 dani"],
    );
}

#[test]
fn an_option_is_taken_in_its_own_words() {
    check(
        "sam: should SDRs or AEs take the inbound leads / ivy: SDRs imo, AEs are drowning / sam: yep, that",
        &["sales.inbound_owner: SDR < 2 ivy"],
    );
    check(
        "rosa: do we bill per seat or a flat fee / ben: flat, seats are a mess in kitchens",
        &["pricing.model: flat < 2 ben"],
    );
    check(
        "ann: is our win rate counted on trials or on opps? / bo: opps",
        &["sales.win_rate_basis: opportunities < 2 bo"],
    );
}

#[test]
fn options_that_nobody_takes_are_no_values() {
    check(
        "ann: for the trial we could do a free tier or a demo / bo: depends on what a server costs us / ann: who knows that?",
        &[],
    );
    check(
        "ann: do we charge per seat or per account? / bo: good question",
        &[],
    );
}

#[test]
fn a_few_words_answer_a_question() {
    check(
        "vic: users? / wanda: dispatchers / vic: playbook? / wanda: not yet",
        &[
            "icp.users: dispatchers < 2 wanda",
            "sales.playbook: no < 4 wanda",
        ],
    );
    check(
        "ann: who takes inbound leads / bo: SDRs / ann: how are territories split? / bo: by postcode",
        &[
            "sales.inbound_owner: SDR < 2 bo",
            "sales.territories: by postcode < 4 bo",
        ],
    );
    check(
        "ann: how many customer interviews did you do? / bo: 17 / ann: and you test it with what? / bo: a landing page",
        &[
            "value.interviews: 17 < 2 bo",
            "value.validation: landing page < 4 bo",
        ],
    );
    check(
        "ann: do we sell services to them? / bo: yes, trainings mostly",
        &["cs.services: yes < 2 bo"],
    );
    check("ann: users? / bo: good question", &[]);
}

#[test]
fn a_question_carries_its_segment_to_the_answer() {
    check(
        "tom: for the SMB plan, price? / uma: 29 a month / tom: and for enterprise, what ACV? / uma: 48k",
        &[
            "pricing.price @smb: $29 a month < 2 uma",
            "pricing.acv @enterprise: $48,000 a year < 4 uma",
        ],
    );
    check(
        "ann: cycle for enterprise? / bo: 8 months / ann: and smb? / bo: a week",
        &[
            "sales.cycle @enterprise: 240 days < 2 bo",
            "sales.cycle @smb: 7 days < 4 bo",
        ],
    );
    check(
        "flo: smb is plg, 3k ACV / gabi: cycle? / flo: 10 days / gabi: what if smb went to 5k?",
        &[
            "sales.motion @smb: self-serve (PLG) < 1 flo",
            "pricing.acv @smb: $3,000 a year < 1 flo",
            "sales.cycle @smb: 10 days < 3 flo",
            "~ pricing.acv @smb: $5,000 a year",
        ],
    );
}

#[test]
fn a_yes_makes_a_statement_of_a_question() {
    check(
        "isa: and 15% of leads become opps, right? / hal: correct",
        &["sales.lead_to_opportunity: 15% < 1 isa"],
    );
    check(
        "ann: should we do a free trial? / bo: yes, definitely",
        &["pricing.trial: free trial < 1 ann"],
    );
    check("ann: should we do a free trial? / bo: nah", &[]);
    check(
        "nora: what about 59 a seat per month? / till: finance is fine with that / nora: ok, let's go with that",
        &[
            "pricing.price: $59 a month < 1 nora",
            "pricing.per: seat < 1 nora",
        ],
    );
}

#[test]
fn what_is_taken_back_is_off_the_table() {
    let check = |thread: &str| check(thread, &[]);
    check("beth: our win rate is 31% / arun: of what / beth: ignore me, that's the old team");
    check(
        "vera: we're hiring 3 sellers / theo: signed off? / vera: no. board said no, so we're not",
    );
    check("tilo: we're adding affiliates next week / grace: hm / tilo: hmpf. on hold then");
    check("sunil: 900 leads a month now / kate: that's the form / sunil: oh god. delete");
    check("cara: ltv 41k, cac 86k.. scratch that whole line, wrong tab");
    check("dev: we hire 3 more reps / dev: finance just cut it / dev: ok forget the 3 reps then");
    check("jan: what if we charged by usage? / kai: devs would love it / kai: leave it then");
}

#[test]
fn one_who_gives_in_loses_and_one_who_does_not_does_not() {
    check(
        "liv: our price is 99 a month / mats: it's 129 a month / liv: 99, it's on the site / mats: ah. website wins, you're right",
        &["pricing.price: $99 a month < 3 liv"],
    );
    check(
        "nils: mrr is at 52k / orla: i have 48k mrr / nils: incl friday? / orla: no. ok 52k then, mine was stale",
        &["plan.mrr: $52,000 < 4 orla"],
    );
    check(
        "eli: payback is 9 months / fritz: i get 15 months for payback / eli: with onboarding in? / fritz: yes of course",
        &["! economics.payback"],
    );
    check(
        "dina: we will hire 5 sellers / carlo: budget says we will hire 3 sellers / dina: final? / carlo: signed and all",
        &["sales.reps_planned: 3 < 2 carlo"],
    );
    check(
        "ann: 45 accounts per csm / pete: 60 accounts per csm / ann: we did say low touch / pete: so mine? / ann: yours",
        &["cs.accounts_per_csm: 60 < 2 pete"],
    );
}

#[test]
fn a_few_words_change_what_was_said_last() {
    check(
        "hana: channels in use: seo, cold email, events / ole: events too? / hana: ok minus events",
        &["marketing.channels: outbound email, SEO < 3 hana"],
    );
    check(
        "ellen: inbound leads go to the AEs / gil: see the routing doc / ellen: missed that one. marketing then",
        &["sales.inbound_owner: marketing < 3 ellen"],
    );
    check(
        "ann: our cycle is 45 days / bo: hm / ann: without the big one it's 40 days / bo: use that one",
        &["sales.cycle: 40 days < 3 ann"],
    );
}

#[test]
fn what_was_tried_out_and_is_denied_is_tried_no_more() {
    check(
        "omar: what about a reseller in japan / yuki: maybe",
        &["~ sales.route: resellers"],
    );
    check(
        "omar: what about a reseller in japan / yuki: then no reseller for the moment",
        &[],
    );
    check(
        "ana: what if we charged $79 a month / bo: parking it",
        &["~ pricing.price: $79 a month"],
    );
}

#[test]
fn the_message_that_holds_a_value_is_cited() {
    check(
        "ana: 8 accounts per csm / bo: make that 10 accounts per csm, we hired nobody / ana: ok 10",
        &["cs.accounts_per_csm: 10 < 2 bo"],
    );
}

#[test]
fn a_nod_makes_no_fact_of_what_was_only_tried() {
    // "True" agrees with the objection.
    check(
        "ana: what if we charged $199/mo / ben: we'd lose the small ones / ana: true",
        &["~ pricing.price: $199 a month"],
    );
    check(
        "ana: what if we charged $59/mo? / ben: hm, could work / ana: ok let's do that",
        &["pricing.price: $59 a month < 1 ana"],
    );
    // A guess stays one.
    check(
        "lil: we assume 2% churn a month for now / kim: fine",
        &["~ metrics.churn: 2% a month"],
    );
    // What was refused is tried no more when something else is decided.
    check(
        "kim: what if we did 199 a month? / lea: too much / kim: and 149 a month? / lea: yes, 149 a month it is",
        &["pricing.price: $149 a month < 4 lea"],
    );
    check(
        "olga: channels for q1 pls / sam: cold email + linkedin / olga: what about seo? / sam: too slow for us \
         / olga: ok cold email and linkedin it is",
        &["marketing.channels: LinkedIn outreach, outbound email < 5 olga"],
    );
}

#[test]
fn a_figure_is_said_against_another_in_few_words() {
    check(
        "ana: price is $149/mo / ben: $129/mo would be under the card limit / ana: ok let's do that",
        &["pricing.price: $129 a month < 2 ben"],
    );
    check(
        "gita: CAC is 700 / leo: does that include the agency? / gita: no, with the agency its 950 / leo: use that one",
        &["economics.cac: $950 < 3 gita"],
    );
    // A year is no figure.
    check(
        "ana: putting 800 accounts on the first target list / zoe: nope, the data is from 2021 / ana: ok, will recount",
        &[],
    );
}

#[test]
fn a_refusal_keeps_what_it_says_again() {
    check(
        "ana: icp is breweries with 20-150 employees / ben: wineries too / ana: no just breweries",
        &[
            "icp.industry: breweries < 1 ana",
            "icp.employees: 20–150 < 1 ana",
        ],
    );
}

#[test]
fn a_choice_is_held_against_another() {
    check(
        "ana: buyer is the cto / ben: no its the cfo / ana: i stay with cto",
        &["! icp.buyer"],
    );
}

#[test]
fn a_figure_is_said_against_another_by_whatever_words() {
    check(
        "olav: ACV is €24k / maj: forget 24, the new bundle makes it €30k / olav: no objection",
        &["pricing.acv: €30,000 a year < 2 maj"],
    );
    check(
        "tash: starter goes to $35/mo / sam: hmm, I'd rather $32/mo / tash: ok sold, 32",
        &["pricing.price: $32 a month < 2 sam"],
    );
    // What is not near it is of something else.
    check(
        "ana: price is $49 a month / ben: the office is $4,900 a month now",
        &["pricing.price: $49 a month < 1 ana"],
    );
    check(
        "sameer: leads per month? / ria: 140 / sameer: really? sheet says 120 / ria: oh wait sorry, 120. looked at january",
        &["marketing.leads_per_month: 120 < 4 ria"],
    );
}

#[test]
fn what_is_paid_for_is_answered_with_yes() {
    check(
        "ana: price? / ben: 310 €/mo / ana: per account? / ben: yes",
        &[
            "pricing.price: €310 a month < 2 ben",
            "pricing.per: account < 3 ana",
        ],
    );
}

#[test]
fn what_is_wanted_without_a_question_is_answered() {
    check(
        "ana: quick one, cycle for the plan / ben: 9 months",
        &["sales.cycle: 270 days < 2 ben"],
    );
}

#[test]
fn a_figure_with_a_name_is_not_of_what_was_spoken_of() {
    check(
        "chloe: price is $149/mo / ben: ok / ana: CAC is 700 / ben: does that include the agency? \
         / ana: no, with the agency its 950 per customer",
        &[
            "pricing.price: $149 a month < 1 chloe",
            "economics.cac: $950 < 5 ana",
            "economics.cac_per: customer < 5 ana",
        ],
    );
}
