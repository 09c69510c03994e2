//! Notices tasks that panic: tokio takes the panic and nobody asks for it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

static DEATHS: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Watches the threads of one test.
pub(super) struct Watch(String);

impl Watch {
    pub(super) fn begin() -> Self {
        static HOOK: Once = Once::new();
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        HOOK.call_once(|| {
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                let thread = std::thread::current();
                let thread = thread.name().unwrap_or_default().to_owned();
                let deaths = DEATHS.lock();
                let mut deaths = deaths.unwrap_or_else(PoisonError::into_inner);
                deaths.push((thread, panic.to_string()));
                drop(deaths);
                usual(panic);
            }));
        });
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        Self(format!("story-{number}"))
    }

    /// The name for the test's threads.
    pub(super) fn name(&self) -> &str {
        &self.0
    }

    /// Fails if one of them has panicked.
    pub(super) fn end(self) {
        let deaths = DEATHS.lock().unwrap_or_else(PoisonError::into_inner);
        let own = deaths.iter().filter(|(it, _)| *it == self.0);
        let own: Vec<_> = own.cloned().collect();
        // The hook wants it when the next line panics.
        drop(deaths);
        assert!(own.is_empty(), "a task died: {own:?}");
    }
}
