//! The adapter to Slack; only this folder and the playground know its words.

mod attached;
pub mod blocks;
mod chart;
pub mod client;
pub mod command;
pub mod delivery;
pub mod directory;
pub mod event;
pub mod failure;
#[cfg(test)]
pub(crate) mod fake;
mod files;
mod fixture;
mod heard;
pub mod hooks;
pub mod interaction;
pub mod kit;
pub mod limit;
pub mod links;
pub mod messenger;
pub mod mrkdwn;
mod overheard;
mod rooms;
mod seal;
pub mod signature;
pub mod submission;
pub mod threads;
pub mod token;
pub mod upload;
pub mod view;

/// The header that keeps Slack from sending a refused event again.
pub const NO_RETRY_HEADER: &str = "x-slack-no-retry";
