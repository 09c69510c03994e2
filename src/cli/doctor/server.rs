//! What the running server says of itself when `doctor` asks it.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::admin::Doctor;
use crate::advisor::{Departed, QueueDepth, StoreError, StoreHealth, Upkeep};
use crate::clock::Clock;
use crate::lint::RuleSet;
use crate::semantic::Ranker;

/// Looks at the server's own store.
pub(in crate::cli) struct SelfReport {
    pub(in crate::cli) store: Arc<dyn Upkeep>,
    pub(in crate::cli) clock: Arc<dyn Clock>,
    /// Measures nearness in meaning, where a model is named.
    pub(in crate::cli) ranker: Option<Arc<Ranker>>,
    /// The rules in force in every workspace.
    pub(in crate::cli) rules: Arc<RuleSet>,
    /// When it began to run.
    pub(in crate::cli) began: Timestamp,
}

#[async_trait]
impl Doctor for SelfReport {
    async fn lines(&self) -> Vec<String> {
        let now = self.clock.now();
        let running = format!("running for {}", age(now, self.began));
        let told = async {
            let (health, departed) = (self.store.health().await?, self.store.departed().await?);
            let departed = departed.iter().map(left);
            Ok::<_, StoreError>(lines(&health, now).into_iter().chain(departed).collect())
        };
        let told: Vec<String> = told.await.unwrap_or_else(|error| vec![error.to_string()]);
        let meaning = self.ranker.as_ref().map(|ranker| ranker.told());
        let all = [running, in_force(&self.rules)].into_iter();
        let all = all.chain(told).chain(meaning);
        all.collect()
    }
}

/// `129 rules are in force in every workspace, 2 of them from GTM_RULES_DIR`.
pub(super) fn in_force(rules: &RuleSet) -> String {
    let all = format!(
        "{} rules are in force in every workspace",
        rules.rules().len()
    );
    match rules.own() {
        0 => all,
        own => format!("{all}, {own} of them from GTM_RULES_DIR"),
    }
}

/// That a workspace has removed the app, and what has become of what was kept for it.
fn left(departed: &Departed) -> String {
    let Departed {
        installation,
        removed,
        erased,
    } = departed;
    match erased {
        Some(erased) => format!(
            "{installation} removed the app at {removed}; nothing of it is kept since {erased}"
        ),
        None => format!("{installation} removed the app at {removed} and is being erased"),
    }
}

/// The store's numbers in words.
pub(super) fn lines(health: &StoreHealth, now: Timestamp) -> Vec<String> {
    let mut lines = vec![
        queue("received and waiting for a turn", health.inbox, now),
        queue("waiting to be sent", health.outbox, now),
        queue(
            "given up (gtm-advisor dead-letters)",
            health.dead_letters,
            now,
        ),
        format!("{} KiB on disk", health.bytes_on_disk / 1024),
    ];
    if health.overlong_values > 0 {
        lines.push(format!(
            "{} values lie outside the engine's own file, which is a bug: please report it",
            health.overlong_values
        ));
    }
    lines
}

fn queue(what: &str, depth: QueueDepth, now: Timestamp) -> String {
    match depth.oldest {
        Some(oldest) if depth.rows > 0 => {
            format!("{} {what}, the oldest for {}", depth.rows, age(now, oldest))
        }
        _ => format!("{} {what}", depth.rows),
    }
}

fn age(now: Timestamp, since: Timestamp) -> String {
    let seconds = now.duration_since(since).as_secs().max(0);
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}
