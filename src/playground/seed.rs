//! The small workspace that a first start finds: invented people, a few channels.

use super::model::{Channel, Kind, Person, Role, Update};

/// The workspace.
pub const TEAM: &str = "T01PLAYGND";
/// The workspace's name.
pub const TEAM_NAME: &str = "Playground";
/// The workspace's domain.
pub const TEAM_DOMAIN: &str = "playground";
/// Another organisation, whose people come by a channel that both share.
pub const ELSEWHERE: &str = "T02PARTNER";
/// The app.
pub const APP: &str = "A01GTMAPP";
/// The app's bot id.
pub const BOT: &str = "B01GTMBOT";
/// The app's bot user.
pub const BOT_USER: &str = "U01GTMBOT";
/// Who shows the errors of commands.
pub const SLACKBOT: &str = "USLACKBOT";
/// The founder; the workspace's admin.
pub const ANA: &str = "U01ANA";
/// Runs marketing.
pub const BEN: &str = "U01BEN";
/// Sells.
pub const CHLOE: &str = "U01CHLOE";
/// A guest: an adviser from outside.
pub const DEV: &str = "U01DEV";
/// `#gtm-plan`; the bot is in it.
pub const GTM_PLAN: &str = "C01GTMPLAN";
/// `#sales`; the bot is in it.
pub const SALES: &str = "C01SALES";
/// `#random`; the bot is *not* in it.
pub const RANDOM: &str = "C01RANDOM";
/// A private channel of Ana and Ben; the bot is in it.
pub const BOARD: &str = "C01BOARD";

/// The direct conversation of a person with the app.
pub fn direct(person: &str) -> String {
    person.replacen("U01", "D01", 1)
}

pub(super) fn updates() -> Vec<Update> {
    let people = people();
    let directs = people
        .iter()
        .filter(|p| !matches!(p.role, Role::App | Role::Slackbot))
        .map(|p| Channel {
            id: direct(&p.id),
            name: String::new(),
            topic: String::new(),
            kind: Kind::Direct,
            members: vec![p.id.clone(), BOT_USER.to_owned()],
            archived: false,
        });
    let channels: Vec<_> = channels().into_iter().chain(directs).collect();
    let people = people.into_iter().map(Update::Person);
    people
        .chain(channels.into_iter().map(Update::Channel))
        .collect()
}

fn people() -> Vec<Person> {
    let person = |id: &str, name: &str, real_name: &str, title: &str, role: Role| Person {
        id: id.to_owned(),
        name: name.to_owned(),
        real_name: real_name.to_owned(),
        title: title.to_owned(),
        tz: if id == CHLOE {
            "Europe/Paris"
        } else {
            "Europe/London"
        }
        .to_owned(),
        role,
    };
    vec![
        person(ANA, "ana", "Ana Reyes", "Founder", Role::Admin),
        person(BEN, "ben", "Ben Okafor", "Marketing", Role::Member),
        person(CHLOE, "chloe", "Chloé Laurent", "Sales", Role::Member),
        person(DEV, "dev", "Dev Patel", "Adviser, guest", Role::Guest),
        person(BOT_USER, "gtm", "gtm", "App", Role::App),
        person(SLACKBOT, "slackbot", "Slackbot", "", Role::Slackbot),
    ]
}

fn channels() -> Vec<Channel> {
    let channel = |id: &str, name: &str, topic: &str, kind: Kind, members: &[&str]| Channel {
        id: id.to_owned(),
        name: name.to_owned(),
        topic: topic.to_owned(),
        kind,
        members: members.iter().map(|&m| m.to_owned()).collect(),
        archived: false,
    };
    let everyone = [ANA, BEN, CHLOE, DEV];
    let with_bot = [ANA, BEN, CHLOE, DEV, BOT_USER];
    vec![
        channel(
            GTM_PLAN,
            "gtm-plan",
            "Who we sell to, how, for how much",
            Kind::Public,
            &with_bot,
        ),
        channel(
            SALES,
            "sales",
            "Deals and what we hear in calls",
            Kind::Public,
            &with_bot,
        ),
        channel(
            RANDOM,
            "random",
            "Everything else",
            Kind::Public,
            &everyone[..3],
        ),
        channel(
            BOARD,
            "board",
            "Founders only",
            Kind::Private,
            &[ANA, BEN, BOT_USER],
        ),
    ]
}
