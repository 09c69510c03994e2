//! Whether a request is Slack's own: the signature over its raw bytes, inside a time window.
//!
//! [`Verified`] is the proof; only this module makes one, and the decoders take nothing else.

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// How far a request's own time may lie from ours, in seconds, before or after.
pub const WINDOW_S: u64 = 300;

/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-slack-signature";

/// The header with the time of signing.
pub const TIMESTAMP_HEADER: &str = "x-slack-request-timestamp";

/// Something whose signature was checked.
#[derive(Debug, Clone)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// What was verified.
    pub fn get(&self) -> &T {
        &self.0
    }
}

/// The two headers of a signed request, each with all values that came: more than one is no
/// header to trust.
#[derive(Debug, Clone, Copy)]
pub struct SignedHeaders<'a> {
    /// The values of [`SIGNATURE_HEADER`].
    pub signature: &'a [&'a [u8]],
    /// The values of [`TIMESTAMP_HEADER`].
    pub timestamp: &'a [&'a [u8]],
}

/// Why a request is not believed. Nothing of this goes back to whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// One of the headers is not there.
    #[error("a signature header is missing")]
    Missing,
    /// A header is there more than once, or does not look like one of Slack's.
    #[error("a signature header is malformed")]
    Malformed,
    /// The request was signed too long ago, or in the future.
    #[error("the request's time lies outside the window")]
    Expired,
    /// No secret of ours signs this request like that.
    #[error("the signature does not fit")]
    Wrong,
}

impl SignatureError {
    /// A short word for counting.
    pub fn label(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Expired => "expired",
            Self::Wrong => "wrong",
        }
    }
}

/// The signing secrets in force; several during a rotation.
#[derive(Debug, Clone)]
pub struct Secrets(Vec<SecretString>);

impl Secrets {
    /// Takes the secrets in force; with none, nothing is ever believed.
    pub fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        let given = secrets.into_iter();
        // An empty key would let anybody sign.
        Self(given.filter(|it| !it.expose_secret().is_empty()).collect())
    }

    /// All of them, the newest first.
    pub(super) fn all(&self) -> &[SecretString] {
        &self.0
    }

    /// Checks a request's raw bytes against its headers at the instant `now`.
    pub fn verify(
        &self,
        headers: SignedHeaders<'_>,
        body: Bytes,
        now: Timestamp,
    ) -> Result<Verified<Bytes>, SignatureError> {
        let time_header = only(headers.timestamp)?;
        let claimed = signature(only(headers.signature)?)?;
        let signed_at = seconds(time_header)?;
        if now.as_second().abs_diff(signed_at) > WINDOW_S {
            return Err(SignatureError::Expired);
        }
        // Every secret is tried, so that the time taken does not say which one fits.
        let mut fits = false;
        for secret in &self.0 {
            fits |= mac(secret, time_header, &body)
                .verify_slice(&claimed)
                .is_ok();
        }
        if fits {
            Ok(Verified(body))
        } else {
            Err(SignatureError::Wrong)
        }
    }
}

fn mac(secret: &SecretString, time_header: &[u8], body: &[u8]) -> Hmac<Sha256> {
    let key = secret.expose_secret().as_bytes();
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(b"v0:");
    mac.update(time_header);
    mac.update(b":");
    mac.update(body);
    mac
}

fn only<'a>(values: &[&'a [u8]]) -> Result<&'a [u8], SignatureError> {
    match values {
        [] => Err(SignatureError::Missing),
        [value] => Ok(value),
        _ => Err(SignatureError::Malformed),
    }
}

fn signature(header: &[u8]) -> Result<[u8; 32], SignatureError> {
    let digits = header
        .strip_prefix(b"v0=")
        .ok_or(SignatureError::Malformed)?;
    let mut bytes = [0; 32];
    hex::decode_to_slice(digits, &mut bytes).map_err(|_| SignatureError::Malformed)?;
    Ok(bytes)
}

fn seconds(header: &[u8]) -> Result<i64, SignatureError> {
    let digits = !header.is_empty() && header.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(header)
        .ok()
        .filter(|_| digits)
        .and_then(|text| text.parse().ok())
        .ok_or(SignatureError::Malformed)
}

/// Signs a body as Slack does; for tests, which have to play Slack.
#[cfg(test)]
pub(crate) fn sign(secret: &str, time_header: &str, body: &[u8]) -> String {
    let secret = SecretString::from(secret);
    let bytes = mac(&secret, time_header.as_bytes(), body)
        .finalize()
        .into_bytes();
    format!("v0={}", hex::encode(bytes))
}

/// Takes a body's signature as checked; for tests of what comes after.
#[cfg(test)]
pub(crate) fn taken_as_verified(body: impl Into<Bytes>) -> Verified<Bytes> {
    Verified(body.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: &str = "gtm-test-secret";
    const AT: i64 = 1_700_000_000;
    const CHALLENGE: &str = r#"{"type":"url_verification","challenge":"abc"}"#;
    const CHALLENGE_SIGNED: &str =
        "v0=ade963d471f2b46a6e122bea337efd2fe5269de73d5866b9b1f2ff1a8a5a0c19";
    const COMMAND: &str = "command=%2Fgtm&text=check&team_id=T1&user_id=U1";
    const COMMAND_SIGNED: &str =
        "v0=60737a2937d4264984635b33c80590f0422f4062f5e144a326e3e35f8337e800";

    fn secrets(given: &[&str]) -> Secrets {
        Secrets::new(given.iter().map(|it| SecretString::from(*it)))
    }

    fn verify(signature: &str, time: &str, body: &str, now: i64) -> Result<(), SignatureError> {
        let headers = SignedHeaders {
            signature: &[signature.as_bytes()],
            timestamp: &[time.as_bytes()],
        };
        let now = Timestamp::from_second(now).expect("a timestamp");
        secrets(&[SECRET])
            .verify(headers, Bytes::copy_from_slice(body.as_bytes()), now)
            .map(|verified| assert_eq!(verified.get(), body))
    }

    #[test]
    fn the_published_vectors_fit() {
        assert_eq!(
            verify(CHALLENGE_SIGNED, "1700000000", CHALLENGE, AT),
            Ok(())
        );
        assert_eq!(verify(COMMAND_SIGNED, "1700000000", COMMAND, AT), Ok(()));
        assert_eq!(
            sign(SECRET, "1700000000", COMMAND.as_bytes()),
            COMMAND_SIGNED
        );
    }

    #[test]
    fn upper_case_digits_are_the_same_number() {
        let shouted = COMMAND_SIGNED.to_uppercase().replace("V0=", "v0=");
        assert_eq!(verify(&shouted, "1700000000", COMMAND, AT), Ok(()));
    }

    #[test]
    fn the_window_is_five_minutes_both_ways() {
        let check = |now: i64, expected| {
            assert_eq!(
                verify(COMMAND_SIGNED, "1700000000", COMMAND, now),
                expected,
                "{now}"
            );
        };
        check(AT - 300, Ok(()));
        check(AT + 300, Ok(()));
        check(AT - 301, Err(SignatureError::Expired));
        check(AT + 301, Err(SignatureError::Expired));
        check(0, Err(SignatureError::Expired));
    }

    #[test]
    fn headers_that_are_not_slacks_are_malformed() {
        let check = |signature: &str, time: &str| {
            assert_eq!(
                verify(signature, time, COMMAND, AT),
                Err(SignatureError::Malformed),
                "{signature} {time}"
            );
        };
        check("", "1700000000");
        check("v1=00", "1700000000");
        check("v0=", "1700000000");
        check(&COMMAND_SIGNED[..60], "1700000000");
        check(&format!("{COMMAND_SIGNED}00"), "1700000000");
        check(&COMMAND_SIGNED.replace('e', "é"), "1700000000");
        check(COMMAND_SIGNED, "");
        check(COMMAND_SIGNED, "-1700000000");
        check(COMMAND_SIGNED, "+1700000000");
        check(COMMAND_SIGNED, "1700000000.0");
        check(COMMAND_SIGNED, " 1700000000");
        check(COMMAND_SIGNED, "99999999999999999999");
    }

    #[test]
    fn a_header_stands_exactly_once() {
        let body = Bytes::from_static(COMMAND.as_bytes());
        let now = Timestamp::from_second(AT).expect("a timestamp");
        let one: &[&[u8]] = &[COMMAND_SIGNED.as_bytes()];
        let two: &[&[u8]] = &[COMMAND_SIGNED.as_bytes(), COMMAND_SIGNED.as_bytes()];
        let time: &[&[u8]] = &[b"1700000000"];
        let check = |signature, timestamp, expected| {
            let headers = SignedHeaders {
                signature,
                timestamp,
            };
            let outcome = secrets(&[SECRET]).verify(headers, body.clone(), now);
            assert_eq!(outcome.map(|_| ()), Err(expected));
        };
        check(&[], time, SignatureError::Missing);
        check(one, &[], SignatureError::Missing);
        check(two, time, SignatureError::Malformed);
        check(
            one,
            &[b"1700000000", b"1700000000"],
            SignatureError::Malformed,
        );
    }

    #[test]
    fn during_a_rotation_either_secret_signs_and_none_is_no_key() {
        let now = Timestamp::from_second(AT).expect("a timestamp");
        let outcome = |given: &[&str], signed_with: &str| {
            let signature = sign(signed_with, "1700000000", COMMAND.as_bytes());
            let headers = SignedHeaders {
                signature: &[signature.as_bytes()],
                timestamp: &[b"1700000000"],
            };
            secrets(given)
                .verify(headers, Bytes::from_static(COMMAND.as_bytes()), now)
                .map(|_| ())
        };
        assert_eq!(outcome(&["new", "old"], "new"), Ok(()));
        assert_eq!(outcome(&["new", "old"], "old"), Ok(()));
        assert_eq!(outcome(&["new"], "old"), Err(SignatureError::Wrong));
        assert_eq!(outcome(&[], ""), Err(SignatureError::Wrong));
        assert_eq!(outcome(&[""], ""), Err(SignatureError::Wrong));
    }

    #[test]
    fn debug_shows_no_secret() {
        assert!(!format!("{:?}", secrets(&[SECRET])).contains(SECRET));
    }

    proptest! {
        #[test]
        fn what_was_signed_is_believed_and_nothing_else(
            body in proptest::collection::vec(any::<u8>(), 0..64),
            skew in -300_i64..=300,
            flip in 0_usize..256,
            extra in any::<u8>(),
        ) {
            let time = AT.to_string();
            let signature = sign(SECRET, &time, &body);
            let now = Timestamp::from_second(AT + skew).expect("a timestamp");
            let verify = |signature: &str, body: &[u8]| {
                let headers = SignedHeaders {
                    signature: &[signature.as_bytes()],
                    timestamp: &[time.as_bytes()],
                };
                secrets(&[SECRET]).verify(headers, Bytes::copy_from_slice(body), now).map(|_| ())
            };
            prop_assert_eq!(verify(&signature, &body), Ok(()));

            let mut longer = body.clone();
            longer.push(extra);
            prop_assert_eq!(verify(&signature, &longer), Err(SignatureError::Wrong));

            let mut digits = hex::decode(&signature[3..]).expect("hex");
            digits[flip / 8] ^= 1 << (flip % 8);
            let forged = format!("v0={}", hex::encode(digits));
            prop_assert_eq!(verify(&forged, &body), Err(SignatureError::Wrong));
        }

        #[test]
        fn no_header_makes_it_panic(
            signature in proptest::collection::vec(any::<u8>(), 0..80),
            timestamp in proptest::collection::vec(any::<u8>(), 0..24),
        ) {
            let headers = SignedHeaders { signature: &[&signature], timestamp: &[&timestamp] };
            let now = Timestamp::from_second(AT).expect("a timestamp");
            prop_assert!(secrets(&[SECRET]).verify(headers, Bytes::new(), now).is_err());
        }
    }
}
