//! What choices are called within patterns, found by the first word and the field.

use crate::plan::Field;

/// The words of a choice behind its first, and its slug.
pub(super) type Spelled = (Vec<u32>, &'static str);

/// The spellings of a field that begin with one word, the longest first.
struct OfField {
    field: &'static str,
    spelled: Vec<Spelled>,
}

/// All spellings; the number of a word in the vocabulary is the place of what begins with it.
#[derive(Default)]
pub(super) struct Spellings(Vec<Vec<OfField>>);

impl Spellings {
    /// Takes in what a choice is called; what stands there already is not taken twice.
    pub(super) fn add(&mut self, field: &'static Field, words: &[u32], slug: &'static str) {
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let spelled = self.of_field(field.name, *first as usize);
        if spelled.iter().all(|(it, _)| it != rest) {
            spelled.push((rest.to_vec(), slug));
        }
    }

    fn of_field(&mut self, field: &'static str, first: usize) -> &mut Vec<Spelled> {
        if self.0.len() <= first {
            self.0.resize_with(first + 1, Vec::new);
        }
        let of_word = &mut self.0[first];
        let known = of_word.iter().position(|it| it.field == field);
        let at = known.unwrap_or_else(|| {
            let spelled = Vec::new();
            of_word.push(OfField { field, spelled });
            of_word.len() - 1
        });
        &mut of_word[at].spelled
    }

    /// Puts longer ones before their beginnings.
    pub(super) fn sort(&mut self) {
        for of_field in self.0.iter_mut().flatten() {
            let by_length = |(rest, _): &Spelled| std::cmp::Reverse(rest.len());
            of_field.spelled.sort_by_key(by_length);
        }
    }

    /// Those of a field that begin with that word.
    pub(super) fn beginning(&self, field: &Field, first: u32) -> &[Spelled] {
        let of_word = self.0.get(first as usize).into_iter().flatten();
        let mut of_field = of_word.filter(|it| it.field == field.name);
        of_field.next().map_or(&[], |it| &it.spelled)
    }

    /// Whether one of some field begins with that word.
    pub(super) fn begin(&self, word: u32) -> bool {
        let of_word = self.0.get(word as usize);
        of_word.is_some_and(|it| !it.is_empty())
    }
}
