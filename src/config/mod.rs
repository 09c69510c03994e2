//! Configuration, read once at the start: the environment, and a TOML file if `GTM_CONFIG` names one.
//!
//! The environment wins over the file. [`read`] is a pure function over both, so that what a
//! setting does is tested without touching the process; [`load`] is its thin shell.

mod mode;
mod model;
mod names;
mod problem;
mod reader;
mod source;
mod value;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::SecretString;

use crate::ident::Installation;
use crate::llm;
use crate::store::SealingKeys;

pub use names::{SETTINGS, Setting, Stage};
pub use problem::{ConfigError, Problem};

use reader::Reader;
use source::Sources;

/// All that the bot was told before it started.
#[derive(Debug)]
pub struct Config {
    /// A workspace's bot, or the playground.
    pub mode: Mode,
    /// Where Slack's requests (or the playground's browser) arrive.
    pub listen: SocketAddr,
    /// Where `/metrics` is served; `None` when it is off.
    pub admin_listen: Option<SocketAddr>,
    /// The address that the outside world uses, without a slash at its end.
    pub public_url: Option<String>,
    /// The slash command's name, with its slash.
    pub command: String,
    /// The folder that holds all state.
    pub data_dir: PathBuf,
    /// Keys that open stored text; the first one seals. Without any, text is not sealed.
    pub sealing_keys: SealingKeys,
    /// The installations that may use the bot; empty means whichever the token belongs to.
    pub allowed_teams: Vec<Installation>,
    /// The folder of rules of one's own, where one is named.
    pub rules_dir: Option<PathBuf>,
    /// The language model, where one is named.
    pub model: Option<llm::Settings>,
    /// The folder of a model of meaning, where one is named.
    pub embedding_dir: Option<PathBuf>,
    /// The log filter, checked.
    pub log: String,
    /// Things that deserve a word in the log, though they do not stop the start.
    pub warnings: Vec<String>,
}

/// What runs.
#[derive(Debug)]
pub enum Mode {
    /// The local page with its own stand-in for Slack; on loopback only.
    Playground,
    /// The bot of one workspace or organisation.
    Workspace(Credentials),
}

/// What it takes to talk with Slack.
#[derive(Debug)]
pub struct Credentials {
    /// Any of these may have signed a request; several during a rotation, never none.
    pub signing_secrets: Vec<SecretString>,
    /// The bot token of the one workspace.
    pub bot_token: SecretString,
    /// Where the Web API is, with its path and without a slash at its end.
    pub api_base: String,
}

/// A configuration file's text and the name that messages call it by.
#[derive(Debug, Clone, Copy)]
pub struct ConfigFile<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Reads the process's environment and the file that `GTM_CONFIG` names.
pub fn load() -> Result<Config, ConfigError> {
    let (variables, file) = given()?;
    read(&variables, file.as_ref().map(NamedText::as_file))
}

/// What a lookup on the command line needs of the settings, and no other of them: whatever is wrong
/// with those is of no concern to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupSettings {
    /// The folder of a model of meaning.
    pub embedding_dir: PathBuf,
    /// The folder that holds all state.
    pub data_dir: PathBuf,
}

/// The settings of a lookup; nothing where no model of meaning is named.
pub fn of_lookup() -> Option<LookupSettings> {
    let (variables, file) = given().ok()?;
    let file = file.as_ref().map(NamedText::as_file);
    let mut reader = Reader::new(Sources::gather(&variables, file));
    Some(LookupSettings {
        embedding_dir: embedding_dir(&mut reader)?,
        data_dir: data_dir(&mut reader),
    })
}

fn data_dir(reader: &mut Reader) -> PathBuf {
    let path = reader.get(&names::DATA_DIR, |path| Ok(PathBuf::from(path)));
    path.unwrap_or_else(|| PathBuf::from("./data"))
}

fn embedding_dir(reader: &mut Reader) -> Option<PathBuf> {
    reader.get(&names::EMBEDDING_DIR, |path| Ok(PathBuf::from(path)))
}

/// A file's text, and what it is called.
struct NamedText {
    name: String,
    text: String,
}

impl NamedText {
    fn as_file(&self) -> ConfigFile<'_> {
        ConfigFile {
            name: &self.name,
            text: &self.text,
        }
    }
}

/// The variables, and the file that one of them names.
fn given() -> Result<(BTreeMap<String, String>, Option<NamedText>), ConfigError> {
    let mut variables = BTreeMap::new();
    for (name, value) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        match value.into_string() {
            Ok(value) => drop(variables.insert(name, value)),
            Err(_) if names::is_ours(&name) => return Err(problem::not_text(&name).into()),
            Err(_) => {}
        }
    }
    let Some(name) = variables
        .get("GTM_CONFIG")
        .map(|path| path.trim().to_owned())
        .filter(|path| !path.is_empty())
    else {
        return Ok((variables, None));
    };
    let text = std::fs::read_to_string(&name).map_err(|error| problem::no_file(&name, &error))?;
    Ok((variables, Some(NamedText { name, text })))
}

/// Reads a configuration out of a set of variables and, where there is one, a file. It reports
/// everything that is wrong at once.
pub fn read(
    variables: &BTreeMap<String, String>,
    file: Option<ConfigFile<'_>>,
) -> Result<Config, ConfigError> {
    let mut reader = Reader::new(Sources::gather(variables, file));
    let listen = reader.or(
        &names::LISTEN,
        value::address,
        SocketAddr::from(([127, 0, 0, 1], 3000)),
    );
    let admin_listen = reader.or(
        &names::ADMIN_LISTEN,
        value::address_or_off,
        Some(SocketAddr::from(([127, 0, 0, 1], 9090))),
    );
    let mode = mode::read(&mut reader, listen);
    reader.check(mode::ports(listen, admin_listen));
    mode::warn_of_exposure(&mut reader, admin_listen, mode.as_ref());
    let config = Config {
        listen,
        admin_listen,
        public_url: reader.get(&names::PUBLIC_URL, value::public_url),
        command: reader.or(&names::COMMAND, value::command, "/gtm".to_owned()),
        data_dir: data_dir(&mut reader),
        sealing_keys: reader.or(
            &names::ENCRYPTION_KEY,
            value::sealing_keys,
            SealingKeys::none(),
        ),
        allowed_teams: reader.or(&names::ALLOWED_TEAMS, value::teams, Vec::new()),
        rules_dir: reader.get(&names::RULES_DIR, |path| Ok(PathBuf::from(path))),
        model: model::read(&mut reader),
        embedding_dir: embedding_dir(&mut reader),
        log: reader.or(&names::LOG, value::log_filter, "info".to_owned()),
        warnings: Vec::new(),
        // A problem with the mode is among the reader's; `finish` then refuses the whole.
        mode: mode.unwrap_or(Mode::Playground),
    };
    let warnings = reader.finish()?;
    Ok(Config { warnings, ..config })
}

#[cfg(test)]
mod tests;
