//! Values that are too long for one record are cut into parts, and put together on reading.
//!
//! The head of a cut value names its parts by an id of their own, so a reader never mixes the parts of
//! two writes.

use crate::advisor::StoreError;
use crate::store::engine::{Kind, VALUE_LIMIT};
use crate::store::key::Key;

/// The first byte of a head; `codec::WHOLE` and this one never meet.
pub(super) const CUT: u8 = 2;
/// The first byte of a part.
const PART: u8 = 3;

const PART_HEADER: usize = 5;
const PART_BYTES: usize = VALUE_LIMIT - PART_HEADER;
const HEAD_BYTES: usize = 33;

/// What one value becomes: a record, and the parts it needs.
pub(in crate::store) struct Pieces {
    /// What is stored under the value's own key.
    pub(in crate::store) head: Vec<u8>,
    /// The parts; none for a value that fits.
    pub(in crate::store) parts: Vec<(Key, Vec<u8>)>,
}

/// Says where the parts of a value are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Head {
    id: [u8; 16],
    parts: u32,
    length: u32,
    checksum: u32,
}

/// Cuts `value` if it is too long.
pub(in crate::store) fn cut(key: &Key, value: Vec<u8>) -> Result<Pieces, StoreError> {
    if value.len() <= VALUE_LIMIT {
        return Ok(Pieces {
            head: value,
            parts: Vec::new(),
        });
    }
    let too_long = |_| StoreError::Refused("a value of more than 4 GiB".to_owned());
    let head = Head {
        id: uuid::Uuid::now_v7().into_bytes(),
        parts: u32::try_from(value.len().div_ceil(PART_BYTES)).map_err(too_long)?,
        length: u32::try_from(value.len()).map_err(too_long)?,
        checksum: crc32fast::hash(&value),
    };
    let parts = head
        .keys(key)
        .zip(value.chunks(PART_BYTES).map(part))
        .collect();
    Ok(Pieces {
        head: head.write(),
        parts,
    })
}

fn part(bytes: &[u8]) -> Vec<u8> {
    let mut part = Vec::with_capacity(PART_HEADER + bytes.len());
    part.push(PART);
    part.extend(crc32fast::hash(bytes).to_be_bytes());
    part.extend(bytes);
    part
}

impl Head {
    /// Reads a head; `None` if the record is no head but a value.
    pub(in crate::store) fn read(record: &[u8]) -> Result<Option<Self>, StoreError> {
        if record.first() != Some(&CUT) {
            return Ok(None);
        }
        let damaged = || StoreError::Damaged("the head of a cut value".to_owned());
        let record: &[u8; HEAD_BYTES] = record.try_into().map_err(|_| damaged())?;
        let number = |at: usize| {
            u32::from_be_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]])
        };
        if crc32fast::hash(&record[..HEAD_BYTES - 4]) != number(HEAD_BYTES - 4) {
            return Err(damaged());
        }
        let mut id = [0; 16];
        id.copy_from_slice(&record[1..17]);
        Ok(Some(Self {
            id,
            parts: number(17),
            length: number(21),
            checksum: number(25),
        }))
    }

    fn write(self) -> Vec<u8> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        head.push(CUT);
        head.extend(self.id);
        for number in [self.parts, self.length, self.checksum] {
            head.extend(number.to_be_bytes());
        }
        head.extend(crc32fast::hash(&head).to_be_bytes());
        head
    }

    /// Where the parts are, in order.
    pub(in crate::store) fn keys(self, value: &Key) -> impl Iterator<Item = Key> {
        let base = value.beside(Kind::Part).bytes(self.id);
        (0..self.parts).map(move |n| base.clone().number(u64::from(n)))
    }

    /// Puts the parts together.
    pub(in crate::store) fn join(
        self,
        parts: impl Iterator<Item = Result<Option<Vec<u8>>, StoreError>>,
    ) -> Result<Vec<u8>, StoreError> {
        let damaged = |what: &str| StoreError::Damaged(format!("a cut value: {what}"));
        let mut value = Vec::new();
        for part in parts {
            let part = part?.ok_or_else(|| damaged("a part is missing"))?;
            let (header, bytes) = part
                .split_first_chunk::<PART_HEADER>()
                .ok_or_else(|| damaged("a part is torn"))?;
            if header[0] != PART || header[1..] != crc32fast::hash(bytes).to_be_bytes() {
                return Err(damaged("a part's checksum does not fit"));
            }
            value.extend_from_slice(bytes);
        }
        let fits = u32::try_from(value.len()) == Ok(self.length)
            && crc32fast::hash(&value) == self.checksum;
        if fits {
            Ok(value)
        } else {
            Err(damaged("the parts do not fit together"))
        }
    }
}
