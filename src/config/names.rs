//! The names of all settings, in one table: variable, key in the file, and one value that works.

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The environment variable.
    pub variable: &'static str,
    /// The key in the configuration file; empty for the one that names the file.
    pub key: &'static str,
    /// A value that works, or how to get one.
    pub example: &'static str,
    /// Whether the value must never be shown.
    pub secret: bool,
    /// Whether it does anything yet.
    pub stage: Stage,
}

/// Whether a setting does anything yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It works.
    Built,
    /// The name is taken, but what it switches on is not built; what that is, in words.
    Planned(&'static str),
}

const fn setting(variable: &'static str, key: &'static str, example: &'static str) -> Setting {
    Setting {
        variable,
        key,
        example,
        secret: false,
        stage: Stage::Built,
    }
}

const fn secret(variable: &'static str, key: &'static str, example: &'static str) -> Setting {
    Setting {
        secret: true,
        ..setting(variable, key, example)
    }
}

const fn planned(variable: &'static str, key: &'static str, what: &'static str) -> Setting {
    Setting {
        stage: Stage::Planned(what),
        ..secret(variable, key, "")
    }
}

pub(super) const SIGNING_SECRET: Setting = secret(
    "SLACK_SIGNING_SECRET",
    "slack.signing_secret",
    "the signing secret from Basic Information → App Credentials",
);
pub(super) const BOT_TOKEN: Setting = secret(
    "SLACK_BOT_TOKEN",
    "slack.bot_token",
    "the bot token from OAuth & Permissions (it begins with `xoxb-`)",
);
pub(super) const API_BASE: Setting =
    setting("SLACK_API_BASE", "slack.api_base", "https://slack.com/api");
pub(super) const LISTEN: Setting = setting("GTM_LISTEN", "listen", "127.0.0.1:3000");
pub(super) const ADMIN_LISTEN: Setting =
    setting("GTM_ADMIN_LISTEN", "admin_listen", "127.0.0.1:9090");
pub(super) const PUBLIC_URL: Setting =
    setting("GTM_PUBLIC_URL", "public_url", "https://gtm.example.com");
pub(super) const COMMAND: Setting = setting("GTM_COMMAND", "command", "/gtm");
pub(super) const CONFIG: Setting = setting("GTM_CONFIG", "", "gtm.toml");
pub(super) const DATA_DIR: Setting = setting("GTM_DATA_DIR", "data_dir", "./data");
pub(super) const ENCRYPTION_KEY: Setting = secret(
    "GTM_ENCRYPTION_KEY",
    "encryption_key",
    "the output of `openssl rand -hex 32`",
);
pub(super) const ALLOWED_TEAMS: Setting =
    setting("GTM_ALLOWED_TEAMS", "allowed_teams", "T012AB3CD");
pub(super) const LOG: Setting = setting("GTM_LOG", "log", "info,gtm_advisor=debug");
pub(super) const RULES_DIR: Setting = setting("GTM_RULES_DIR", "rules_dir", "ours");
pub(super) const EMBEDDING_DIR: Setting = setting(
    "GTM_EMBEDDING_DIR",
    "embedding_dir",
    "models/all-MiniLM-L6-v2",
);

pub(super) const LLM_PROVIDER: Setting = setting("GTM_LLM_PROVIDER", "llm.provider", "openai");
pub(super) const LLM_BASE_URL: Setting = setting(
    "GTM_LLM_BASE_URL",
    "llm.base_url",
    "http://127.0.0.1:11434/v1",
);
pub(super) const LLM_API_KEY: Setting = secret(
    "GTM_LLM_API_KEY",
    "llm.api_key",
    "the key that the provider gave you",
);
pub(super) const LLM_MODEL: Setting = setting("GTM_LLM_MODEL", "llm.model", "qwen2.5:7b-instruct");
pub(super) const LLM_TIMEOUT: Setting = setting("GTM_LLM_TIMEOUT", "llm.timeout", "8s");
pub(super) const LLM_MONTHLY_TOKENS: Setting =
    setting("GTM_LLM_MONTHLY_TOKENS", "llm.monthly_tokens", "2000000");
pub(super) const LLM_CALLS_PER_MINUTE: Setting =
    setting("GTM_LLM_CALLS_PER_MINUTE", "llm.calls_per_minute", "20");
pub(super) const LLM_PRICES: Setting = setting("GTM_LLM_PRICES", "llm.prices", "0.15/0.60");

const SOCKET_MODE: &str = "Socket Mode";
const OAUTH: &str = "installing into several workspaces";

/// All settings, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    SIGNING_SECRET,
    BOT_TOKEN,
    API_BASE,
    LISTEN,
    ADMIN_LISTEN,
    PUBLIC_URL,
    COMMAND,
    CONFIG,
    DATA_DIR,
    ENCRYPTION_KEY,
    ALLOWED_TEAMS,
    LOG,
    RULES_DIR,
    EMBEDDING_DIR,
    LLM_PROVIDER,
    LLM_BASE_URL,
    LLM_API_KEY,
    LLM_MODEL,
    LLM_TIMEOUT,
    LLM_MONTHLY_TOKENS,
    LLM_CALLS_PER_MINUTE,
    LLM_PRICES,
    planned("SLACK_APP_TOKEN", "slack.app_token", SOCKET_MODE),
    planned("SLACK_CLIENT_ID", "slack.client_id", OAUTH),
    planned("SLACK_CLIENT_SECRET", "slack.client_secret", OAUTH),
    planned("GTM_DATABASE_URL", "database_url", "the PostgreSQL store"),
];

/// The setting with that variable.
pub(super) fn by_variable(variable: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.variable == variable)
}

/// The setting with that key in the file.
pub(super) fn by_key(key: &str) -> Option<&'static Setting> {
    SETTINGS
        .iter()
        .find(|setting| !setting.key.is_empty() && setting.key == key)
}

/// Whether a variable can only be meant for this program.
pub(super) fn is_ours(variable: &str) -> bool {
    variable.starts_with("GTM_") || by_variable(variable).is_some()
}
