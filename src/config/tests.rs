//! What each setting does, what is refused, and that no message ever shows a secret.

use secrecy::ExposeSecret;

use super::*;

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn variables(given: &[(&str, &str)]) -> BTreeMap<String, String> {
    given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn from(given: &[(&str, &str)]) -> Result<Config, ConfigError> {
    read(&variables(given), None)
}

fn from_file(given: &[(&str, &str)], text: &str) -> Result<Config, ConfigError> {
    read(
        &variables(given),
        Some(ConfigFile {
            name: "gtm.toml",
            text,
        }),
    )
}

/// What is wrong, one problem a line.
fn problems(given: &[(&str, &str)]) -> String {
    from(given)
        .expect_err("the configuration is refused")
        .to_string()
}

fn problems_in_file(text: &str) -> String {
    from_file(&[], text)
        .expect_err("the configuration is refused")
        .to_string()
}

const BOTH: [(&str, &str); 2] = [
    ("SLACK_SIGNING_SECRET", "test-secret"),
    ("SLACK_BOT_TOKEN", "test-token"),
];

fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    BOTH.iter().chain(more).copied().collect()
}

#[test]
fn nothing_given_is_the_playground_on_this_machine() {
    let config = from(&[]).expect("the defaults work");
    assert!(matches!(config.mode, Mode::Playground));
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(
        config.admin_listen.map(|a| a.to_string()).as_deref(),
        Some("127.0.0.1:9090")
    );
    assert_eq!(config.command, "/gtm");
    assert_eq!(config.data_dir, PathBuf::from("./data"));
    assert_eq!(config.log, "info");
    assert!(
        !config.sealing_keys.is_sealing()
            && config.allowed_teams.is_empty()
            && config.warnings.is_empty()
    );
}

#[test]
fn both_credentials_serve_a_workspace() {
    let config = from(&with(&[("GTM_LISTEN", "0.0.0.0:8080")])).expect("complete");
    let Mode::Workspace(credentials) = &config.mode else {
        panic!("a workspace, not {:?}", config.mode)
    };
    assert_eq!(credentials.api_base, "https://slack.com/api");
    assert_eq!(credentials.bot_token.expose_secret(), "test-token");
    assert_eq!(config.listen.to_string(), "0.0.0.0:8080");
}

#[test]
fn two_signing_secrets_are_taken_during_a_rotation() {
    let config = from(&[
        ("SLACK_SIGNING_SECRET", "new, old"),
        ("SLACK_BOT_TOKEN", "test-token"),
    ])
    .expect("complete");
    let Mode::Workspace(credentials) = config.mode else {
        panic!("a workspace")
    };
    let secrets: Vec<&str> = credentials
        .signing_secrets
        .iter()
        .map(ExposeSecret::expose_secret)
        .collect();
    assert_eq!(secrets, ["new", "old"]);
}

#[test]
fn half_of_the_credentials_is_never_the_playground() {
    assert!(
        problems(&[BOTH[0]])
            .starts_with("SLACK_BOT_TOKEN: it is missing, while SLACK_SIGNING_SECRET is set")
    );
    assert!(
        problems(&[BOTH[1]])
            .starts_with("SLACK_SIGNING_SECRET: it is missing, while SLACK_BOT_TOKEN is set")
    );
    // An empty variable is an unset one.
    assert!(
        problems(&[BOTH[1], ("SLACK_SIGNING_SECRET", " ")])
            .starts_with("SLACK_SIGNING_SECRET: it is missing")
    );
}

#[test]
fn the_playground_stays_on_this_machine() {
    for listen in ["0.0.0.0:8080", "192.0.2.1:80", "[::]:3000"] {
        let text = problems(&[("GTM_LISTEN", listen)]);
        assert!(
            text.starts_with(&format!(
                "GTM_LISTEN: I read `{listen}`, which other machines can reach"
            )),
            "{text}"
        );
        assert!(
            text.contains("SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN are missing"),
            "{text}"
        );
    }
    for listen in ["127.0.0.1:0", "[::1]:3000", "localhost:3000", "127.8.8.8:1"] {
        assert!(
            from(&[("GTM_LISTEN", listen)]).is_ok(),
            "{listen} is loopback"
        );
    }
}

#[test]
fn what_is_not_built_is_refused_and_not_ignored() {
    for setting in SETTINGS {
        if let Stage::Planned(what) = setting.stage {
            let text = problems(&with(&[(setting.variable, "some")]));
            assert_eq!(
                text,
                format!(
                    "{}: {what} is not built yet, so this setting would do nothing. Unset it",
                    setting.variable
                )
            );
        }
    }
}

#[test]
fn each_bad_value_is_named_with_one_that_works() {
    let cases = [
        (
            "GTM_LISTEN",
            "3000",
            "I read `3000`; an address is an IP address, a colon and a port. Try `127.0.0.1:3000`",
        ),
        (
            "GTM_ADMIN_LISTEN",
            "no",
            "I read `no`; an address is an IP address, a colon and a port, or `off`. Try `127.0.0.1:9090`",
        ),
        (
            "GTM_COMMAND",
            "gtm",
            "I read `gtm`; a command begins with a slash. Try `/gtm`",
        ),
        (
            "GTM_COMMAND",
            "/GTM",
            "I read `/GTM`; a command is a slash and up to 31 lower-case letters, digits, `-` or `_`. Try `/gtm`",
        ),
        (
            "GTM_ALLOWED_TEAMS",
            "acme",
            "I read `acme`; a team is its id, `T…` for a workspace or `E…` for an organisation, separated by commas. Try `T012AB3CD`",
        ),
        (
            "GTM_LOG",
            "debgu",
            "I read `debgu`; `debgu` is no level (off, error, warn, info, debug, trace) and no `module=level`. Try `info,gtm_advisor=debug`",
        ),
        (
            "GTM_PUBLIC_URL",
            "gtm.example.com",
            "I read `gtm.example.com`; that is no web address. Try `https://gtm.example.com`",
        ),
        (
            "GTM_PUBLIC_URL",
            "https://example.com/gtm",
            "I read `https://example.com/gtm`; the paths below it are fixed, so it has none of its own. Try `https://gtm.example.com`",
        ),
        (
            "SLACK_API_BASE",
            "https://slack.com",
            "I read `https://slack.com`; the base contains the path too. Try `https://slack.com/api`",
        ),
    ];
    for (variable, value, problem) in cases {
        assert_eq!(
            problems(&with(&[(variable, value)])),
            format!("{variable}: {problem}")
        );
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let text = problems(&[("GTM_LISTEN", "x"), ("GTM_COMMAND", "y"), BOTH[0]]);
    assert_eq!(text.lines().count(), 3, "{text}");
}

#[test]
fn a_slash_at_the_end_of_the_base_is_dropped() {
    let config =
        from(&with(&[("SLACK_API_BASE", "http://127.0.0.1:4000/api/")])).expect("complete");
    let Mode::Workspace(credentials) = config.mode else {
        panic!("a workspace")
    };
    assert_eq!(credentials.api_base, "http://127.0.0.1:4000/api");
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
}

#[test]
fn the_token_over_plain_http_is_warned_about() {
    let config = from(&with(&[("SLACK_API_BASE", "http://slack.test/api")])).expect("complete");
    assert!(
        config.warnings[0].contains("unencrypted"),
        "{:?}",
        config.warnings
    );
}

#[test]
fn metrics_never_share_the_public_port() {
    let text = problems(&with(&[("GTM_LISTEN", "0.0.0.0:9090")]));
    assert!(
        text.starts_with("GTM_ADMIN_LISTEN: I read `127.0.0.1:9090`, the port of GTM_LISTEN"),
        "{text}"
    );
    let off = from(&with(&[
        ("GTM_LISTEN", "0.0.0.0:9090"),
        ("GTM_ADMIN_LISTEN", "off"),
    ]))
    .expect("no clash");
    assert_eq!(off.admin_listen, None);
    let open = from(&[("GTM_ADMIN_LISTEN", "0.0.0.0:9090")]).expect("allowed");
    assert!(
        open.warnings[0].contains("whoever reaches that port"),
        "{:?}",
        open.warnings
    );
}

#[test]
fn a_misspelt_name_of_ours_is_refused_and_a_foreign_one_is_not() {
    assert_eq!(
        problems(&[("GTM_ENCRYPTON_KEY", KEY)]),
        "GTM_ENCRYPTON_KEY: there is no such setting. Did you mean `GTM_ENCRYPTION_KEY`? Rename it, or unset it"
    );
    let config = from(&[
        ("GTM_ADVISOR_SERVICE_HOST", "10.0.0.1"),
        ("SLACK_API_TOKEN", "x"),
        ("PATH", "/bin"),
    ])
    .expect("warned only");
    assert_eq!(
        config.warnings,
        [
            "GTM_ADVISOR_SERVICE_HOST is not a setting of this program and is ignored",
            "SLACK_API_TOKEN is not read by this program; did you mean SLACK_APP_TOKEN?",
        ]
    );
}

#[test]
fn a_file_says_the_same_as_variables_and_variables_win() {
    let text = "command = \"/plan\"\nlisten = \"127.0.0.1:4000\"\nallowed_teams = [\"T1\", \"E2\"]\n[slack]\nsigning_secret = \"a\"\nbot_token = \"b\"\n";
    let config = from_file(&[("GTM_LISTEN", "127.0.0.1:5000")], text).expect("complete");
    assert_eq!(config.command, "/plan");
    assert_eq!(config.listen.port(), 5000);
    assert_eq!(
        config.allowed_teams,
        [Installation::new("T1"), Installation::new("E2")]
    );
    assert!(matches!(config.mode, Mode::Workspace(_)));
}

#[test]
fn a_file_is_refused_with_line_and_column() {
    let cases = [
        (
            "listen = \"127.0.0.1:1\"\nlisen = \"x\"\n",
            "gtm.toml, line 2, column 1: there is no key `lisen`. Did you mean `listen`?",
        ),
        (
            "[slack]\ntoken = \"x\"\n",
            "gtm.toml, line 2, column 1: there is no key `slack.token`. docs/settings.md lists the keys",
        ),
        (
            "GTM_LISTEN = \"x\"\n",
            "gtm.toml, line 1, column 1: there is no key `GTM_LISTEN`. In this file it is called `listen`",
        ),
        (
            "[slak]\nbot_token = \"x\"\n",
            "gtm.toml, line 1, column 2: there is no key `slak`. docs/settings.md lists the keys",
        ),
        (
            "log = 3\n",
            "GTM_LOG (`log` in gtm.toml, line 1, column 1): the value is no text; put it in quotes, as in `\"info,gtm_advisor=debug\"`",
        ),
        (
            "  command = \"gtm\"\n",
            "GTM_COMMAND (`command` in gtm.toml, line 1, column 3): I read `gtm`; a command begins with a slash. Try `/gtm`",
        ),
    ];
    for (text, problem) in cases {
        assert_eq!(problems_in_file(text), problem);
    }
}

#[test]
fn a_broken_file_is_refused_without_quoting_it() {
    let text = problems_in_file("log = \"info\"\n[slack]\nbot_token = \"hush-hush\n");
    assert!(text.starts_with("gtm.toml, line 3, column"), "{text}");
    assert!(!text.contains("hush"), "{text}");
}

#[test]
fn no_message_shows_a_secret() {
    let secrets = [
        ("SLACK_SIGNING_SECRET", "hush hush"),
        ("SLACK_SIGNING_SECRET", "xoxb-hush"),
        ("SLACK_BOT_TOKEN", "xapp-hush"),
        ("SLACK_BOT_TOKEN", "hush\nhush"),
        ("GTM_ENCRYPTION_KEY", "hush"),
        ("GTM_LLM_API_KEY", "hush"),
    ];
    for (variable, value) in secrets {
        let given: Vec<_> = BOTH
            .iter()
            .filter(|(name, _)| *name != variable)
            .copied()
            .chain([(variable, value)])
            .collect();
        let text = problems(&given);
        assert!(text.contains(variable) && !text.contains("hush"), "{text}");
    }
}

#[test]
fn secrets_cannot_be_printed() {
    let config = from(&[
        ("SLACK_SIGNING_SECRET", "hush-signing"),
        ("SLACK_BOT_TOKEN", "hush-token"),
        ("GTM_ENCRYPTION_KEY", KEY),
    ])
    .expect("complete");
    let printed = format!("{config:?} {config:#?}");
    assert!(
        !printed.contains("hush") && !printed.contains("0, 17, 34") && !printed.contains(KEY),
        "{printed}"
    );
    assert!(config.sealing_keys.is_sealing());
}

#[test]
fn several_keys_are_taken_and_a_bad_one_is_counted() {
    let two = format!("{KEY},{}", KEY.replace("00", "ff"));
    let config = from(&[("GTM_ENCRYPTION_KEY", &two)]).expect("two keys");
    assert!(config.sealing_keys.is_sealing());
    assert!(
        problems(&[("GTM_ENCRYPTION_KEY", &format!("{KEY},{KEY}"))])
            .contains("key 2 stands there twice")
    );
    assert_eq!(
        problems(&[("GTM_ENCRYPTION_KEY", "abc")]),
        "GTM_ENCRYPTION_KEY: I read a secret of 3 characters; key 1 is not 64 hexadecimal digits (several are separated by commas). Try the output of `openssl rand -hex 32`"
    );
}

#[test]
fn the_example_file_names_every_setting_that_works() {
    let example = include_str!("../../.env.example");
    for setting in SETTINGS {
        let named = example.lines().any(|line| {
            line.trim_start_matches(['#', ' '])
                .starts_with(&format!("{}=", setting.variable))
        });
        assert_eq!(
            named,
            setting.stage == Stage::Built,
            "{} in .env.example",
            setting.variable
        );
    }
}

#[test]
fn the_page_of_settings_names_every_one() {
    let page = include_str!("../../docs/settings.md");
    for setting in SETTINGS {
        let row = format!("| `{}` |", setting.variable);
        assert_eq!(
            page.contains(&row),
            setting.stage == Stage::Built,
            "the row of {}",
            setting.variable
        );
        assert!(
            page.contains(&format!("`{}`", setting.variable)),
            "{}",
            setting.variable
        );
        let key = setting.stage != Stage::Built
            || setting.key.is_empty()
            || page.contains(&format!("{row} `{}` |", setting.key));
        assert!(key, "the key of {}", setting.variable);
    }
}
