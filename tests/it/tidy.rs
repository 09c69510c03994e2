//! The repository's rules as tests: layers, sizes, habits, documents. Each check is tested on
//! small texts beside it, so that it is known to be able to fail.

mod documents;
mod habits;
mod layers;
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use source::{Keep, Measured, blanked};

/// Files that break one rule knowingly: path, words of the fault, reason. An entry that is not
/// needed any more is a fault itself.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "src/failpoint.rs",
    "std::thread",
    "an armed point ends the process like a power cut; it exists in debug builds only",
)];

/// Where words of the service are at home, or cannot be kept out.
const SLACK_SPEAKERS: &[&str] = &["src/slack/", "src/playground/", "src/http/", "src/cli/"];

struct SourceFile {
    /// Relative to the repository, with `/`.
    path: String,
    text: String,
    /// It is compiled for tests only.
    tests_only: bool,
}

impl SourceFile {
    /// The top-level module, and how many modules deep the file is.
    fn module(&self) -> Option<(String, usize)> {
        let inside = self
            .path
            .strip_prefix("src/")?
            .trim_end_matches(".rs")
            .trim_end_matches("/mod");
        let top = inside.split('/').next().unwrap_or_default();
        (top != "lib").then(|| (top.to_owned(), inside.split('/').count()))
    }

    fn faults(&self) -> Vec<String> {
        let measured = Measured::of(&self.text);
        let mut faults = habits::check_any(&self.text, &measured);
        faults.extend(habits::check_name(&self.path));
        if self.tests_only {
            faults.extend(habits::check_tests(&measured));
            return faults;
        }
        faults.extend(habits::check_program(&measured));
        if !SLACK_SPEAKERS
            .iter()
            .any(|folder| self.path.starts_with(folder))
        {
            faults.extend(habits::check_slack_words(&self.text, &measured));
        }
        if let Some((module, depth)) = self.module() {
            faults.extend(layers::check_imports(&module, depth, &measured.program));
            faults.extend(layers::check_purity(&module, &measured.program));
            faults.extend(layers::check_clock(&module, &measured.program));
        }
        faults
    }
}

/// The repository's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with that ending, in a fixed order, but none of what is built,
/// installed or written at run time.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir()
            && !matches!(
                name.as_str(),
                "target" | "data" | "node_modules" | "__pycache__"
            )
            && (!name.starts_with('.') || name == ".ci")
        {
            found.extend(files(&path, ending));
        } else if path.is_file() && name.ends_with(ending) {
            found.push(path);
        }
    }
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

fn sources() -> Vec<SourceFile> {
    let paths: Vec<PathBuf> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), ".rs"))
        .collect();
    let texts: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            (
                relative(path),
                fs::read_to_string(path).expect("a source file is text"),
            )
        })
        .collect();
    let test_modules: Vec<String> = texts
        .iter()
        .flat_map(|(path, text)| test_modules(path, text))
        .collect();
    let is_test = |path: &str| {
        !path.starts_with("src/")
            || test_modules.iter().any(|module| {
                path == format!("{module}.rs") || path.starts_with(&format!("{module}/"))
            })
    };
    texts
        .into_iter()
        .map(|(path, text)| SourceFile {
            tests_only: is_test(&path),
            path,
            text,
        })
        .collect()
}

/// Paths (without `.rs`) of the modules that a file declares for tests only.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = match path
        .strip_suffix("/mod.rs")
        .or(path.strip_suffix("/lib.rs"))
        .or(path.strip_suffix("/main.rs"))
    {
        Some(folder) => folder,
        None => path.trim_end_matches(".rs"),
    };
    if !text.contains("#[cfg(test)]") {
        return Vec::new();
    }
    let code = blanked(text, Keep::Code);
    code.split("#[cfg(test)]")
        .skip(1)
        .filter_map(|rest| {
            let declaration = rest
                .trim_start()
                .strip_prefix("pub ")
                .unwrap_or(rest.trim_start());
            let name = declaration.strip_prefix("mod ")?.split_once(';')?.0;
            (!name.contains(['{', ' '])).then(|| format!("{folder}/{name}"))
        })
        .collect()
}

/// Takes out what is excepted, and adds exceptions that nothing needs.
fn without_exceptions(
    faults: &[(String, String)],
    exceptions: &[(&str, &str, &str)],
) -> Vec<String> {
    let excepted = |path: &str, fault: &str| {
        exceptions
            .iter()
            .position(|(file, words, _)| path == *file && fault.contains(words))
    };
    let used: Vec<usize> = faults
        .iter()
        .filter_map(|(path, fault)| excepted(path, fault))
        .collect();
    let unused = exceptions
        .iter()
        .enumerate()
        .filter(|(n, _)| !used.contains(n));
    let left = faults
        .iter()
        .filter(|(path, fault)| excepted(path, fault).is_none());
    left.map(|(path, fault)| format!("{path}:{fault}"))
        .chain(unused.map(|(_, (path, words, _))| {
            format!("{path}: the exception for `{words}` is not needed")
        }))
        .collect()
}

#[test]
fn the_sources_keep_the_rules() {
    let sources = sources();
    assert!(
        sources.len() > 20,
        "only {} source files were found",
        sources.len()
    );
    let faults: Vec<(String, String)> = sources
        .iter()
        .flat_map(|file| {
            file.faults()
                .into_iter()
                .map(|fault| (file.path.clone(), fault))
        })
        .collect();
    let faults = without_exceptions(&faults, EXCEPTIONS);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_module_has_a_layer_and_every_layer_its_module() {
    let mut modules: Vec<String> = sources()
        .iter()
        .filter_map(SourceFile::module)
        .map(|(module, _)| module)
        .collect();
    modules.dedup();
    for module in &modules {
        assert!(layers::layer(module).is_some(), "`{module}` has no layer");
    }
    for (module, _) in layers::LAYERS {
        assert!(
            modules.iter().any(|found| found == module),
            "`{module}` has a layer and no file"
        );
    }
}

#[test]
fn files_of_tests_are_told_from_the_program() {
    assert_eq!(
        test_modules("src/plan/mod.rs", "mod a;\n#[cfg(test)]\nmod tests;\n"),
        ["src/plan/tests"]
    );
    assert_eq!(
        test_modules("src/text.rs", "#[cfg(test)]\nmod tests {\n use a; }\n"),
        [""; 0]
    );
    let file = |path: &str| {
        SourceFile {
            path: path.to_owned(),
            text: String::new(),
            tests_only: false,
        }
        .module()
    };
    assert_eq!(file("src/plan/value.rs"), Some(("plan".to_owned(), 2)));
    assert_eq!(file("src/plan/mod.rs"), Some(("plan".to_owned(), 1)));
    assert_eq!(file("src/text.rs"), Some(("text".to_owned(), 1)));
    assert_eq!(file("src/lib.rs"), None);
}

#[test]
fn an_exception_is_used_or_goes() {
    let faults = || vec![("src/a.rs".to_owned(), "1: too long".to_owned())];
    assert_eq!(without_exceptions(&faults(), &[]), ["src/a.rs:1: too long"]);
    assert_eq!(
        without_exceptions(&faults(), &[("src/a.rs", "too long", "a table")]),
        [""; 0]
    );
    assert_eq!(
        without_exceptions(&faults(), &[("src/b.rs", "too long", "a table")]).len(),
        2
    );
}
