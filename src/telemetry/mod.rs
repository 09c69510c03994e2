//! Logs, and the door through which the metrics are read.
//!
//! Nothing here masks secrets afterwards: types that hold a secret or an address that is a
//! capability cannot be printed, and libraries, which could print what they carry, are heard from
//! level `info` up only.

mod admin;

use std::io::IsTerminal;

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, filter};

pub use admin::{router, serve};

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal.
    Human,
    /// One JSON object a line, for whatever collects logs.
    Json,
}

/// The log cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter cannot be read.
    #[error("the log filter cannot be read: {0}")]
    Filter(#[from] filter::ParseError),
    /// Another log was started in this process.
    #[error("the log runs already")]
    Twice(#[from] tracing_subscriber::util::TryInitError),
}

/// Starts the log on standard error: for people on a terminal, as JSON elsewhere. A panic becomes
/// a line of the log as well.
pub fn start(log_filter: &str) -> Result<(), TelemetryError> {
    let format = if std::io::stderr().is_terminal() {
        Format::Human
    } else {
        Format::Json
    };
    subscriber(log_filter, format, std::io::stderr)?.try_init()?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A log that writes to `writer`.
pub fn subscriber<W>(
    log_filter: &str,
    format: Format,
    writer: W,
) -> Result<impl Subscriber + Send + Sync, TelemetryError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let wanted = EnvFilter::builder().parse(log_filter)?;
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match format {
        Format::Human => lines.with_ansi(true).boxed(),
        Format::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(true)
            .boxed(),
    };
    Ok(tracing_subscriber::registry().with(
        lines
            .with_filter(wanted)
            .with_filter(filter::filter_fn(may_be_heard)),
    ))
}

/// Libraries are not heard below `info`, whatever the filter says: an HTTP client or a store might
/// print what passes through it.
fn may_be_heard(metadata: &Metadata<'_>) -> bool {
    *metadata.level() <= Level::INFO || metadata.target().split("::").next() == Some("gtm_advisor")
}

/// Says where it was, and why only where the reason was written into the program: a formatted
/// reason may hold text of a person.
fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    let reason = panic
        .payload()
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("(not shown: it may hold text)");
    tracing::error!(event = "panic", place, reason);
}

#[cfg(test)]
mod tests;
