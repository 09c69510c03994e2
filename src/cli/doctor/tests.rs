//! Every line that the doctor can say.

use super::gather::look_at;
use super::scopes::bot_scopes;
use super::*;

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn slack() -> SlackFacts {
    SlackFacts {
        installation: Installation::new("T1"),
        bot: Person::new("U1"),
        scopes: needed_scopes().map(str::to_owned).collect(),
        their_time: Some(time("2026-03-02T09:00:00Z")),
        our_time: time("2026-03-02T09:00:00.4Z"),
    }
}

fn facts(mode: ModeFacts) -> Facts {
    Facts {
        mode,
        model: None,
        meaning: None,
        rules: None,
        folder: FolderFacts {
            path: "./data".to_owned(),
            exists: true,
            unwritable: None,
            free_bytes: Some(1 << 40),
        },
        server: ServerFacts::None,
        sealing: Sealing::On,
        allowed_teams: Vec::new(),
        warnings: Vec::new(),
    }
}

fn well() -> Facts {
    facts(ModeFacts::Workspace(Ok(slack())))
}

/// The finding of that subject, as it is printed.
fn said(facts: &Facts, subject: &str) -> String {
    let findings = examine(facts);
    let finding = findings.iter().rfind(|finding| finding.subject == subject);
    finding
        .unwrap_or_else(|| panic!("nothing about {subject}"))
        .to_string()
}

#[test]
fn a_healthy_bot_reads_well() {
    let findings = examine(&well());
    assert!(is_well(&findings));
    let text: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        text.join("\n"),
        "ok    settings  Slack credentials are set; the signing secret proves itself with the first command from Slack\n\
         ok    folder    `./data` can be written\n\
         ok    disk      1048576 MiB are free\n\
         ok    sealing   on: stored text is sealed\n\
         ok    server    none runs on this folder\n\
         ok    token     Slack takes the token; it belongs to T1 and speaks as U1\n\
         ok    scopes    all that are needed are granted; optional, and not granted: channels:history (reads threads and follows in public channels), groups:history (the same in private ones), files:read (learns files)\n\
         ok    clock     the same as Slack's, to the second"
    );
}

#[test]
fn a_language_model_is_named_with_its_address() {
    assert!(examine(&well()).iter().all(|it| it.subject != "model"));
    let facts = Facts {
        model: Some("small-1 at http://127.0.0.1:11434/v1".to_owned()),
        ..well()
    };
    assert_eq!(
        said(&facts, "model"),
        "ok    model     small-1 at http://127.0.0.1:11434/v1 is asked in workspaces whose admin has agreed (`settings model`)"
    );
}

#[test]
fn rules_of_ones_own_are_counted_and_a_bad_one_fails() {
    let with = |rules| Facts {
        rules: Some(rules),
        ..well()
    };
    let of = |broken: &[&str]| {
        with(Ok(OwnRules {
            pages: 2,
            broken: broken.iter().map(|&it| it.to_owned()).collect(),
        }))
    };
    assert_eq!(
        said(&of(&[]), "rules"),
        "ok    rules     2 of your own beside those of the program"
    );
    let told = said(
        &of(&["fit/ours.md:40:1: promised pass, found finding: x"]),
        "rules",
    );
    assert!(
        told.starts_with(
            "warn  rules     2 of your own, of which an example is not kept: fit/ours.md:40:1: "
        ),
        "{told}"
    );
    let bad = with(Err(
        "GTM_RULES_DIR: The rules cannot be used:\nfit/ours.md:5:22: no name `x`".to_owned(),
    ));
    assert!(said(&bad, "rules").starts_with("FAIL  rules     GTM_RULES_DIR: "));
    assert!(!is_well(&examine(&bad)));
}

#[test]
fn a_model_of_meaning_is_named_with_its_vectors() {
    let with = |meaning| Facts {
        meaning: Some(meaning),
        ..well()
    };
    let standing = |is_kept| {
        with(Ok(Standing {
            model: "all-MiniLM-L6-v2".to_owned(),
            vectors: 8_500,
            is_kept,
        }))
    };
    assert_eq!(
        said(&standing(true), "meaning"),
        "ok    meaning   on: all-MiniLM-L6-v2 helps to look up; the library's 8500 vectors are kept in the data folder"
    );
    assert!(
        said(&standing(false), "meaning")
            .ends_with("not computed yet: the next start does it beside its work, in some minutes")
    );
    let broken = with(Err("GTM_EMBEDDING_DIR: x has no `config.json`".to_owned()));
    assert!(said(&broken, "meaning").starts_with(
        "FAIL  meaning   GTM_EMBEDDING_DIR: x has no `config.json`\n                → name a folder"
    ));
    assert!(!is_well(&examine(&broken)));
}

#[test]
fn the_playground_needs_no_slack() {
    let findings = examine(&facts(ModeFacts::Playground(
        "http://127.0.0.1:3000/".to_owned(),
    )));
    assert!(
        findings[0]
            .text
            .contains("the playground at http://127.0.0.1:3000/")
    );
    assert!(findings.iter().all(|finding| finding.subject != "token"));
}

#[test]
fn a_missing_scope_is_named() {
    let mut slack = slack();
    slack.scopes.retain(|scope| scope != "im:history");
    slack.scopes.push("files:read".to_owned());
    let facts = facts(ModeFacts::Workspace(Ok(slack.clone())));
    assert!(said(&facts, "scopes").starts_with("FAIL  scopes    not granted: im:history\n"));
    assert!(!is_well(&examine(&facts)));
    slack.scopes.push("im:history".to_owned());
    let text = said(&self::facts(ModeFacts::Workspace(Ok(slack))), "scopes");
    assert_eq!(
        text,
        "ok    scopes    all that are needed are granted; optional, and granted: files:read; \
         optional, and not granted: channels:history (reads threads and follows in public channels), \
         groups:history (the same in private ones)"
    );
    let mut slack = self::slack();
    for scope in [
        "channels:history",
        "groups:history",
        "files:read",
        "chat:write.public",
    ] {
        slack.scopes.push(scope.to_owned());
    }
    let text = said(&self::facts(ModeFacts::Workspace(Ok(slack))), "scopes");
    assert_eq!(
        text,
        "ok    scopes    all that are needed are granted; \
         optional, and granted: channels:history, groups:history, files:read; \
         of no use to the bot: chat:write.public"
    );
}

#[test]
fn a_wrong_clock_is_measured() {
    let at = |ours: &str| {
        let facts = facts(ModeFacts::Workspace(Ok(SlackFacts {
            our_time: time(ours),
            ..slack()
        })));
        said(&facts, "clock")
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        at("2026-03-02T09:00:30Z"),
        "ok    clock     30 s ahead of Slack's"
    );
    assert_eq!(
        at("2026-03-02T08:59:20Z"),
        "warn  clock     40 s behind Slack's"
    );
    assert_eq!(
        at("2026-03-02T09:05:00Z"),
        "warn  clock     300 s ahead of Slack's"
    );
    assert_eq!(
        at("2026-03-02T08:54:59Z"),
        "FAIL  clock     301 s behind Slack's"
    );
}

#[test]
fn a_token_that_slack_refuses_says_what_to_do() {
    let refused = |code: &str| {
        said(
            &facts(ModeFacts::Workspace(Err(SlackSilence::Refused(
                code.to_owned(),
            )))),
            "token",
        )
    };
    assert!(
        refused("invalid_auth").contains("`invalid_auth`\n                → install the app again")
    );
    assert!(refused("not_allowed_token_type").contains("takes the Bot User OAuth Token"));
    let silent = said(
        &facts(ModeFacts::Workspace(Err(SlackSilence::Unreachable(
            "timed out".to_owned(),
        )))),
        "token",
    );
    assert!(silent.starts_with("FAIL  token     Slack does not answer (timed out)"));
}

#[test]
fn a_token_of_another_team_is_refused() {
    let mut facts = well();
    facts.allowed_teams = vec![Installation::new("T2")];
    assert!(said(&facts, "token").contains("belongs to T1, which GTM_ALLOWED_TEAMS does not list"));
    facts.allowed_teams.push(Installation::new("T1"));
    assert!(is_well(&examine(&facts)));
}

#[test]
fn the_machine_is_judged() {
    let mut facts = well();
    facts.sealing = Sealing::Off;
    facts.folder.free_bytes = Some(100 << 20);
    facts.warnings = vec!["GTM_X is not a setting".to_owned()];
    assert!(
        said(&facts, "sealing").starts_with(
            "warn  sealing   off: plans and messages lie in the data folder as they are"
        )
    );
    assert!(said(&facts, "disk").starts_with("warn  disk      100 MiB are free"));
    assert_eq!(
        said(&facts, "settings"),
        "warn  settings  GTM_X is not a setting"
    );
    assert!(is_well(&examine(&facts)));
    facts.folder.free_bytes = Some(63 << 20);
    facts.folder.unwritable = Some("Permission denied".to_owned());
    assert!(said(&facts, "disk").starts_with("FAIL"));
    assert!(
        said(&facts, "folder")
            .starts_with("FAIL  folder    nothing can be written in `./data` (Permission denied)")
    );
}

#[test]
fn a_running_server_speaks_for_itself() {
    let mut facts = well();
    facts.server = ServerFacts::Says(vec!["2 rows wait".to_owned()]);
    assert_eq!(said(&facts, "server"), "ok    server    2 rows wait");
    facts.server = ServerFacts::Silent("Permission denied".to_owned());
    assert!(
        said(&facts, "server")
            .starts_with("warn  server    one runs and says nothing of itself (Permission denied)")
    );
}

#[test]
fn a_server_counts_what_waits() {
    use crate::advisor::{QueueDepth, StoreHealth};
    let now = time("2026-03-02T09:00:00Z");
    let health = StoreHealth {
        inbox: QueueDepth {
            rows: 2,
            oldest: Some(time("2026-03-02T08:57:00Z")),
        },
        outbox: QueueDepth {
            rows: 1,
            oldest: Some(time("2026-03-02T08:59:55Z")),
        },
        dead_letters: QueueDepth {
            rows: 1,
            oldest: Some(time("2026-02-28T08:00:00Z")),
        },
        bytes_on_disk: 4096,
        overlong_values: 0,
    };
    assert_eq!(
        server::lines(&health, now),
        [
            "2 received and waiting for a turn, the oldest for 3 min",
            "1 waiting to be sent, the oldest for 5 s",
            "1 given up (gtm-advisor dead-letters), the oldest for 2 days",
            "4 KiB on disk",
        ]
    );
    let bug = StoreHealth {
        overlong_values: 3,
        ..StoreHealth::default()
    };
    let lines = server::lines(&bug, now);
    assert!(
        lines[0] == "0 received and waiting for a turn" && lines[4].contains("please report it"),
        "{lines:?}"
    );
}

#[test]
fn a_folder_is_looked_at_without_leaving_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    let there = look_at(folder.path());
    assert!(
        there.exists && there.unwritable.is_none() && there.free_bytes.is_some_and(|free| free > 0)
    );
    let inner = folder.path().join("a/b");
    let not_yet = look_at(&inner);
    assert!(!not_yet.exists && not_yet.unwritable.is_none() && !inner.exists());
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("readable").count(),
        0
    );
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("written");
    assert!(look_at(&file).unwritable.is_some());
}

#[tokio::test]
async fn what_is_gathered_comes_from_the_configuration_and_from_slack() {
    struct Answers;
    #[async_trait]
    impl TokenCheck for Answers {
        async fn check(&self) -> Result<SlackFacts, SlackSilence> {
            Ok(slack())
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("text").to_owned();
    let mut given = vec![("GTM_DATA_DIR".to_owned(), path.clone())];
    let read = |given: &[(String, String)]| {
        crate::config::read(&given.iter().cloned().collect(), None).expect("complete")
    };
    let playground = gather(&read(&given), |_| -> Answers {
        panic!("the playground asks nobody")
    })
    .await;
    assert_eq!(
        playground.mode,
        ModeFacts::Playground("http://127.0.0.1:3000/".to_owned())
    );
    given.extend([
        ("SLACK_SIGNING_SECRET".to_owned(), "a".to_owned()),
        ("SLACK_BOT_TOKEN".to_owned(), "b".to_owned()),
    ]);
    let workspace = gather(&read(&given), |_| Answers).await;
    assert_eq!(workspace.mode, ModeFacts::Workspace(Ok(slack())));
    assert_eq!(
        (workspace.folder.path, workspace.sealing),
        (path, Sealing::Off)
    );
    assert_eq!(workspace.server, ServerFacts::None);
}

#[test]
fn scopes_are_read_from_the_manifest() {
    assert_eq!(bot_scopes("a:\n  scopes:\n    bot:\n      # why\n      - one\n\n      # - not\n      - two\nb:\n  - three\n").collect::<Vec<_>>(), ["one", "two"]);
    let scopes: Vec<&str> = needed_scopes().collect();
    assert!(
        scopes.contains(&"commands")
            && scopes.contains(&"groups:read")
            && !scopes.contains(&"channels:history"),
        "{scopes:?}"
    );
    let manifest = include_str!("../../../slack/manifest.yaml");
    for (scope, _) in optional_scopes() {
        assert!(manifest.contains(&format!("# - {scope}\n")), "{scope}");
    }
}

#[test]
fn a_broken_configuration_is_shown_problem_by_problem() {
    let given = [
        ("GTM_LISTEN".to_owned(), "x".to_owned()),
        ("GTM_COMMAND".to_owned(), "y".to_owned()),
    ];
    let error = crate::config::read(&given.into(), None).expect_err("refused");
    let findings = broken_config(&error);
    assert_eq!(findings.len(), 2);
    assert!(
        !is_well(&findings)
            && findings[0]
                .to_string()
                .starts_with("FAIL  settings  GTM_LISTEN: I read `x`")
    );
}
