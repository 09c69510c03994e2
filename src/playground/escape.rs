//! What somebody typed, as Slack sends it on: names and addresses marked up, the rest escaped.

use super::model::{Channel, Kind, Person};

/// Marks up `@name`, `#channel` and addresses, and escapes `&`, `<` and `>`. What is already in
/// Slack's markup for a person or channel stays.
pub(super) fn escape(typed: &str, people: &[&Person], channels: &[&Channel]) -> String {
    let mut sent = String::with_capacity(typed.len());
    let mut rest = typed;
    let mut at_word_start = true;
    while let Some(next) = rest.chars().next() {
        let (markup, taken) = at_word_start
            .then(|| token(rest, people, channels))
            .flatten()
            .unwrap_or_else(|| (entity(next), next.len_utf8()));
        sent.push_str(&markup);
        at_word_start = !next.is_alphanumeric();
        rest = &rest[taken..];
    }
    sent
}

fn entity(c: char) -> String {
    match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        other => other.to_string(),
    }
}

/// The markup that a token at the start of the text becomes, and the token's length.
fn token(text: &str, people: &[&Person], channels: &[&Channel]) -> Option<(String, usize)> {
    match text.as_bytes().first()? {
        b'<' => marked_up(text),
        b'@' => {
            let ids = people
                .iter()
                .flat_map(|p| [(&p.name, &p.id), (&p.real_name, &p.id)]);
            longest(&text[1..], ids).map(|(name, id)| (format!("<@{id}>"), 1 + name.len()))
        }
        b'#' => {
            let named = channels.iter().filter(|c| c.kind != Kind::Direct);
            longest(&text[1..], named.map(|c| (&c.name, c))).map(|(name, channel)| {
                let shown = if channel.kind == Kind::Private {
                    ""
                } else {
                    name
                };
                (format!("<#{}|{shown}>", channel.id), 1 + name.len())
            })
        }
        b'h' => address(text),
        _ => None,
    }
}

/// The longest name that the text begins with, where a word ends after it.
fn longest<'n, T>(
    text: &str,
    names: impl Iterator<Item = (&'n String, T)>,
) -> Option<(&'n str, T)> {
    let begins = |name: &str| {
        text.get(..name.len())
            .is_some_and(|head| head.to_lowercase() == name.to_lowercase())
            && !text[name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
    };
    names
        .map(|(name, of)| (name.as_str(), of))
        .filter(|(name, _)| begins(name))
        .max_by_key(|(name, _)| name.len())
}

fn marked_up(text: &str) -> Option<(String, usize)> {
    let end = text.find('>')? + 1;
    let inner = &text[1..end - 1];
    let id = inner.strip_prefix(['@', '#'])?.split('|').next()?;
    let is_id = id.len() > 1
        && id
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    is_id.then(|| (text[..end].to_owned(), end))
}

fn address(text: &str) -> Option<(String, usize)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))?;
    let end = text
        .find(|c: char| c.is_whitespace() || "<>|\"`".contains(c))
        .unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
    (url.len() > scheme.len()).then(|| (format!("<{}>", url.replace('&', "&amp;")), url.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playground::model::Update;
    use crate::playground::seed;

    fn check(typed: &str, expected: &str) {
        let (mut people, mut channels) = (Vec::new(), Vec::new());
        for update in seed::updates() {
            match update {
                Update::Person(person) => people.push(person),
                Update::Channel(channel) => channels.push(channel),
                _ => {}
            }
        }
        let people: Vec<_> = people.iter().collect();
        let channels: Vec<_> = channels.iter().collect();
        assert_eq!(escape(typed, &people, &channels), expected, "{typed}");
    }

    #[test]
    fn names_and_addresses_are_marked_up_and_the_rest_escaped() {
        check("@gtm check", "<@U01GTMBOT> check");
        check("hi @Ana, ok?", "hi <@U01ANA>, ok?");
        check("@Ana Reyes: yes", "<@U01ANA>: yes");
        check("@anatole", "@anatole");
        check("mail ana@ben.example", "mail ana@ben.example");
        check(
            "see #sales and #board!",
            "see <#C01SALES|sales> and <#C01BOARD|>!",
        );
        check("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d");
        check(
            "see https://x.example/?a=1&b=2.",
            "see <https://x.example/?a=1&amp;b=2>.",
        );
        check("http:// alone", "http:// alone");
        check(
            "<@U01GTMBOT> x <!channel>",
            "<@U01GTMBOT> x &lt;!channel&gt;",
        );
        check("@chloé", "@chloé");
        check("@Chloé Laurent wins", "<@U01CHLOE> wins");
        check("über @ben", "über <@U01BEN>");
    }
}
