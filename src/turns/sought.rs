//! What a language model finds beside the reader: looked for aside, while the reader's card goes out,
//! and told by a turn of its own.

use super::Turns;
use crate::advisor::{DedupKey, Found, Inbound, Origin, Over, Said, Sought};

impl Turns {
    /// Has a model look for what the reader missed. Whatever becomes of it, nobody waits for it.
    pub(super) fn seek_aside(&self, origin: &Origin, sought: Option<Box<Sought>>) {
        let Some(sought) = sought else {
            return;
        };
        let (turns, origin) = (self.clone(), origin.clone());
        self.shared.tasks.spawn(async move {
            if let Some(found) = turns.sought(&origin.inbound, &sought).await {
                turns.tell_found(&origin, found).await;
            }
        });
    }

    async fn sought(&self, asked: &Inbound, sought: &Sought) -> Option<Found> {
        let ports = &self.shared.ports;
        let model = ports.model.as_ref()?;
        let request = sought.asked();
        let reply = model.complete(&asked.installation, &request).await.ok()?;
        match sought.found(&reply, asked) {
            Ok((found, doubts)) => {
                for doubt in doubts {
                    ports.metrics.model.dropped(request.prompt, doubt.as_str());
                }
                Some(found).filter(|it| !it.values.is_empty())
            }
            Err(unfit) => {
                ports.metrics.model.dropped(request.prompt, unfit.as_str());
                None
            }
        }
    }

    async fn tell_found(&self, origin: &Origin, found: Found) {
        let now = self.shared.ports.clock.now();
        let mut inbound = origin.inbound.clone();
        if matches!(inbound.said, Said::Mention { .. }) {
            inbound.place.thread = found.thread.clone();
        }
        let key = format!("model-read:{}", self.shared.ids.next(now));
        let origin = Origin {
            inbound: Inbound {
                said: Said::ReadByModel(found),
                // What is told comes of what was said then.
                at: origin.inbound.at,
                files: Vec::new(),
                ..inbound
            },
            dedup: vec![DedupKey(key)],
            reply_to: origin.reply_to.clone(),
            trigger: None,
        };
        if let Err(error) = self.run(&origin, None, Over::Conversation).await {
            tracing::warn!(%error, "what a model found is not told");
        }
        self.shared.outbox_bell.notify_one();
    }
}
