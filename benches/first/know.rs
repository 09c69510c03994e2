//! The knowledge library: loading it with its index, and looking things up in it and in generated
//! ones of growing size.

use std::fmt::Write;
use std::hint::black_box;

use gtm_advisor::knowledge::{Context, Entry, Library, Section, library};

use super::subject::{Routine, Subject};

/// What people ask, answerable or not, one with typing errors, one in a tale.
const QUESTIONS: [&str; 8] = [
    "should we hire reps yet?",
    "is 49 bucks a month enough for outside sales?",
    "what does ACV mean",
    "how do i calcualte paybck on CAC",
    "difference between SDR and MDR",
    "what's the weather in Berlin tomorrow?",
    "how many customer interviews before we write the ICP?",
    "We have three founders and no revenue. Last week a big bank asked for a pilot. Should we build for them?",
];

/// The sizes at which growth is measured.
pub(crate) const SIZES: [usize; 3] = [200, 2_000, 20_000];

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("load the library", |_| {
            Box::new(|| {
                black_box(Library::built_in().is_ok());
            })
        }),
        Subject::new("look up, the library", |_| {
            library();
            looking_up(library())
        })
        .of(8),
        Subject::new("load 200 sections", |_| loading(SIZES[0])),
        Subject::new("load 2,000 sections", |_| loading(SIZES[1])).at_most(20),
        Subject::new("load 20,000 sections", |_| loading(SIZES[2]))
            .at_most(1)
            .uncounted(),
        Subject::new("look up in 200", |_| looking_up_in(SIZES[0])).of(8),
        Subject::new("look up in 2,000", |_| looking_up_in(SIZES[1])).of(8),
        Subject::new("look up in 20,000", |_| looking_up_in(SIZES[2]))
            .of(8)
            .uncounted(),
    ]
}

fn looking_up(library: &'static Library) -> Routine {
    Box::new(move || {
        for question in QUESTIONS {
            black_box(library.look_up(black_box(question), &Context::default(), 8));
        }
    })
}

fn looking_up_in(sections: usize) -> Routine {
    // A program that ends soon may keep what it measures.
    looking_up(Box::leak(Box::new(generated(sections))))
}

fn loading(sections: usize) -> Routine {
    let pages = pages(sections);
    Box::new(move || {
        black_box(load(&pages));
    })
}

/// A library of so many generated sections.
pub(crate) fn generated(sections: usize) -> Library {
    load(&pages(sections))
}

fn load(pages: &[(String, String)]) -> Library {
    let pages: Vec<_> = pages
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    Library::load(&pages).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

/// Pages of so many sections: the library's own, with every third word another one, a tenth of
/// them invented, so that the vocabulary grows too.
fn pages(sections: usize) -> Vec<(String, String)> {
    let real: Vec<(&Entry, &Section)> = library()
        .entries()
        .iter()
        .flat_map(|entry| entry.sections.iter().map(move |section| (entry, section)))
        .collect();
    let bodies = real.iter().flat_map(|(_, section)| section.body.split(' '));
    let vocabulary: Vec<&str> = bodies
        .filter(|word| word.chars().all(char::is_alphanumeric))
        .collect();
    let mut words = Words {
        vocabulary,
        drawn: 1,
    };
    (0..sections)
        .map(|number| page(number, real[number % real.len()], &mut words))
        .collect()
}

fn page(
    number: usize,
    (entry, section): (&Entry, &Section),
    words: &mut Words<'_>,
) -> (String, String) {
    let title = words.mixed(&entry.title);
    let mut page = format!(
        "+++\nid = \"g{number}\"\ntitle = \"{}\"\nkind = \"concept\"\ntags = []\naliases = []\nsummary = \"{}\"\n\
         confidence = \"medium\"\nreviewed = \"2026-11-28\"\nrelated = []\n+++\n# {title}\n\n## {} {{#a}}\n\n{}\n\n\
         Sources: `gtm-framework#sales-motion-types`\n\nQuestions:\n",
        title.replace('"', "'"),
        words.mixed(&entry.summary).replace('"', "'"),
        words.mixed(&section.heading),
        words.mixed(&section.body),
    );
    for question in &section.questions {
        let _ = writeln!(page, "- {}", words.mixed(question));
    }
    (format!("generated/g{number}.md"), page)
}

/// Words drawn by a fixed sequence: equal runs measure equal libraries.
struct Words<'a> {
    vocabulary: Vec<&'a str>,
    drawn: u64,
}

impl Words<'_> {
    /// The words with every third one replaced.
    fn mixed(&mut self, words: &str) -> String {
        let mut mixed = String::new();
        for (at, word) in words.split(' ').enumerate() {
            if at > 0 {
                mixed.push(' ');
            }
            if at % 3 == 2 && word.chars().all(char::is_alphanumeric) {
                self.draw(&mut mixed);
            } else {
                mixed.push_str(word);
            }
        }
        mixed
    }

    fn draw(&mut self, into: &mut String) {
        let drawn = self.next();
        if drawn.is_multiple_of(10) {
            let _ = write!(into, "wo{}", letters(drawn / 10 % 30_000));
        } else {
            into.push_str(self.vocabulary[drawn % self.vocabulary.len()]);
        }
    }

    /// The next number (a linear congruential sequence).
    fn next(&mut self) -> usize {
        self.drawn = self
            .drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.drawn >> 33).unwrap_or_default()
    }
}

/// A number as letters.
fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 {
        let letter = u8::try_from(number % 26).unwrap_or_default();
        letters.push(char::from(b'a' + letter));
        number /= 26;
    }
    letters
}
