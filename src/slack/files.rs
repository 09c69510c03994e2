//! Fetches files that people share.
//!
//! Only from Slack's hosts or the configured API's; what it redirects to gets no token; a page where
//! a file should be is a failure (Slack answers 200 with its login page where the token does not do).

use async_trait::async_trait;
use reqwest::{Response, StatusCode, Url, header};

use super::client::Client;
use crate::advisor::Files;
use crate::documents::{SharedFile, Unreadable, limit};
use crate::ident::Installation;

/// How many redirects are followed.
const REDIRECTS: usize = 3;

#[async_trait]
impl Files for Client {
    async fn fetch(&self, _: &Installation, file: &SharedFile) -> Result<Vec<u8>, Unreadable> {
        let bound = u64::try_from(limit::FILE).unwrap_or(u64::MAX);
        if file.bytes.is_some_and(|bytes| bytes > bound) {
            return Err(Unreadable::TooLarge);
        }
        let mut address = file.address.clone();
        for hop in 0..=REDIRECTS {
            let Some(url) = self.hooks().accept(&address) else {
                tracing::warn!(file = %file.id, hop, "a file lies at an address that is not Slack's");
                return Err(Unreadable::NotFetched);
            };
            let response = self.get(url.clone(), hop == 0).await?;
            match redirect(&url, &response) {
                Some(next) => address = next,
                None => return bytes_of(response, &file.name).await,
            }
        }
        Err(Unreadable::NotFetched)
    }
}

impl Client {
    /// Asks for a file; the token goes to its first address and to none that this one names.
    async fn get(&self, url: Url, with_token: bool) -> Result<Response, Unreadable> {
        let request = self.request(reqwest::Method::GET, url, with_token);
        request.send().await.map_err(|error| {
            // The address may be a capability, and the error's text holds it.
            let error = error.without_url();
            tracing::warn!(%error, "a file could not be fetched");
            Unreadable::NotFetched
        })
    }
}

fn redirect(from: &Url, response: &Response) -> Option<String> {
    if !response.status().is_redirection() {
        return None;
    }
    let to = response.headers().get(header::LOCATION)?.to_str().ok()?;
    Some(from.join(to).ok()?.to_string())
}

async fn bytes_of(mut response: Response, name: &str) -> Result<Vec<u8>, Unreadable> {
    match response.status() {
        status if status.is_success() => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(Unreadable::NotAllowed),
        _ => return Err(Unreadable::NotFetched),
    }
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > limit::FILE => {
                return Err(Unreadable::TooLarge);
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(_) => return Err(Unreadable::NotFetched),
        }
    }
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if is_page(kind, &bytes) && !is_named_page(name) {
        return Err(Unreadable::NotAllowed);
    }
    Ok(bytes)
}

/// Whether a web page came.
fn is_page(kind: &str, bytes: &[u8]) -> bool {
    let begin = bytes.trim_ascii_start();
    let begin = &begin[..begin.len().min(15)];
    kind.starts_with("text/html")
        || begin.to_ascii_lowercase().starts_with(b"<!doctype html")
        || begin.to_ascii_lowercase().starts_with(b"<html")
}

/// Whether a page is what was shared; it is then of a kind that is not taken.
fn is_named_page(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    ["html", "htm"]
        .iter()
        .any(|page| end.eq_ignore_ascii_case(page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slack::fake::{Answer, Fake};

    fn shared(fake: &Fake, path: &str) -> SharedFile {
        SharedFile {
            id: "F1".to_owned(),
            name: "plan.md".to_owned(),
            address: fake.base.replace("/api", path),
            link: None,
            bytes: Some(10),
        }
    }

    async fn fetched(fake: &Fake, file: &SharedFile) -> Result<Vec<u8>, Unreadable> {
        fake.client().fetch(&Installation::new("T1"), file).await
    }

    #[tokio::test]
    async fn a_file_is_fetched_with_the_token() {
        let fake = Fake::start().await;
        fake.will("/files/plan.md", [Answer::Status(200, "# Plan")]);
        let file = shared(&fake, "/files/plan.md");
        assert_eq!(fetched(&fake, &file).await, Ok(b"# Plan".to_vec()));
        assert_eq!(
            fake.calls()[0].authorization.as_deref(),
            Some("Bearer test-token")
        );
    }

    #[tokio::test]
    async fn a_redirect_gets_no_token_and_leads_to_no_other_host() {
        let fake = Fake::start().await;
        fake.will("/files/a", [Answer::Redirect("/files/b")]);
        fake.will("/files/b", [Answer::Status(200, "text")]);
        assert_eq!(
            fetched(&fake, &shared(&fake, "/files/a")).await,
            Ok(b"text".to_vec())
        );
        let calls = fake.calls();
        assert!(calls[0].authorization.is_some() && calls[1].authorization.is_none());
        fake.will("/files/c", [Answer::Redirect("https://example.com/x")]);
        let away = fetched(&fake, &shared(&fake, "/files/c")).await;
        assert_eq!(away, Err(Unreadable::NotFetched));
        fake.will("/files/d", (0..5).map(|_| Answer::Redirect("/files/d")));
        let round = fetched(&fake, &shared(&fake, "/files/d")).await;
        assert_eq!(round, Err(Unreadable::NotFetched));
    }

    #[tokio::test]
    async fn a_login_page_is_no_file_and_other_hosts_are_not_asked() {
        let fake = Fake::start().await;
        let check = async |path: &str, answer: Answer, expected: Unreadable| {
            fake.will(path, [answer]);
            assert_eq!(
                fetched(&fake, &shared(&fake, path)).await,
                Err(expected),
                "{path}"
            );
        };
        let page = Answer::Status(200, " <!DOCTYPE html><title>Sign in</title>");
        check("/files/page", page, Unreadable::NotAllowed).await;
        check(
            "/files/403",
            Answer::Status(403, ""),
            Unreadable::NotAllowed,
        )
        .await;
        check(
            "/files/404",
            Answer::Status(404, ""),
            Unreadable::NotFetched,
        )
        .await;
        let mut file = shared(&fake, "/files/x");
        file.address = "https://example.com/plan.md".to_owned();
        assert_eq!(fetched(&fake, &file).await, Err(Unreadable::NotFetched));
        file = shared(&fake, "/files/x");
        file.bytes = Some(u64::MAX);
        assert_eq!(fetched(&fake, &file).await, Err(Unreadable::TooLarge));
        assert_eq!(fake.calls().len(), 3);
    }
}
