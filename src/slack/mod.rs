//! The adapter to Slack; only this folder and the playground know its words.
