//! A sweep beside records that this version cannot read.

use super::*;
use crate::advisor::Swept;
use crate::store::codec::{self, Cover};

#[tokio::test]
async fn a_record_of_a_newer_version_keeps_no_other_from_being_swept() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    for n in 0..200 {
        let claimed = Commit {
            claims: vec![DedupKey(format!("trigger:{n}"))],
            ..commit(Vec::new())
        };
        store.commit(claimed).await.unwrap();
    }
    let records = &store.records;
    let seen = records.keys_of(&Scan::all(Kind::Seen, Vec::new())).unwrap();
    let newer = |key| {
        let record = codec::encode(records.keys(), Cover::Sealed, key, u16::MAX, b"{}");
        (key.slot().clone(), record.unwrap())
    };
    let unit = Unit {
        puts: vec![newer(&seen[0]), newer(&seen[70])],
        ..Unit::default()
    };
    records.engine.commit(unit).await.unwrap();
    let later = at(8 * 24 * 3600);
    let swept = |removed, left| Swept { removed, left };
    assert_eq!(store.sweep(later).await.unwrap(), swept(198, 2));
    assert_eq!(store.sweep(later).await.unwrap(), swept(0, 2));
    let left = records.keys_of(&Scan::all(Kind::Seen, Vec::new())).unwrap();
    assert_eq!(left.len(), 2);
}
