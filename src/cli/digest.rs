//! `gtm-advisor digest when`: the next instants of a schedule in people's words.

use std::process::ExitCode;

use clap::Subcommand;
use jiff::{Timestamp, Zoned, civil::DateTime};
use serde_json::json;

use super::Format;
use super::output::{print, refuse};
use crate::digest::schedule::{Context, Jump, Schedule, Zone};

/// What can be asked about digests.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print when a schedule comes next, such as "mondays 9am Berlin"
    When {
        /// The schedule: days, time and city or zone
        words: String,
        /// The instant to begin at, such as 2026-03-28T12:00:00Z, or a date or time without an
        /// offset, which is the schedule's own (default: now)
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// How many instants
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
        count: u16,
        /// The zone where the schedule names none
        #[arg(long, default_value = "UTC", value_parser = zone)]
        zone: Zone,
        /// How to print them
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

fn zone(words: &str) -> Result<Zone, String> {
    Zone::read(words).map_err(|error| error.to_string())
}

/// Runs the verb.
pub(super) fn run(command: &Command) -> ExitCode {
    let Command::When {
        words,
        from,
        count,
        zone,
        format,
    } = command;
    let read = |now| {
        let zone = zone.clone();
        Schedule::read(words, &Context { zone, now })
    };
    // The words name the zone in which `--from` is read; what they say of weeks counts from it.
    let began = beginning(from.as_deref(), zone).and_then(|now| {
        let schedule = read(now).map_err(|error| error.to_string())?;
        beginning(from.as_deref(), &schedule.zone)
    });
    let found = began.and_then(|now| Ok((now, read(now).map_err(|error| error.to_string())?)));
    let (now, schedule) = match found {
        Ok(found) => found,
        Err(problem) => return refuse(problem),
    };
    let next: Vec<Zoned> = schedule.instants(now).take((*count).into()).collect();
    match format {
        Format::Json => print(format_args!("{:#}", as_json(&schedule, &next))),
        Format::Text => print(as_text(&schedule, &next)),
    }
    ExitCode::SUCCESS
}

/// The instant that `--from` names, in this zone where it names no offset.
fn beginning(from: Option<&str>, zone: &Zone) -> Result<Timestamp, String> {
    let Some(words) = from else {
        return Ok(Timestamp::now());
    };
    if let Ok(instant) = words.parse() {
        return Ok(instant);
    }
    let wall_clock = words.parse::<DateTime>().ok();
    let instant = wall_clock.and_then(|time| time.to_zoned(zone.time_zone()).ok());
    instant.map(|zoned| zoned.timestamp()).ok_or_else(|| {
        format!("`{words}` is no instant; write it like 2026-03-28T12:00:00Z or 2026-03-28")
    })
}

fn as_json(schedule: &Schedule, next: &[Zoned]) -> serde_json::Value {
    let next = next
        .iter()
        .map(|instant| written(instant, "%Y-%m-%dT%H:%M:%S%:z"));
    json!({ "spec": schedule.to_string(), "next": next.collect::<Vec<_>>() })
}

fn as_text(schedule: &Schedule, next: &[Zoned]) -> String {
    let line = |instant: &Zoned| {
        let at = written(instant, "  %a %Y-%m-%d %H:%M %:z");
        match schedule.jump(instant) {
            Some(jump) => format!("{at} ({})", explained(jump, schedule)),
            None => at,
        }
    };
    let lines = next.iter().map(line);
    let lines: Vec<_> = lines.collect();
    let spec = schedule.to_string();
    let (first, rest) = spec.split_at(1);
    format!("{}{rest}\n{}", first.to_uppercase(), lines.join("\n"))
}

/// What the clocks do, and what is made of it.
fn explained(jump: Jump, schedule: &Schedule) -> String {
    let at = schedule.at.strftime("%H:%M");
    match jump {
        Jump::Skipped => format!("{at} is skipped that day"),
        Jump::Twice => format!("{at} comes twice that day; this is the first"),
    }
}

fn written(instant: &Zoned, form: &str) -> String {
    instant.strftime(form).to_string()
}
