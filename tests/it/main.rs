//! The integration tests: one binary, one harness.

mod check_file;
mod crash;
mod deadline;
mod digest;
mod flagship;
mod harness;
mod journeys;
mod outbox;
mod people;
mod repeats;
mod security;
mod serve;
mod store_contract;
mod templates;
mod tidy;
mod words;
