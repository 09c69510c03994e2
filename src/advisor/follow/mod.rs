//! How a channel is attended to, and what was said there against its plan.

mod attention;

pub use attention::Attention;

#[cfg(test)]
mod tests;
