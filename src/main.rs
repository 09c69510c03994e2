//! The `gtm-advisor` binary: everything is in the library, below `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    gtm_advisor::cli::run()
}
