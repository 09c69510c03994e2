//! Judges what was found. Pure.

use jiff::SignedDuration;

use super::{
    Facts, Finding, FolderFacts, ModeFacts, OwnRules, Sealing, ServerFacts, SlackFacts,
    SlackSilence, Verdict, needed_scopes, optional_scopes,
};
use crate::semantic::Standing;

/// Slack's requests are refused when the clocks are further apart than this.
const SKEW_LIMIT: SignedDuration = SignedDuration::from_mins(5);
/// A machine whose clock is set by the network is closer than this.
const SKEW_EXPECTED: SignedDuration = SignedDuration::from_secs(30);
const MIB: u64 = 1 << 20;
/// The store cannot work on less.
const FREE_NEEDED: u64 = 64 * MIB;
/// Room for years of plans.
const FREE_EXPECTED: u64 = 512 * MIB;

/// What is in order and what is not, most basic first.
pub(super) fn examine(facts: &Facts) -> Vec<Finding> {
    let mut findings = vec![mode(&facts.mode)];
    findings.extend(
        facts
            .warnings
            .iter()
            .map(|warning| warn("settings", warning.clone(), None)),
    );
    findings.push(folder(&facts.folder));
    findings.extend(facts.folder.free_bytes.map(disk));
    findings.push(sealing(facts.sealing));
    findings.extend(facts.model.as_deref().map(model));
    findings.extend(facts.meaning.as_ref().map(meaning));
    findings.extend(facts.rules.as_ref().map(rules));
    findings.extend(server(&facts.server));
    match &facts.mode {
        ModeFacts::Playground(_) => {}
        ModeFacts::Workspace(Err(silence)) => findings.push(no_answer(silence)),
        ModeFacts::Workspace(Ok(slack)) => {
            findings.extend([token(facts, slack), scopes(slack), clock(slack)]);
        }
    }
    findings
}

fn ok(subject: &'static str, text: impl Into<String>) -> Finding {
    Finding {
        verdict: Verdict::Ok,
        subject,
        text: text.into(),
        remedy: None,
    }
}

fn warn(subject: &'static str, text: impl Into<String>, remedy: Option<&str>) -> Finding {
    Finding {
        verdict: Verdict::Warn,
        remedy: remedy.map(str::to_owned),
        ..ok(subject, text)
    }
}

fn fail(subject: &'static str, text: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        verdict: Verdict::Fail,
        remedy: Some(remedy.into()),
        ..ok(subject, text)
    }
}

fn mode(mode: &ModeFacts) -> Finding {
    match mode {
        ModeFacts::Playground(address) => ok(
            "settings",
            format!("no Slack credentials: `serve` runs the playground at {address}"),
        ),
        ModeFacts::Workspace(_) => ok(
            "settings",
            "Slack credentials are set; the signing secret proves itself with the first command from Slack",
        ),
    }
}

fn folder(folder: &FolderFacts) -> Finding {
    match &folder.unwritable {
        Some(reason) => fail(
            "folder",
            format!("nothing can be written in `{}` ({reason})", folder.path),
            "give the user that runs this program the folder, or name another one in GTM_DATA_DIR",
        ),
        None if folder.exists => ok("folder", format!("`{}` can be written", folder.path)),
        None => ok(
            "folder",
            format!(
                "`{}` is not there yet; the first start makes it",
                folder.path
            ),
        ),
    }
}

fn model(model: &str) -> Finding {
    ok(
        "model",
        format!("{model} is asked in workspaces whose admin has agreed (`settings model`)"),
    )
}

fn meaning(meaning: &Result<Standing, String>) -> Finding {
    match meaning {
        Err(problem) => fail(
            "meaning",
            problem.clone(),
            "name a folder that holds such a model, or unset GTM_EMBEDDING_DIR to look up by words alone",
        ),
        Ok(Standing {
            model,
            vectors,
            is_kept,
        }) => {
            let kept = if *is_kept {
                "kept in the data folder"
            } else {
                "not computed yet: the next start does it beside its work, in some minutes"
            };
            ok(
                "meaning",
                format!("on: {model} helps to look up; the library's {vectors} vectors are {kept}"),
            )
        }
    }
}

fn rules(rules: &Result<OwnRules, String>) -> Finding {
    match rules {
        Err(problem) => fail(
            "rules",
            problem.clone(),
            "mend the page, or take it out of the folder: nothing starts while it is there",
        ),
        Ok(OwnRules { pages, broken }) if broken.is_empty() => ok(
            "rules",
            format!("{pages} of your own beside those of the program"),
        ),
        Ok(OwnRules { pages, broken }) => warn(
            "rules",
            format!(
                "{pages} of your own, of which an example is not kept: {}",
                broken.join("; ")
            ),
            Some("mend the rule or its example; `gtm-advisor rules test FOLDER` tries them again"),
        ),
    }
}

fn disk(free: u64) -> Finding {
    let text = format!("{} MiB are free", free / MIB);
    if free < FREE_NEEDED {
        fail(
            "disk",
            text,
            format!("make room: at least {} MiB", FREE_NEEDED / MIB),
        )
    } else if free < FREE_EXPECTED {
        warn(
            "disk",
            text,
            Some("make room before it runs out: a full disk stops all changes"),
        )
    } else {
        ok("disk", text)
    }
}

fn sealing(sealing: Sealing) -> Finding {
    match sealing {
        Sealing::On => ok("sealing", "on: stored text is sealed"),
        Sealing::Off => warn(
            "sealing",
            "off: plans and messages lie in the data folder as they are; whoever reads the folder reads them",
            Some(
                "set GTM_ENCRYPTION_KEY to the output of `openssl rand -hex 32`, and keep a copy of it elsewhere",
            ),
        ),
    }
}

fn server(server: &ServerFacts) -> Vec<Finding> {
    match server {
        ServerFacts::None => vec![ok("server", "none runs on this folder")],
        ServerFacts::Says(lines) => lines.iter().map(|line| ok("server", line)).collect(),
        ServerFacts::Silent(reason) => vec![warn(
            "server",
            format!("one runs and says nothing of itself ({reason})"),
            Some("run this as the user that the server runs as, and read the server's log"),
        )],
    }
}

fn no_answer(silence: &SlackSilence) -> Finding {
    match silence {
        SlackSilence::Unreachable(reason) => fail(
            "token",
            format!("Slack does not answer ({reason})"),
            "try again in a minute; if it stays, check this machine's way to the internet, and SLACK_API_BASE if you set it",
        ),
        SlackSilence::Refused(code) => fail(
            "token",
            format!("Slack does not take the bot token: `{code}`"),
            refused_remedy(code),
        ),
    }
}

fn refused_remedy(code: &str) -> &'static str {
    match code {
        "not_allowed_token_type" => {
            "SLACK_BOT_TOKEN takes the Bot User OAuth Token, not one of another kind"
        }
        _ => {
            "install the app again on its page at Slack (OAuth & Permissions) and copy the Bot User OAuth Token into SLACK_BOT_TOKEN"
        }
    }
}

fn token(facts: &Facts, slack: &SlackFacts) -> Finding {
    if facts.allowed_teams.is_empty() || facts.allowed_teams.contains(&slack.installation) {
        return ok(
            "token",
            format!(
                "Slack takes the token; it belongs to {} and speaks as {}",
                slack.installation, slack.bot
            ),
        );
    }
    fail(
        "token",
        format!(
            "the token belongs to {}, which GTM_ALLOWED_TEAMS does not list",
            slack.installation
        ),
        format!(
            "add {} to GTM_ALLOWED_TEAMS, or use that workspace's token",
            slack.installation
        ),
    )
}

fn scopes(slack: &SlackFacts) -> Finding {
    let missing: Vec<&str> = needed_scopes()
        .filter(|needed| !slack.scopes.iter().any(|granted| granted == needed))
        .collect();
    let granted = || slack.scopes.iter().map(String::as_str);
    let is_optional = |scope: &&str| optional_scopes().any(|(known, _)| known == *scope);
    let extra = granted().filter(|it| needed_scopes().all(|needed| needed != *it));
    let (optional, extra): (Vec<&str>, Vec<&str>) = extra.partition(is_optional);
    let lacking = optional_scopes().filter(|(scope, _)| !optional.contains(scope));
    let lacking: Vec<String> = lacking
        .map(|(scope, what)| format!("{scope} ({what})"))
        .collect();
    if !missing.is_empty() {
        return fail(
            "scopes",
            format!("not granted: {}", missing.join(", ")),
            "paste slack/manifest.yaml into App Manifest on the app's page and install the app again",
        );
    }
    let mut told = vec!["all that are needed are granted".to_owned()];
    if !optional.is_empty() {
        told.push(format!("optional, and granted: {}", optional.join(", ")));
    }
    if !lacking.is_empty() {
        told.push(format!("optional, and not granted: {}", lacking.join(", ")));
    }
    if !extra.is_empty() {
        told.push(format!("of no use to the bot: {}", extra.join(", ")));
    }
    ok("scopes", told.join("; "))
}

fn clock(slack: &SlackFacts) -> Finding {
    let Some(theirs) = slack.their_time else {
        return warn("clock", "Slack's answer had no time to compare with", None);
    };
    let ahead = slack.our_time.duration_since(theirs);
    let text = match ahead.as_secs() {
        0 => "the same as Slack's, to the second".to_owned(),
        seconds if seconds > 0 => format!("{seconds} s ahead of Slack's"),
        seconds => format!("{} s behind Slack's", -seconds),
    };
    if ahead.abs() > SKEW_LIMIT {
        fail(
            "clock",
            text,
            "set this machine's clock by the network: Slack's requests are refused when it is more than 5 minutes off",
        )
    } else if ahead.abs() > SKEW_EXPECTED {
        warn(
            "clock",
            text,
            Some("set this machine's clock by the network before it is 5 minutes off"),
        )
    } else {
        ok("clock", text)
    }
}
