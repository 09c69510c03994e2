//! A delivery from Slack up to the moment at which it may be acknowledged: signature, decoding,
//! and the sealed record in a store on disk.

use std::hint::black_box;
use std::vec::IntoIter;

use bytes::Bytes;
use futures_util::future::join_all;
use gtm_advisor::advisor::{Origin, Received, Store};
use gtm_advisor::slack::command::command;
use gtm_advisor::slack::delivery::{Context, Decoded};
use gtm_advisor::slack::hooks::Hooks;
use gtm_advisor::slack::signature::{Secrets, SignedHeaders};
use gtm_advisor::store::{RecordStore, SealingKeys};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use secrecy::SecretString;
use sha2::Sha256;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::subject::{Routine, Subject};

const SECRET: &str = "bench-secret";
const SIGNED_AT: &str = "1800000000";
const AT_ONCE: usize = 64;

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("verify a signature and decode", |calls| {
            let mut door = Door::new(calls);
            Box::new(move || {
                black_box(door.next());
            })
        })
        .at_most(500),
        Subject::new("verify, decode, receive: one", |calls| receiving(calls, 1))
            .at_most(100)
            .on_threads(),
        Subject::new("verify, decode, receive: 64 at once", |calls| {
            receiving(calls, AT_ONCE)
        })
        .of(64)
        .at_most(10)
        .on_threads(),
    ]
}

/// So many deliveries at once into a store of its own.
fn receiving(calls: usize, at_once: usize) -> Routine {
    let mut door = Door::new(calls * at_once);
    let place = Place::open();
    Box::new(move || {
        let origins: Vec<Origin> = (0..at_once).map(|_| door.next()).collect();
        place.receive(origins, door.now);
    })
}

/// Requests as they come from Slack, and what it takes to believe and read them.
struct Door {
    requests: IntoIter<Request>,
    secrets: Secrets,
    hooks: Hooks,
    now: Timestamp,
}

struct Request {
    body: Bytes,
    signature: String,
}

impl Door {
    fn new(requests: usize) -> Self {
        let requests: Vec<Request> = (0..requests).map(Request::new).collect();
        Self {
            requests: requests.into_iter(),
            secrets: Secrets::new([SecretString::from(SECRET)]),
            hooks: Hooks::new("https://slack.com/api"),
            now: Timestamp::constant(1_800_000_001, 0),
        }
    }

    /// The next request, verified and read.
    fn next(&mut self) -> Origin {
        let request = self
            .requests
            .next()
            .expect("a request was prepared for each");
        let headers = SignedHeaders {
            signature: &[request.signature.as_bytes()],
            timestamp: &[SIGNED_AT.as_bytes()],
        };
        let verified = self.secrets.verify(headers, request.body, self.now);
        let context = Context {
            identity: None,
            hooks: &self.hooks,
            secrets: &self.secrets,
            now: self.now,
        };
        match command(&verified.expect("it was signed"), context) {
            Decoded::Deliver(origin) => *origin,
            other => panic!("it is a command: {other:?}"),
        }
    }
}

impl Request {
    fn new(number: usize) -> Self {
        let body = format!(
            "token=none&team_id=T1&team_domain=acme&channel_id=C1&channel_name=gtm&user_id=U1&user_name=ana\
             &command=%2Fgtm&text=set+price+%2449%2Fmo+for+mid-market&api_app_id=A1\
             &is_enterprise_install=false&trigger_id={number}.1.bench\
             &response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1%2F{number}%2Fbench"
        );
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(SECRET.as_bytes())
            .expect("HMAC takes a key of any length");
        mac.update(format!("v0:{SIGNED_AT}:{body}").as_bytes());
        Self {
            signature: format!("v0={}", hex::encode(mac.finalize().into_bytes())),
            body: Bytes::from(body),
        }
    }
}

/// A store in a folder that goes away.
struct Place {
    store: RecordStore,
    runtime: Runtime,
    _folder: TempDir,
}

impl Place {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime of one thread needs nothing");
        let key = SecretString::from(format!("{:064}", 7));
        let keys = SealingKeys::parse(&key).expect("64 digits are a key");
        let store = runtime
            .block_on(RecordStore::open(folder.path(), keys))
            .expect("an empty folder can be opened");
        Self {
            store,
            runtime,
            _folder: folder,
        }
    }

    fn receive(&self, origins: Vec<Origin>, now: Timestamp) {
        let all = origins
            .into_iter()
            .map(|origin| self.store.receive(origin, now));
        for received in self.runtime.block_on(join_all(all)) {
            assert!(matches!(received, Ok(Received::New(_))), "{received:?}");
        }
    }
}
