//! The language model: none unless it is named.

use std::time::Duration;

use super::mode::is_local;
use super::names::{
    LLM_API_KEY, LLM_BASE_URL, LLM_CALLS_PER_MINUTE, LLM_MODEL, LLM_MONTHLY_TOKENS, LLM_PRICES,
    LLM_PROVIDER, LLM_TIMEOUT, Setting,
};
use super::problem::Problem;
use super::reader::{Reader, Wrong};
use super::value;
use crate::advisor::ModelCaps;
use crate::llm::{Prices, Settings, Wire};

/// What needs the first two to mean anything.
const OTHERS: [&Setting; 6] = [
    &LLM_BASE_URL,
    &LLM_API_KEY,
    &LLM_TIMEOUT,
    &LLM_MONTHLY_TOKENS,
    &LLM_CALLS_PER_MINUTE,
    &LLM_PRICES,
];

/// The model; `None` if none is named, or if what is wrong with it has been kept by the reader.
pub(super) fn read(reader: &mut Reader) -> Option<Settings> {
    let wire = reader.get(&LLM_PROVIDER, wire);
    let model = reader.get(&LLM_MODEL, model_name);
    let base = reader.get(&LLM_BASE_URL, base);
    let key = reader.get(&LLM_API_KEY, value::one_secret);
    let within = reader.or(&LLM_TIMEOUT, within, Duration::from_secs(8));
    let tokens = reader.or(&LLM_MONTHLY_TOKENS, number, 2_000_000);
    let calls = reader.or(&LLM_CALLS_PER_MINUTE, number, 20);
    let prices = reader.get(&LLM_PRICES, prices);
    let named = [&LLM_PROVIDER, &LLM_MODEL];
    let any = named.iter().chain(&OTHERS).find(|one| reader.has(one))?;
    let missing = named.iter().find(|one| !reader.has(one));
    reader.check(missing.map(|missing| {
        Problem::new(
            missing.variable,
            format!(
                "it is missing, while {} is set. Set it to `{}`, or unset both to work without a language model",
                any.variable, missing.example
            ),
        )
    }));
    let (wire, model) = (wire?, model?);
    let base = base.unwrap_or_else(|| wire.home().to_owned());
    if base == wire.home() && key.is_none() {
        reader.check(Some(Problem::new(
            LLM_API_KEY.variable,
            format!("it is missing, and {base} takes no request without it. Set it, or {} to a server of your own", LLM_BASE_URL.variable),
        )));
    }
    if base.starts_with("http://") && !is_local(&base) {
        reader.warn("GTM_LLM_BASE_URL is plain HTTP to another machine: questions and values of plans cross the network unencrypted");
    }
    Some(Settings {
        wire,
        base,
        model,
        key,
        within,
        caps: ModelCaps {
            tokens_a_month: tokens,
            calls_a_minute: u32::try_from(calls).unwrap_or(u32::MAX),
        },
        prices,
    })
}

fn wire(name: &str) -> Result<Wire, Wrong> {
    Wire::named(&name.to_lowercase()).ok_or_else(|| {
        "it is `openai` (chat completions, which most servers speak) or `anthropic`".to_owned()
    })
}

fn model_name(name: &str) -> Result<String, Wrong> {
    if name.len() > 200 || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("a model's name is one word".to_owned());
    }
    Ok(name.to_owned())
}

fn base(text: &str) -> Result<String, Wrong> {
    value::web_url(text).map(|url| value::without_end_slash(&url))
}

/// Seconds, with or without their unit.
fn within(text: &str) -> Result<Duration, Wrong> {
    let seconds = text.trim_end_matches('s').trim().parse::<u64>();
    let seconds = seconds.ok().filter(|seconds| (1..=120).contains(seconds));
    let wrong = || "it is a number of seconds from 1 to 120".to_owned();
    seconds.map(Duration::from_secs).ok_or_else(wrong)
}

fn number(text: &str) -> Result<u64, Wrong> {
    let plain = text.replace(['_', ','], "");
    plain.parse().map_err(|_| "it is a whole number".to_owned())
}

fn prices(text: &str) -> Result<Prices, Wrong> {
    let price = |text: &str| {
        let price = text.trim().trim_start_matches('$').parse::<f64>().ok();
        price.filter(|price| (0.0..=10_000.0).contains(price))
    };
    let both = text.split_once('/').and_then(|(sent, received)| {
        Some(Prices {
            sent: price(sent)?,
            received: price(received)?,
        })
    });
    both.ok_or_else(|| "they are US dollars a million tokens, sent and received".to_owned())
}
