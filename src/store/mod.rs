//! The store behind the port of `advisor`.
