//! `gtm-advisor manifest`: the app as text, with this installation's address and command in it.

use std::process::ExitCode;

use super::output::{print, refuse};
use crate::config;
use crate::intent::usage_hint;

/// The manifest as it stands in the repository, for an example's host and the usual command.
const MANIFEST: &str = include_str!("../../slack/manifest.yaml");

/// The host that stands in it.
const HOST: &str = "https://gtm.example.com";

/// The line of the command's name there, up to the name.
const COMMAND: &str = "- command: ";

/// Prints the manifest for `GTM_PUBLIC_URL` and `GTM_COMMAND`.
pub(super) fn run() -> ExitCode {
    match config::load() {
        Ok(config) => {
            print(manifest(config.public_url.as_deref(), &config.command).trim_end());
            ExitCode::SUCCESS
        }
        Err(error) => refuse(error),
    }
}

/// The manifest for an address and a command; its usage hint is that of the intent table.
fn manifest(public_url: Option<&str>, command: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in MANIFEST.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        lines.push(match line.trim_start() {
            words if words.starts_with(COMMAND) => format!("{indent}{COMMAND}{command}"),
            words if words.starts_with("usage_hint: ") => {
                format!("{indent}usage_hint: \"{}\"", usage_hint())
            }
            _ => line.replace(HOST, public_url.unwrap_or(HOST)),
        });
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_repository_is_what_is_printed_for_the_example() {
        assert_eq!(manifest(None, "/gtm"), MANIFEST.trim_end());
    }

    #[test]
    fn the_address_and_the_command_are_this_installations() {
        let ours = manifest(Some("https://bot.acme.test"), "/plan");
        assert!(!ours.contains(HOST) && ours.contains("- command: /plan"));
        for path in ["/slack/events", "/slack/commands", "/slack/interactions"] {
            assert!(
                ours.contains(&format!("https://bot.acme.test{path}")),
                "{path}"
            );
        }
    }
}
