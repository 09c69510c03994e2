//! The integration tests: one binary, one harness.

mod asking;
mod catalogue;
mod check_file;
mod crash;
mod deadline;
mod digest;
mod documents;
mod flagship;
mod following;
mod golden;
mod harness;
mod journeys;
mod knowledge;
mod llm;
mod outbox;
mod people;
mod reading;
mod repeats;
mod security;
mod seeds;
mod serve;
mod store_contract;
mod templates;
mod tidy;
mod verbs;
mod words;
