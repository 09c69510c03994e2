//! Looking up by meaning: a model from a folder, its bad days, and that nothing changes without one.
//!
//! The model is a tiny one with drawn weights (`harness::tiny_model`): it shows the way of the
//! numbers, not what a real one understands. What that adds is measured in `knowledge.rs`.
#![cfg(feature = "semantic")]

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gtm_advisor::advisor::Meaning;
use gtm_advisor::knowledge::{Meanings, library};
use gtm_advisor::metrics::{MeaningOutcome, Metrics};
use gtm_advisor::semantic::{
    self, Embedding, Encode, EncodeError, Kept, Prepared, Ranker, measure,
};
use tempfile::TempDir;

use crate::harness::{
    ANA, Binary, Ended, GTM_PLAN, Setup, outside, outside_for, story_with, tiny_model,
};

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    tiny_model(folder.path(), 7);
    folder
}

fn opened(folder: &Path) -> Arc<dyn Encode> {
    semantic::open(folder).unwrap_or_else(|error| panic!("{error}"))
}

/// A library of three sections.
fn sections() -> Vec<Meanings> {
    let section = |texts: &[&str]| Meanings {
        texts: texts.iter().map(|&text| text.to_owned()).collect(),
    };
    vec![
        section(&["what is churn?", "churn of customers"]),
        section(&["how we price our plan", "price?", "is our price free?"]),
        section(&["hire reps", "field sales reps"]),
    ]
}

fn prepared(encoder: &dyn Encode, folder: &Path) -> Prepared {
    let prepared = semantic::prepare(encoder, &sections(), folder, &|| false);
    prepared.expect("readable").expect("to its end")
}

/// The vectors' files in a folder.
fn kept(folder: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(folder).expect("a folder");
    files.map(|file| file.expect("a file").path()).collect()
}

#[test]
fn a_question_is_nearest_to_the_section_of_its_words() {
    let (folder, data) = (folder(), tempfile::tempdir().expect("a folder"));
    let encoder = opened(folder.path());
    let vectors = prepared(&*encoder, data.path()).vectors;
    assert_eq!(vectors.count(), 7);
    for (words, nearest) in [("what is churn?", 0), ("Price?", 1), ("reps hire", 2)] {
        let near = measure(&*encoder, &vectors, words).expect("readable");
        assert_eq!(near.nearest(3)[0], nearest, "{words}: {near:?}");
        assert_eq!(measure(&*encoder, &vectors, words), Ok(near));
    }
    // The same text read alone and beside a longer one.
    let alone = encoder.encode(&["churn"]).expect("readable");
    let both = encoder.encode(&["churn", "how we price our plan is what reps hire"]);
    let both = both.expect("readable");
    let apart = alone
        .iter()
        .zip(&both)
        .map(|(one, other)| (one - other).abs());
    assert!(apart.fold(0.0, f32::max) < 1e-5);
    let length: f32 = alone.iter().map(|number| number * number).sum();
    assert!((length - 1.0).abs() < 1e-5);
    // Nothing to read, and more than is read.
    assert!(
        encoder
            .encode(&[""])
            .expect("readable")
            .iter()
            .all(|it| *it == 0.0)
    );
    let (long, longer) = ("churn ".repeat(1_000), "churn ".repeat(90_000));
    assert_eq!(encoder.encode(&[&long]), encoder.encode(&[&longer]));
}

#[test]
fn vectors_are_kept_for_the_next_start_and_believed_only_whole() {
    let (folder, data) = (folder(), tempfile::tempdir().expect("a folder"));
    let encoder = opened(folder.path());
    let first = prepared(&*encoder, data.path());
    assert_eq!((first.kept, first.unkept), (Kept::Computed, None));
    let again = prepared(&*encoder, data.path());
    assert_eq!(again.kept, Kept::Before);
    assert_eq!(again.vectors, first.vectors);

    let file = &kept(data.path())[0];
    let whole = fs::read(file).expect("readable");
    let mut changed = whole.clone();
    changed[60] ^= 1;
    for bad in [&whole[..whole.len() - 1], &changed, b"", &[0; 4_000]] {
        fs::write(file, bad).expect("writable");
        let anew = prepared(&*encoder, data.path());
        assert_eq!((anew.kept, anew.unkept), (Kept::Computed, None));
        assert_eq!(anew.vectors, first.vectors);
        assert_eq!(fs::read(file).expect("readable"), whole);
    }

    // Another model has vectors of its own, and takes the place.
    let other = tempfile::tempdir().expect("a folder");
    tiny_model(other.path(), 8);
    let others = prepared(&*opened(other.path()), data.path());
    assert_eq!(others.kept, Kept::Computed);
    assert_ne!(others.vectors, first.vectors);
    let left = kept(data.path());
    assert!(left.len() == 1 && left[0] != *file, "{left:?}");

    // A folder that takes nothing.
    let full = prepared(&*encoder, &folder.path().join("config.json/below"));
    assert_eq!(full.vectors, first.vectors);
    assert!(full.unkept.is_some_and(|why| why.contains("meaning-")));
    // Ended before the end.
    let over = semantic::prepare(&*encoder, &sections(), &data.path().join("new"), &|| true);
    assert!(over.expect("no failure").is_none());
}

/// A folder with one thing wrong, and what is said of it.
#[track_caller]
fn refused(spoil: impl FnOnce(&Path), expected: &[&str]) {
    let folder = folder();
    spoil(folder.path());
    let error = semantic::open(folder.path()).expect_err("refused");
    let said = error.to_string();
    for expected in expected {
        assert!(said.contains(expected), "{expected:?} in {said:?}");
    }
}

/// Changes a word in a file of the folder.
fn change(file: &'static str, from: &'static str, to: &'static str) -> impl FnOnce(&Path) {
    move |folder| {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.contains(from), "{from} in {text}");
        fs::write(path, text.replace(from, to)).expect("writable");
    }
}

#[test]
fn a_folder_without_such_a_model_is_refused_with_what_would_be_right() {
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        let remove = |folder: &Path| fs::remove_file(folder.join(file)).expect("there");
        refused(
            remove,
            &[&format!("has no `{file}`"), "sentence-transformers"],
        );
    }
    refused(
        |folder| fs::remove_dir_all(folder).expect("there"),
        &["has no `config.json`"],
    );
    let as_folder = |folder: &Path| {
        fs::remove_file(folder.join("tokenizer.json")).expect("there");
        fs::create_dir(folder.join("tokenizer.json")).expect("a folder");
    };
    refused(as_folder, &["tokenizer.json", "it is no file"]);
    refused(
        change("config.json", "\"bert\"", "\"roberta\""),
        &["`roberta`", "only `bert`", "all-MiniLM"],
    );
    refused(
        change("config.json", "model_type", "kind"),
        &["names no `model_type`"],
    );
    refused(
        change("config.json", "\"gelu\"", "\"swish\""),
        &["config.json", "swish"],
    );
    refused(
        change(
            "config.json",
            "\"num_attention_heads\":2",
            "\"num_attention_heads\":0",
        ),
        &["0 attention heads"],
    );
    refused(
        change(
            "config.json",
            "\"num_attention_heads\":2",
            "\"num_attention_heads\":3",
        ),
        &["a multiple"],
    );
    refused(
        change(
            "config.json",
            "\"type_vocab_size\":2",
            "\"type_vocab_size\":0",
        ),
        &["one type of token"],
    );
    refused(change("config.json", "{", "["), &["config.json", "line 1"]);
    refused(
        change("modules.json", "models.Pooling", "models.Dense"),
        &["`Dense`", "not run"],
    );
    refused(
        change("1_Pooling/config.json", "true", "false"),
        &["1_Pooling", "pooling_mode_mean_tokens"],
    );
    refused(
        change("tokenizer.json", "WordLevel", "Guess"),
        &["tokenizer.json", "no tokenizer"],
    );
    // A tokenizer of another model.
    refused(
        change("config.json", "\"vocab_size\":24", "\"vocab_size\":20"),
        &["knows 24 tokens", "takes 20"],
    );
    // Weights of another model.
    refused(
        change("config.json", "\"hidden_size\":16", "\"hidden_size\":8"),
        &["model.safetensors", "not those of `config.json`", "shape"],
    );
    refused(
        change(
            "config.json",
            "\"num_hidden_layers\":2",
            "\"num_hidden_layers\":900000000",
        ),
        &["not those of `config.json`", "encoder.layer.2"],
    );
}

#[test]
fn weights_that_are_broken_are_refused() {
    let with = |make: &dyn Fn(Vec<u8>) -> Vec<u8>, expected: &[&str]| {
        let spoil = |folder: &Path| {
            let path = folder.join("model.safetensors");
            let bytes = fs::read(&path).expect("readable");
            fs::write(path, make(bytes)).expect("writable");
        };
        refused(spoil, expected);
    };
    with(&|_| Vec::new(), &["model.safetensors", "not those of"]);
    with(
        &|bytes| bytes[..bytes.len() / 2].to_vec(),
        &["model.safetensors", "not those of"],
    );
    // A header that claims to be longer than the file, and one that claims more than there is room for.
    with(
        &|bytes| [&[0xFF; 7], &bytes[7..]].concat(),
        &["not those of"],
    );
    with(
        &|bytes| [&u64::MAX.to_le_bytes(), &bytes[8..]].concat(),
        &["not those of"],
    );
    // Numbers that are none.
    let not_a_number = |mut bytes: Vec<u8>| {
        let header = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"));
        let begin = 8 + usize::try_from(header).expect("a small header");
        for four in bytes[begin..].as_chunks_mut::<4>().0 {
            *four = f32::NAN.to_le_bytes();
        }
        bytes
    };
    with(&not_a_number, &["lead to no vector"]);
    // Larger than any that is read; its bytes are never touched.
    let grow = |folder: &Path| {
        let file = fs::File::create(folder.join("model.safetensors")).expect("writable");
        file.set_len(5 << 30).expect("a sparse file");
    };
    refused(
        grow,
        &[
            "has 5368709120 bytes",
            "at most 1073741824",
            "all-MiniLM-L6-v2",
        ],
    );
}

/// An encoder that waits until it is told to go on.
#[derive(Debug)]
struct Slow {
    began: Sender<()>,
    go_on: Mutex<Receiver<()>>,
}

impl Encode for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn dimension(&self) -> usize {
        1
    }

    fn fingerprint(&self) -> [u8; 32] {
        [3; 32]
    }

    fn encode(&self, texts: &[&str]) -> Result<Vec<f32>, EncodeError> {
        match texts {
            ["wait"] => {
                self.began.send(()).expect("awaited");
                let go_on = self.go_on.lock().expect("one at a time");
                go_on.recv().expect("told in the end");
            }
            ["fail"] => return Err(EncodeError("no".to_owned())),
            ["panic"] => panic!("a bug of the model's"),
            _ => {}
        }
        Ok(vec![1.0; texts.len()])
    }
}

#[tokio::test]
async fn a_model_that_is_late_busy_or_broken_is_done_without() {
    let (data, metrics) = (
        tempfile::tempdir().expect("a folder"),
        Arc::new(Metrics::new()),
    );
    let ((began, has_begun), (tell, go_on)) = (channel(), channel());
    let slow = Slow {
        began,
        go_on: Mutex::new(go_on),
    };
    let slow = Embedding {
        encoder: Arc::new(slow),
        kept_in: data.path().to_owned(),
    };
    let ranker = Ranker::new(slow.clone(), metrics.clone(), Duration::from_millis(1));
    let count = |outcome| metrics.meaning.lookups(outcome);

    assert_eq!(ranker.near("early").await, None);
    assert_eq!(count(MeaningOutcome::NotReady), 1);
    assert!(ranker.told().contains("looked up by words alone"));
    ranker.prepare(&sections(), &|| false).expect("readable");
    assert!(
        ranker
            .told()
            .starts_with("7 vectors by slow, computed at this start")
    );

    assert_eq!(ranker.near("wait").await, None);
    assert_eq!(count(MeaningOutcome::TooSlow), 1);
    // That one still holds the only place.
    has_begun.recv().expect("it has begun");
    assert_eq!(ranker.near("what is churn?").await, None);
    assert_eq!(count(MeaningOutcome::Busy), 1);
    tell.send(()).expect("it waits");

    let patient = Ranker::new(slow, metrics.clone(), Duration::from_mins(1));
    patient.prepare(&sections(), &|| false).expect("kept");
    assert!(patient.told().contains("kept from before"));
    assert!(patient.near("what is churn?").await.is_some());
    assert_eq!(count(MeaningOutcome::Used), 1);
    for words in ["fail", "panic"] {
        assert_eq!(patient.near(words).await, None);
    }
    assert_eq!(count(MeaningOutcome::Failed), 2);
    // And on it goes.
    assert!(patient.near("what is churn?").await.is_some());
    assert!(metrics.encode().contains("gtm_meaning_vectors 7"));
}

/// What `lookup` says for scripts in a data folder.
async fn looked_up(data: &Path, settings: &[(&str, &str)]) -> Ended {
    const WORDS: [&str; 4] = ["lookup", "how do we price a plan?", "--format", "json"];
    Binary::start(&WORDS, settings, data).ended().await
}

#[test]
fn on_the_command_line_nothing_changes_until_a_folder_is_named() {
    outside_for(Duration::from_mins(1), async || {
        let (model, data) = (folder(), tempfile::tempdir().expect("a folder"));
        let model = model.path().to_str().expect("text");
        let (without, unset) = tokio::join!(
            looked_up(data.path(), &[]),
            looked_up(data.path(), &[("GTM_EMBEDDING_DIR", " ")])
        );
        let without = without.output;
        assert_eq!(without, unset.output);
        assert!(!without.contains("for meaning") && kept(data.path()).is_empty());

        let named = [("GTM_EMBEDDING_DIR", model)];
        let first = looked_up(data.path(), &named).await;
        assert_eq!(first.code(), Some(0), "{}", first.output);
        let count: usize = library().meanings().iter().map(|it| it.texts.len()).sum();
        assert!(
            first
                .output
                .contains(&format!("Computing the library's {count} vectors")),
            "{}",
            first.output
        );
        assert!(
            first.output.contains("0.30 for meaning"),
            "{}",
            first.output
        );
        let asked = Binary::start(&["ask", "how do we price a plan?"], &named, data.path());
        let (again, asked, after) = tokio::join!(
            looked_up(data.path(), &named),
            asked.ended(),
            looked_up(data.path(), &[])
        );
        let again = again.output;
        assert!(
            again.starts_with('{') && first.output.ends_with(again.lines().last().expect("some"))
        );
        assert!(again.contains("0.30 for meaning"));
        assert_eq!(asked.code(), Some(0));
        // And without it all is as it was.
        assert_eq!(after.output, without);
    });
}

#[test]
fn a_folder_that_cannot_be_used_stops_the_start_and_the_doctor_says_why() {
    outside(async || {
        let (model, data) = (folder(), tempfile::tempdir().expect("a folder"));
        let named = [("GTM_EMBEDDING_DIR", model.path().to_str().expect("text"))];
        let doctor = Binary::start(&["doctor"], &named, data.path())
            .ended()
            .await;
        assert!(
            doctor.output.contains("ok    meaning   on: "),
            "{}",
            doctor.output
        );
        assert!(
            doctor.output.contains("not computed yet"),
            "{}",
            doctor.output
        );
        looked_up(data.path(), &named).await;
        // The folder that the lookup used is the server's own.
        let doctor = Binary::start(&["doctor"], &named, data.path())
            .ended()
            .await;
        assert!(
            doctor
                .output
                .contains("vectors are kept in the data folder"),
            "{}",
            doctor.output
        );

        fs::remove_file(model.path().join("tokenizer.json")).expect("there");
        for (words, code) in [
            (&["serve"][..], 2),
            (&["lookup", "price"], 2),
            (&["doctor"], 1),
        ] {
            let ended = Binary::start(words, &named, data.path()).ended().await;
            assert_eq!(ended.code(), Some(code), "{}", ended.output);
            assert!(
                ended.output.contains("GTM_EMBEDDING_DIR: "),
                "{}",
                ended.output
            );
            assert!(
                ended.output.contains("has no `tokenizer.json`"),
                "{}",
                ended.output
            );
        }
    });
}

#[test]
fn a_question_in_a_channel_is_looked_up_by_meaning_once_the_vectors_are_there() {
    let model = folder();
    let setup = Setup {
        encoder: Some(opened(model.path())),
        ..Setup::default()
    };
    story_with(setup, async |bot| {
        let ranker = bot.ranker();
        bot.mention(ANA, GTM_PLAN, "how do we price a plan?").await;
        assert!(
            bot.metrics()
                .contains("gtm_meaning_lookups_total{outcome=\"not_ready\"} 1")
        );
        ranker
            .prepare(&library().meanings(), &|| false)
            .expect("readable");
        let before = bot.metrics();
        bot.command(ANA, GTM_PLAN, "ask how do we price a plan?")
            .await;
        bot.command(ANA, GTM_PLAN, "check").await;
        let after = bot.metrics();
        let asked = |metrics: &str| {
            let counts = metrics
                .lines()
                .filter(|line| line.starts_with("gtm_meaning_lookups_total"));
            let counts = counts.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok());
            counts.sum::<u64>()
        };
        assert_eq!((asked(&before), asked(&after)), (1, 2), "{after}");
    });
}
