//! Which addresses a reply may be posted to: Slack's own, or the configured API's.

use reqwest::Url;

/// Slack's domains; a host is one of them or below one.
const DOMAINS: &[&str] = &["slack.com", "slack-gov.com"];

/// Tells Slack's reply addresses from others.
///
/// They come inside signed requests, but a request that was made by somebody else's error must
/// not turn the bot into a proxy to the network that it runs in.
#[derive(Debug, Clone)]
pub struct Hooks {
    api: Option<Url>,
}

impl Hooks {
    /// Beside Slack's own hosts, the origin of the configured API is accepted.
    pub fn new(api_base: &str) -> Self {
        Self {
            api: Url::parse(api_base).ok(),
        }
    }

    /// The address, if a reply may go there.
    pub fn accept(&self, address: &str) -> Option<Url> {
        let url = Url::parse(address).ok()?;
        let bare = url.username().is_empty() && url.password().is_none();
        (bare && (self.is_api(&url) || is_slack(&url))).then_some(url)
    }

    fn is_api(&self, url: &Url) -> bool {
        self.api
            .as_ref()
            .is_some_and(|api| api.has_host() && api.origin() == url.origin())
    }
}

fn is_slack(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https"
        && url.port().is_none()
        && DOMAINS.iter().any(|domain| {
            host.strip_suffix(domain)
                .is_some_and(|below| below.is_empty() || below.ends_with('.'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_slack_and_the_configured_api_are_answered() {
        let hooks = Hooks::new("http://127.0.0.1:4000/api");
        let check = |address: &str, expected: bool| {
            assert_eq!(hooks.accept(address).is_some(), expected, "{address}");
        };
        check("https://hooks.slack.com/commands/T1/2/x", true);
        check("https://acme.slack.com/commands/T1", true);
        check("https://hooks.slack-gov.com/actions/T1", true);
        check("http://127.0.0.1:4000/response/1", true);
        check("http://127.0.0.1:4001/response/1", false);
        check("https://127.0.0.1:4000/response/1", false);
        check("http://hooks.slack.com/commands/T1", false);
        check("https://hooks.slack.com:8443/x", false);
        check("https://hooks.slack.com@example.com/x", false);
        check("https://user@hooks.slack.com/x", false);
        check("https://notslack.com/x", false);
        check("https://slack.com.example.com/x", false);
        check("https://169.254.169.254/latest", false);
        check("file:///etc/passwd", false);
        check("", false);
    }
}
