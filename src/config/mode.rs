//! Which of the two programs runs: a workspace's bot or the playground. It is never guessed when
//! only half of the credentials is there, and the playground never leaves this machine.

use std::net::SocketAddr;

use super::names::{ADMIN_LISTEN, API_BASE, BOT_TOKEN, LISTEN, SIGNING_SECRET, Setting};
use super::problem::Problem;
use super::reader::Reader;
use super::{Credentials, Mode, value};

const SLACK: &str = "https://slack.com/api";

/// The mode; `None` if what is wrong with it has been kept by the reader.
pub(super) fn read(reader: &mut Reader, listen: SocketAddr) -> Option<Mode> {
    let api_base = reader.or(&API_BASE, value::api_base, SLACK.to_owned());
    match (reader.has(&SIGNING_SECRET), reader.has(&BOT_TOKEN)) {
        (false, false) => playground(reader, listen),
        (true, false) => half(
            reader,
            &SIGNING_SECRET,
            &BOT_TOKEN,
            "answers could not be posted",
        ),
        (false, true) => half(
            reader,
            &BOT_TOKEN,
            &SIGNING_SECRET,
            "requests could not be verified",
        ),
        (true, true) => {
            let signing_secrets = reader.get(&SIGNING_SECRET, value::signing_secrets)?;
            let bot_token = reader.get(&BOT_TOKEN, value::bot_token)?;
            Some(Mode::Workspace(Credentials {
                signing_secrets,
                bot_token,
                api_base,
            }))
        }
    }
}

fn playground(reader: &mut Reader, listen: SocketAddr) -> Option<Mode> {
    if reader.has(&API_BASE) {
        reader.warn("SLACK_API_BASE has no effect: without Slack credentials the playground runs, on its own stand-in");
    }
    if listen.ip().is_loopback() {
        return Some(Mode::Playground);
    }
    let missing = format!("{} and {}", SIGNING_SECRET.variable, BOT_TOKEN.variable);
    reader.check(Some(Problem::new(
        LISTEN.variable,
        format!(
            "I read `{listen}`, which other machines can reach, and {missing} are missing. Without them only the playground runs, and only on this machine. Set both to serve a workspace, or GTM_LISTEN to `{}` for the playground",
            LISTEN.example
        ),
    )));
    None
}

fn half(
    reader: &mut Reader,
    there: &Setting,
    missing: &Setting,
    consequence: &str,
) -> Option<Mode> {
    reader.check(Some(Problem::new(
        missing.variable,
        format!(
            "it is missing, while {} is set: {consequence}. Set it to {}, or unset both for the playground",
            there.variable, missing.example
        ),
    )));
    None
}

/// What is allowed but deserves a word.
pub(super) fn warn_of_exposure(
    reader: &mut Reader,
    admin: Option<SocketAddr>,
    mode: Option<&Mode>,
) {
    if let Some(admin) = admin.filter(|admin| !admin.ip().is_loopback()) {
        reader.warn(format!("GTM_ADMIN_LISTEN is {admin}: whoever reaches that port reads the metrics; keep it off the internet"));
    }
    if let Some(Mode::Workspace(credentials)) = mode
        && credentials.api_base.starts_with("http://")
        && !is_local(&credentials.api_base)
    {
        reader.warn("SLACK_API_BASE is plain HTTP to another machine: the bot token crosses the network unencrypted");
    }
}

pub(super) fn is_local(base: &str) -> bool {
    let host = reqwest::Url::parse(base)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default();
    host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse()
            .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// The metrics have a port of their own, so that the public one never shows them.
pub(super) fn ports(listen: SocketAddr, admin: Option<SocketAddr>) -> Option<Problem> {
    let admin = admin?;
    let same = admin.port() != 0
        && admin.port() == listen.port()
        && (admin.ip() == listen.ip()
            || listen.ip().is_unspecified()
            || admin.ip().is_unspecified());
    same.then(|| {
        Problem::new(
            ADMIN_LISTEN.variable,
            format!("I read `{admin}`, the port of {}; metrics need one of their own. Try `{}`, or `off`", LISTEN.variable, ADMIN_LISTEN.example),
        )
    })
}
