//! Who may ask: requests that name this host, from this origin; and what a browser may load.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Playground;

/// What the page may load: its own files, nothing inline, nothing from elsewhere.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Refuses other hosts and origins: a web page elsewhere must not drive the playground, not even
/// by pointing a name of its own at this machine.
pub(super) async fn same_origin(
    State(playground): State<Playground>,
    request: Request,
    next: Next,
) -> Response {
    if is_own(&playground.inner.hosts, request.method(), request.headers()) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "This is not one of the playground's own addresses\n",
    )
        .into_response()
}

/// The same for the bot's calls, which come from no page and carry a token.
pub(super) async fn own_host(
    State(playground): State<Playground>,
    request: Request,
    next: Next,
) -> Response {
    if is_own(&playground.inner.hosts, &Method::GET, request.headers()) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "This is not one of the playground's own addresses\n",
    )
        .into_response()
}

fn is_own(hosts: &[String], method: &Method, headers: &HeaderMap) -> bool {
    let value = |name| {
        headers
            .get(name)
            .map(|value: &HeaderValue| value.to_str().unwrap_or("?"))
    };
    let is_host = |host: &str| hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
    let named = value(header::HOST).is_some_and(is_host);
    let from = match value(header::ORIGIN) {
        None => method == Method::GET || method == Method::HEAD,
        Some(origin) => origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"))
            .is_some_and(is_host),
    };
    named && from
}

/// Sets the headers that every answer of the page carries.
pub(super) async fn strict_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: &Method, host: &str, origin: Option<&str>, expected: bool) {
        let hosts = ["127.0.0.1:3000".to_owned(), "localhost:3000".to_owned()];
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        assert_eq!(
            is_own(&hosts, method, &headers),
            expected,
            "{method} {host} {origin:?}"
        );
    }

    #[test]
    fn only_own_hosts_and_origins_pass_and_a_change_has_to_name_its_origin() {
        check(&Method::GET, "127.0.0.1:3000", None, true);
        check(
            &Method::GET,
            "LOCALHOST:3000",
            Some("http://127.0.0.1:3000"),
            true,
        );
        check(&Method::GET, "evil.example:3000", None, false);
        check(
            &Method::GET,
            "127.0.0.1:3000",
            Some("http://evil.example"),
            false,
        );
        check(&Method::GET, "127.0.0.1:3000", Some("null"), false);
        check(
            &Method::POST,
            "127.0.0.1:3000",
            Some("http://localhost:3000"),
            true,
        );
        check(&Method::POST, "127.0.0.1:3000", None, false);
        check(
            &Method::POST,
            "127.0.0.1:3000",
            Some("http://127.0.0.1:3001"),
            false,
        );
    }
}
