//! Backup: everything as JSON lines, each with a checksum, and back into an empty folder.
//!
//! Records stay in their envelopes: what was sealed is sealed in the backup too, and needs the same
//! keys.

use std::io::{BufRead, BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::engine::{Engine, Kind, Scan, Slot, Unit};
use super::sled::SledEngine;
use super::{OpenError, RecordStore, blocking, folder};
use crate::advisor::StoreError;

const FORMAT: u32 = 1;
/// How many records are read or written at a time.
const CHUNK: usize = 256;

/// How much an export or import held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Records, with indexes and parts.
    pub records: u64,
}

/// Why a backup cannot be read in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder is no place for it.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is something in the folder already.
    #[error("a backup is only read into an empty folder")]
    NotEmpty,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A line is not as it was written.
    #[error("line {line} of the backup is damaged: {detail}")]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        detail: String,
    },
    /// The end is missing.
    #[error("the backup ends too early, after line {line}")]
    CutShort {
        /// The last line.
        line: usize,
    },
    /// It cannot be read.
    #[error("the backup cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
enum Line {
    Head {
        format: u32,
    },
    Record {
        tree: String,
        key: String,
        value: String,
        sum: u32,
    },
    Tail(Exported),
}

fn sum(parts: [&[u8]; 3]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    for part in parts {
        sum.update(part);
        sum.update(&[0]);
    }
    sum.finalize()
}

fn write(sink: &mut dyn Write, line: &Line) -> Result<(), StoreError> {
    serde_json::to_writer(&mut *sink, line)
        .map_err(std::io::Error::from)
        .and_then(|()| sink.write_all(b"\n"))
        .map_err(|e| StoreError::Io(e.to_string()))
}

impl RecordStore {
    /// Writes everything, as it is at one instant; writers wait meanwhile.
    pub async fn export(&self, mut sink: Box<dyn Write + Send>) -> Result<Exported, StoreError> {
        let engine = Arc::clone(&self.records.engine);
        let outcome = Arc::new(Mutex::new(Err(StoreError::Closed)));
        let result = Arc::clone(&outcome);
        let work = move || {
            let written = export_all(&*engine, &mut *sink);
            *result.lock().unwrap_or_else(PoisonError::into_inner) = written;
        };
        self.records.engine.stand_still(Box::new(work)).await?;
        let outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner);
        outcome.clone()
    }

    /// Writes everything into a new file that only its owner can read; it is on disk on return.
    pub async fn export_to(&self, file: &Path) -> Result<Exported, StoreError> {
        let io = |e: std::io::Error| StoreError::Io(e.to_string());
        let path = file.to_owned();
        let sink = blocking(move || folder::create_private(&path).map_err(io)).await?;
        let written = sink.try_clone().map_err(io)?;
        let exported = self.export(Box::new(BufWriter::new(sink))).await;
        let path = file.to_owned();
        blocking(move || match exported {
            Ok(exported) => folder::settle(&written, &path)
                .map(|()| exported)
                .map_err(io),
            Err(error) => {
                // Best effort: without its last line it is no backup anyway.
                let _ = std::fs::remove_file(&path);
                Err(error)
            }
        })
        .await
    }

    /// Reads a backup into a folder that has no store yet.
    pub async fn import(
        folder: &Path,
        source: Box<dyn BufRead + Send>,
    ) -> Result<Exported, ImportError> {
        let folder = folder.to_owned();
        let engine = blocking(move || Ok(SledEngine::open(&folder))).await??;
        for &kind in Kind::ALL {
            if !engine
                .scan(&Scan::all(kind, Vec::new()).limit(1))?
                .is_empty()
            {
                return Err(ImportError::NotEmpty);
            }
        }
        import_all(&engine, source).await
    }
}

fn export_all(engine: &dyn Engine, sink: &mut dyn Write) -> Result<Exported, StoreError> {
    let mut count = Exported::default();
    write(sink, &Line::Head { format: FORMAT })?;
    for &kind in Kind::ALL {
        let mut scan = Scan::all(kind, Vec::new()).limit(CHUNK);
        loop {
            let entries = engine.scan(&scan)?;
            let Some((last, _)) = entries.last() else {
                break;
            };
            scan = scan.from([last.as_slice(), &[0]].concat());
            for (key, value) in entries {
                let sum = sum([kind.name().as_bytes(), &key, &value]);
                let (tree, key) = (kind.name().to_owned(), hex::encode(key));
                write(
                    sink,
                    &Line::Record {
                        tree,
                        key,
                        value: hex::encode(value),
                        sum,
                    },
                )?;
                count.records += 1;
            }
        }
    }
    write(sink, &Line::Tail(count))?;
    sink.flush().map_err(|e| StoreError::Io(e.to_string()))?;
    Ok(count)
}

async fn import_all(
    engine: &SledEngine,
    source: Box<dyn BufRead + Send>,
) -> Result<Exported, ImportError> {
    let mut count = Exported::default();
    let mut unit = Unit::default();
    let mut last = 0;
    for (line, text) in (1..).zip(source.lines()) {
        last = line;
        let damaged = |detail: &str| ImportError::Damaged {
            line,
            detail: detail.to_owned(),
        };
        let read: Line = serde_json::from_str(&text?).map_err(|_| damaged("not one of ours"))?;
        match read {
            Line::Head { format } if line == 1 && format == FORMAT => {}
            Line::Head { .. } => return Err(damaged("another format")),
            _ if line == 1 => return Err(damaged("the first line is missing")),
            Line::Record {
                tree,
                key,
                value,
                sum,
            } => {
                unit.puts
                    .push(record(&tree, &key, &value, sum).map_err(damaged)?);
                count.records += 1;
            }
            Line::Tail(expected) => {
                engine.commit(std::mem::take(&mut unit)).await?;
                let whole = expected == count;
                return if whole {
                    Ok(count)
                } else {
                    Err(damaged("lines are missing"))
                };
            }
        }
        if unit.puts.len() == CHUNK {
            engine.commit(std::mem::take(&mut unit)).await?;
        }
    }
    Err(ImportError::CutShort { line: last })
}

fn record(
    tree: &str,
    key: &str,
    value: &str,
    expected: u32,
) -> Result<(Slot, Vec<u8>), &'static str> {
    let kind = Kind::ALL.iter().copied().find(|kind| kind.name() == tree);
    let kind = kind.ok_or("a kind of record that is not known")?;
    let key = hex::decode(key).map_err(|_| "not hexadecimal")?;
    let value = hex::decode(value).map_err(|_| "not hexadecimal")?;
    if sum([tree.as_bytes(), &key, &value]) != expected {
        return Err("its checksum does not fit");
    }
    Ok((Slot { kind, key }, value))
}
