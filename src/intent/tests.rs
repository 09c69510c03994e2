//! Words as people type them, and what is read from them.

use std::fmt::Write as _;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::plan::parse_date;

/// An intent in short, for tables.
fn told(intent: &Intent) -> String {
    let segment = |segment: &Option<Segment>| {
        segment
            .as_ref()
            .map(|s| format!(" @{}", s.as_str()))
            .unwrap_or_default()
    };
    match intent {
        Intent::Help(Help::Begin) => "help ".to_owned(),
        Intent::Help(Help::All) => "help all".to_owned(),
        Intent::Help(Help::One(entry)) => format!("help {}", entry.name),
        Intent::Plan {
            component,
            segment: s,
        } => {
            format!("plan {}{}", component.unwrap_or_default(), segment(s))
        }
        Intent::Set { field, value } => match value {
            Given::Whole(value) => format!("{} = {value}", field.name),
            Given::For { value, segment } => {
                format!("{} = {value} @{}", field.name, segment.as_str())
            }
            Given::Either {
                whole,
                value,
                segment,
            } => {
                format!("{} = {whole} | {value} @{}", field.name, segment.as_str())
            }
        },
        Intent::Unset { field, segment: s } => format!("unset {}{}", field.name, segment(s)),
        Intent::Undo(version) => format!("undo {:?}", version.map(|v| v.0)),
        Intent::Share(inner) => format!("share {}", told(inner)),
        Intent::AddSegment(segment) => format!("add @{}", segment.as_str()),
        other => format!("{other:?}"),
    }
}

/// An example is read on any day, so a day in it has to be one to come on each of them.
#[test]
fn no_example_names_a_day_that_passes() {
    for entry in super::table() {
        let more = entry.more.iter().map(|(example, _)| *example);
        for example in std::iter::once(entry.example).chain(more) {
            let Some((_, day)) = example.rsplit_once("until ") else {
                continue;
            };
            for today in [date(2026, 3, 4), date(2031, 12, 31)] {
                let read = parse_date(day, today).expect(example);
                assert!(read > today, "{example} on {today}");
            }
        }
    }
}

fn check(input: &str, expected: &str) {
    match parse(input) {
        Ok(intent) => {
            assert_eq!(told(&intent), expected, "{input:?}");
            let words = intent.words();
            let again = parse(&words).unwrap_or_else(|error| panic!("{words:?}: {error}"));
            assert_eq!(again.words(), words, "{input:?}");
        }
        Err(error) => panic!("{input:?}: {error}"),
    }
}

#[test]
fn a_value_is_read_with_or_without_a_separator() {
    for input in [
        "set price $49/mo",
        "set price to $49/mo",
        "set price = $49/mo",
        "set price=$49/mo",
        "set price: $49/mo",
        "set price is $49/mo",
        "SET the Price -> $49/mo",
        "/gtm set pricing.price $49/mo",
        "`set price $49/mo`",
        "*set* _price_ `$49/mo`",
        "set\u{a0}price \u{201C}$49/mo\u{201D}",
        "set: price $49/mo",
    ] {
        check(input, "pricing.price = $49/mo");
    }
}

#[test]
fn fields_are_read_by_their_longest_spelling() {
    check("set sales.motion field", "sales.motion = field");
    check("set sales motion field", "sales.motion = field");
    check("set win rate 25%", "sales.win_rate = 25%");
    check(
        "set lead to opportunity 10%",
        "sales.lead_to_opportunity = 10%",
    );
    check("set list price $49", "pricing.price = $49");
    check("set monthly price $49", "pricing.price = $49");
    check("set average contract value 25k", "pricing.acv = 25k");
    check("set icp size 50-500", "icp.employees = 50-500");
    check("set deal cycle 30 days", "sales.cycle = 30 days");
    check("set country US", "icp.geography = US");
}

#[test]
fn a_segment_may_follow_the_value() {
    check(
        "set price $49/mo for smb",
        "pricing.price = $49/mo for smb | $49/mo @smb",
    );
    check("set price for smb to $49/mo", "pricing.price = $49/mo @smb");
    check(
        "set price for mid market = $49/mo",
        "pricing.price = $49/mo @mid-market",
    );
    check(
        "set price $49 for mid market.",
        "pricing.price = $49 for mid market. | $49 @mid-market",
    );
    check(
        "set price $49 for every one of us",
        "pricing.price = $49 for every one of us",
    );
}

#[test]
fn words_may_contain_for() {
    check(
        "set problem no time for smb",
        "value.problem = no time for smb | no time @smb",
    );
    check(
        "set problem no time for mid market",
        "value.problem = no time for mid market",
    );
    check(
        "set problem \"no time for smb\"",
        "value.problem = no time for smb",
    );
    check(
        "set problem “no time for smb” for smb",
        "value.problem = no time for smb @smb",
    );
    check(
        "set problem \"CFO\", \"controller\"",
        "value.problem = \"CFO\", \"controller\"",
    );
    check("set problem for smb", "value.problem = for smb");
    check("set problem is it slow?", "value.problem = is it slow?");
    check(
        "set problem line one\nline two",
        "value.problem = line one\nline two",
    );
    check(
        "set problem don’t — really",
        "value.problem = don’t — really",
    );
}

#[test]
fn the_other_commands_are_read() {
    check("", "help ");
    check("help segment add", "help segment add");
    check("Check!", "Check");
    check("check please", "Check");
    check("plan", "plan ");
    check("plan prices for smb", "plan pricing @smb");
    check("plan for mid market", "plan  @mid-market");
    check("unset sales motion for smb", "unset sales.motion @smb");
    check("undo", "undo None");
    check("undo v12", "undo Some(12)");
    check("undo the last change", "undo None");
    check("history 5", "History(Some(5))");
    check(
        "why Low price enterprise motion",
        "Explain(\"low-price-enterprise-motion\")",
    );
    check("why so high?", "Ask(\"why so high?\")");
    check("why do our deals stall", "Ask(\"why do our deals stall\")");
    check("rules fit", "Rules(Some(\"fit\"))");
    check("add segment Mid Market", "add @mid-market");
    check("fields pricing", "Fields(Some(\"pricing\"))");
    check("share plan pricing", "share plan pricing");
}

#[test]
fn small_talk_around_a_command_is_read_over() {
    check("\"check\"", "Check");
    check("\u{201C}set price $49/mo\u{201D}", "pricing.price = $49/mo");
    check("check the plan", "Check");
    check("show me the plan", "plan ");
    check("show me the pricing", "plan pricing");
    check("plan plan", "plan plan");
    check("help me", "help ");
    check("Thanks!", "help ");
    check("next question", "Next");
    check("delete price", "unset pricing.price");
    check("segment add Mid Market!", "add @mid-market");
    check("set price to $49/mo please!", "pricing.price = $49/mo");
    check(
        "set problem they never say please",
        "value.problem = they never say please",
    );
}

#[test]
fn signs_before_a_value_stay_in_it() {
    check("set industry 🏦 banks", "icp.industry = 🏦 banks");
    check("set problem - slow", "value.problem = - slow");
}

#[test]
fn a_field_without_a_command_may_be_meant_for_set() {
    insta::assert_snapshot!(refused(&[
        "price = $49/mo",
        "our price is $49/mo",
        "redo",
        "segment remove",
        "set icp SMBs",
    ]));
}

/// What people read about each input: the problem, its place, what may be meant, what works.
fn refused(inputs: &[&str]) -> String {
    inputs
        .iter()
        .map(|input| refuse(input))
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn refuse(input: &str) -> String {
    let error = parse(input).expect_err(input);
    let mut told = format!("{}\n{}\n", error.problem, error.excerpt());
    for suggestion in &error.suggestions {
        writeln!(told, "? {suggestion}").expect("writing to a string");
    }
    write!(told, "> {}", error.example).expect("writing to a string");
    told
}

#[test]
fn an_unknown_command_gets_the_nearest_with_the_same_words() {
    insta::assert_snapshot!(refused(&[
        "sett price $49/mo",
        "forecast price=$99",
        "segment smb",
        "chek",
    ]));
}

#[test]
fn who_owns_a_section_is_not_set_as_the_owner_of_the_plan() {
    let error = parse("set owner pricing @ana").expect_err("no owner of the plan");
    assert_eq!(error.suggestions, ["owner pricing @ana"]);
    assert!(error.problem.contains("`owner`"), "{error}");
    assert!(parse("set owner @ana").is_ok());
    assert!(parse("set owner pricing team").is_ok());
}

#[test]
fn an_unknown_field_is_marked_and_mended() {
    insta::assert_snapshot!(refused(&[
        "set prise $49/mo",
        "set the sales cycel = 30 days",
        "set gibberish 12",
        "set sales 12",
        "unset industy",
        "set",
        "set price",
    ]));
}

#[test]
fn other_faults_name_their_place() {
    insta::assert_snapshot!(refused(&[
        "check everything",
        "plan prcing",
        "undo yesterday",
        "history 0",
        "share set price $49",
        "unset price for",
        "help chek",
        "segment add a/b",
    ]));
}

#[test]
fn more_than_one_digest_is_snoozed_and_not_skipped() {
    for once in ["digest skip", "digest skip 1", "digest skip the next one"] {
        assert!(parse(once).is_ok(), "{once}");
    }
    for (said, works) in [
        ("digest skip 2", "digest snooze 2 weeks"),
        ("digest skip the next three", "digest snooze 3 weeks"),
        ("rollup skip 4 weeks", "rollup snooze 4 weeks"),
        ("digest skip 900", "digest snooze 2 weeks"),
        ("digest skip banana", "digest snooze 2 weeks"),
    ] {
        let error = parse(said).expect_err(said);
        assert!(
            error.problem.contains("leaves out the next one"),
            "{}",
            error.problem
        );
        assert_eq!(error.example, works, "{said}");
        assert!(parse(works).is_ok(), "{works}");
    }
}

#[test]
fn commands_within_commands_end() {
    let error = parse(&"share ".repeat(20_000)).expect_err("share of share");
    assert!(error.problem.contains("only read"), "{}", error.problem);
    assert!(parse(&"shar ".repeat(20_000)).is_err());
    assert!(parse(&"help ".repeat(20_000)).is_err());
}

proptest! {
    #[test]
    fn any_words_are_read_or_refused_with_a_place(
        head in "(set|unset|plan|share|help|undo|history|segment add|/gtm|sett)? ?",
        words in prop::collection::vec("price|for|to|=|:|smb|\\$49|\"|“|`|\\*|[^a]{0,6}|motion|sales", 0..12),
    ) {
        let input = head + &words.join(" ");
        if let Err(error) = parse(&input) {
            prop_assert!(error.at.start <= error.at.end);
            prop_assert!(error.input.get(error.at.clone()).is_some(), "{:?}", error.at);
            prop_assert_eq!(&*error.input, input.as_str());
            prop_assert_eq!(error.excerpt().lines().count(), 2);
            prop_assert!(!error.problem.is_empty());
        }
    }

    #[test]
    fn every_example_of_an_error_works(word in "[a-z]{1,8}", rest in "[a-z ]{0,10}") {
        if let Err(error) = parse(&format!("{word} {rest}")) {
            prop_assert!(parse(&error.example).is_ok(), "{}", error.example);
        }
    }
}
