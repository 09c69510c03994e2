//! The adapter to Slack; only this folder and the playground know its words.

pub mod blocks;
pub mod command;
pub mod delivery;
pub mod event;
mod fixture;
mod heard;
pub mod hooks;
pub mod interaction;
pub mod kit;
pub mod mrkdwn;
pub mod signature;
