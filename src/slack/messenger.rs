//! Delivers effects: posts, and answers to the address of a command or click.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use uuid::Uuid;

use super::blocks;
use super::client::{Client, Page};
use super::directory::{Known, People};
use super::failure::{Class, Failure};
use super::kit::{METADATA_TYPE, Message, Shown};
use super::limit::Limits;
use super::links::linked;
use super::upload::{self, Picture};
use crate::advisor::{Delivered, GivenUp, Lookup, Messenger, OutboxRow, ReplyTo, Target};
use crate::ident::{Channel, MessageTs, OutboxId};
use crate::map::Map;
use crate::render::people;

/// How long names are waited for before a message goes out without them.
const NAMES: Duration = Duration::from_secs(2);

/// How much older than its row a message may seem, in seconds: clocks differ.
const SKEW_S: i64 = 60;

/// How many pages of messages are searched for a row's own.
const PAGES: usize = 5;

/// Posts through one client.
#[derive(Debug)]
pub struct SlackMessenger {
    client: Client,
    people: Arc<People>,
    known: Known,
    limits: Limits,
}

impl SlackMessenger {
    /// Posts through this client, at this pace.
    pub fn new(client: Client, people: Arc<People>, known: Known, limits: Limits) -> Self {
        Self {
            client,
            people,
            known,
            limits,
        }
    }

    /// A post; if its blocks are refused, the same as text.
    async fn post(
        &self,
        row: &OutboxRow,
        to: (&Channel, Option<&MessageTs>),
        message: &Message,
    ) -> Delivered {
        let mut outcome = self.post_once(row, to, message).await;
        for simpler in message.simpler() {
            if !is_refused(&outcome) {
                break;
            }
            say_refused(row, &outcome);
            outcome = self.post_once(row, to, &simpler).await;
        }
        self.delivered(row, outcome)
    }

    /// The map as a picture; as text where the bot may share no files.
    async fn show(
        &self,
        row: &OutboxRow,
        to: (&Channel, Option<&MessageTs>),
        map: &Map,
        message: &Message,
    ) -> Delivered {
        let shared = self.share(row, to, map).await;
        match shared {
            Err(failure) if failure.class == Class::Permission && !failure.maybe_done => {
                tracing::info!(reference = %row.reference, %failure, "picture_as_text");
                self.post(row, to, message).await
            }
            shared => self.delivered(row, shared.map(|()| None)),
        }
    }

    async fn share(
        &self,
        row: &OutboxRow,
        (channel, thread): (&Channel, Option<&MessageTs>),
        map: &Map,
    ) -> Result<(), Failure> {
        for method in upload::METHODS {
            if let Some(after) = self.limits.held(&row.installation, method) {
                return Err(Failure::held(method, after));
            }
        }
        let picture = Picture::of(map).await;
        let file = self.client.upload(&picture).await?;
        self.limits
            .turn(&row.installation, channel, row.urgency)
            .await;
        self.client.show(&file, channel, thread).await
    }

    /// A message to one person, in the conversation that they have with the bot.
    async fn tell(&self, row: &OutboxRow, message: &Message) -> Delivered {
        match self.client.open_direct(&row.channel).await {
            Ok(channel) => self.post(row, (&channel, None), message).await,
            Err(failure) => self.delivered(row, Err(failure)),
        }
    }

    async fn post_once(
        &self,
        row: &OutboxRow,
        (channel, thread): (&Channel, Option<&MessageTs>),
        message: &Message,
    ) -> Result<Option<MessageTs>, Failure> {
        let method = "chat.postMessage";
        if let Some(after) = self.limits.held(&row.installation, method) {
            return Err(Failure::held(method, after));
        }
        self.limits
            .turn(&row.installation, channel, row.urgency)
            .await;
        let body = message.post(channel, thread, &row.id);
        self.client.post_message(&body).await
    }

    /// An answer to its address; if its blocks are refused, the same as text. What everybody may
    /// see goes to the channel when the address is used up.
    async fn respond(&self, row: &OutboxRow, to: &ReplyTo, message: &Message) -> Delivered {
        let shown = Shown::from(&row.target);
        let mut outcome = self.client.respond(to, &message.reply(&shown)).await;
        for simpler in message.simpler() {
            if !is_refused(&outcome) {
                break;
            }
            say_refused(row, &outcome);
            outcome = self.client.respond(to, &simpler.reply(&shown)).await;
        }
        match outcome {
            Err(failure) if failure.class == Class::TooLate && shown.everyone => {
                tracing::info!(reference = %row.reference, %failure, "reply_moved_to_channel");
                let to = (&row.channel, shown.thread.as_ref());
                self.post(row, to, message).await
            }
            other => self.delivered(row, other.map(|()| None)),
        }
    }

    fn delivered(&self, row: &OutboxRow, outcome: Result<Option<MessageTs>, Failure>) -> Delivered {
        let failure = match outcome {
            Ok(ts) => return Delivered::Sent { ts },
            Err(failure) => failure,
        };
        tracing::warn!(reference = %row.reference, %failure, "delivery_failed");
        if let (Class::Rate, Some(after)) = (failure.class, failure.after) {
            self.limits.hold(&row.installation, failure.method, after);
        }
        failure.delivered()
    }

    /// Whether this messenger's token is the installation's.
    fn serves(&self, row: &OutboxRow) -> bool {
        let known = self.known.get();
        known.is_none_or(|identity| identity.installation == row.installation)
    }
}

/// Whether the blocks may be the reason for a refusal.
fn is_refused<T>(outcome: &Result<T, Failure>) -> bool {
    matches!(outcome, Err(failure) if failure.class == Class::OurBug && !failure.maybe_done)
}

fn say_refused<T>(row: &OutboxRow, outcome: &Result<T, Failure>) {
    if let Err(failure) = outcome {
        tracing::error!(reference = %row.reference, %failure, "blocks_refused");
    }
}

#[async_trait]
impl Messenger for SlackMessenger {
    async fn deliver(&self, row: &OutboxRow) -> Delivered {
        if !self.serves(row) {
            return Delivered::Never {
                reason: "no token of this installation is configured".to_owned(),
                why: GivenUp::NoToken,
            };
        }
        let shown = people(&row.document);
        let names = self.people.names(&row.installation, &shown, NAMES).await;
        let home = self.known.get().and_then(|it| it.home.as_deref());
        let document = linked(&row.document, home);
        let message = blocks::message(&document, &|person| names.of(person));
        match &row.target {
            Target::Response { reply_to, .. } => self.respond(row, reply_to, &message).await,
            Target::Post { thread } => {
                let to = (&row.channel, thread.as_ref());
                match &row.picture {
                    Some(map) => self.show(row, to, map, &message).await,
                    None => self.post(row, to, &message).await,
                }
            }
            Target::Below { .. } => Delivered::Never {
                reason: "the message above it is not known".to_owned(),
                why: GivenUp::Other,
            },
            Target::Person => self.tell(row, &message).await,
        }
    }

    async fn look_up(&self, row: &OutboxRow) -> Lookup {
        let Target::Post { thread } = &row.target else {
            return Lookup::Unknowable;
        };
        // A shared file carries no key.
        if row.picture.is_some() {
            return Lookup::Unknowable;
        }
        if !self.serves(row) {
            return Lookup::Unknowable;
        }
        let oldest = created(&row.id).map(|at| format!("{}.000000", at - SKEW_S));
        let mut cursor: Option<String> = None;
        for _ in 0..PAGES {
            let page = Page {
                oldest: oldest.as_deref(),
                cursor: cursor.as_deref(),
                is_long: false,
            };
            let read = self.client.messages(&row.channel, thread.as_ref(), page);
            let answer = match read.await {
                Ok(answer) => answer,
                Err(failure) => {
                    tracing::info!(reference = %row.reference, %failure, "look_up_failed");
                    return not_looked_up(&failure);
                }
            };
            if let Some(ts) = self.own(&answer, &row.id) {
                return Lookup::Found(ts);
            }
            let next = answer["response_metadata"]["next_cursor"].as_str();
            match next.filter(|it| !it.is_empty()) {
                Some(next) => cursor = Some(next.to_owned()),
                None => return Lookup::Absent,
            }
        }
        Lookup::Unknowable
    }
}

impl SlackMessenger {
    /// The message with this key among a page's. Anybody may write metadata, so the author counts.
    fn own(&self, page: &Value, key: &OutboxId) -> Option<MessageTs> {
        let author = self.known.get().map(|identity| identity.user.as_str());
        let messages = page["messages"].as_array()?;
        let own = messages.iter().find(|message| {
            let metadata = &message["metadata"];
            metadata["event_type"] == METADATA_TYPE
                && metadata["event_payload"]["key"] == key.as_str()
                && (author.is_none() || message["user"].as_str() == author)
        })?;
        own["ts"].as_str().map(MessageTs::new)
    }
}

/// What a failed look-up says of the row.
fn not_looked_up(failure: &Failure) -> Lookup {
    match failure.class {
        Class::Rate | Class::Transient => Lookup::Later {
            after: failure.after,
            reason: failure.to_string(),
        },
        _ => Lookup::Unknowable,
    }
}

/// When a row was made, in seconds; its id tells.
fn created(id: &OutboxId) -> Option<i64> {
    let (seconds, _) = Uuid::parse_str(id.as_str())
        .ok()?
        .get_timestamp()?
        .to_unix();
    i64::try_from(seconds).ok()
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use serde_json::json;

    use super::*;
    use crate::advisor::{OutboxState, Unclear, Urgency};
    use crate::ident::{Channel, Installation, Person, Reference};
    use crate::render::{Block, Document, Inline, Trend, TrendLine};
    use crate::slack::delivery::Identity;
    use crate::slack::fake::{Answer, Fake};

    const POST: &str = "/api/chat.postMessage";

    fn messenger(fake: &Fake) -> SlackMessenger {
        let known = Known::default();
        let identity = Identity::new(Installation::new("T1"), Person::new("UBOT"));
        assert!(known.set(identity).is_ok());
        let people = Arc::new(People::new(fake.client()));
        let pace = Limits::every(Duration::from_millis(1));
        SlackMessenger::new(fake.client(), people, known, pace)
    }

    fn row(target: Target) -> OutboxRow {
        OutboxRow {
            id: OutboxId::new("01893c5e-7a00-7000-8000-000000000000"),
            installation: Installation::new("T1"),
            channel: Channel::new("C1"),
            target,
            document: Document {
                headline: "Done".to_owned(),
                blocks: vec![Block::Paragraph(vec![Inline::Person(Person::new("U1"))])],
            },
            picture: None,
            urgency: Urgency::Person,
            unclear: Unclear::Repeat,
            due: Timestamp::UNIX_EPOCH,
            use_by: Timestamp::MAX,
            period: None,
            aside: false,
            attempts: 0,
            state: OutboxState::Waiting,
            reference: Reference::new("r1"),
        }
    }

    fn post() -> OutboxRow {
        row(Target::Post {
            thread: Some(MessageTs::new("1.1")),
        })
    }

    fn response(fake: &Fake) -> OutboxRow {
        row(Target::Response {
            reply_to: ReplyTo {
                response_url: fake.base.replace("/api", "/hook"),
            },
            everyone: true,
            replaces: false,
            thread: None,
        })
    }

    fn private(mut row: OutboxRow) -> OutboxRow {
        if let Target::Response { everyone, .. } = &mut row.target {
            *everyone = false;
        }
        row
    }

    fn refused(code: &str) -> Answer {
        Answer::Json(json!({"ok": false, "error": code}))
    }

    #[tokio::test]
    async fn a_post_names_people_and_carries_its_key() {
        let fake = Fake::start().await;
        let ann = json!({"ok": true, "user": {"team_id": "T1", "name": "ann"}});
        fake.will("/api/users.info", [Answer::Json(ann)]);
        let sent = messenger(&fake).deliver(&post()).await;
        let ts = Some(MessageTs::new("9.9"));
        assert_eq!(sent, Delivered::Sent { ts });
        let body = fake.calls()[1].json();
        assert_eq!(body["channel"], "C1");
        assert_eq!(body["thread_ts"], "1.1");
        assert_eq!(body["unfurl_links"], false);
        assert_eq!(body["metadata"]["event_payload"]["key"], post().id.as_str());
        assert_eq!(body["blocks"][1]["text"]["text"], "ann");
        assert_eq!(body.get("link_names"), None);
    }

    #[tokio::test]
    async fn refused_blocks_go_out_once_as_text() {
        let fake = Fake::start().await;
        fake.will(POST, [refused("invalid_blocks")]);
        let sent = messenger(&fake).deliver(&post()).await;
        assert!(matches!(sent, Delivered::Sent { .. }));
        let bodies: Vec<_> = fake
            .calls()
            .into_iter()
            .filter(|it| it.path == POST)
            .collect();
        assert_eq!(bodies.len(), 2);
        assert!(bodies[0].json()["blocks"].is_array());
        assert_eq!(bodies[1].json().get("blocks"), None);
        assert_eq!(bodies[1].json()["text"], bodies[0].json()["text"]);

        fake.will(POST, [refused("invalid_blocks"), refused("no_text")]);
        let never = messenger(&fake).deliver(&post()).await;
        assert!(matches!(never, Delivered::Never { .. }));
        assert_eq!(fake.paths().iter().filter(|it| *it == POST).count(), 4);
    }

    #[tokio::test]
    async fn a_chart_that_is_refused_goes_out_as_numbers_with_all_else_as_it_was() {
        let fake = Fake::start().await;
        fake.will(POST, [refused("invalid_blocks")]);
        let mut row = post();
        row.document.blocks.push(Block::Trend(Trend {
            title: "The last 3 weeks".to_owned(),
            at: ["2 Mar", "9 Mar", "16 Mar"].map(str::to_owned).to_vec(),
            lines: vec![TrendLine {
                name: "Answered, %".to_owned(),
                values: vec![Some(40), Some(52), Some(55)],
            }],
        }));
        let sent = messenger(&fake).deliver(&row).await;
        assert!(matches!(sent, Delivered::Sent { .. }));
        let posts = fake.calls().into_iter().filter(|it| it.path == POST);
        let posts: Vec<_> = posts.map(|it| it.json()).collect();
        assert_eq!(posts.len(), 2);
        let has_chart = |body: &Value| body["blocks"].to_string().contains("data_visualization");
        assert!(has_chart(&posts[0]) && !has_chart(&posts[1]));
        let told = posts[1]["blocks"].to_string();
        assert!(told.contains("40, 52, 55"), "{told}");
        assert!(told.contains("Done"), "the rest stands: {told}");
    }

    #[tokio::test]
    async fn when_slack_says_wait_no_call_is_made() {
        let fake = Fake::start().await;
        fake.will(POST, [Answer::Wait("100")]);
        let messenger = messenger(&fake);
        let first = messenger.deliver(&post()).await;
        let Delivered::Later { after, .. } = first else {
            panic!("{first:?}");
        };
        assert_eq!(after, Some(SignedDuration::from_secs(100)));
        let second = messenger.deliver(&post()).await;
        assert!(
            matches!(second, Delivered::Later { after: Some(after), .. } if after.as_secs() > 60)
        );
        assert_eq!(fake.paths().iter().filter(|it| *it == POST).count(), 1);
    }

    #[tokio::test]
    async fn what_nobody_can_know_is_unclear() {
        let fake = Fake::start().await;
        fake.will(POST, [Answer::Status(500, "<html>")]);
        let outcome = messenger(&fake).deliver(&post()).await;
        assert!(matches!(outcome, Delivered::Unclear { .. }));
    }

    #[tokio::test]
    async fn a_used_up_address_sends_what_all_may_see_to_the_channel() {
        let fake = Fake::start().await;
        let used = || Answer::Status(404, "used_url");
        fake.will("/hook", [used(), used()]);
        let messenger = messenger(&fake);
        let shared = messenger.deliver(&response(&fake)).await;
        assert!(matches!(shared, Delivered::Sent { ts: Some(_) }));
        let lost = messenger.deliver(&private(response(&fake))).await;
        assert!(matches!(lost, Delivered::Never { .. }));
        assert_eq!(fake.paths().iter().filter(|it| *it == POST).count(), 1);
    }

    #[tokio::test]
    async fn another_installations_row_makes_no_call() {
        let fake = Fake::start().await;
        let mut foreign = post();
        foreign.installation = Installation::new("T2");
        let messenger = messenger(&fake);
        assert!(matches!(
            messenger.deliver(&foreign).await,
            Delivered::Never { .. }
        ));
        assert_eq!(messenger.look_up(&foreign).await, Lookup::Unknowable);
        assert!(fake.calls().is_empty());
    }

    #[tokio::test]
    async fn an_effect_is_found_by_its_own_key_only() {
        let fake = Fake::start().await;
        let message = |ts: &str, user: &str, key: &str| {
            json!({"ts": ts, "user": user, "metadata": {
                "event_type": METADATA_TYPE, "event_payload": {"key": key}}})
        };
        let key = post().id;
        let page = |messages: Value, next: &str| {
            Answer::Json(json!({"ok": true, "messages": messages,
                                "response_metadata": {"next_cursor": next}}))
        };
        let others = json!([
            message("1.2", "UBOT", "other"),
            message("1.3", "U1", key.as_str())
        ]);
        let own = json!([message("1.4", "UBOT", key.as_str())]);
        let replies = "/api/conversations.replies";
        fake.will(replies, [page(others.clone(), "next"), page(own, "")]);
        let messenger = messenger(&fake);
        assert_eq!(
            messenger.look_up(&post()).await,
            Lookup::Found(MessageTs::new("1.4"))
        );
        let asked = fake.calls()[1].body.clone();
        for part in [
            "channel=C1",
            "ts=1.1",
            "cursor=next",
            "include_all_metadata=true",
            "oldest=",
        ] {
            assert!(asked.contains(part), "{asked}");
        }
        fake.will(replies, [page(others.clone(), "")]);
        assert_eq!(messenger.look_up(&post()).await, Lookup::Absent);
        fake.will(replies, (0..PAGES).map(|_| page(others.clone(), "more")));
        assert_eq!(messenger.look_up(&post()).await, Lookup::Unknowable);
        fake.will("/api/conversations.history", [refused("missing_scope")]);
        let in_channel = row(Target::Post { thread: None });
        assert_eq!(messenger.look_up(&in_channel).await, Lookup::Unknowable);
        let answered = response(&fake);
        assert_eq!(messenger.look_up(&answered).await, Lookup::Unknowable);
        for trouble in [Answer::Wait("60"), Answer::Status(503, "")] {
            fake.will(replies, [trouble]);
            let later = messenger.look_up(&post()).await;
            assert!(matches!(later, Lookup::Later { .. }), "{later:?}");
        }
    }
}
