//! What colleagues type for a schedule: each line of `schedules/corpus.txt` is read as it says there or
//! refused, and what a refusal proposes is itself a schedule.

use gtm_advisor::digest::schedule::{Context, Schedule, Zone};
use proptest::prelude::*;

const CORPUS: &str = include_str!("schedules/corpus.txt");

fn context() -> Context {
    Context {
        zone: Zone::utc(),
        now: "2026-03-27T12:00:00Z".parse().expect("an instant"),
    }
}

/// The words of each line, and what is expected of them.
fn corpus() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = CORPUS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| {
        let (words, expected) = line.split_once("=>").expect("words => reading");
        (words.trim(), expected.trim())
    })
}

/// What a refusal proposes: whatever it quotes behind its semicolon, or as what was meant.
fn proposed(refusal: &str) -> Vec<String> {
    let quoted = |part: &str| {
        part.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (problem, works) = refusal.rsplit_once("; ").unwrap_or(("", refusal));
    let meant = problem
        .rsplit_once("(did you mean ")
        .map_or("", |(_, meant)| meant);
    let all = [quoted(meant), quoted(works)];
    all.concat()
}

/// What is wrong with how these words are read; nothing if all is well.
fn problem(words: &str, expected: &str) -> Option<String> {
    let read = Schedule::read(words, &context());
    let is_right = match (&read, expected.strip_prefix("refused:")) {
        (Ok(schedule), _) => schedule.to_string() == expected,
        (Err(error), Some(named)) => error.to_string().contains(named.trim()),
        (Err(_), None) => false,
    };
    let shown = read.map_or_else(
        |error| format!("refused: {error}"),
        |schedule| schedule.to_string(),
    );
    (!is_right).then(|| format!("{words}\n    expected {expected}\n    is       {shown}"))
}

/// Proposals of the refusal of these words that are refused themselves.
fn useless(words: &str) -> Vec<String> {
    let Err(error) = Schedule::read(words, &context()) else {
        return Vec::new();
    };
    let proposed = proposed(&error.to_string());
    if proposed.is_empty() {
        return vec![format!("{words}: {error}: proposes nothing")];
    }
    let refused = |words: &String| Schedule::read(words, &context()).err();
    let wrong = proposed.iter().filter_map(|it| Some((it, refused(it)?)));
    wrong
        .map(|(it, why)| format!("{words}: {error}\n    `{it}`: {why}"))
        .collect()
}

#[test]
fn what_colleagues_type_is_read_or_refused_as_they_mean_it() {
    let wrong: Vec<_> = corpus()
        .filter_map(|(words, expected)| problem(words, expected))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        corpus().count(),
        wrong.join("\n")
    );
    assert!(corpus().count() >= 150);
}

#[test]
fn what_a_refusal_proposes_is_a_schedule() {
    let wrong: Vec<_> = corpus().flat_map(|(words, _)| useless(words)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words of the corpus, drawn together at random.
fn any_words() -> impl Strategy<Value = String> {
    let words: Vec<_> = corpus()
        .flat_map(|(words, _)| words.split_whitespace())
        .collect();
    prop::collection::vec(prop::sample::select(words), 1..6).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn so_it_is_whatever_words_come_together(words in any_words()) {
        let wrong = useless(&words);
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_was_understood_is_read_the_same_again(words in any_words()) {
        if let Ok(schedule) = Schedule::read(&words, &context()) {
            let again = Schedule::read(&schedule.to_string(), &context());
            prop_assert_eq!(again.map_err(|error| error.to_string()), Ok(schedule));
        }
    }
}
