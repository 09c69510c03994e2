//! The command line: what each verb does, and the wiring of the server.

pub mod doctor;
