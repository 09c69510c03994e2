//! Pictures in threads: an address is asked for, the bytes go there, and then the file is shown.
//!
//! Only the last of the three steps can be seen by anybody, so what fails before it is done again
//! without harm, and what fails in it never is.

use serde_json::json;

use super::client::{Arguments, Client, transport};
use super::failure::{Class, Failure};
use crate::failpoint::{FailPoint, reach};
use crate::ident::{Channel, MessageTs};
use crate::map::{self, Map, Theme};

const ADDRESS: &str = "files.getUploadURLExternal";
const SHOW: &str = "files.completeUploadExternal";

/// The methods that are called.
pub(super) const METHODS: [&str; 2] = [ADDRESS, SHOW];

/// Slack's limit for the words that stand for a picture, with room to spare.
const MOST_WORDS: usize = 900;

/// A picture that is ready to be sent.
#[derive(Debug)]
pub struct Picture {
    name: &'static str,
    title: &'static str,
    words: String,
    bytes: Vec<u8>,
}

/// A file that Slack has and nobody sees yet.
#[derive(Debug)]
pub struct Uploaded {
    id: String,
    title: &'static str,
}

impl Picture {
    /// Draws a map, aside from what else goes on.
    pub async fn of(map: &Map) -> Self {
        let drawn = map.clone();
        let bytes = tokio::task::spawn_blocking(move || map::png(&drawn, Theme::Light)).await;
        Self {
            name: "deals-by-acv.png",
            title: "Deals a year by ACV",
            words: map::alternative(map).chars().take(MOST_WORDS).collect(),
            // What cannot be drawn is refused by its length of nothing, before anybody sees it.
            bytes: bytes.unwrap_or_default(),
        }
    }
}

impl Client {
    /// Hands Slack a picture; nobody sees it yet.
    pub async fn upload(&self, picture: &Picture) -> Result<Uploaded, Failure> {
        reach(FailPoint::PictureBeforeUpload);
        let length = picture.bytes.len().to_string();
        let arguments = [
            ("filename", picture.name),
            ("length", length.as_str()),
            ("alt_txt", picture.words.as_str()),
        ];
        let asked = self.call(ADDRESS, Arguments::Form(&arguments)).await;
        let asked = asked.map_err(unseen)?;
        let (Some(address), Some(id)) = (asked["upload_url"].as_str(), asked["file_id"].as_str())
        else {
            return Err(Failure::unreached(ADDRESS, "incomplete_answer"));
        };
        self.send_bytes(address, &picture.bytes)
            .await
            .map_err(unseen)?;
        Ok(Uploaded {
            id: id.to_owned(),
            title: picture.title,
        })
    }

    /// Hands bytes to an address that Slack has given for them; it is a capability, so the token stays
    /// here.
    async fn send_bytes(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        let Some(url) = self.hooks().accept(address) else {
            return Err(Failure::unreached(ADDRESS, "foreign_address"));
        };
        let request = self.request(reqwest::Method::POST, url, false);
        let sent = request.body(bytes.to_vec()).send().await;
        let status = sent.map_err(|error| transport(ADDRESS, &error))?.status();
        if status.is_success() {
            return Ok(());
        }
        let code = format!("http_{}", status.as_u16());
        Err(Failure::unreached(ADDRESS, &code))
    }

    /// Shows a picture in a channel or thread.
    pub async fn show(
        &self,
        file: &Uploaded,
        channel: &Channel,
        thread: Option<&MessageTs>,
    ) -> Result<(), Failure> {
        let files = json!([{"id": file.id, "title": file.title}]).to_string();
        let mut arguments = vec![("files", files.as_str()), ("channel_id", channel.as_str())];
        arguments.extend(thread.map(|root| ("thread_ts", root.as_str())));
        reach(FailPoint::PictureBeforeShow);
        let shown = self.call(SHOW, Arguments::Form(&arguments)).await;
        reach(FailPoint::PictureAfterShow);
        shown.map(drop)
    }
}

/// The failure of a step whose effect nobody sees.
fn unseen(failure: Failure) -> Failure {
    Failure {
        maybe_done: false,
        class: match failure.class {
            Class::OurBug | Class::TooLate => Class::Unknown,
            other => other,
        },
        ..failure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{FileFormat, read_file};
    use crate::slack::fake::{Answer, Fake};

    const ADDRESS_PATH: &str = "/api/files.getUploadURLExternal";
    const SHOW_PATH: &str = "/api/files.completeUploadExternal";

    async fn picture() -> Picture {
        let file = "[segment.main]\npricing.acv = \"$12k\"\nsales.deals_per_year = 40";
        let today = jiff::civil::date(2026, 3, 4);
        let plan = read_file(file, FileFormat::Toml, today).expect("a plan");
        Picture::of(&Map::new(&plan)).await
    }

    fn address(fake: &Fake) -> Answer {
        let url = fake.base.replace("/api", "/upload/F1");
        Answer::Json(json!({"ok": true, "upload_url": url, "file_id": "F1"}))
    }

    async fn steps(fake: &Fake) -> Result<(), Failure> {
        let client = fake.client();
        let file = client.upload(&picture().await).await?;
        let root = MessageTs::new("1.1");
        client.show(&file, &Channel::new("C1"), Some(&root)).await
    }

    #[tokio::test]
    async fn a_picture_is_announced_sent_and_shown_below_its_message() {
        let fake = Fake::start().await;
        fake.will(ADDRESS_PATH, [address(&fake)]);
        fake.will("/upload/F1", [Answer::Status(200, "OK - 1")]);
        fake.will(SHOW_PATH, [Answer::Json(json!({"ok": true}))]);
        assert_eq!(steps(&fake).await, Ok(()));
        assert_eq!(fake.paths(), [ADDRESS_PATH, "/upload/F1", SHOW_PATH]);
        let calls = fake.calls();
        assert!(calls[1].authorization.is_none(), "the address is enough");
        let shown = calls[2].form();
        let said = |name: &str| {
            shown
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, it)| it.as_str())
        };
        assert_eq!(said("channel_id"), Some("C1"));
        assert_eq!(said("thread_ts"), Some("1.1"));
        let announced = calls[0].form();
        let alt = announced.iter().find(|(key, _)| key == "alt_txt");
        assert!(
            alt.is_some_and(|(_, words)| words.contains("12,000")),
            "{announced:?}"
        );
    }

    #[tokio::test]
    async fn what_fails_before_anybody_sees_it_may_be_done_again_and_the_last_step_not() {
        let fake = Fake::start().await;
        fake.will(ADDRESS_PATH, [Answer::Status(500, "<html>")]);
        let lost = steps(&fake).await.expect_err("it failed");
        assert!(!lost.maybe_done, "{lost:?}");
        fake.will(ADDRESS_PATH, [address(&fake)]);
        fake.will("/upload/F1", [Answer::Status(503, "")]);
        let lost = steps(&fake).await.expect_err("it failed");
        assert!(!lost.maybe_done, "{lost:?}");
        fake.will(ADDRESS_PATH, [address(&fake)]);
        fake.will("/upload/F1", [Answer::Status(200, "OK - 1")]);
        fake.will(SHOW_PATH, [Answer::Status(500, "<html>")]);
        let lost = steps(&fake).await.expect_err("it failed");
        assert!(lost.maybe_done, "{lost:?}");
    }

    #[tokio::test]
    async fn bytes_go_to_slack_and_to_nobody_else() {
        let fake = Fake::start().await;
        let url = "https://example.com/upload";
        let elsewhere = json!({"ok": true, "upload_url": url, "file_id": "F1"});
        fake.will(ADDRESS_PATH, [Answer::Json(elsewhere)]);
        let refused = steps(&fake).await.expect_err("it is refused");
        assert_eq!(refused.code, "foreign_address");
        assert_eq!(fake.paths(), [ADDRESS_PATH]);
    }
}
