//! The `gtm-advisor` binary.
fn main() {}
