//! Which channels there are for whom.

use super::client::{Arguments, Client};
use super::failure::Failure;
use crate::ident::{Channel, Person};
use crate::render::one_line;

/// How many pages of a person's channels are read; a page has 200.
const PAGES: usize = 10;

impl Client {
    /// The channels that a person is in, with their names, as far as the bot may know of them.
    pub async fn channels_of(&self, person: &Person) -> Result<Vec<(Channel, String)>, Failure> {
        let mut found = Vec::new();
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let mut arguments = vec![
                ("user", person.as_str()),
                ("types", "public_channel,private_channel"),
                ("exclude_archived", "true"),
                ("limit", "200"),
            ];
            if !cursor.is_empty() {
                arguments.push(("cursor", cursor.as_str()));
            }
            let method = "users.conversations";
            let page = self.call(method, Arguments::Form(&arguments)).await?;
            let channels = page["channels"].as_array().into_iter().flatten();
            found.extend(channels.filter_map(|channel| {
                let name = channel["name"].as_str().unwrap_or_default();
                Some((Channel::new(channel["id"].as_str()?), one_line(name)))
            }));
            let next = page["response_metadata"]["next_cursor"].as_str();
            next.unwrap_or_default().clone_into(&mut cursor);
            if cursor.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// Whether a channel is the one that everybody of the workspace is in.
    pub async fn is_general(&self, channel: &Channel) -> Result<bool, Failure> {
        let arguments = [("channel", channel.as_str())];
        let method = "conversations.info";
        let known = self.call(method, Arguments::Form(&arguments)).await?;
        Ok(known["channel"]["is_general"].as_bool() == Some(true))
    }
}
