//! What the common paths cost: to receive, to parse, to look up, to check, to render.
//!
//! Machines that run benches are noisy and differ, so the columns to compare over time are
//! instructions per operation (counted by `valgrind`, where it is installed) and the ratio to a
//! reference, the SHA-256 of 64 KiB, measured in turns with each subject. CPU time is that of the
//! whole process, the least of several batches; what waits for the disk is not in it.
//!
//! ```text
//! cargo bench --bench first                       # all subjects
//! cargo bench --bench first -- check render       # those whose name has one of the words
//! cargo bench --bench first -- --scale 1000 100   # digests of 1,000 workspaces that are due at once
//! valgrind --tool=callgrind <the binary> --once "check, 3 segments" 20    # to see where
//! ```

mod check;
mod deliver;
mod digest;
mod due;
mod know;
mod measure;
mod parse;
mod plans;
mod read;
mod scale;
mod show;
mod subject;
mod table;

use std::process::ExitCode;

use subject::Subject;

fn main() -> ExitCode {
    // cargo adds `--bench`.
    let given: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = given.iter().map(String::as_str).collect();
    match words[..] {
        ["--once", name, times] => once(name, times),
        ["--scale", ref numbers @ ..] => scale::run(numbers),
        _ => all(&words),
    }
}

fn subjects() -> Vec<Subject> {
    [
        deliver::subjects(),
        due::subjects(),
        digest::subjects(),
        parse::subjects(),
        read::subjects(),
        know::subjects(),
        check::subjects(),
        show::subjects(),
    ]
    .concat()
}

/// One subject without any measuring, for an observer from outside.
fn once(name: &str, times: &str) -> ExitCode {
    let subject = subjects().into_iter().find(|subject| subject.name == name);
    let (Some(subject), Ok(times)) = (subject, times.parse()) else {
        table::complain("--once takes a subject's name and a number, such as `parse money` 20");
        return ExitCode::from(2);
    };
    subject.run_once(times);
    ExitCode::SUCCESS
}

fn all(words: &[&str]) -> ExitCode {
    let chosen: Vec<Subject> = subjects()
        .into_iter()
        .filter(|subject| words.is_empty() || words.iter().any(|word| subject.name.contains(word)))
        .collect();
    if chosen.is_empty() {
        table::complain("no subject's name has one of these words");
        return ExitCode::from(2);
    }
    table::head();
    let costs: Vec<_> = chosen
        .iter()
        .map(|subject| {
            let cost = measure::cost(subject);
            table::row(subject, &cost);
            (subject.name, cost)
        })
        .collect();
    table::conclusions(&costs);
    ExitCode::SUCCESS
}
