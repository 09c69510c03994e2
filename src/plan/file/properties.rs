//! What holds for every file, however broken.

use proptest::prelude::*;

use super::tests::{LEDGERLY, today};
use super::{FileFormat, read_file};

proptest! {
    #[test]
    fn no_file_panics(text in prop_oneof![".{0,60}", "[a-z.=\"'\\[\\]{}0-9:, \n#`é-]{0,80}"]) {
        for format in [FileFormat::Toml, FileFormat::Json, FileFormat::Markdown] {
            if let Err(error) = read_file(&text, format, today()) {
                prop_assert!(!error.problems.is_empty());
                prop_assert!(error.problems.iter().all(|p| p.line > 0 && p.column > 0));
            }
        }
    }

    #[test]
    fn cut_or_broken_files_do_not_panic(cut in 0..LEDGERLY.len(), put in "[\"\\[\\]=.{},0a\n]{0,3}") {
        prop_assume!(LEDGERLY.is_char_boundary(cut));
        let broken = format!("{}{put}{}", &LEDGERLY[..cut], &LEDGERLY[cut..]);
        for text in [&LEDGERLY[..cut], &broken] {
            if let Err(error) = read_file(text, FileFormat::Toml, today()) {
                prop_assert!(!error.problems.is_empty());
            }
        }
    }
}
