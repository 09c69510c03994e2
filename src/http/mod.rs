//! The HTTP endpoints: what Slack sends is read whole, verified as raw bytes, decoded, and handed
//! to the turns; what they answer at once is the response.

mod answer;
mod door;
mod form;
mod intake;
mod router;
mod server;
mod written;

pub use door::{AT_ONCE, BODIES_KIB, BODY_WITHIN, Door, FormTimes, Readiness};
pub use intake::LARGEST_BODY;
pub use router::{router, status_page};
pub use server::serve;

#[cfg(test)]
mod tests;
