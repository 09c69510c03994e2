//! The program itself: how it starts, what it refuses to start with, and how it ends.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use gtm_advisor::playground::{CommandResult, Playground};
use tempfile::TempDir;

use crate::harness::{
    ANA, Binary, DEV, GTM_PLAN, SECRET, Setup, ShiftedClock, TOKEN, address, get, open_slack,
    outside, said, write,
};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn data(folder: &TempDir) -> &str {
    folder.path().to_str().expect("text")
}

/// The program as a workspace's bot.
struct Served {
    program: Binary,
    slack: Playground,
    listen: SocketAddr,
    admin: SocketAddr,
    folder: TempDir,
}

async fn serve() -> Served {
    serve_in(folder()).await
}

async fn serve_in(folder: TempDir) -> Served {
    serve_with(folder, &[]).await
}

async fn serve_with(folder: TempDir, more: &[(&str, &str)]) -> Served {
    let (listen, admin) = (address(), address());
    let slack = open_slack(&Setup::default(), listen, Arc::new(ShiftedClock::default())).await;
    let settings = [
        ("GTM_LISTEN", listen.to_string()),
        ("GTM_ADMIN_LISTEN", admin.to_string()),
        ("GTM_DATA_DIR", data(&folder).to_owned()),
        ("SLACK_SIGNING_SECRET", SECRET.to_owned()),
        ("SLACK_BOT_TOKEN", TOKEN.to_owned()),
        ("SLACK_API_BASE", slack.api_base()),
    ];
    let settings = settings.each_ref();
    let settings = settings.map(|(name, value)| (*name, value.as_str()));
    let settings = [&settings[..], more].concat();
    let mut program = Binary::start(&["serve"], &settings, folder.path());
    program.until("slack knows the bot").await;
    program.until("\"serving\"").await;
    Served {
        program,
        slack,
        listen,
        admin,
        folder,
    }
}

/// What the program says when it will not start, and its status.
async fn refused(
    words: &[&str],
    settings: &[(&str, &str)],
    folder: &Path,
) -> (Option<i32>, String) {
    let ended = Binary::start(words, settings, folder).ended().await;
    (ended.code(), ended.output)
}

#[test]
fn without_credentials_the_playground_opens_on_this_machine() {
    outside(async || {
        let (listen, folder) = (address(), folder());
        let settings = [
            ("GTM_LISTEN", &*listen.to_string()),
            ("GTM_ADMIN_LISTEN", "off"),
            ("GTM_DATA_DIR", data(&folder)),
        ];
        let mut program = Binary::start(&[], &settings, folder.path());
        let line = program.until("The playground is open at").await;
        let host = listen.to_string();
        assert!(line.contains(&format!("http://{host}/")), "{line}");

        let page = get(listen, "/", &host).await;
        assert_eq!(page.status, 200);
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(
            get(listen, "/", "example.com").await.status,
            403,
            "another name"
        );
        assert_eq!(get(listen, "/readyz", &host).await.status, 200);

        program.terminate();
        let ended = program.ended().await;
        assert_eq!(ended.code(), Some(0), "{}", ended.output);
    });
}

#[test]
fn where_others_can_reach_it_nothing_starts_without_credentials() {
    outside(async || {
        let folder = folder();
        let settings = [("GTM_LISTEN", "0.0.0.0:0"), ("GTM_DATA_DIR", data(&folder))];
        let (code, said) = refused(&["serve"], &settings, folder.path()).await;
        assert_eq!(code, Some(2), "{said}");
        for name in ["GTM_LISTEN", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"] {
            assert!(said.contains(name), "no {name} in: {said}");
        }
        assert!(!folder.path().join("db").exists(), "nothing was made");
    });
}

#[test]
fn half_of_the_credentials_is_refused_by_the_name_of_the_other_half() {
    outside(async || {
        let pairs = [
            ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"),
            ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"),
        ];
        for (given, missing) in pairs {
            let folder = folder();
            let settings = [
                (given, "some-words-for-a-test"),
                ("GTM_DATA_DIR", data(&folder)),
            ];
            let (code, said) = refused(&["serve"], &settings, folder.path()).await;
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(missing), "no {missing} in: {said}");
            assert!(
                !said.contains("some-words-for-a-test"),
                "a secret was printed: {said}"
            );
        }
    });
}

#[test]
fn a_setting_that_nobody_knows_is_named() {
    outside(async || {
        let folder = folder();
        let settings = [
            ("GTM_LISTN", "127.0.0.1:0"),
            ("GTM_DATA_DIR", data(&folder)),
        ];
        let (code, said) = refused(&["serve"], &settings, folder.path()).await;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("GTM_LISTN"), "{said}");
    });
}

#[test]
fn who_asks_is_told_that_it_lives_and_is_ready_and_metrics_have_a_port_of_their_own() {
    outside(async || {
        let served = serve().await;
        let host = served.listen.to_string();
        let lives = get(served.listen, "/healthz", &host).await;
        assert_eq!((lives.status, lives.body.as_str()), (200, "ok"));
        assert_eq!(get(served.listen, "/readyz", &host).await.status, 200);
        assert!(
            get(served.listen, "/", &host)
                .await
                .body
                .contains("GTM Advisor")
        );
        assert_eq!(
            get(served.listen, "/metrics", &host).await.status,
            404,
            "not for everybody"
        );

        let result = served
            .slack
            .send_command(ANA, GTM_PLAN, "set price $49/mo")
            .await;
        assert!(result.expect("Ana may speak there").delivery.is_taken());
        let metrics = get(served.admin, "/metrics", &served.admin.to_string()).await;
        assert_eq!(metrics.status, 200);
        assert!(metrics.body.trim_end().ends_with("# EOF") || metrics.body.contains("# EOF"));
        for secret in [ANA, GTM_PLAN, "$49", "T01PLAYGND"] {
            assert!(!metrics.body.contains(secret), "{secret} in the metrics");
        }
        assert!(metrics.body.contains("commands"), "{}", metrics.body);
        served.program.terminate();
        assert_eq!(served.program.ended().await.code(), Some(0));
    });
}

/// A page to begin with, with a title of its own.
async fn own_page(at: &Path) -> String {
    let ended = Binary::start(&["rules", "new", "fit/our-deals"], &[], at).ended();
    ended.await.output
}

fn written(at: &Path, page: &str) {
    std::fs::create_dir_all(at.join("ours/fit")).expect("a folder");
    write(&at.join("ours/fit"), "our-deals.md", page);
}

#[test]
fn rules_of_ones_own_judge_what_is_said_in_slack() {
    outside(async || {
        let folder = folder();
        let page = own_page(folder.path()).await;
        written(folder.path(), &page);
        let named = [("GTM_RULES_DIR", "ours")];
        let served = serve_with(folder, &named).await;
        let commands = ["set motion field", "set acv $20k"];
        for words in commands {
            served
                .slack
                .send_command(ANA, GTM_PLAN, words)
                .await
                .expect("taken");
        }
        for (words, expected) in [
            ("check", "our-deals"),
            ("rules fit", "our-deals"),
            ("explain our-deals", "may be "),
            ("what-if acv $40k", "our-deals"),
        ] {
            let result = served.slack.send_command(ANA, GTM_PLAN, words).await;
            let shown = result.expect("taken").shown;
            let told = said(&shown.expect("an answer"));
            assert!(told.contains(expected), "{words}: {told}");
        }
        let data = data(&served.folder).to_owned();
        let settings = [("GTM_DATA_DIR", data.as_str()), named[0]];
        let doctor = Binary::start(&["doctor"], &settings, served.folder.path());
        let told = doctor.ended().await.output;
        for expected in [
            "ok    rules     1 of your own beside those of the program",
            "1 of them from GTM_RULES_DIR",
        ] {
            assert!(told.contains(expected), "{told}");
        }
        served.program.terminate();
    });
}

/// A page is never left out quietly: nothing starts without it.
#[test]
fn a_bad_page_of_ones_own_stops_the_start_with_its_place() {
    outside(async || {
        let folder = folder();
        let page = own_page(folder.path()).await;
        let settings = [("GTM_DATA_DIR", data(&folder)), ("GTM_RULES_DIR", "ours")];
        let (code, told) = refused(&["serve"], &settings, folder.path()).await;
        assert_eq!(code, Some(2), "{told}");
        assert!(
            told.contains("GTM_RULES_DIR: ours: no such file or folder"),
            "{told}"
        );
        let nested = format!("applies = '{}true{}'", "(".repeat(400), ")".repeat(400));
        for (old, new, expected) in [
            ("sales.motion", "sales.motoin", "fit/our-deals.md:4:"),
            (
                "pass = 'A",
                "pass = '\u{202e}A",
                "the letter U+202E is invisible",
            ),
            (
                "applies = 'sales.motion == \"field\"'",
                &nested,
                "nested deeper than 32 levels",
            ),
            ("## Sources", &"x".repeat(40_000), "32768 are the most"),
        ] {
            assert!(page.contains(old), "{old}: {page}");
            written(folder.path(), &page.replacen(old, new, 1));
            let (code, told) = refused(&["serve"], &settings, folder.path()).await;
            assert_eq!(code, Some(2), "{told}");
            assert!(
                told.contains("GTM_RULES_DIR: ") && told.contains(expected),
                "{told}"
            );
        }
        written(folder.path(), &page);
        for n in 0..50 {
            write(
                &folder.path().join("ours/fit"),
                &format!("more-{n}.md"),
                &page,
            );
        }
        let (code, told) = refused(&["serve"], &settings, folder.path()).await;
        assert_eq!(code, Some(2), "{told}");
        assert!(
            told.contains("there are 51 pages; 50 are the most"),
            "{told}"
        );
        let deep = folder.path().join("ours/fit/emea");
        std::fs::create_dir_all(&deep).expect("a folder");
        write(&deep, "our-other.md", &page);
        let (_, told) = refused(&["serve"], &settings, folder.path()).await;
        assert!(told.contains("our-other.md: lies too deep"), "{told}");
    });
}

#[test]
fn a_signal_lets_the_turn_under_way_end_and_be_answered() {
    outside(async || {
        let Served {
            program,
            slack,
            folder,
            ..
        } = serve().await;
        let gate = slack.faults().hold("users.info");
        let answered = tokio::spawn({
            let slack = slack.clone();
            async move { slack.send_command(ANA, GTM_PLAN, "set price $49/mo").await }
        });
        gate.arrived().await;
        program.terminate();
        gate.open();
        let CommandResult { delivery, shown } = answered
            .await
            .expect("it was sent")
            .expect("Ana may speak there");
        assert!(delivery.is_taken(), "{delivery:?}");
        let shown = shown.as_ref().map(said).unwrap_or_default();
        assert!(shown.contains("$49") || shown == "Checking…", "{shown}");
        let ended = program.ended().await;
        assert_eq!(ended.code(), Some(0), "{}", ended.output);
        assert!(!ended.output.contains("$49"), "what was said is in the log");
        let messages = slack.messages(GTM_PLAN);
        assert!(
            messages.iter().any(|it| said(it).contains("$49")),
            "{messages:#?}"
        );
        assert!(
            !folder.path().join("admin.sock").exists(),
            "it has cleaned up"
        );
    });
}

#[test]
fn a_folder_has_one_program_at_a_time() {
    outside(async || {
        let served = serve().await;
        let settings = [
            ("GTM_LISTEN", &*address().to_string()),
            ("GTM_ADMIN_LISTEN", "off"),
            ("GTM_DATA_DIR", data(&served.folder)),
        ];
        let second = refused(&["serve"], &settings, served.folder.path());
        let (code, said) = second.await;
        assert_ne!(code, Some(0), "{said}");
        assert!(said.contains("in use by another process"), "{said}");

        let first = served.slack.send_command(ANA, GTM_PLAN, "help").await;
        assert!(
            first.expect("Ana may speak there").delivery.is_taken(),
            "it took no harm"
        );
        served.program.terminate();
        assert_eq!(served.program.ended().await.code(), Some(0));
    });
}

#[test]
fn an_operator_sees_what_was_given_up_and_puts_it_back() {
    use gtm_advisor::playground::Fault;
    outside(async || {
        let served = serve().await;
        let refused_once = Fault::Error("channel_not_found".to_owned());
        served
            .slack
            .faults()
            .inject("chat.postMessage", &refused_once, 1);
        let sent = served
            .slack
            .send_message(DEV, GTM_PLAN, None, "@gtm check")
            .await;
        let message = sent.expect("Dev may speak there").message;
        served
            .slack
            .until(|it| (it.faults().waiting("chat.postMessage") == 0).then_some(()))
            .await;
        let settings = [("GTM_DATA_DIR", data(&served.folder))];
        let list = async || {
            Binary::start(&["dead-letters"], &settings, served.folder.path())
                .ended()
                .await
        };
        let mut listed = list().await;
        // The call has been made; that its row is given up is on disk a moment later.
        while listed.output.contains("Nothing was given up") {
            listed = list().await;
        }
        assert_eq!(listed.code(), Some(0), "{}", listed.output);
        assert!(
            listed.output.contains("channel_not_found"),
            "{}",
            listed.output
        );
        let id = listed
            .output
            .split_whitespace()
            .find(|word| word.len() == 36)
            .expect("an id");
        let words = ["dead-letters", "--replay", id];
        let put_back = Binary::start(&words, &settings, served.folder.path())
            .ended()
            .await;
        assert_eq!(put_back.code(), Some(0), "{}", put_back.output);
        let answered = |it: &Playground| {
            it.messages(GTM_PLAN)
                .iter()
                .any(|it| it.answers(&message.ts))
                .then_some(())
        };
        served.slack.until(answered).await;
        served.program.terminate();
        assert_eq!(served.program.ended().await.code(), Some(0));
    });
}

#[test]
fn a_backup_of_a_running_server_brings_its_plans_back_elsewhere() {
    outside(async || {
        let served = serve().await;
        let set = served.slack.send_command(ANA, GTM_PLAN, "set price $49/mo");
        assert!(set.await.expect("Ana may speak there").delivery.is_taken());
        let (elsewhere, file) = (folder(), folder());
        let file = file.path().join("backup.jsonl");
        let file = file.to_str().expect("text");
        let run = async |words: &[&str], data_dir: &TempDir| {
            let settings = [("GTM_DATA_DIR", data(data_dir))];
            Binary::start(words, &settings, data_dir.path())
                .ended()
                .await
        };
        let written = run(&["backup", file], &served.folder).await;
        assert_eq!(written.code(), Some(0), "{}", written.output);
        let again = run(&["backup", file], &served.folder).await;
        assert_eq!(again.code(), Some(2), "it overwrote one: {}", again.output);
        served.program.terminate();
        assert_eq!(served.program.ended().await.code(), Some(0));

        let read = run(&["restore", file], &elsewhere).await;
        assert_eq!(read.code(), Some(0), "{}", read.output);
        let twice = run(&["restore", file], &elsewhere).await;
        assert_eq!(twice.code(), Some(2), "{}", twice.output);
        let restored = serve_in(elsewhere).await;
        let plan = restored.slack.send_command(ANA, GTM_PLAN, "plan").await;
        let shown = plan.expect("Ana may speak there").shown;
        let shown = said(&shown.expect("an answer"));
        assert!(shown.contains("$49 a month"), "{shown}");
        restored.program.terminate();
        assert_eq!(restored.program.ended().await.code(), Some(0));
    });
}
