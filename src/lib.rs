//! GTM Advisor: a Slack bot that keeps a team's go-to-market plan and says what does not add up.
//!
//! Modules stand in reading order, lower layers first; `ARCHITECTURE.md` has the map and the
//! invariants, `tests/it/tidy.rs` holds the code to them.

// Layer 0: names, time, words, counters, and places to die at in a test.
pub mod clock;
pub mod failpoint;
pub mod ident;
pub mod metrics;
mod ratio;
pub mod text;

// Layer 1: the plan, its fields and its changes; documents that were learned.
pub mod documents;
pub mod plan;
pub mod sources;

// Layer 2: what was asked, what is known, what does not add up, what numbers come to, where segments lie.
pub mod calc;
pub mod intent;
pub mod knowledge;
pub mod lint;
pub mod map;
pub mod reading;

// Layer 3: what people read.
pub mod ask;
pub mod digest;
pub mod grounding;
pub mod render;
pub mod report;

// Layer 4: use cases and the ports they need.
pub mod advisor;

// Layer 5: the outside world, one adapter a folder.
pub mod extract;
pub mod llm;
pub mod semantic;
pub mod slack;
pub mod store;
pub mod turns;

// Layer 6: who calls the turns.
pub mod admin;
pub mod http;
pub mod playground;
pub mod worker;

// Layer 7: the composition root.
pub mod cli;
pub mod config;
pub mod telemetry;
