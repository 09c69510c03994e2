//! The feed of updates that open pages follow: numbered, with a stretch of the past for those that
//! were away for a moment.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::broadcast;

use super::model::Update;

/// An update with its number in this run.
pub(super) type Numbered = (u64, Arc<Update>);

/// Updates kept for pages that come back; a page that was away longer loads everything anew.
const KEPT: usize = 2_000;
const WAITING: usize = 1_024;

/// The feed.
#[derive(Debug)]
pub(super) struct Feed {
    /// Names this run: numbers of another run mean nothing.
    pub(super) run: String,
    last: u64,
    recent: VecDeque<Numbered>,
    sender: broadcast::Sender<Numbered>,
}

impl Feed {
    pub(super) fn new() -> Self {
        Self {
            run: uuid::Uuid::now_v7().simple().to_string(),
            last: 0,
            recent: VecDeque::new(),
            sender: broadcast::channel(WAITING).0,
        }
    }

    /// The number of the newest update.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    pub(super) fn push(&mut self, update: Update) {
        self.last += 1;
        let numbered = (self.last, Arc::new(update));
        self.recent.push_back(numbered.clone());
        if self.recent.len() > KEPT {
            self.recent.pop_front();
        }
        // Nobody listening is no failure: pages load everything when they open.
        let _ = self.sender.send(numbered);
    }

    /// What came after a number, and all that is to come; nothing if it is too long ago.
    pub(super) fn follow(
        &self,
        run: &str,
        after: u64,
    ) -> Option<(Vec<Numbered>, broadcast::Receiver<Numbered>)> {
        let first = self
            .recent
            .front()
            .map_or(self.last + 1, |(number, _)| *number);
        if run != self.run || after + 1 < first || after > self.last {
            return None;
        }
        let missed = self
            .recent
            .iter()
            .filter(|(number, _)| *number > after)
            .cloned()
            .collect();
        Some((missed, self.sender.subscribe()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(text: usize) -> Update {
        Update::Notice {
            person: "U1".into(),
            text: text.to_string(),
        }
    }

    #[test]
    fn a_page_that_comes_back_gets_what_it_missed_unless_it_was_away_too_long() {
        let mut feed = Feed::new();
        let run = feed.run.clone();
        assert_eq!(
            feed.follow(&run, 0).map(|(missed, _)| missed.len()),
            Some(0)
        );
        (0..KEPT + 5).for_each(|n| feed.push(notice(n)));

        let missed = |after| feed.follow(&run, after).map(|(missed, _)| missed.len());
        assert_eq!(missed(feed.last()), Some(0));
        assert_eq!(missed(feed.last() - 3), Some(3));
        assert_eq!(missed(5), Some(KEPT));
        assert_eq!(missed(4), None);
        assert_eq!(missed(feed.last() + 1), None);
        assert!(feed.follow("another run", feed.last()).is_none());
    }
}
