//! The Web API over HTTP: tokens, arguments, rate limits, faults, and the methods behind them.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Json, Response};
use axum::routing::{any, get, post};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;

use super::args::{Args, Refusal, lacks_charset};
use super::faults::Fault;
use super::methods::{self, Context, Method};
use super::rates::Rates;
use super::{Call, Playground, files, guard, lock};

pub(super) fn router(playground: &Playground) -> Router {
    Router::new()
        .route("/api/{method}", any(call))
        .route("/response/{token}", post(respond))
        .route("/files/{id}/{name}", get(files::file))
        .route(
            "/upload/{id}",
            post(files::receive).layer(DefaultBodyLimit::max(files::LARGEST)),
        )
        .layer(middleware::from_fn_with_state(
            playground.clone(),
            guard::own_host,
        ))
        .with_state(playground.clone())
}

/// What goes back, before it is a response.
enum Reply {
    Json(StatusCode, Value),
    RateLimited(u64),
    ServerError,
    Closed,
    Never,
}

async fn call(
    State(playground): State<Playground>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request = Request {
        query: query.unwrap_or_default(),
        headers,
        body,
    };
    let args = request.args(&name).unwrap_or_default();
    let reply = playground.answer(&name, &request).await;
    playground.record_reply(&name, &args, &reply);
    let mut response = reply.into_response().await;
    let scopes: Vec<&str> = playground.inner.settings.scopes().collect();
    if let Ok(scopes) = HeaderValue::from_str(&scopes.join(",")) {
        response.headers_mut().insert("x-oauth-scopes", scopes);
    }
    if lacks_charset(&request.headers) {
        response.headers_mut().insert(
            "x-slack-warning",
            HeaderValue::from_static("missing_charset"),
        );
    }
    response
}

struct Request {
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Request {
    /// The arguments; a method that only reads takes none from a JSON body.
    fn args(&self, name: &str) -> Result<Args, Refusal> {
        let args = Args::read(&self.query, &self.headers, &self.body)?;
        let reads_json = methods::find(name).is_none_or(|method| method.takes_json);
        if super::args::is_json(&self.headers) && !reads_json {
            return Args::only_of(&self.query);
        }
        Ok(args)
    }

    /// The bearer token, or the form's `token`.
    fn token(&self, args: &Args) -> Option<String> {
        let header = self
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let bearer = header
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(str::to_owned);
        bearer.or_else(|| args.text("token"))
    }
}

impl Playground {
    async fn answer(&self, name: &str, request: &Request) -> Reply {
        let Some(method) = methods::find(name) else {
            return refused(&"unknown_method".into());
        };
        let args = match request
            .args(name)
            .and_then(|args| self.authorise(request, args))
        {
            Ok(args) => args,
            Err(refusal) => return refused(&refusal),
        };
        let run = || self.run(method, &args);
        match self.inner.faults.take(name) {
            None => run(),
            Some(fault) => at_fault(fault, run).await,
        }
    }

    fn authorise(&self, request: &Request, args: Args) -> Result<Args, Refusal> {
        let token = request.token(&args).ok_or("not_authed")?;
        let expected = self.inner.settings.bot_token.expose_secret().as_bytes();
        if bool::from(token.as_bytes().ct_eq(expected)) {
            Ok(args)
        } else {
            Err("invalid_auth".into())
        }
    }

    fn run(&self, method: &Method, args: &Args) -> Reply {
        let settings = &self.inner.settings;
        let scopes: Vec<_> = settings.scopes().collect();
        let is_granted = |wanted: &&str| scopes.contains(wanted);
        if !method.scopes.is_empty() && !method.scopes.iter().any(is_granted) {
            return refused(&"missing_scope".into());
        }
        if let Err(retry_after) = self.measure(method, args) {
            return Reply::RateLimited(retry_after);
        }
        let answer = self.change(|state| {
            (method.run)(&mut Context {
                state,
                args,
                now: self.now(),
                history: settings.history,
                origin: &settings.web_api_url,
                files: &self.inner.files,
                scopes,
            })
        });
        match answer {
            Ok(fields) => accepted(fields),
            Err(refusal) => refused(&refusal),
        }
    }

    fn measure(&self, method: &Method, args: &Args) -> Result<(), u64> {
        let Rates::Slack { burst } = self.inner.settings.rates else {
            return Ok(());
        };
        let mut meter = lock(&self.inner.meter);
        let per_minute = method.tier.per_minute(self.inner.settings.history);
        meter.call(method.name, per_minute, self.now())?;
        match args
            .text("channel")
            .filter(|_| method.name == "chat.postMessage")
        {
            Some(channel) => meter.post(&channel, burst, self.now()),
            None => Ok(()),
        }
    }

    fn record_reply(&self, method: &str, args: &Args, reply: &Reply) {
        let (status, answer) = match reply {
            Reply::Json(status, json) => (status.as_u16(), json.clone()),
            Reply::RateLimited(_) => (429, ratelimited()),
            Reply::ServerError => (500, Value::Null),
            Reply::Closed | Reply::Never => (0, Value::Null),
        };
        let mut args = args.as_map().clone();
        args.shift_remove("token");
        self.record(Call {
            method: method.to_owned(),
            args,
            status,
            answer,
        });
    }
}

/// A post to a `response_url`.
async fn respond(
    State(playground): State<Playground>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let args = Args::read("", &headers, &body);
    let post = || match args
        .clone()
        .and_then(|args| playground.respond(&token, &args))
    {
        Ok(()) => accepted(Map::new()),
        Err(refusal) => gone_or_wrong(&refusal),
    };
    let reply = match playground.inner.faults.take("response_url") {
        None => post(),
        Some(fault) => at_fault(fault, post).await,
    };
    playground.record_reply("response_url", &args.clone().unwrap_or_default(), &reply);
    reply.into_response().await
}

impl Playground {
    fn respond(&self, token: &str, args: &Args) -> Result<(), Refusal> {
        let link = lock(&self.inner.links).take(token, self.now())?;
        self.change(|state| link.post(state, args, self.now()))?;
        Ok(())
    }
}

async fn at_fault(fault: Fault, run: impl FnOnce() -> Reply) -> Reply {
    match fault {
        Fault::RateLimited { retry_after } => Reply::RateLimited(retry_after.into()),
        Fault::Error(code) => refused(&code.as_str().into()),
        Fault::ServerError => Reply::ServerError,
        Fault::CloseBefore => Reply::Closed,
        Fault::CloseAfter => {
            run();
            Reply::Closed
        }
        Fault::HangAfter => {
            run();
            Reply::Never
        }
        Fault::Hold(gate) => {
            gate.pass().await;
            run()
        }
    }
}

fn accepted(fields: Map<String, Value>) -> Reply {
    let mut answer = super::wire::object([("ok", true.into())]);
    answer.extend(fields);
    Reply::Json(StatusCode::OK, answer.into())
}

fn refused(refusal: &Refusal) -> Reply {
    Reply::Json(StatusCode::OK, refusal_json(refusal))
}

/// A `response_url` says with its status that nothing was posted.
fn gone_or_wrong(refusal: &Refusal) -> Reply {
    let status = match refusal.code.as_str() {
        "expired_url" | "used_url" => StatusCode::NOT_FOUND,
        _ => StatusCode::BAD_REQUEST,
    };
    Reply::Json(status, refusal_json(refusal))
}

fn refusal_json(refusal: &Refusal) -> Value {
    let mut answer = json!({"ok": false, "error": refusal.code});
    if !refusal.messages.is_empty() {
        answer["response_metadata"] = json!({"messages": refusal.messages});
    }
    answer
}

fn ratelimited() -> Value {
    json!({"ok": false, "error": "ratelimited"})
}

impl Reply {
    async fn into_response(self) -> Response {
        match self {
            Self::Json(status, json) => (status, Json(json)).into_response(),
            Self::RateLimited(seconds) => {
                let wait = [(header::RETRY_AFTER, seconds.to_string())];
                (StatusCode::TOO_MANY_REQUESTS, wait, Json(ratelimited())).into_response()
            }
            Self::ServerError => {
                let page = Html("<html><body><h1>Server Error</h1></body></html>");
                (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
            }
            Self::Closed => closed(),
            Self::Never => std::future::pending().await,
        }
    }
}

/// A body that fails before its first byte makes the server close the connection without sending
/// the head that it holds back until then.
fn closed() -> Response {
    let broken = futures_util::stream::once(async {
        Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionAborted))
    });
    Body::from_stream(broken).into_response()
}
