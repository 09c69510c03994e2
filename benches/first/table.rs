//! The table of costs as Markdown, and what follows from it.

use std::io::Write;

use super::measure::Cost;
use super::subject::Subject;

/// Most of the columns' widths.
const NAME: usize = 34;

/// CPU time that a row should not exceed, in seconds.
const GOALS: [(&str, f64); 2] = [("check, 3 segments", 150e-6), ("load all pages", 20e-3)];

fn line(words: std::fmt::Arguments<'_>) {
    // Whoever closes the pipe early wants no more lines.
    let _ = writeln!(std::io::stdout(), "{words}");
}

/// Says what is wrong with the arguments.
pub(crate) fn complain(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// The head of the table.
pub(crate) fn head() {
    line(format_args!(
        "| {:NAME$} | instructions | CPU, µs | × SHA-256 of 64 KiB |",
        "operation"
    ));
    line(format_args!("|{:-<1$}|---:|---:|---:|", "", NAME + 2));
}

/// A row of the table.
pub(crate) fn row(subject: &Subject, cost: &Cost) {
    let instructions = cost.instructions.map_or_else(|| "–".to_owned(), grouped);
    line(format_args!(
        "| {:NAME$} | {instructions} | {:.2} | {:.4} |",
        subject.name,
        cost.cpu_s * 1e6,
        cost.references,
    ));
}

/// What the design asks of several rows together.
pub(crate) fn conclusions(costs: &[(&'static str, Cost)]) {
    let cost = |name: &str| {
        costs
            .iter()
            .find(|(of, _)| *of == name)
            .map(|(_, cost)| cost)
    };
    line(format_args!(""));
    if let (Some(one), Some(ten), Some(fifty)) = (
        cost("check, 1 segment"),
        cost("check, 10 segments"),
        cost("check, 50 segments"),
    ) {
        let early = times(ten, one) - 1.0;
        let late = times(fifty, one) - times(ten, one);
        line(format_args!(
            "A segment more costs {:.2} times as much from 10 to 50 segments as from 1 to 10 (1 is linear growth)",
            (late / 40.0) / (early / 9.0)
        ));
    }
    if let (Some(alone), Some(together)) = (
        cost("verify, decode, receive: one"),
        cost("verify, decode, receive: 64 at once"),
    ) {
        line(format_args!(
            "A delivery among 64 at once takes {:.2} of the CPU time of one alone (one flush serves them all)",
            together.cpu_s / alone.cpu_s
        ));
    }
    for (name, goal_s) in GOALS {
        if let Some(found) = cost(name) {
            line(format_args!(
                "{name}: {:.1} µs of CPU time; the goal is {:.0} µs at most",
                found.cpu_s * 1e6,
                goal_s * 1e6
            ));
        }
    }
}

/// How many times as much the first costs: by instructions where both are counted, else by time.
fn times(cost: &Cost, other: &Cost) -> f64 {
    match (cost.instructions, other.instructions) {
        (Some(one), Some(other)) => precise(one) / precise(other),
        _ => cost.cpu_s / other.cpu_s,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "only a ratio with two decimals is made of it"
)]
fn precise(instructions: u64) -> f64 {
    instructions as f64
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
