//! What was typed behind `calc`: a calculator, named inputs, a segment.

use super::calculator::{Calculator, Input, spellings};
use super::proof::With;
use super::refusal::{CalcError, repaired};
use super::table::{calculators, group_called};
use crate::text;

/// What somebody wants of the calculators.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Which there are.
    List,
    /// An answer.
    Run(Request),
}

/// A calculation that was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The calculator.
    pub calculator: &'static Calculator,
    /// What was typed, in that order; each input once.
    pub typed: Vec<(&'static Input, String)>,
    /// The segment, as it was typed.
    pub segment: Option<String>,
}

/// The most words that a name has.
const LONGEST_NAME: usize = 5;

/// Reads what stands behind `calc`. What an error proposes computes without a plan.
pub fn read(words: &str) -> Result<Asked, CalcError> {
    parse(words).map_err(|error| {
        let tokens: Vec<&str> = words
            .split([' ', '='])
            .filter(|it| !it.is_empty())
            .collect();
        let calculator = named(&tokens).map(|(calculator, _)| calculator);
        error.proven(calculator, With::nothing())
    })
}

/// The same, with a proposal that nobody has tried.
pub(super) fn parse(words: &str) -> Result<Asked, CalcError> {
    let spaced = words.replace(['=', '\u{FF1D}'], " = ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    if tokens.is_empty() || matches!(&*text::fold(words), "list" | "help" | "all" | "?") {
        return Ok(Asked::List);
    }
    let (calculator, length) = named(&tokens).ok_or_else(|| unknown(&tokens))?;
    let (rest, segment) = without_segment(&tokens[length..]);
    Ok(Asked::Run(Request {
        calculator,
        typed: pairs(calculator, rest)?,
        segment: segment.map(str::to_owned),
    }))
}

/// The calculator that the first words name, by its longest spelling, and how many they are.
fn named(tokens: &[&str]) -> Option<(&'static Calculator, usize)> {
    let longest = tokens.len().min(LONGEST_NAME);
    (1..=longest).rev().find_map(|length| {
        let wanted = text::key(&tokens[..length].join(" "));
        let is_meant = |calculator: &&'static Calculator| {
            spellings(calculator).any(|name| text::key(name) == wanted)
        };
        Some((calculators().find(is_meant)?, length))
    })
}

fn unknown(tokens: &[&str]) -> CalcError {
    let before_inputs = tokens.iter().position(|token| *token == "=").unwrap_or(0);
    let end = before_inputs.saturating_sub(1).clamp(1, LONGEST_NAME);
    let name = tokens[..end.min(tokens.len())].join(" ");
    let all = calculators()
        .flat_map(|calculator| spellings(calculator).map(move |spelling| (spelling, calculator)));
    let all: Vec<_> = all.collect();
    let mut suggestions: Vec<String> = Vec::new();
    for near in text::nearest(&name, all.iter().map(|(spelling, _)| *spelling)) {
        for (_, found) in all.iter().filter(|(spelling, _)| *spelling == near) {
            if !suggestions.iter().any(|known| known == found.name) {
                suggestions.push(found.name.to_owned());
            }
        }
    }
    if let Some(group) = group_called(&name) {
        suggestions.extend(group.iter().take(3).map(|found| found.name.to_owned()));
    }
    let mut error = CalcError::new(
        format!("There is no calculator {}", text::quote(&name)),
        suggestions.first().map_or("list", String::as_str),
    );
    error.suggestions = suggestions;
    error
}

/// The tokens before a closing `for <segment>`, and that segment.
fn without_segment<'a, 'b>(tokens: &'b [&'a str]) -> (&'b [&'a str], Option<&'a str>) {
    match tokens {
        [rest @ .., key, segment] if text::fold(key) == "for" && rest.last() != Some(&"=") => {
            (rest, Some(segment))
        }
        _ => (tokens, None),
    }
}

/// The named inputs. A name stands before `=`; where no `=` is typed at all, a word that names an
/// input begins one.
fn pairs(
    calculator: &'static Calculator,
    tokens: &[&str],
) -> Result<Vec<(&'static Input, String)>, CalcError> {
    let mut found: Vec<(&'static Input, String)> = Vec::new();
    for (name, value) in cut(calculator, tokens) {
        let Some(input) = calculator.input(&name) else {
            let is_named = tokens.contains(&"=") && !value.is_empty();
            return Err(if is_named {
                no_input(calculator, &found, &name, &value)
            } else {
                nameless(calculator, &name)
            });
        };
        if let Some((_, known)) = found.iter().find(|(known, _)| known.name == input.name) {
            return Err(CalcError::new(
                format!(
                    "`{}` is given twice, as {} and as {}",
                    input.name,
                    text::quote(known),
                    text::quote(&value)
                ),
                repaired(calculator, &found, &[]),
            ));
        }
        found.push((input, value));
    }
    Ok(found)
}

/// Names and values as they were typed; words that belong to no input stand alone.
fn cut(calculator: &'static Calculator, tokens: &[&str]) -> Vec<(String, String)> {
    let signed = tokens.contains(&"=");
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begun = (1..=LONGEST_NAME.min(tokens.len() - at))
            .rev()
            .find_map(|length| begins(calculator, &tokens[at..], length, signed));
        match (begun, pairs.last_mut()) {
            (Some((name, length)), _) => {
                pairs.push((name, String::new()));
                at += length;
            }
            (None, Some((_, value))) => {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(tokens[at]);
                at += 1;
            }
            (None, None) => {
                pairs.push((tokens[at].to_owned(), String::new()));
                at += 1;
            }
        }
    }
    pairs
}

/// The name of `length` words that the tokens begin with, and how many tokens that takes.
fn begins(
    calculator: &'static Calculator,
    tokens: &[&str],
    length: usize,
    signed: bool,
) -> Option<(String, usize)> {
    let name = tokens[..length].join(" ");
    let has_sign = tokens.get(length) == Some(&"=");
    let is_known = !name.contains('=') && calculator.input(&name).is_some();
    if signed {
        // One word before the sign is meant as a name, whether it is known or not.
        let is_name = has_sign && (is_known || length == 1);
        return is_name.then_some((name, length + 1));
    }
    is_known.then_some((name, length))
}

/// Words that stand behind no name.
fn nameless(calculator: &'static Calculator, words: &str) -> CalcError {
    let problem = format!(
        "I cannot tell what {} is; write each number behind its name",
        text::quote(words)
    );
    let example = format!("{} {}", calculator.name, calculator.example);
    CalcError::new(problem, example)
}

fn no_input(
    calculator: &'static Calculator,
    typed: &[(&'static Input, String)],
    name: &str,
    value: &str,
) -> CalcError {
    let names: Vec<_> = calculator.inputs.iter().map(|input| input.name).collect();
    let problem = format!(
        "`{}` has no input {}; it takes {}",
        calculator.name,
        text::quote(name),
        names.join(", ")
    );
    match text::nearest(name, names.iter().copied()).first() {
        Some(near) => CalcError::new(problem, repaired(calculator, typed, &[(near, value)])),
        None => CalcError::new(
            problem,
            format!("{} {}", calculator.name, calculator.example),
        ),
    }
}
