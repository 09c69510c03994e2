//! Tests that need more than one module; one binary for all of them.

mod tidy;
