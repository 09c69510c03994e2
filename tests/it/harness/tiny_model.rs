//! A sentence-transformers folder with a BERT of two layers that knows two dozen words. Its weights
//! are drawn from a seed, so that texts of the same words lie near each other and nothing else is
//! promised.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// The words that it knows.
const WORDS: [&str; 24] = [
    "[PAD]",
    "[UNK]",
    "price",
    "churn",
    "reps",
    "hire",
    "field",
    "sales",
    "customers",
    "how",
    "what",
    "is",
    "we",
    "our",
    "plan",
    "payback",
    "cac",
    "pay",
    "back",
    "?",
    "trial",
    "free",
    "months",
    "icp",
];
const HIDDEN: usize = 16;
const LAYERS: usize = 2;
const INNER: usize = 32;
const POSITIONS: usize = 24;

/// Writes the folder, with weights of this seed.
pub(crate) fn tiny_model(folder: &Path, seed: u64) {
    fs::create_dir_all(folder.join("1_Pooling")).expect("a folder");
    let put = |file: &str, json: &Value| {
        fs::write(folder.join(file), json.to_string()).expect("writable");
    };
    put("config.json", &config());
    put("tokenizer.json", &tokenizer());
    put(
        "modules.json",
        &json!([
            { "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer" },
            { "idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling" },
        ]),
    );
    put(
        "1_Pooling/config.json",
        &json!({ "pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false }),
    );
    fs::write(folder.join("model.safetensors"), weights(seed)).expect("writable");
}

fn config() -> Value {
    json!({
        "model_type": "bert",
        "vocab_size": WORDS.len(),
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": 2,
        "intermediate_size": INNER,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "max_position_embeddings": POSITIONS,
        "type_vocab_size": 2,
        "initializer_range": 0.02,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
    })
}

fn tokenizer() -> Value {
    let vocabulary: Map<String, Value> = (0..)
        .zip(WORDS)
        .map(|(id, word)| (word.to_owned(), json!(id)))
        .collect();
    json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": [],
        "normalizer": { "type": "Lowercase" },
        "pre_tokenizer": { "type": "Whitespace" },
        "post_processor": null,
        "decoder": null,
        "model": { "type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]" },
    })
}

/// The weights as a safetensors file: the length of a header, the header, the numbers.
fn weights(seed: u64) -> Vec<u8> {
    let mut drawn = Drawn {
        state: seed,
        header: Map::new(),
        numbers: Vec::new(),
    };
    for (name, rows) in [
        ("word", WORDS.len()),
        ("position", POSITIONS),
        ("token_type", 2),
    ] {
        // A place counts little beside a word.
        let spread = if name == "word" { 1.0 } else { 0.05 };
        drawn.tensor(
            &format!("embeddings.{name}_embeddings.weight"),
            &[rows, HIDDEN],
            spread,
        );
    }
    drawn.norm("embeddings.LayerNorm");
    for layer in 0..LAYERS {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        for part in [
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
        ] {
            drawn.dense(&name(part), [HIDDEN, HIDDEN]);
        }
        drawn.norm(&name("attention.output.LayerNorm"));
        drawn.dense(&name("intermediate.dense"), [INNER, HIDDEN]);
        drawn.dense(&name("output.dense"), [HIDDEN, INNER]);
        drawn.norm(&name("output.LayerNorm"));
    }
    let header = Value::Object(drawn.header).to_string();
    let length = u64::try_from(header.len()).expect("a small header");
    [
        &length.to_le_bytes(),
        header.as_bytes(),
        drawn.numbers.as_slice(),
    ]
    .concat()
}

struct Drawn {
    state: u64,
    header: Map<String, Value>,
    numbers: Vec<u8>,
}

impl Drawn {
    fn dense(&mut self, name: &str, shape: [usize; 2]) {
        self.tensor(&format!("{name}.weight"), &shape, 0.1);
        self.tensor(&format!("{name}.bias"), &shape[..1], 0.0);
    }

    fn norm(&mut self, name: &str) {
        let ones = vec![1.0; HIDDEN];
        self.put(&format!("{name}.weight"), &[HIDDEN], &ones);
        self.tensor(&format!("{name}.bias"), &[HIDDEN], 0.0);
    }

    /// Numbers between minus and plus `spread`.
    fn tensor(&mut self, name: &str, shape: &[usize], spread: f32) {
        let drawn: Vec<f32> = (0..shape.iter().product())
            .map(|_| spread * self.next())
            .collect();
        self.put(name, shape, &drawn);
    }

    fn put(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        let begin = self.numbers.len();
        self.numbers
            .extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        let about =
            json!({ "dtype": "F32", "shape": shape, "data_offsets": [begin, self.numbers.len()] });
        self.header.insert(name.to_owned(), about);
    }

    /// The next number between -1 and 1 (Knuth's linear congruence).
    fn next(&mut self) -> f32 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = u16::try_from(self.state >> 48).expect("sixteen bits");
        f32::from(high) / f32::from(u16::MAX) * 2.0 - 1.0
    }
}
