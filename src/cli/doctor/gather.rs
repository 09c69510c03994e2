//! Looks at the machine and at Slack.

use std::path::{Path, PathBuf};

use super::{Facts, FolderFacts, ModeFacts, OwnRules, Sealing, ServerFacts, TokenCheck};
use crate::admin::{Answer, Ask, ask_server};
use crate::cli::{meaning, pages};
use crate::config::{Config, Credentials, Mode};
use crate::knowledge::library;
use crate::semantic::{Embedding, Standing};

/// Finds out all that [`super::examine`] judges. Writes one empty file into the data folder and
/// removes it again; changes nothing else. `connect` makes the client; the playground needs none.
pub(super) async fn gather<C: TokenCheck>(
    config: &Config,
    connect: impl FnOnce(&Credentials) -> C,
) -> Facts {
    let mode = match &config.mode {
        Mode::Playground => ModeFacts::Playground(format!("http://{}/", config.listen)),
        Mode::Workspace(credentials) => ModeFacts::Workspace(connect(credentials).check().await),
    };
    Facts {
        mode,
        folder: look_at(&config.data_dir),
        server: ask_the_server(&config.data_dir).await,
        sealing: if config.sealing_keys.is_sealing() {
            Sealing::On
        } else {
            Sealing::Off
        },
        model: config
            .model
            .as_ref()
            .map(|model| format!("{} at {}", model.model, model.base)),
        meaning: meaning(config),
        rules: config.rules_dir.is_some().then(|| own_rules(config)),
        allowed_teams: config.allowed_teams.clone(),
        warnings: config.warnings.clone(),
    }
}

/// What the model of meaning is, if the folder holds one, and whether its vectors are kept.
fn meaning(config: &Config) -> Option<Result<Standing, String>> {
    let standing = |it: Embedding| Standing::of(&it, &library().meanings());
    let embedding = meaning::of_server(config);
    embedding.map(|it| it.map(standing)).transpose()
}

/// How many rules of one's own there are, and which examples of theirs they do not keep today.
fn own_rules(config: &Config) -> Result<OwnRules, String> {
    let rules = pages::of_server(config)?;
    let own = rules.rules().iter().filter(|rule| rule.is_own());
    let today = jiff::Zoned::now().date();
    let broken = own.flat_map(|rule| {
        let page = format!("{}/{}.md", rule.category(), rule.slug());
        let broken = rules.broken_examples(rule, today).into_iter();
        broken.map(move |(line, problem)| format!("{page}:{line}:1: {problem}"))
    });
    Ok(OwnRules {
        pages: rules.own(),
        broken: broken.collect(),
    })
}

async fn ask_the_server(folder: &Path) -> ServerFacts {
    match ask_server(folder, &Ask::Doctor).await {
        Ok(None) => ServerFacts::None,
        Ok(Some(Answer::Doctor { lines })) => ServerFacts::Says(lines),
        Ok(Some(Answer::Refused { reason })) => ServerFacts::Silent(reason),
        Ok(Some(_)) => ServerFacts::Silent("it answered another question".to_owned()),
        Err(error) => ServerFacts::Silent(error.to_string()),
    }
}

pub(super) fn look_at(folder: &Path) -> FolderFacts {
    let there = nearest_existing(folder);
    FolderFacts {
        path: folder.display().to_string(),
        exists: there == folder,
        unwritable: try_to_write(&there).err().map(|error| error.to_string()),
        free_bytes: rustix::fs::statvfs(&there)
            .ok()
            .map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize)),
    }
}

/// The folder itself, or the nearest one above it that exists: there it would be made.
fn nearest_existing(folder: &Path) -> PathBuf {
    let above = folder.ancestors().find(|path| path.exists());
    match above {
        Some(path) if !path.as_os_str().is_empty() => path.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn try_to_write(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&probe)?;
    std::fs::remove_file(&probe)
}
