//! Prompts: files with front matter, embedded, and rendered with the inputs that they declare.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Deserialize;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/prompts");

/// What is sent to a model: all of it, so that the whole can be shown and tested.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The prompt's id.
    pub prompt: &'static str,
    /// Its version, which grows with every change of its words.
    pub version: u32,
    /// The rules.
    pub system: String,
    /// The material.
    pub user: String,
    /// The shape of the answer, as a JSON Schema.
    pub schema: serde_json::Value,
    /// The most tokens that the answer may have.
    pub longest_answer: u32,
}

/// The shapes that an answer can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shape {
    /// Sentences with citations.
    Answer,
    /// Values with quotes.
    Values,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    id: String,
    version: u32,
    inputs: Vec<String>,
    schema: Shape,
    longest_answer: u32,
}

/// One prompt.
#[derive(Debug)]
pub(super) struct Prompt {
    front: Front,
    system: String,
    user: String,
}

/// What a prompt is rendered with, by the names that its front matter declares.
pub(super) type Inputs = BTreeMap<&'static str, Value>;

/// Ends the rules and begins the material.
const USER: &str = "\n=== user ===\n";

static PROMPTS: LazyLock<Vec<Prompt>> = LazyLock::new(|| {
    texts()
        .map(|text| Prompt::read(text).expect("the prompts are read in a test"))
        .collect()
});

/// The files, but for the page that tells people about them.
fn texts() -> impl Iterator<Item = &'static str> {
    let files = FILES.files();
    let prompts = files.filter(|file| file.path().file_name() != Some("README.md".as_ref()));
    prompts.filter_map(|file| file.contents_utf8())
}

/// The prompt whose answers have that shape.
pub(super) fn prompt(shape: Shape) -> &'static Prompt {
    let mut prompts = PROMPTS.iter();
    prompts
        .find(|prompt| prompt.front.schema == shape)
        .expect("there is a prompt of each shape")
}

impl Prompt {
    fn read(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix("+++\n").ok_or("no front matter")?;
        let (front, body) = text.split_once("\n+++\n").ok_or("no end of it")?;
        let front: Front = toml::from_str(front).map_err(|error| error.to_string())?;
        let (system, user) = body.split_once(USER).ok_or("no material")?;
        Ok(Self {
            front,
            system: system.trim().to_owned(),
            user: user.trim().to_owned(),
        })
    }

    /// The prompt with its inputs; the program's own, so a mistake in it is found by its test.
    pub(super) fn render(&'static self, inputs: Inputs, schema: serde_json::Value) -> Rendered {
        self.try_render(inputs, schema)
            .expect("the prompts are rendered in a test with all that they declare")
    }

    fn try_render(
        &'static self,
        inputs: Inputs,
        schema: serde_json::Value,
    ) -> Result<Rendered, String> {
        let given: Vec<&str> = inputs.keys().copied().collect();
        let mut declared: Vec<&str> = self.front.inputs.iter().map(String::as_str).collect();
        declared.sort_unstable();
        if given != declared {
            return Err(format!(
                "{} declares {declared:?} and was given {given:?}",
                self.front.id
            ));
        }
        let mut engine = Environment::new();
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        let inputs = Value::from(inputs);
        let fill = |template: &str| {
            let filled = engine.render_str(template, &inputs);
            filled.map_err(|error| error.to_string())
        };
        Ok(Rendered {
            prompt: &self.front.id,
            version: self.front.version,
            system: fill(&self.system)?,
            user: fill(&self.user)?,
            schema,
            longest_answer: self.front.longest_answer,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_prompt_of_each_shape_under_its_own_name() {
        assert_eq!(texts().count(), 2);
        for (shape, id) in [(Shape::Answer, "answer"), (Shape::Values, "read")] {
            let prompt = prompt(shape);
            assert_eq!(prompt.front.id, id);
            assert!(FILES.get_file(format!("{id}.md")).is_some());
            assert!(prompt.front.version > 0 && prompt.front.longest_answer > 0);
        }
    }

    #[test]
    fn an_input_that_is_missing_or_unknown_is_an_error() {
        let prompt = prompt(Shape::Answer);
        let some = |names: &[&'static str]| {
            let inputs = names.iter().map(|name| (*name, Value::from("x")));
            prompt.try_render(inputs.collect(), serde_json::Value::Null)
        };
        assert!(some(&["question", "verdict"]).is_err());
        assert!(some(&["question", "verdict", "evidence", "more"]).is_err());
    }

    #[test]
    fn a_name_that_nobody_gave_is_no_empty_word() {
        let mut prompt = Prompt::read(
            "+++\nid = \"x\"\nversion = 1\ninputs = [\"a\"]\nschema = \"answer\"\nlongest_answer = 1\n+++\n{{ a }}\n=== user ===\n{{ b }}\n",
        )
        .unwrap();
        prompt.system.push('!');
        let prompt: &'static Prompt = Box::leak(Box::new(prompt));
        let inputs = Inputs::from([("a", Value::from("x"))]);
        let error = prompt.try_render(inputs, serde_json::Value::Null);
        assert!(error.is_err_and(|error| error.contains("undefined")));
    }

    #[test]
    fn front_matter_that_says_more_than_it_may_is_refused() {
        for text in [
            "no front matter",
            "+++\nid = 1\n+++\n",
            "+++\nid = \"x\"\nversion = 1\ninputs = []\nschema = \"answer\"\nlongest_answer = 1\ntools = []\n+++\na\n=== user ===\nb\n",
        ] {
            assert!(Prompt::read(text).is_err(), "{text}");
        }
    }
}
