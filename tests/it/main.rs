//! The integration tests: one binary, one harness.

mod deadline;
mod flagship;
mod harness;
mod outbox;
mod people;
mod repeats;
mod security;
mod store_contract;
mod tidy;
mod words;
