//! Reads threads, page by page, for as long as Slack lets the bot.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::client::{Client, Page};
use super::delivery::instant;
use super::directory::Known;
use super::failure::{Class, Failure};
use super::heard::heard;
use super::limit::Limits;
use crate::advisor::{ThreadAt, ThreadMessage, Threads, Transcript, Unread};
use crate::ident::{Installation, MessageTs, Person};

/// The method that reads threads.
const METHOD: &str = "conversations.replies";

/// How long to wait where Slack does not say.
const USUAL_WAIT: SignedDuration = SignedDuration::from_mins(1);

/// Reads threads through one client.
#[derive(Debug)]
pub struct SlackThreads {
    client: Client,
    known: Known,
    limits: Limits,
}

impl SlackThreads {
    /// Reads through this client.
    pub fn new(client: Client, known: Known) -> Self {
        Self {
            client,
            known,
            limits: Limits::default(),
        }
    }

    fn own(&self) -> Option<&str> {
        self.known.get().map(|identity| identity.user.as_str())
    }

    /// The messages of a page that people could read.
    fn messages(&self, page: &Value, after: Option<&MessageTs>) -> Vec<ThreadMessage> {
        let all = page["messages"].as_array().into_iter().flatten();
        let all = all.filter_map(|message| self.message(message));
        all.filter(|message| after.is_none_or(|after| message.ts > *after))
            .collect()
    }

    fn message(&self, message: &Value) -> Option<ThreadMessage> {
        let word = |name: &str| message[name].as_str();
        let is_said = matches!(
            word("subtype"),
            None | Some("file_share" | "thread_broadcast" | "bot_message")
        );
        let ts = word("ts").filter(|_| is_said)?;
        let of_bot = word("bot_id").is_some()
            || word("subtype") == Some("bot_message")
            || (self.own().is_some() && word("user") == self.own());
        let heard = heard(word("text").unwrap_or_default(), self.own());
        Some(ThreadMessage {
            ts: MessageTs::new(ts),
            by: word("user").filter(|_| !of_bot).map(Person::new),
            at: instant(ts, Timestamp::UNIX_EPOCH),
            words: heard.words,
            to_bot: heard.mentioned,
        })
    }

    fn stopped(&self, installation: &Installation, failure: &Failure) -> Unread {
        tracing::info!(%failure, "a thread was not read to its end");
        match (failure.class, failure.code.as_str()) {
            (Class::Rate, _) => {
                let wait = failure.after.unwrap_or(USUAL_WAIT);
                self.limits.hold(installation, METHOD, wait);
                Unread::Throttled(wait)
            }
            (Class::Permission, _) => Unread::NotAllowed,
            (_, "not_in_channel" | "channel_not_found") => Unread::NotMember,
            (Class::TargetGone, _) => Unread::Gone,
            _ => Unread::Failed,
        }
    }
}

#[async_trait]
impl Threads for SlackThreads {
    async fn read(&self, installation: &Installation, at: ThreadAt<'_>) -> Transcript {
        let mut read = Transcript::default();
        let is_ours = |own: &super::delivery::Identity| own.installation == *installation;
        if !self.known.get().is_none_or(is_ours) {
            read.stopped = Some(Unread::Failed);
            return read;
        }
        if let Some(wait) = self.limits.held(installation, METHOD) {
            read.stopped = Some(Unread::Throttled(wait));
            return read;
        }
        let mut cursor: Option<String> = None;
        loop {
            let page = Page {
                oldest: at.after.map(MessageTs::as_str),
                cursor: cursor.as_deref(),
                is_long: true,
            };
            let answer = self.client.messages(at.channel, Some(at.root), page).await;
            let answer = match answer {
                Ok(answer) => answer,
                Err(failure) => {
                    read.stopped = Some(self.stopped(installation, &failure));
                    return read;
                }
            };
            let replies = answer["messages"][0]["reply_count"].as_u64();
            let total = replies.and_then(|n| usize::try_from(n + 1).ok());
            read.total = read.total.or(total);
            read.messages.extend(self.messages(&answer, at.after));
            let next = answer["response_metadata"]["next_cursor"].as_str();
            match next.filter(|it| !it.is_empty()) {
                Some(_) if read.messages.len() >= Transcript::MOST => {
                    read.stopped = Some(Unread::Long);
                    return read;
                }
                Some(next) => cursor = Some(next.to_owned()),
                None => return read,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::ident::Channel;
    use crate::slack::delivery::Identity;
    use crate::slack::fake::{Answer, Fake};

    const PATH: &str = "/api/conversations.replies";

    fn threads(fake: &Fake) -> SlackThreads {
        let known = Known::default();
        let identity = Identity::new(Installation::new("T1"), Person::new("UBOT"));
        assert!(known.set(identity).is_ok());
        SlackThreads::new(fake.client(), Arc::clone(&known))
    }

    async fn read(threads: &SlackThreads, after: Option<&str>) -> Transcript {
        let after = after.map(MessageTs::new);
        let at = ThreadAt {
            channel: &Channel::new("C1"),
            root: &MessageTs::new("1.1"),
            after: after.as_ref(),
        };
        threads.read(&Installation::new("T1"), at).await
    }

    fn said(read: &Transcript) -> Vec<String> {
        let line = |it: &ThreadMessage| {
            let by = it.by.as_ref().map_or("a bot", Person::as_str);
            format!(
                "{} {by}: {}{}",
                it.ts,
                if it.to_bot { "@ " } else { "" },
                it.words
            )
        };
        read.messages.iter().map(line).collect()
    }

    #[tokio::test]
    async fn a_thread_is_read_page_by_page_and_bots_are_nobody() {
        let fake = Fake::start().await;
        let first = json!({"ok": true, "response_metadata": {"next_cursor": "c2"}, "messages": [
            {"ts": "1.1", "user": "U1", "text": "we charge &lt;$49", "reply_count": 4},
            {"ts": "1.2", "user": "UBOT", "bot_id": "B1", "text": "I read"},
        ]});
        let second = json!({"ok": true, "messages": [
            {"ts": "1.3", "user": "U2", "text": "<@UBOT> check"},
            {"ts": "1.4", "subtype": "channel_join", "user": "U3", "text": "joined"},
            {"ts": "1.5", "subtype": "bot_message", "text": "ping"},
        ]});
        fake.will(PATH, [Answer::Json(first), Answer::Json(second)]);
        let read = read(&threads(&fake), None).await;
        assert_eq!(
            said(&read),
            [
                "1.1 U1: we charge <$49",
                "1.2 a bot: I read",
                "1.3 U2: @ check",
                "1.5 a bot: ping"
            ]
        );
        assert_eq!((read.total, read.stopped), (Some(5), None));
        assert!(fake.calls()[1].body.contains("cursor=c2"));
    }

    #[tokio::test]
    async fn reading_goes_on_behind_what_was_read() {
        let fake = Fake::start().await;
        let page = json!({"ok": true, "messages": [
            {"ts": "1.1", "user": "U1", "text": "root", "reply_count": 2},
            {"ts": "1.3", "user": "U2", "text": "new"},
        ]});
        fake.will(PATH, [Answer::Json(page)]);
        let read = read(&threads(&fake), Some("1.2")).await;
        assert_eq!(said(&read), ["1.3 U2: new"]);
        assert!(fake.calls()[0].body.contains("oldest=1.2"));
    }

    #[tokio::test]
    async fn why_it_stopped_is_told_and_a_wait_is_kept() {
        let fake = Fake::start().await;
        let threads = threads(&fake);
        let refused = |code: &str| Answer::Json(json!({"ok": false, "error": code}));
        let check = async |answer, expected| {
            fake.will(PATH, [answer]);
            let read = read(&threads, None).await;
            assert_eq!(read.stopped, Some(expected));
        };
        check(refused("missing_scope"), Unread::NotAllowed).await;
        check(refused("not_in_channel"), Unread::NotMember).await;
        check(refused("thread_not_found"), Unread::Gone).await;
        check(Answer::Status(500, ""), Unread::Failed).await;
        check(
            Answer::Wait("42"),
            Unread::Throttled(SignedDuration::from_secs(42)),
        )
        .await;
        let calls = fake.calls().len();
        let again = read(&threads, None).await;
        assert!(
            matches!(again.stopped, Some(Unread::Throttled(_))),
            "{again:?}"
        );
        assert_eq!(
            fake.calls().len(),
            calls,
            "nobody asks before the time has passed"
        );
    }
}
