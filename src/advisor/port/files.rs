//! Files that people share: where their bytes are, and what is in them.

use async_trait::async_trait;

use crate::documents::{Format, Passage, SharedFile, Unreadable};
use crate::ident::Installation;

/// Fetches files.
#[async_trait]
pub trait Files: Send + Sync + 'static {
    /// The bytes of a file, if they are within the bounds.
    async fn fetch(
        &self,
        installation: &Installation,
        file: &SharedFile,
    ) -> Result<Vec<u8>, Unreadable>;
}

/// Opens files, in bounded time and memory.
#[async_trait]
pub trait Reader: Send + Sync + 'static {
    /// What a file says.
    async fn read(&self, name: &str, bytes: &[u8]) -> Result<(Format, Vec<Passage>), Unreadable>;
}
