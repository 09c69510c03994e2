//! Typed records: migration, and writers that meet.

use super::*;
use crate::store::tests::{open, team};

#[derive(Serialize, serde::Deserialize)]
struct Old {
    name: String,
}

impl Record for Old {
    const KIND: Kind = Kind::Pointer;
}

/// The same record two versions later: renamed, then split.
#[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
struct New {
    first: String,
    last: String,
}

impl Record for New {
    const KIND: Kind = Kind::Pointer;
    const SCHEMA: u16 = 3;

    fn migrate(from: u16, mut json: serde_json::Value) -> Result<serde_json::Value, String> {
        match from {
            1 => {
                let name = json["name"].take();
                Ok(serde_json::json!({ "full": name }))
            }
            2 => {
                let full = json["full"].as_str().ok_or("no full name")?;
                let (first, last) = full.split_once(' ').ok_or("no last name")?;
                Ok(serde_json::json!({ "first": first, "last": last }))
            }
            other => Err(format!("nothing leads on from version {other}")),
        }
    }
}

fn key() -> Key {
    Key::of(Kind::Pointer, &team()).words("a")
}

async fn write<T: Record + Sync>(records: &Records, value: &T) {
    let outcome: Result<(), StoreError> = records
        .transact(|draft| {
            let found = draft.records.engine.get(key().slot())?;
            assert!(found.is_none());
            draft.insert(&key(), value)
        })
        .await;
    outcome.unwrap();
}

#[tokio::test]
async fn an_old_record_is_read_step_by_step() {
    let place = tempfile::tempdir().unwrap();
    let records = open(&place).await.records;
    write(
        &records,
        &Old {
            name: "Ada Lovelace".to_owned(),
        },
    )
    .await;
    let found = records.get::<New>(key()).unwrap().unwrap();
    assert_eq!(
        found.value,
        New {
            first: "Ada".into(),
            last: "Lovelace".into()
        }
    );
}

#[tokio::test]
async fn a_record_that_cannot_be_migrated_says_so_without_its_words() {
    let place = tempfile::tempdir().unwrap();
    let records = open(&place).await.records;
    write(
        &records,
        &Old {
            name: "Ada".to_owned(),
        },
    )
    .await;
    let Err(StoreError::Damaged(what)) = records.get::<New>(key()) else {
        panic!("there is no last name");
    };
    assert!(
        what.contains("no last name") && !what.contains("Ada"),
        "{what}"
    );
}

#[tokio::test]
async fn a_record_of_a_newer_program_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let records = open(&place).await.records;
    write(
        &records,
        &New {
            first: "Ada".into(),
            last: "Lovelace".into(),
        },
    )
    .await;
    assert!(matches!(
        records.get::<Old>(key()),
        Err(StoreError::TooNew(_))
    ));
}

#[tokio::test]
async fn writers_that_meet_decide_anew() {
    let place = tempfile::tempdir().unwrap();
    let records = open(&place).await.records;
    write(
        &records,
        &Old {
            name: String::new(),
        },
    )
    .await;
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let records = records.clone();
            tokio::spawn(async move {
                let grow = |draft: &mut Draft<'_>| {
                    let found = draft.records.get::<Old>(key())?.unwrap();
                    let name = format!("{}x", found.value.name);
                    draft.replace(&found, &Old { name })
                };
                records.transact::<(), StoreError>(grow).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let found = records.get::<Old>(key()).unwrap().unwrap();
    assert_eq!(found.value.name, "x".repeat(32));
}
