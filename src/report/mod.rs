//! The outcome of a check, in one type for every surface.
