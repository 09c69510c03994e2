//! Envelope, seal and cutting, from outside in.

use std::collections::BTreeMap;

use proptest::prelude::*;
use secrecy::SecretString;

use super::*;
use crate::ident::Installation;
use crate::store::engine::{Kind, VALUE_LIMIT};

fn keys(digits: &[&str]) -> SealingKeys {
    let words: Vec<String> = digits.iter().map(|digits| digits.repeat(32)).collect();
    SealingKeys::parse(&SecretString::from(words.join(","))).unwrap()
}

fn place(installation: &str) -> Key {
    Key::of(Kind::Plan, &Installation::new(installation)).words("p1")
}

/// A record as it lies in the engine: the head, and the parts by their keys.
fn store(keys: &SealingKeys, key: &Key, json: &[u8]) -> (Vec<u8>, BTreeMap<Key, Vec<u8>>) {
    let record = encode(keys, Cover::Sealed, key, 7, json).unwrap();
    let pieces = cut(key, record).unwrap();
    (pieces.head, pieces.parts.into_iter().collect())
}

fn load(
    keys: &SealingKeys,
    key: &Key,
    head: &[u8],
    parts: &BTreeMap<Key, Vec<u8>>,
) -> Result<Body, StoreError> {
    let record = match Head::read(head)? {
        None => head.to_vec(),
        Some(head) => head.join(head.keys(key).map(|part| Ok(parts.get(&part).cloned())))?,
    };
    decode(keys, key, &record)
}

fn content(length: usize) -> Vec<u8> {
    (0..length)
        .map(|n| u8::try_from(n * 31 % 251).unwrap())
        .collect()
}

/// Lengths around one, two and three records, with and without a seal.
fn length() -> impl Strategy<Value = usize> {
    let near = |n: usize| n.saturating_sub(60)..n + 20;
    prop_oneof![
        0..40usize,
        near(VALUE_LIMIT),
        near(2 * VALUE_LIMIT),
        near(3 * VALUE_LIMIT)
    ]
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(length in length(), sealed: bool) {
        let keys = if sealed { keys(&["a1"]) } else { SealingKeys::none() };
        let (head, parts) = store(&keys, &place("T1"), &content(length));
        prop_assert!(head.len() <= VALUE_LIMIT && parts.values().all(|p| p.len() <= VALUE_LIMIT));
        let body = load(&keys, &place("T1"), &head, &parts).unwrap();
        prop_assert_eq!(body.schema, 7);
        prop_assert_eq!(body.json.as_slice(), content(length));
    }

    #[test]
    fn a_flipped_bit_is_found(length in length(), sealed: bool, at: prop::sample::Index, bit in 0..8u8) {
        let keys = if sealed { keys(&["a1"]) } else { SealingKeys::none() };
        let (mut head, mut parts) = store(&keys, &place("T1"), &content(length));
        let mut records: Vec<&mut Vec<u8>> = parts.values_mut().chain([&mut head]).collect();
        let at = at.index(records.iter().map(|r| r.len()).sum());
        let mut bytes = records.iter_mut().flat_map(|r| r.iter_mut());
        *bytes.nth(at).unwrap() ^= 1 << bit;
        drop(bytes);
        prop_assert!(load(&keys, &place("T1"), &head, &parts).is_err());
    }

    #[test]
    fn a_missing_part_is_found(length in VALUE_LIMIT + 1..4 * VALUE_LIMIT, which: prop::sample::Index) {
        let (head, mut parts) = store(&SealingKeys::none(), &place("T1"), &content(length));
        let gone = parts.keys().nth(which.index(parts.len())).unwrap().clone();
        parts.remove(&gone);
        let loaded = load(&SealingKeys::none(), &place("T1"), &head, &parts);
        prop_assert!(matches!(loaded, Err(StoreError::Damaged(_))));
    }

    #[test]
    fn a_torn_record_is_found(length in 1..200usize, keep: prop::sample::Index, sealed: bool) {
        let keys = if sealed { keys(&["a1"]) } else { SealingKeys::none() };
        let (head, parts) = store(&keys, &place("T1"), &content(length));
        let torn = &head[..keep.index(head.len())];
        prop_assert!(load(&keys, &place("T1"), torn, &parts).is_err());
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = load(&keys(&["a1"]), &place("T1"), &bytes, &BTreeMap::new());
    }
}

#[test]
fn a_sealed_record_shows_nothing_and_opens_with_its_own_key_only() {
    let (old, new) = (keys(&["a1"]), keys(&["b2", "a1"]));
    let (head, parts) = store(&old, &place("T1"), b"we sell to dentists");
    assert!(!String::from_utf8_lossy(&head).contains("dentists"));
    let open =
        |keys: &SealingKeys| load(keys, &place("T1"), &head, &parts).map(|b| b.json.to_vec());
    assert_eq!(open(&old).unwrap(), b"we sell to dentists");
    assert_eq!(
        open(&new).unwrap(),
        b"we sell to dentists",
        "an older key still opens"
    );
    assert!(matches!(open(&keys(&["b2"])), Err(StoreError::NoKey(_))));
    assert!(matches!(
        open(&SealingKeys::none()),
        Err(StoreError::NoKey(_))
    ));
    let (resealed, _) = store(&new, &place("T1"), b"we sell to dentists");
    let by_old = load(&old, &place("T1"), &resealed, &parts);
    assert!(
        matches!(by_old, Err(StoreError::NoKey(_))),
        "the first key seals"
    );
}

#[test]
fn a_seal_holds_even_where_the_checksum_is_made_to_fit() {
    let keys = keys(&["a1"]);
    let key = place("T1");
    let (mut record, _) = store(&keys, &key, b"version 1");
    let last = record.len() - 1;
    record[last] ^= 1;
    let (header, rest) = record.split_first_chunk::<HEADER>().unwrap();
    let sum = checksum(&key, *header, &rest[CHECKSUM..]);
    let forged = [header.as_slice(), &sum, &rest[CHECKSUM..]].concat();
    let opened = decode(&keys, &key, &forged).map(|_| ());
    assert!(matches!(opened, Err(StoreError::Damaged(what)) if what.contains("seal")));
}

#[test]
fn a_record_fits_its_own_place_only() {
    for keys in [keys(&["a1"]), SealingKeys::none()] {
        let (head, parts) = store(&keys, &place("T1"), b"secret of T1");
        assert!(load(&keys, &place("T2"), &head, &parts).is_err());
    }
}

#[test]
fn a_record_without_a_key_still_opens_once_there_is_one() {
    let (head, parts) = store(&SealingKeys::none(), &place("T1"), b"early days");
    assert_eq!(
        load(&keys(&["a1"]), &place("T1"), &head, &parts)
            .unwrap()
            .json
            .to_vec(),
        b"early days"
    );
}
