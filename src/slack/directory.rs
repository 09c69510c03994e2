//! Who people are and what they are called; asked of Slack, remembered for an hour, never stored.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;
use tokio::time::{Instant, timeout};

use super::client::{Client, User};
use super::delivery::Identity;
use super::failure::Failure;
use crate::advisor::{Directory, DirectoryError, Hearing, Role};
use crate::ident::{Channel, Installation, Person};
use crate::render::one_line;

/// How long an answer is believed.
const KEPT: Duration = Duration::from_hours(1);

/// How many people are remembered at most.
const MANY: usize = 10_000;

/// How many names are asked for before one message.
const ASKED: usize = 20;

/// What somebody is called whose name is not known.
pub const NAMELESS: &str = "someone";

/// The longest name that is shown, in characters.
const LONGEST: usize = 80;

/// Who the bot is, known once Slack has said so.
pub type Known = Arc<OnceLock<Identity>>;

/// Names of people, for one message.
#[derive(Debug, Clone, Default)]
pub struct NameList(HashMap<Person, String>);

impl NameList {
    /// A person's name, or [`NAMELESS`].
    pub fn of(&self, person: &Person) -> String {
        let name = self.0.get(person).map(String::as_str);
        name.unwrap_or(NAMELESS).to_owned()
    }
}

#[derive(Debug, Clone)]
struct Card {
    role: Role,
    name: String,
    zone: Option<String>,
    until: Instant,
}

/// Knows the people of the installations that a client serves.
#[derive(Debug)]
pub struct People {
    client: Client,
    cards: Mutex<HashMap<(Installation, Person), Card>>,
}

impl People {
    /// Asks through this client.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            cards: Mutex::default(),
        }
    }

    /// The names of these people, as far as they are known or said within `patience`.
    pub async fn names(
        &self,
        installation: &Installation,
        people: &[Person],
        patience: Duration,
    ) -> NameList {
        let asked = people.iter().take(ASKED).map(async |person| {
            let card = timeout(patience, self.card(installation, person)).await;
            Some((person.clone(), card.ok()?.ok()?.name))
        });
        NameList(join_all(asked).await.into_iter().flatten().collect())
    }

    async fn card(&self, installation: &Installation, person: &Person) -> Result<Card, Failure> {
        let key = (installation.clone(), person.clone());
        if let Some(card) = self.remembered(&key) {
            return Ok(card);
        }
        let user = self.client.user(person).await?;
        let card = Card {
            role: role(&user, installation),
            name: name(&user),
            zone: user.tz.clone(),
            until: Instant::now() + KEPT,
        };
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        if cards.len() >= MANY {
            cards.retain(|_, card| card.until > Instant::now());
        }
        if cards.len() < MANY {
            cards.insert(key, card.clone());
        }
        Ok(card)
    }

    fn remembered(&self, key: &(Installation, Person)) -> Option<Card> {
        let cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        let card = cards.get(key)?;
        (card.until > Instant::now()).then(|| card.clone())
    }
}

#[async_trait]
impl Directory for People {
    async fn role(
        &self,
        installation: &Installation,
        person: &Person,
    ) -> Result<Role, DirectoryError> {
        let card = self.card(installation, person).await;
        card.map(|card| card.role)
            .map_err(|failure| DirectoryError(failure.to_string()))
    }

    async fn zone(&self, installation: &Installation, person: &Person) -> Option<String> {
        self.card(installation, person).await.ok()?.zone
    }

    async fn channels(&self, _: &Installation, person: &Person) -> Option<Vec<(Channel, String)>> {
        let found = self.client.channels_of(person).await;
        found
            .inspect_err(|failure| tracing::warn!(%failure, "somebody's channels are not known"))
            .ok()
    }

    async fn is_for_all(&self, _: &Installation, channel: &Channel) -> Option<bool> {
        let found = self.client.is_general(channel).await;
        found
            .inspect_err(|failure| tracing::warn!(%failure, "a channel is not known"))
            .ok()
    }

    async fn hearing(&self, installation: &Installation) -> Hearing {
        match self.client.token().await {
            Ok(answer) if answer.identity.installation == *installation => hearing(&answer.scopes),
            Ok(_) => Hearing::Unknown,
            Err(failure) => {
                tracing::warn!(%failure, "what the bot may hear could not be asked");
                Hearing::Unknown
            }
        }
    }

    fn forget(&self, installation: &Installation) {
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        cards.retain(|(of, _), _| of != installation);
    }
}

/// What the scopes of the token let the bot hear; a token that names none says nothing about it.
fn hearing(granted: &[String]) -> Hearing {
    let missing = |scope: &str| {
        let is_granted = granted.iter().any(|it| it == scope);
        (!is_granted).then(|| scope.to_owned())
    };
    match (missing("channels:history"), missing("groups:history")) {
        _ if granted.is_empty() => Hearing::Unknown,
        (None, None) => Hearing::Granted,
        (public, private) => Hearing::Lacks { public, private },
    }
}

fn role(user: &User, installation: &Installation) -> Role {
    let is = |flag: Option<bool>| flag == Some(true);
    if is(user.is_stranger) || is_elsewhere(user, installation) {
        return Role::External;
    }
    if is(user.is_restricted) || is(user.is_ultra_restricted) || is(user.deleted) {
        return Role::Guest;
    }
    if is(user.is_admin) || is(user.is_owner) || is(user.is_primary_owner) {
        return Role::Admin;
    }
    Role::Member
}

/// Whether a person's home is another workspace, or for a whole organisation another one of those.
fn is_elsewhere(user: &User, installation: &Installation) -> bool {
    let home = if installation.as_str().starts_with('E') {
        user.enterprise_user
            .as_ref()
            .and_then(|it| it.enterprise_id.as_deref())
    } else {
        user.team_id.as_deref()
    };
    home.is_some_and(|home| home != installation.as_str())
}

fn name(user: &User) -> String {
    let profile = user.profile.as_ref();
    let choices = [
        profile.and_then(|it| it.display_name.as_deref()),
        profile.and_then(|it| it.real_name.as_deref()),
        user.real_name.as_deref(),
        user.name.as_deref(),
    ];
    let mut names = choices.into_iter().flatten().map(one_line);
    match names.find(|name| !name.is_empty()) {
        Some(name) => name.chars().take(LONGEST).collect(),
        None => NAMELESS.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::slack::fake::{Answer, Fake};

    fn check_role(user: Value, installation: &str, expected: Role) {
        let shown = user.to_string();
        let user: User = serde_json::from_value(user).expect("a user");
        assert_eq!(
            role(&user, &Installation::new(installation)),
            expected,
            "{shown}"
        );
    }

    #[test]
    fn a_role_follows_from_what_slack_says() {
        check_role(json!({"team_id": "T1"}), "T1", Role::Member);
        check_role(
            json!({"team_id": "T1", "is_admin": true}),
            "T1",
            Role::Admin,
        );
        check_role(
            json!({"team_id": "T1", "is_owner": true}),
            "T1",
            Role::Admin,
        );
        check_role(
            json!({"team_id": "T1", "is_restricted": true}),
            "T1",
            Role::Guest,
        );
        check_role(json!({"is_ultra_restricted": true}), "T1", Role::Guest);
        check_role(
            json!({"is_admin": true, "deleted": true}),
            "T1",
            Role::Guest,
        );
        check_role(
            json!({"team_id": "T2", "is_admin": true}),
            "T1",
            Role::External,
        );
        check_role(
            json!({"team_id": "T1", "is_stranger": true}),
            "T1",
            Role::External,
        );
        let org = json!({"team_id": "T1", "enterprise_user": {"enterprise_id": "E1"}});
        check_role(org.clone(), "E1", Role::Member);
        check_role(org, "E2", Role::External);
        check_role(json!({"is_admin": "yes", "profile": 5}), "T1", Role::Member);
    }

    #[test]
    fn a_name_is_what_people_chose_to_be_called() {
        let check = |user: Value, expected: &str| {
            let user: User = serde_json::from_value(user).expect("a user");
            assert_eq!(name(&user), expected);
        };
        let profile = json!({"display_name": "ann", "real_name": "Ann B"});
        check(json!({"name": "ab", "profile": profile}), "ann");
        check(
            json!({"name": "ab", "profile": {"display_name": " "}, "real_name": "Ann\nB"}),
            "Ann B",
        );
        check(json!({"name": "ab"}), "ab");
        check(json!({}), NAMELESS);
        check(json!({"name": "x".repeat(200)}), &"x".repeat(80));
    }

    #[test]
    fn what_is_heard_follows_from_the_scopes() {
        let of =
            |scopes: &[&str]| hearing(&scopes.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(
            of(&["groups:history", "channels:history"]),
            Hearing::Granted
        );
        let lacks = |public: Option<&str>, private: Option<&str>| Hearing::Lacks {
            public: public.map(str::to_owned),
            private: private.map(str::to_owned),
        };
        let (public, private) = (Some("channels:history"), Some("groups:history"));
        assert_eq!(of(&["channels:history"]), lacks(None, private));
        assert_eq!(of(&["groups:history"]), lacks(public, None));
        assert_eq!(of(&["chat:write"]), lacks(public, private));
        assert_eq!(of(&[]), Hearing::Unknown);
    }

    #[tokio::test]
    async fn somebody_is_asked_about_once() {
        let fake = Fake::start().await;
        let answer =
            json!({"ok": true, "user": {"team_id": "T1", "name": "ann", "is_admin": true}});
        fake.will("/api/users.info", [Answer::Json(answer)]);
        let people = People::new(fake.client());
        let (team, ann) = (Installation::new("T1"), Person::new("U1"));
        let role = people.role(&team, &ann).await.expect("a role");
        assert_eq!(role, Role::Admin);
        let names = people
            .names(&team, std::slice::from_ref(&ann), Duration::from_secs(5))
            .await;
        assert_eq!(names.of(&ann), "ann");
        assert_eq!(fake.calls().len(), 1);
        assert_eq!(fake.calls()[0].body, "user=U1");
    }

    #[tokio::test]
    async fn who_cannot_be_found_is_someone_and_asked_about_again() {
        let fake = Fake::start().await;
        let refused = || Answer::Json(json!({"ok": false, "error": "user_not_found"}));
        fake.will("/api/users.info", [refused(), refused(), Answer::Silence]);
        let people = People::new(fake.client());
        let (team, bob) = (Installation::new("T1"), Person::new("U2"));
        assert!(people.role(&team, &bob).await.is_err());
        let asked = std::slice::from_ref(&bob);
        let names = people.names(&team, asked, Duration::from_secs(5)).await;
        assert_eq!(names.of(&bob), NAMELESS);
        let names = people.names(&team, asked, Duration::from_millis(50)).await;
        assert_eq!(names.of(&bob), NAMELESS);
        assert_eq!(fake.calls().len(), 3);
    }
}
