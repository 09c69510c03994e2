//! The workers that empty the inbox and the outbox.
