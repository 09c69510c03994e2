//! A local workspace that looks and behaves like Slack, for trying the bot and for its tests.
