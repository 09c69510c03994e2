//! A language model, as the use cases see it: asked with a rendered prompt, it gives JSON or says
//! why not. What is believed of that JSON is for `grounding` to say.

use std::time::Duration;

use async_trait::async_trait;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::grounding::Rendered;
use crate::ident::Installation;

/// A language model behind some wire.
#[async_trait]
pub trait Model: Send + Sync + 'static {
    /// Which one it is, for those who decide whether it may be used.
    fn about(&self) -> &ModelAbout;

    /// How long a call takes at most.
    fn within(&self) -> Duration;

    /// Asks it for an installation. It ends by itself, within a time of its own; whoever drops the
    /// call cancels it.
    async fn complete(
        &self,
        installation: &Installation,
        asked: &Rendered,
    ) -> Result<serde_json::Value, ModelFailure>;
}

/// Which model is asked, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelAbout {
    /// The host that text is sent to.
    pub host: String,
    /// The model's name there.
    pub model: String,
}

/// Why there is no answer; none of its words comes from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ModelFailure {
    /// No connection, or it broke.
    #[error("the model cannot be reached")]
    NoConnection,
    /// The answer did not end in time.
    #[error("the model did not answer in time")]
    TooSlow,
    /// The answer is larger than any that was asked for.
    #[error("the model's answer is too large")]
    Flood,
    /// The answer is no JSON by its own account.
    #[error("the model's answer is of another kind than JSON")]
    WrongType,
    /// The request was sent elsewhere; it was not followed.
    #[error("the model's address leads elsewhere")]
    Redirected,
    /// The answer does not speak the wire's format.
    #[error("the model's answer is not of its wire's format")]
    NotTheWire,
    /// The model wrote something else than the JSON that was asked for.
    #[error("the model wrote something else than JSON")]
    NotJson,
    /// The model refused, or a filter did.
    #[error("the model refused")]
    Refused,
    /// The answer was cut off at its longest.
    #[error("the model's answer was cut off")]
    Truncated,
    /// The provider asks for fewer calls.
    #[error("the model's provider asks for fewer calls")]
    Limited,
    /// The provider is in trouble.
    #[error("the model's provider is in trouble")]
    Down,
    /// The provider does not take the request: its key, the model's name, the account.
    #[error("the model's provider does not take the request")]
    Rejected,
    /// It failed so often lately that it is left alone for a while.
    #[error("the model is left alone for a while after failures")]
    Resting,
    /// As many calls as are allowed are under way.
    #[error("the model is busy with other calls")]
    Busy,
    /// The workspace has made as many calls as it may in a minute.
    #[error("the workspace has used its calls of this minute")]
    OverRate,
    /// The workspace has used its month's tokens.
    #[error("the workspace has used its tokens of this month")]
    OverBudget,
    /// What has been used could not be looked up.
    #[error("what the workspace has used cannot be looked up")]
    NoLedger,
}

impl ModelFailure {
    /// The word for logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoConnection => "no_connection",
            Self::TooSlow => "too_slow",
            Self::Flood => "flood",
            Self::WrongType => "wrong_type",
            Self::Redirected => "redirected",
            Self::NotTheWire => "not_the_wire",
            Self::NotJson => "not_json",
            Self::Refused => "refused",
            Self::Truncated => "truncated",
            Self::Limited => "limited",
            Self::Down => "down",
            Self::Rejected => "rejected",
            Self::Resting => "resting",
            Self::Busy => "busy",
            Self::OverRate => "over_rate",
            Self::OverBudget => "over_budget",
            Self::NoLedger => "no_ledger",
        }
    }
}

/// How much of the model each workspace may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelCaps {
    /// Tokens in a calendar month, sent and received.
    pub tokens_a_month: u64,
    /// Calls in a minute.
    pub calls_a_minute: u32,
}

/// What a workspace has used of the model; kept over restarts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelUse {
    /// The month, as in `2026-03`.
    pub month: String,
    /// Calls in it.
    pub calls: u64,
    /// Tokens in it; a call that never said how many it took counts with the most it could.
    pub tokens: u64,
    /// When the minute that is counted began.
    pub minute: Timestamp,
    /// Calls in it.
    pub in_minute: u32,
}

impl ModelUse {
    /// Nothing used.
    pub fn none(now: Timestamp) -> Self {
        Self {
            month: month(now),
            calls: 0,
            tokens: 0,
            minute: now,
            in_minute: 0,
        }
    }

    /// Books a call that takes `tokens` at most, if the caps allow it.
    pub fn book(
        &mut self,
        tokens: u64,
        caps: ModelCaps,
        now: Timestamp,
    ) -> Result<(), ModelFailure> {
        if self.month != month(now) {
            *self = Self {
                month: month(now),
                calls: 0,
                tokens: 0,
                ..self.clone()
            };
        }
        // A clock that was set back begins a new minute too: nobody is locked out by it.
        let age = now.duration_since(self.minute);
        if age.is_negative() || age >= SignedDuration::from_mins(1) {
            (self.minute, self.in_minute) = (now, 0);
        }
        if self.in_minute >= caps.calls_a_minute {
            return Err(ModelFailure::OverRate);
        }
        if self.tokens.saturating_add(tokens) > caps.tokens_a_month {
            return Err(ModelFailure::OverBudget);
        }
        self.in_minute += 1;
        self.calls += 1;
        self.tokens += tokens;
        Ok(())
    }

    /// A call that was booked with `booked` tokens took `used`.
    pub fn settle(&mut self, booked: u64, used: u64, now: Timestamp) {
        if self.month == month(now) {
            self.tokens = self.tokens.saturating_sub(booked).saturating_add(used);
        }
    }
}

fn month(now: Timestamp) -> String {
    now.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPS: ModelCaps = ModelCaps {
        tokens_a_month: 1_000,
        calls_a_minute: 2,
    };

    fn at(instant: &str) -> Timestamp {
        instant.parse().expect(instant)
    }

    #[test]
    fn a_minute_takes_so_many_calls() {
        let mut used = ModelUse::none(at("2026-03-02T09:00:00Z"));
        for _ in 0..2 {
            assert_eq!(used.book(1, CAPS, at("2026-03-02T09:00:30Z")), Ok(()));
        }
        let third = used.book(1, CAPS, at("2026-03-02T09:00:59Z"));
        assert_eq!(third, Err(ModelFailure::OverRate));
        assert_eq!(used.book(1, CAPS, at("2026-03-02T09:01:00Z")), Ok(()));
        // A clock that goes back locks nobody out.
        assert_eq!(used.book(1, CAPS, at("2026-03-02T08:00:00Z")), Ok(()));
    }

    #[test]
    fn a_month_takes_so_many_tokens_and_the_next_as_many_again() {
        let mut used = ModelUse::none(at("2026-03-30T09:00:00Z"));
        assert_eq!(used.book(900, CAPS, at("2026-03-30T09:00:00Z")), Ok(()));
        let more = used.book(101, CAPS, at("2026-03-31T23:59:59Z"));
        assert_eq!(more, Err(ModelFailure::OverBudget));
        used.settle(900, 300, at("2026-03-31T23:59:59Z"));
        assert_eq!(used.book(700, CAPS, at("2026-03-31T23:59:59Z")), Ok(()));
        assert_eq!(used.book(1_000, CAPS, at("2026-04-01T00:01:00Z")), Ok(()));
        // What was booked last month is last month's.
        used.settle(900, 0, at("2026-04-01T00:02:00Z"));
        assert_eq!((used.tokens, used.calls), (100, 1));
    }

    #[test]
    fn a_call_that_is_refused_is_not_counted() {
        let mut used = ModelUse::none(at("2026-03-02T09:00:00Z"));
        let before = used.clone();
        assert!(
            used.book(u64::MAX, CAPS, at("2026-03-02T09:00:00Z"))
                .is_err()
        );
        assert_eq!(used, before);
    }
}
