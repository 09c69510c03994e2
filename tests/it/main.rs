//! The integration tests: one binary, one harness.

mod store_contract;
mod tidy;
