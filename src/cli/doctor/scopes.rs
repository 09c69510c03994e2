//! The scopes that the bot needs, read from the manifest that people paste, so that the two agree.

const MANIFEST: &str = include_str!("../../../slack/manifest.yaml");

/// The bot scopes of the manifest, in its order.
pub(super) fn needed_scopes() -> impl Iterator<Item = &'static str> {
    bot_scopes(MANIFEST)
}

/// The bot scopes that the manifest leaves to the workspace, each with what it is for.
pub(super) fn optional_scopes() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        (
            "channels:history",
            "reads threads and follows in public channels",
        ),
        ("groups:history", "the same in private ones"),
        ("files:read", "learns files"),
    ]
    .into_iter()
}

/// The items of the list below `bot:` within `scopes:`. Comments and blank lines don't end it.
pub(super) fn bot_scopes(manifest: &str) -> impl Iterator<Item = &str> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "scopes:")
        .skip_while(|line| line.trim() != "bot:")
        .skip(1)
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map_while(|line| line.strip_prefix("- "))
}
