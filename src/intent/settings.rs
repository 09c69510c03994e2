//! `settings`: what holds for the whole workspace.

use super::cursor::Cursor;
use super::{Intent, ParseError};

/// What is asked about the workspace's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsRequest {
    /// How all of them stand.
    Show,
    /// How it stands with the language model, and what that is sent.
    Model,
    /// The language model may be used, or may not.
    UseModel(Use),
}

/// Whether something may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It may.
    On,
    /// It may not.
    Off,
}

impl SettingsRequest {
    /// Whether it changes anything.
    pub fn changes(self) -> bool {
        matches!(self, Self::UseModel(_))
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Show => "",
            Self::Model => "model",
            Self::UseModel(Use::On) => "model on",
            Self::UseModel(Use::Off) => "model off",
        }
    }
}

pub(super) fn settings(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Ok(Intent::Settings(SettingsRequest::Show));
    }
    if !cursor.skip_any(&["model", "llm", "ai"]) {
        let mut error = cursor.error(1, "the only setting here is `model`");
        "settings model".clone_into(&mut error.example);
        return Err(error);
    }
    cursor.understand("settings model");
    let request = match cursor.peek().map(|word| word.folded.as_str()) {
        None => SettingsRequest::Model,
        Some("on" | "yes" | "enable" | "enabled") => SettingsRequest::UseModel(Use::On),
        Some("off" | "no" | "disable" | "disabled") => SettingsRequest::UseModel(Use::Off),
        Some(_) => {
            let mut error = cursor.error(1, "`settings model` takes `on` or `off`");
            "settings model on".clone_into(&mut error.example);
            return Err(error);
        }
    };
    cursor.skip(1);
    cursor.finish("on or off")?;
    Ok(Intent::Settings(request))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::parse;

    fn check(words: &str, expected: SettingsRequest) {
        let intent = parse(words).expect(words);
        assert!(
            matches!(intent, Intent::Settings(request) if request == expected),
            "{words}: {intent:?}"
        );
        assert_eq!(intent.is_for_admins(), expected.changes());
    }

    #[test]
    fn settings_are_read() {
        check("settings", SettingsRequest::Show);
        check("settings model", SettingsRequest::Model);
        check("settings model on", SettingsRequest::UseModel(Use::On));
        check("settings llm OFF", SettingsRequest::UseModel(Use::Off));
        assert!(parse("settings model maybe").is_err());
        assert!(parse("settings colour red").is_err());
        assert!(parse("settings model on for smb").is_err());
    }
}
