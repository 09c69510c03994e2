//! What somebody typed, out of Slack's way of writing it: entities, links, mentions.

/// A message as its author sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// The words, without mentions of the bot itself.
    pub(super) words: String,
    /// Whether the bot was mentioned.
    pub(super) mentioned: bool,
}

/// Reads a message's text; `own` is the bot's user id, the only mention that is taken out.
///
/// Other people stay as `@U1` (names are not ours to keep), channels as `#name` or `#C1`, a link
/// as its label, which is what was typed.
pub(super) fn heard(text: &str, own: Option<&str>) -> Heard {
    let mut words = String::with_capacity(text.len());
    let mut mentioned = false;
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        words.push_str(&unescaped(&rest[..open]));
        let inner = &rest[open + 1..];
        let Some(close) = inner.find('>') else {
            words.push('<');
            rest = inner;
            continue;
        };
        let token = &inner[..close];
        if own.is_some_and(|own| mentions(token, own)) {
            mentioned = true;
        } else {
            words.push_str(&unescaped(&shown(token)));
        }
        rest = &inner[close + 1..];
    }
    words.push_str(&unescaped(rest));
    let mut words = words.trim();
    if mentioned && text.trim_start().starts_with("<@") {
        // "@gtm, check" and "@gtm: check" are said to the bot just as "@gtm check" is.
        words = words.trim_start_matches([',', ':']).trim_start();
    }
    Heard {
        words: words.to_owned(),
        mentioned,
    }
}

fn mentions(token: &str, own: &str) -> bool {
    token
        .strip_prefix('@')
        .is_some_and(|id| id.split('|').next() == Some(own))
}

/// What a reader sees in the place of a `<…>`.
fn shown(token: &str) -> String {
    let (target, label) = match token.split_once('|') {
        Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
        None => (token, None),
    };
    match target.chars().next() {
        Some('@') => target.to_owned(),
        Some('#') => label.map_or_else(|| target.to_owned(), |name| format!("#{name}")),
        Some('!') => special(&target[1..], label),
        Some(_) => label
            .unwrap_or_else(|| {
                target
                    .trim_start_matches("mailto:")
                    .trim_start_matches("tel:")
            })
            .to_owned(),
        None => "<>".to_owned(),
    }
}

fn special(target: &str, label: Option<&str>) -> String {
    match label {
        Some(label) if target.starts_with("date^") || label.starts_with('@') => label.to_owned(),
        Some(label) => format!("@{label}"),
        None => format!("@{}", target.trim_start_matches("subteam^")),
    }
}

/// The three entities that Slack writes, and no others.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is heard, with `@|` in front if it mentions the bot.
    fn check(text: &str, expected: &str) {
        let heard = heard(text, Some("UBOT"));
        let mark = if heard.mentioned { "@|" } else { "" };
        assert_eq!(format!("{mark}{}", heard.words), expected, "{text}");
    }

    #[test]
    fn only_our_own_mention_is_taken_out() {
        check("<@UBOT> check", "@|check");
        check("<@UBOT|gtm> check", "@|check");
        check("  <@UBOT>: check", "@|check");
        check("<@UBOT>, check", "@|check");
        check("hey <@UBOT> check", "@|hey  check");
        check("owner pricing <@U1|ann>", "owner pricing @U1");
        check("<@UBOT2> check", "@UBOT2 check");
        check("<@UBOT>", "@|");
        check(": check", ": check");
    }

    #[test]
    fn entities_links_and_channels_read_as_typed() {
        check("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c");
        check(
            "<https://example.com/a?b=1&amp;c=2>",
            "https://example.com/a?b=1&c=2",
        );
        check("<http://example.com|example.com>", "example.com");
        check("<mailto:a@example.com|a@example.com>", "a@example.com");
        check("<mailto:a@example.com>", "a@example.com");
        check("<#C1|general> <#C2|> <#C3>", "#general #C2 #C3");
        check("<!here> <!channel|channel>", "@here @channel");
        check("<!subteam^S1|@sales> <!subteam^S2>", "@sales @S2");
        check("<!date^1700000000^{date}|14 Nov>", "14 Nov");
    }

    #[test]
    fn what_is_no_token_stays() {
        check("a < b", "a < b");
        check("<>", "<>");
        check(
            "\u{201c}price\u{201d} 🚀 価格",
            "\u{201c}price\u{201d} 🚀 価格",
        );
    }

    #[test]
    fn without_an_own_id_nothing_is_a_mention_of_us() {
        assert!(!heard("<@UBOT> check", None).mentioned);
    }

    proptest! {
        #[test]
        fn what_slack_escapes_comes_back(typed in r"[a-z &<>|@#!é🚀]{0,40}") {
            let sent = typed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            prop_assert_eq!(heard(&sent, Some("UBOT")).words, typed.trim());
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = heard(&text, Some("UBOT")).words.len();
        }
    }
}
