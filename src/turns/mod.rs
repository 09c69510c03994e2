//! The one place that runs a turn: needs, gather, handle, commit.
