//! The adapter to Slack; only this folder and the playground know its words.

pub mod command;
pub mod delivery;
pub mod event;
mod heard;
pub mod hooks;
pub mod interaction;
pub mod signature;
