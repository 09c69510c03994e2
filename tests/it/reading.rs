//! The reader against messages and threads as people type them (`tests/reading/`): how much of what
//! it says is right, how much of what is there it finds, and how often a trap makes it speak.

mod cases;
mod score;

use cases::Case;
use score::Score;

/// The least share of what is proposed that must be right.
const PRECISION: f64 = 0.95;
/// The least share of what is there that must be found.
const RECALL: f64 = 0.85;
/// The largest share of traps that may lead to a proposal.
const TRAPS: f64 = 0.03;

#[test]
fn messages_and_threads_are_read_well_enough() {
    let cases = cases::all();
    let mut score = Score::default();
    for case in &cases {
        score.add(case, &case.read());
    }
    println!("{score}");
    assert!(
        score.precision() >= PRECISION,
        "precision {:.3}",
        score.precision()
    );
    assert!(score.recall() >= RECALL, "recall {:.3}", score.recall());
    assert!(score.traps() <= TRAPS, "traps {:.3}", score.traps());
}

#[test]
fn quotes_are_words_of_the_message() {
    for case in cases::all() {
        let reading = case.read();
        for finding in reading.proposals.iter().chain(&reading.hypotheses) {
            let message = &case.messages[finding.line - 1].text;
            assert!(!finding.quote.is_empty(), "{message}");
            assert!(
                message.contains(&finding.quote),
                "{message}: {}",
                finding.quote
            );
        }
    }
}

#[test]
fn any_words_are_read_without_a_fall() {
    let odd = [
        "",
        " ",
        "\n\n",
        ">",
        "> ",
        "<",
        "<@",
        "&",
        "$",
        "$$$",
        "1.2.3.4",
        "🦀🦀 $49/mo",
        "```",
        "`",
        "ß ı İ $49/mo",
        "-",
        "a-",
        "49/",
        "\u{0}",
        "x:y:z:",
        "?",
        "if",
        "1-2-3-4",
        "≥≤",
    ];
    for words in odd {
        let case = Case::message(words);
        assert!(case.read().conflicts.is_empty(), "{words:?}");
    }
    let long = "we charge $49/mo and ".repeat(2_000);
    assert!(Case::message(&long).read().proposals.len() <= 1);
}
