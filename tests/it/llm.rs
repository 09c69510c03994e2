//! A language model behind the bot: what its servers may do, and that the answer stands without it.

mod caps;
mod hostile;
mod journey;
mod program;
mod reading;
mod wire;
