//! Measuring one subject: CPU time against the reference, and instructions.

use std::hint::black_box;
use std::process::Command;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use sha2::{Digest, Sha256};

use super::subject::{PREPARED, Routine, Subject};

/// A batch takes at least this much CPU time, if the subject can be called that often.
const BATCH: Duration = Duration::from_millis(10);

/// Batches of which the least counts.
const BATCHES: usize = 9;

/// CPU time whose instructions are worth counting; a count needs no repetition against noise.
const COUNTED: Duration = Duration::from_millis(5);

/// What one operation costs.
pub(crate) struct Cost {
    /// Instructions; `None` where nothing counts them.
    pub(crate) instructions: Option<u64>,
    /// CPU time, user and system, in seconds.
    pub(crate) cpu_s: f64,
    /// CPU time as a multiple of the reference's.
    pub(crate) references: f64,
}

/// Measures a subject.
pub(crate) fn cost(subject: &Subject) -> Cost {
    let calls = calls_of_a_batch(subject);
    let mut reference = reference();
    let reference_calls = 100;
    let (mut least, mut least_reference) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..BATCHES {
        least_reference = least_reference.min(seconds_each(&mut reference, reference_calls));
        least = least.min(seconds_each(&mut subject.prepare(calls), calls));
    }
    let operations = f64::from(subject.operations);
    Cost {
        instructions: subject
            .is_countable
            .then(|| instructions(subject, least))
            .flatten(),
        cpu_s: least / operations,
        references: least / operations / least_reference,
    }
}

/// The fixed work that everything is compared to: the SHA-256 of 64 KiB.
fn reference() -> Routine {
    let input = vec![0x5a_u8; 64 * 1024];
    Box::new(move || {
        black_box(Sha256::digest(black_box(&input)));
    })
}

fn calls_of_a_batch(subject: &Subject) -> usize {
    let mut calls = 1;
    loop {
        let took = cpu_of(&mut subject.prepare(calls), calls);
        if took >= BATCH || calls == subject.most_calls {
            return calls;
        }
        calls = (calls * 2).min(subject.most_calls);
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a batch has far fewer than 2^52 calls"
)]
fn seconds_each(routine: &mut Routine, calls: usize) -> f64 {
    cpu_of(routine, calls).as_secs_f64() / calls as f64
}

/// The CPU time of all threads of this process over so many calls.
fn cpu_of(routine: &mut Routine, calls: usize) -> Duration {
    let begin = cpu();
    for _ in 0..calls {
        routine();
    }
    cpu().saturating_sub(begin)
}

/// The CPU time of all threads of this process so far.
pub(crate) fn cpu() -> Duration {
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(spent).expect("CPU time is not negative")
}

/// Instructions of one operation: the difference between a run of this program with one call and
/// one with some more, over those. All that both runs do alike is thereby left out.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small positive number, clamped in the next line"
)]
fn instructions(subject: &Subject, seconds_a_call: f64) -> Option<u64> {
    let more = (COUNTED.as_secs_f64() / seconds_a_call) as usize;
    let more = more.clamp(8, PREPARED.min(subject.most_calls) - 1);
    let with_one = counted(subject.name, 1)?;
    let with_more = counted(subject.name, 1 + more)?;
    let operations = u64::from(subject.operations) * more as u64;
    Some(with_more.saturating_sub(with_one) / operations)
}

fn counted(name: &str, times: usize) -> Option<u64> {
    let this = std::env::current_exe().ok()?;
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args(["--once", name, &times.to_string()])
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&run.stderr);
    let line = said.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}
