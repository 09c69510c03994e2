//! Typed records over the engine: read one, decide, and write a draft that holds only if what was read
//! still stands.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec::{self, Cover, Head, SealingKeys};
use super::engine::{Applied, Engine, Guard, Kind, Scan, Unit};
use super::key::Key;
use super::wake::{self, Wakes};
use crate::advisor::StoreError;
use crate::ident::Installation;

/// How often a write is decided anew because somebody else was first. Each time at least one other
/// write has gone through, so this is far beyond any crowd that the queue admits.
const ATTEMPTS: usize = 4096;

/// Something that is stored as one value.
pub(super) trait Record: Serialize + DeserializeOwned {
    /// Its kind.
    const KIND: Kind;
    /// The version of its JSON; grows when an older program could not read it.
    const SCHEMA: u16 = 1;

    /// Turns JSON of version `from` into version `from + 1`; called until it is `SCHEMA`.
    fn migrate(from: u16, json: serde_json::Value) -> Result<serde_json::Value, String> {
        let _ = json;
        Err(format!("nothing leads on from version {from}"))
    }
}

/// A record as it was read, and proof of what stood there.
pub(super) struct Found<T> {
    /// The record.
    pub(super) value: T,
    key: Key,
    head: Vec<u8>,
}

impl<T> Found<T> {
    /// Where it stands.
    pub(super) fn key(&self) -> &Key {
        &self.key
    }
}

/// All records of the store.
#[derive(Clone)]
pub(super) struct Records {
    pub(super) engine: Arc<dyn Engine>,
    keys: Arc<SealingKeys>,
    /// Which installations have something due.
    pub(super) wakes: Arc<Wakes>,
}

impl Records {
    pub(super) fn new(engine: Arc<dyn Engine>, keys: SealingKeys) -> Self {
        Self {
            engine,
            keys: Arc::new(keys),
            wakes: Arc::default(),
        }
    }

    pub(super) fn keys(&self) -> &SealingKeys {
        &self.keys
    }

    /// Reads one record.
    pub(super) fn get<T: Record>(&self, key: Key) -> Result<Option<Found<T>>, StoreError> {
        match self.engine.get(key.slot())? {
            None => Ok(None),
            Some(head) => self.read(key, head),
        }
    }

    /// Reads the records of a range.
    pub(super) fn scan<T: Record>(&self, scan: &Scan) -> Result<Vec<Found<T>>, StoreError> {
        let mut found = Vec::new();
        for (key, head) in self.engine.scan(scan)? {
            found.extend(self.read(read_key(scan.kind, key)?, head)?);
        }
        Ok(found)
    }

    /// The keys of a range.
    pub(super) fn keys_of(&self, scan: &Scan) -> Result<Vec<Key>, StoreError> {
        let entries = self.engine.scan(scan)?;
        entries
            .into_iter()
            .map(|(key, _)| read_key(scan.kind, key))
            .collect()
    }

    /// The installations that have anything of a kind; costs one look-up each.
    pub(super) fn installations(&self, kind: Kind) -> Result<Vec<Installation>, StoreError> {
        let mut found = Vec::new();
        let mut scan = Scan::all(kind, Vec::new()).limit(1);
        while let Some(key) = self.keys_of(&scan)?.pop() {
            scan = scan.from(key.beyond_installation());
            found.extend(key.installation());
        }
        Ok(found)
    }

    /// Between reading a head and its parts somebody may have written a new value, whose parts have
    /// other keys; then the new head is read.
    fn read<T: Record>(&self, key: Key, mut head: Vec<u8>) -> Result<Option<Found<T>>, StoreError> {
        loop {
            let damaged = match self.decode(&key, &head) {
                Ok(value) => return Ok(Some(Found { value, key, head })),
                Err(error) => error,
            };
            match self.engine.get(key.slot())? {
                None => return Ok(None),
                Some(now) if now == head => return Err(damaged),
                Some(now) => head = now,
            }
        }
    }

    fn decode<T: Record>(&self, key: &Key, head: &[u8]) -> Result<T, StoreError> {
        let body = match Head::read(head)? {
            None => codec::decode(&self.keys, key, head)?,
            Some(cut) => {
                let parts = cut.keys(key).map(|part| self.engine.get(part.slot()));
                codec::decode(&self.keys, key, &cut.join(parts)?)?
            }
        };
        migrated(body.schema, &body.json).map_err(|(kind, e)| match kind {
            Misread::TooNew => StoreError::TooNew(format!("{} {e}", T::KIND.name())),
            Misread::Damaged => StoreError::Damaged(format!("{} record, {e}", T::KIND.name())),
        })
    }

    /// Reads, decides and writes, again and again until nobody else wrote between.
    ///
    /// `decide` may run several times. If it refuses, nothing is written, and the refusal stands only
    /// if what it expected until then still holds: it may have read before and after another write.
    pub(super) async fn transact<T: Send, E: From<StoreError> + Send>(
        &self,
        mut decide: impl FnMut(&mut Draft<'_>) -> Result<T, E> + Send,
    ) -> Result<T, E> {
        for _ in 0..ATTEMPTS {
            let (outcome, unit) = self.draft(&mut decide);
            let applied = match unit {
                Some(unit) => self.apply(unit).await,
                None => Ok(Applied::Done),
            };
            match (applied, outcome) {
                (Ok(Applied::Conflict), _) => {}
                (Ok(Applied::Done), outcome) => return outcome,
                (Err(_), Err(refusal)) => return Err(refusal),
                (Err(error), Ok(_)) => return Err(error.into()),
            }
        }
        Err(StoreError::Io("too many others are writing the same records".to_owned()).into())
    }

    async fn apply(&self, unit: Unit) -> Result<Applied, StoreError> {
        let written = unit.puts.iter().map(|(slot, _)| slot);
        let indexed = written.filter(|slot| wake::KINDS.contains(&slot.kind));
        let indexed: Vec<_> = indexed.cloned().collect();
        let applied = self.engine.commit(unit).await;
        for slot in indexed {
            if let Some(key) = Key::read(slot.kind, slot.key) {
                self.wakes.written(&key);
            }
        }
        applied
    }

    /// One decision, and what must go to the engine for it; `None` if nothing.
    fn draft<T, E>(
        &self,
        decide: &mut impl FnMut(&mut Draft<'_>) -> Result<T, E>,
    ) -> (Result<T, E>, Option<Unit>) {
        let mut draft = Draft {
            records: self,
            unit: Unit::default(),
            settle: false,
        };
        let outcome = decide(&mut draft);
        if outcome.is_err() {
            draft.write_nothing();
        }
        let idle = draft.unit == Unit::default() && !draft.settle;
        (outcome, (!idle).then_some(draft.unit))
    }
}

fn read_key(kind: Kind, key: Vec<u8>) -> Result<Key, StoreError> {
    Key::read(kind, key).ok_or_else(|| StoreError::Damaged(format!("{} key", kind.name())))
}

enum Misread {
    TooNew,
    Damaged,
}

/// The error text never quotes the record: serde's messages may, so only their place is told.
fn migrated<T: Record>(schema: u16, json: &[u8]) -> Result<T, (Misread, String)> {
    let misread = |e: serde_json::Error| {
        (
            Misread::Damaged,
            format!("not readable at line {} column {}", e.line(), e.column()),
        )
    };
    if schema > T::SCHEMA {
        return Err((
            Misread::TooNew,
            format!("version {schema}, known up to {}", T::SCHEMA),
        ));
    }
    if schema == T::SCHEMA {
        return serde_json::from_slice(json).map_err(misread);
    }
    let mut json = serde_json::from_slice(json).map_err(misread)?;
    for from in schema..T::SCHEMA {
        json = T::migrate(from, json).map_err(|e| (Misread::Damaged, e))?;
    }
    serde_json::from_value(json).map_err(misread)
}

/// Writes that belong together.
pub(super) struct Draft<'a> {
    /// For reading.
    pub(super) records: &'a Records,
    unit: Unit,
    settle: bool,
}

impl Draft<'_> {
    /// Writes a record where none stands.
    pub(super) fn insert<T: Record>(&mut self, key: &Key, value: &T) -> Result<(), StoreError> {
        self.expect_none(key);
        self.put(key, value)
    }

    /// Writes a record in the place of the one that was read.
    pub(super) fn replace<T: Record>(
        &mut self,
        found: &Found<T>,
        value: &T,
    ) -> Result<(), StoreError> {
        self.expect(found);
        self.delete_parts(found)?;
        self.put(&found.key, value)
    }

    /// Writes a record, whether one was read there or not.
    pub(super) fn set<T: Record>(
        &mut self,
        key: &Key,
        found: Option<&Found<T>>,
        value: &T,
    ) -> Result<(), StoreError> {
        match found {
            None => self.insert(key, value),
            Some(found) => self.replace(found, value),
        }
    }

    /// Removes a record that was read.
    pub(super) fn remove<T: Record>(&mut self, found: &Found<T>) -> Result<(), StoreError> {
        self.expect(found);
        self.delete_parts(found)?;
        self.unit.deletes.push(found.key.slot().clone());
        Ok(())
    }

    /// Holds only if the record that was read still stands.
    pub(super) fn expect<T>(&mut self, found: &Found<T>) {
        self.unit
            .guards
            .push(Guard::Is(found.key.slot().clone(), found.head.clone()));
    }

    /// Holds only if still nothing stands there.
    pub(super) fn expect_none(&mut self, key: &Key) {
        self.unit.guards.push(Guard::Absent(key.slot().clone()));
    }

    /// Puts an entry into an index.
    pub(super) fn mark(&mut self, key: &Key) -> Result<(), StoreError> {
        let entry = codec::encode(&self.records.keys, Cover::Open, key, 1, b"")?;
        self.unit.puts.push((key.slot().clone(), entry));
        Ok(())
    }

    /// Removes whatever stands there: an index entry, or a record that is erased unread.
    pub(super) fn delete(&mut self, key: &Key) {
        self.unit.deletes.push(key.slot().clone());
    }

    /// Writes nothing, and waits until all that was read is on disk. Whoever tells somebody outside
    /// "I know that already" must: what a read sees may not be on disk yet.
    pub(super) fn only_settle(&mut self) {
        self.write_nothing();
        self.settle = true;
    }

    fn write_nothing(&mut self) {
        self.unit.deletes.clear();
        self.unit.puts.clear();
    }

    fn put<T: Record>(&mut self, key: &Key, value: &T) -> Result<(), StoreError> {
        debug_assert_eq!(
            key.slot().kind,
            T::KIND,
            "a record under a key of another kind"
        );
        let json = serde_json::to_vec(value)
            .map(zeroize::Zeroizing::new)
            .map_err(|e| StoreError::Refused(format!("a {} record: {e}", T::KIND.name())))?;
        let record = codec::encode(&self.records.keys, Cover::Sealed, key, T::SCHEMA, &json)?;
        let pieces = codec::cut(key, record)?;
        self.unit.puts.push((key.slot().clone(), pieces.head));
        let parts = pieces
            .parts
            .into_iter()
            .map(|(key, part)| (key.slot().clone(), part));
        self.unit.puts.extend(parts);
        Ok(())
    }

    fn delete_parts<T>(&mut self, found: &Found<T>) -> Result<(), StoreError> {
        if let Some(head) = Head::read(&found.head)? {
            self.unit
                .deletes
                .extend(head.keys(&found.key).map(|key| key.slot().clone()));
        }
        Ok(())
    }
}

/// All keys that begin as `key` does.
pub(super) fn below(key: &Key) -> Scan {
    Scan::all(key.slot().kind, key.as_bytes().to_vec())
}

/// Leaves a record aside that cannot be read, loudly: it must not stop the others.
pub(super) fn usable<T>(
    id: &str,
    found: Result<Option<Found<T>>, StoreError>,
) -> Result<Option<T>, StoreError> {
    Ok(usable_found(id, found)?.map(|found| found.value))
}

/// The same, with the proof of what stood there.
pub(super) fn usable_found<T>(
    id: &str,
    found: Result<Option<Found<T>>, StoreError>,
) -> Result<Option<Found<T>>, StoreError> {
    match found {
        Ok(found) => Ok(found),
        Err(error @ (StoreError::Damaged(_) | StoreError::NoKey(_) | StoreError::TooNew(_))) => {
            tracing::error!(id, %error, "a waiting record cannot be read and is left aside");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
