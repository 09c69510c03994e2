//! Tells Cargo which embedded pages are an input, so that a new page is never missing, and stems the words
//! of the library, which takes longer than all else that its index is made by.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs, io};

use rust_stemmers::{Algorithm, Stemmer};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=knowledge");
    let mut words = BTreeSet::new();
    gather(Path::new("knowledge"), &mut words)?;
    let stemmer = Stemmer::create(Algorithm::English);
    let line = |word: &String| match stemmer.stem(word) {
        stem if stem == *word => format!("{word}\n"),
        stem => format!("{word} {stem}\n"),
    };
    let lines: String = words.iter().map(line).collect();
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder");
    fs::write(Path::new(&folder).join("stems.txt"), lines)
}

/// The words of all files in a folder. One that is missed is stemmed when it is met.
fn gather(folder: &Path, words: &mut BTreeSet<String>) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.is_dir() {
            gather(&path, words)?;
        } else {
            let text = fs::read_to_string(&path)?.to_ascii_lowercase();
            let text = text.replace(['\'', '\u{2019}'], "");
            let found = text.split(|letter: char| !letter.is_alphanumeric());
            let stemmed = found.filter(|word| word.len() > 2 && word.is_ascii());
            words.extend(stemmed.map(str::to_owned));
        }
    }
    Ok(())
}
