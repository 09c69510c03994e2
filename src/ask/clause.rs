//! What says what a word means, out of a section on more than that: a clause of a sentence that tells several
//! words apart, or a sentence further down.

use super::compose::{sentence, sentences};
use super::lead::without;
use crate::knowledge::Form;
use crate::text::{capitalised, fold, words};

/// A sentence of so many clauses tells words apart.
const SEVERAL: usize = 3;

/// The clause about the word that was asked, and what the section says beside it; nothing where the
/// section begins with that word anyway.
pub(super) fn asked(question: &str, form: Form, body: &str) -> Option<(String, String)> {
    if form != Form::Define {
        return None;
    }
    let folded = fold(question);
    let asked = words(&folded);
    let first = sentence(body);
    if let Some(said) = further_down(&asked, body) {
        return Some((said.to_owned(), without(body, said)));
    }
    let clauses: Vec<&str> = first.trim_end_matches('.').split("; ").collect();
    let (begin, others) = clauses.split_first()?;
    if clauses.len() < SEVERAL || is_about(begin, &asked) {
        return None;
    }
    let mut about = others.iter().filter(|clause| is_about(clause, &asked));
    let clause = about.next()?;
    if about.next().is_some() {
        return None;
    }
    let kept: Vec<&str> = clauses.iter().copied().filter(|it| it != clause).collect();
    let rest = format!("{}.{}", kept.join("; "), &body[first.len()..]);
    Some((format!("{}.", capitalised(clause)), rest))
}

/// The sentence that calls something by all the words asked, where the first does not speak of it.
fn further_down<'a>(asked: &[&str], body: &'a str) -> Option<&'a str> {
    const ASKING: [&str; 12] = [
        "what", "whats", "is", "are", "s", "a", "an", "the", "does", "do", "mean", "means",
    ];
    let named: Vec<&str> = asked
        .iter()
        .copied()
        .filter(|word| !ASKING.contains(word))
        .collect();
    let named = named.join(" ");
    let speaks = |said: &str| format!(" {} ", fold(said)).contains(&format!(" {named}"));
    if !named.contains(' ') || speaks(sentence(body)) {
        return None;
    }
    sentences(body).find(|said| speaks(said) && fold(said).contains("called"))
}

/// Whether a clause begins with one of the words: `a PQL has shown`, `churn is the part lost`.
fn is_about(clause: &str, asked: &[&str]) -> bool {
    const ARTICLES: [&str; 4] = ["a", "an", "the", "and"];
    let folded = fold(clause);
    let mut said = words(&folded).into_iter();
    let first = said.find(|word| !ARTICLES.contains(word));
    first.is_some_and(|first| asked.contains(&first.trim_matches([',', '"'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEADS: &str = "A lead is a name; an MQL meets criteria; a PQL has shown that it got value. \
                         Only your own criteria count.";

    #[test]
    fn the_clause_about_the_word_comes_first() {
        let (verdict, rest) = asked("what does PQL mean", Form::Define, LEADS).expect("a clause");
        assert_eq!(verdict, "A PQL has shown that it got value.");
        assert_eq!(
            rest,
            "A lead is a name; an MQL meets criteria. Only your own criteria count."
        );
        assert_eq!(asked("what is a lead", Form::Define, LEADS), None);
        assert_eq!(asked("MQL vs PQL", Form::Compare, LEADS), None);
        assert_eq!(asked("what is an MQL or a PQL", Form::Define, LEADS), None);
        assert_eq!(asked("what is churn", Form::Define, LEADS), None);
        let body = "A trial ends by a date. To fall back to less is called a reverse trial; nobody \
                    weighs it. Both work.";
        let (verdict, rest) =
            asked("what is reverse trial", Form::Define, body).expect("a sentence");
        assert_eq!(
            verdict,
            "To fall back to less is called a reverse trial; nobody weighs it."
        );
        assert_eq!(rest, "A trial ends by a date. Both work.");
    }
}
