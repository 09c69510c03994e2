//! The integration tests: one binary, one harness.

mod asking;
mod check_file;
mod crash;
mod deadline;
mod digest;
mod flagship;
mod harness;
mod journeys;
mod knowledge;
mod outbox;
mod people;
mod repeats;
mod security;
mod seeds;
mod serve;
mod store_contract;
mod tidy;
mod words;
