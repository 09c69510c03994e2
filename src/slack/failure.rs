//! What Slack's refusals mean, as a table; what to do follows from the class alone.

use jiff::SignedDuration;

use crate::advisor::{Delivered, GivenUp};

/// Kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Too many calls: wait as long as Slack says.
    Rate,
    /// It may work later.
    Transient,
    /// The token no longer works: nothing will, until somebody installs the bot again.
    TokenDead,
    /// The token must be renewed.
    TokenStale,
    /// The bot may not do this.
    Permission,
    /// What it was meant for is gone.
    TargetGone,
    /// The bot said it wrongly.
    OurBug,
    /// The moment for it has passed.
    TooLate,
    /// It is done already.
    Benign,
    /// Slack has taken the method away.
    Deprecated,
    /// A refusal that is not in the table.
    Unknown,
}

/// Slack's words for failures, by class.
const TABLE: &[(Class, &[&str])] = &[
    (
        Class::Rate,
        &["ratelimited", "rate_limited", "message_limit_exceeded"],
    ),
    (
        Class::Transient,
        &[
            "internal_error",
            "fatal_error",
            "request_timeout",
            "service_unavailable",
            "team_added_to_org",
            "org_login_required",
            "external_channel_migrating",
            "update_failed",
            "messaging_processing_failed",
        ],
    ),
    (
        Class::TokenDead,
        &[
            "invalid_auth",
            "token_revoked",
            "account_inactive",
            "not_authed",
            "app_access_restricted",
            "team_disabled",
            "user_removed_from_team",
        ],
    ),
    (Class::TokenStale, &["token_expired"]),
    (
        Class::Permission,
        &[
            "missing_scope",
            "no_permission",
            "access_denied",
            "ekm_access_denied",
            "not_allowed_token_type",
            "team_access_not_granted",
            "enterprise_is_restricted",
            "accesslimited",
            "two_factor_setup_required",
        ],
    ),
    (
        Class::TargetGone,
        &[
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "is_inactive",
            "user_not_found",
            "user_not_visible",
            "user_not_in_channel",
            "thread_not_found",
            "message_not_found",
            "cannot_reply_to_message",
            "messages_tab_disabled",
            "canvas_not_found",
        ],
    ),
    (
        Class::OurBug,
        &[
            "invalid_blocks",
            "invalid_blocks_format",
            "msg_blocks_too_long",
            "msg_blocks_too_many",
            "msg_too_long",
            "no_text",
            "markdown_text_conflict",
            "invalid_arguments",
            "invalid_arg_name",
            "invalid_json",
            "invalid_form_data",
            "invalid_post_type",
            "metadata_too_large",
            "view_too_large",
        ],
    ),
    (
        Class::TooLate,
        &[
            "expired_trigger_id",
            "exchanged_trigger_id",
            "invalid_trigger_id",
            "trigger_expired",
            "trigger_exchanged",
            "expired_url",
            "used_url",
        ],
    ),
    (
        Class::Benign,
        &[
            "already_reacted",
            "no_reaction",
            "hash_conflict",
            "already_in_channel",
        ],
    ),
    (
        Class::Deprecated,
        &["method_deprecated", "deprecated_endpoint", "unknown_method"],
    ),
];

/// How long to wait when Slack does not say.
const RATE_DEFAULT: SignedDuration = SignedDuration::from_secs(30);

/// How long to wait when a workspace has used up its messages.
const QUOTA_DEFAULT: SignedDuration = SignedDuration::from_hours(1);

/// The longest wait that is taken from Slack's word.
const RATE_LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// The class of one of Slack's error codes.
pub fn class_of(code: &str) -> Class {
    let listed = TABLE.iter().find(|(_, codes)| codes.contains(&code));
    match listed {
        Some((class, _)) => *class,
        None if code.starts_with("restricted_action") => Class::Permission,
        None => Class::Unknown,
    }
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{method} failed: {code}")]
pub struct Failure {
    /// The method, or `response_url`.
    pub method: &'static str,
    /// Its kind.
    pub class: Class,
    /// Slack's word for it, or ours; never any other text.
    pub code: String,
    /// At least this long until the next call.
    pub after: Option<SignedDuration>,
    /// Whether the call may have had its effect all the same.
    pub maybe_done: bool,
}

impl Failure {
    /// Slack's refusal, or `ok:false`.
    pub fn refused(method: &'static str, code: &str) -> Self {
        let code = printable(code);
        let class = class_of(&code);
        let after = match code.as_str() {
            "message_limit_exceeded" => Some(QUOTA_DEFAULT),
            _ if class == Class::Rate => Some(RATE_DEFAULT),
            _ => None,
        };
        // The two of which Slack says that the effect may have happened in part.
        let maybe_done = matches!(code.as_str(), "internal_error" | "fatal_error");
        Self {
            method,
            class,
            code,
            after,
            maybe_done,
        }
    }

    /// Too many calls; `seconds` is the header's value.
    pub fn rate(method: &'static str, seconds: Option<&str>) -> Self {
        let told = seconds
            .and_then(|it| it.trim().parse::<u32>().ok())
            .map(|it| SignedDuration::from_secs(it.into()).min(RATE_LONGEST));
        Self {
            method,
            class: Class::Rate,
            code: "ratelimited".to_owned(),
            after: Some(told.unwrap_or(RATE_DEFAULT)),
            maybe_done: false,
        }
    }

    /// Not called, because Slack has asked to wait.
    pub fn held(method: &'static str, after: SignedDuration) -> Self {
        Self {
            method,
            class: Class::Rate,
            code: "held_back".to_owned(),
            after: Some(after),
            maybe_done: false,
        }
    }

    /// It never reached Slack.
    pub fn unreached(method: &'static str, code: &str) -> Self {
        Self {
            method,
            class: Class::Transient,
            code: code.to_owned(),
            after: None,
            maybe_done: false,
        }
    }

    /// It may have reached Slack, and nobody knows what came of it.
    pub fn unclear(method: &'static str, code: &str) -> Self {
        Self {
            maybe_done: true,
            ..Self::unreached(method, code)
        }
    }

    /// What it means for an effect.
    pub fn delivered(&self) -> Delivered {
        let reason = self.to_string();
        if self.maybe_done {
            return Delivered::Unclear { reason };
        }
        match self.class {
            Class::Rate | Class::Transient | Class::Unknown => Delivered::Later {
                after: self.after,
                reason,
            },
            Class::TargetGone
                if matches!(self.code.as_str(), "not_in_channel" | "channel_not_found") =>
            {
                Delivered::Never {
                    reason: format!("{reason}; the bot must be invited to the channel"),
                    why: GivenUp::NoChannel,
                }
            }
            Class::TargetGone if self.code == "is_archived" => Delivered::Never {
                reason,
                why: GivenUp::NoChannel,
            },
            Class::TokenDead => Delivered::Never {
                reason,
                why: GivenUp::NoToken,
            },
            Class::Benign => Delivered::Sent { ts: None },
            _ => Delivered::Never {
                reason,
                why: GivenUp::Other,
            },
        }
    }
}

/// A code as Slack writes them; anything else could hold what must not be logged.
fn printable(code: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if code.is_empty() || code.len() > 64 || !code.chars().all(plain) {
        return "unreadable_error".to_owned();
    }
    code.to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_stands_in_the_table_once() {
        let codes: Vec<_> = TABLE.iter().flat_map(|(_, codes)| codes.iter()).collect();
        let unique: BTreeSet<_> = codes.iter().collect();
        assert_eq!(unique.len(), codes.len());
        for code in codes {
            assert_eq!(printable(code), **code);
        }
    }

    #[test]
    fn the_class_decides_what_happens_to_an_effect() {
        let later = |after: Option<i64>| Some(after.map(SignedDuration::from_secs));
        let check = |code: &str, expected: Option<Option<SignedDuration>>| {
            let delivered = Failure::refused("chat.postMessage", code).delivered();
            match (delivered, expected) {
                (Delivered::Later { after, .. }, Some(expected)) => {
                    assert_eq!(after, expected, "{code}");
                }
                (Delivered::Never { .. }, None) => {}
                (other, _) => panic!("{code}: {other:?}"),
            }
        };
        check("ratelimited", later(Some(30)));
        check("message_limit_exceeded", later(Some(3_600)));
        check("service_unavailable", later(None));
        check("something_new", later(None));
        check("invalid_auth", None);
        check("token_expired", None);
        check("missing_scope", None);
        check("restricted_action_read_only_channel", None);
        check("is_archived", None);
        check("invalid_blocks", None);
        check("method_deprecated", None);
        let half = Failure::refused("chat.postMessage", "internal_error").delivered();
        assert!(matches!(half, Delivered::Unclear { .. }));
        let done = Failure::refused("reactions.add", "already_reacted").delivered();
        assert_eq!(done, Delivered::Sent { ts: None });
    }

    #[test]
    fn slack_says_how_long_to_wait() {
        let check = |header: Option<&str>, seconds: i64| {
            let after = Failure::rate("chat.postMessage", header).after;
            assert_eq!(
                after,
                Some(SignedDuration::from_secs(seconds)),
                "{header:?}"
            );
        };
        check(Some("7"), 7);
        check(Some(" 0 "), 0);
        check(None, 30);
        check(Some("soon"), 30);
        check(Some("4294967295"), 86_400);
    }

    #[test]
    fn a_code_that_is_none_is_not_repeated() {
        let failure = Failure::refused("chat.postMessage", "<b>secret text</b>");
        assert_eq!(failure.code, "unreadable_error");
        assert_eq!(failure.class, Class::Unknown);
    }
}
