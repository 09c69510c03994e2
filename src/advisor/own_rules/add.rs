//! A page is given: pasted, as a file or in a form. It is kept aside and shown as it would judge.

use super::super::case::{Case, private};
use super::super::desk::{Kept, SharedText};
use super::super::own_pages::{OwnPage, PageText, id_of, path_of};
use super::super::prose::{counted, cut, sentence, stopped};
use super::super::{Turn, act, form};
use super::{broken, compiled, preview};
use crate::lint::{LARGEST_OWN, NEW_PAGE, PageError, page_text};
use crate::render::{Block, Document, Inline};

/// The category of a page that names none.
const CATEGORY: &str = "ours";

/// The most of an example's fault that is told.
const LINE: usize = 300;

/// What is wrong with a page that was given.
pub(in crate::advisor) enum Fault {
    /// With its name.
    Name(String),
    /// With its text.
    Text(Vec<PageError>),
}

/// Shows what the page would do, whatever door it came by.
pub(in crate::advisor) fn given(case: &Case<'_>, name: Option<&str>, page: &str) -> Turn {
    let shared = &case.situation.desk.texts;
    let (name, text) = match shared.as_slice() {
        [] if page.trim().is_empty() => {
            return Turn {
                asks: Some(Box::new(form::blank(name))),
                ..private(doors(case))
            };
        }
        [] => (name.unwrap_or_default().to_owned(), unfenced(page)),
        [one] => match of_file(one, name) {
            Ok(found) => found,
            Err(refusal) => return private(refusal),
        },
        several => return private(too_many(several.len())),
    };
    let result = match shared.as_slice() {
        [] => alone(page).and_then(|()| offered(case, &name, &text)),
        _ => offered(case, &name, &text),
    };
    match result {
        Ok(turn) => turn,
        Err(Fault::Name(problem)) => private(act::said(
            &format!("Nothing was added: {}", stopped(&problem)),
            &format!("For example `{}`", case.typed("rules add fit/our-deals")),
        )),
        Err(Fault::Text(errors)) => private(broken(case, &errors)),
    }
}

/// Keeps the page aside and shows it.
pub(in crate::advisor) fn offered(case: &Case<'_>, name: &str, text: &str) -> Result<Turn, Fault> {
    let name = named(name).map_err(Fault::Name)?;
    let text = page_text(text);
    let id = id_of(&name, &text);
    let workspace = &case.situation.workspace;
    if workspace.rules.in_force.iter().any(|it| it.id == id) {
        let words = "The workspace has that rule already, word for word.";
        return Ok(private(act::said(words, "")));
    }
    let page = OwnPage {
        title: String::new(),
        by: case.situation.actor.person.clone(),
        at: case.situation.now,
        id: id.clone(),
        name,
    };
    let page_text = PageText { id, text };
    let (after, _) = workspace.rules.with(page.clone());
    let new = [page_text];
    let rules = compiled(case, &after, &new).map_err(Fault::Text)?;
    let rule = rules.get(page.slug()).expect("the page was compiled");
    let page = OwnPage {
        title: cut(rule.title(), LINE),
        ..page
    };
    let unkept = rules.broken_examples(rule, case.today());
    if !unkept.is_empty() {
        return Err(Fault::Text(as_faults(&page, unkept)));
    }
    let (aside, gone) = workspace.rules.with_aside(page.clone());
    let mut kept: Vec<_> = new.into_iter().map(Kept::Page).collect();
    kept.extend(gone.map(Kept::PageGone));
    let mut next = workspace.clone();
    next.rules = aside;
    let step = super::Step {
        slug: page.slug().to_owned(),
        page: Some(page),
        after,
        gone: None,
        rules,
    };
    Ok(Turn {
        workspace: Some(next),
        kept,
        ..private(preview::of(case, &step, "Nothing is changed yet."))
    })
}

/// A rule that does not do what its page promises misleads whoever reads it.
fn as_faults(page: &OwnPage, unkept: Vec<(usize, String)>) -> Vec<PageError> {
    let faults = unkept.into_iter().map(|(line, problem)| PageError {
        path: path_of(&page.name),
        line,
        column: 1,
        message: format!("this example is not kept: {}", cut(&problem, LINE)),
    });
    faults.collect()
}

/// `fit/our-deals` of what people call a page.
fn named(words: &str) -> Result<String, String> {
    let words = words.trim().trim_end_matches(".md");
    let plain = |word: &str| {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !word.is_empty() && word.len() <= LONGEST_NAME && word.chars().all(letters)
    };
    let (category, rule) = words.split_once('/').unwrap_or((CATEGORY, words));
    if words.is_empty() {
        return Err("a rule needs a name before its page".to_owned());
    }
    if plain(category) && plain(rule) {
        return Ok(format!("{category}/{rule}"));
    }
    Err(format!(
        "`{}` is no name for a rule; it is <category>/<name> in a-z, 0-9 and `-`",
        cut(words, 60)
    ))
}

/// The longest name, which has to stand in a button with its rule.
const LONGEST_NAME: usize = 60;

/// Refuses words between the name and the page: they are a part of neither.
fn alone(given: &str) -> Result<(), Fault> {
    let before = given.split("+++").next().unwrap_or_default();
    let is_between = before.len() < given.len() && before.contains(char::is_alphanumeric);
    if is_between {
        let problem = "a name is one word, and behind it stands the page".to_owned();
        return Err(Fault::Name(problem));
    }
    Ok(())
}

/// The page without what a chat puts around it. Its examples stand in fences, too.
fn unfenced(text: &str) -> String {
    let begin = text.find("+++").unwrap_or_default();
    let is_fenced = text[..begin].contains("```");
    let page = text[begin..].trim_end();
    let page = page
        .strip_suffix("```")
        .filter(|_| is_fenced)
        .unwrap_or(page);
    format!("{}\n", page.trim_end())
}

/// The page in a file, called as it was said, else as the file is.
fn of_file(shared: &SharedText, name: Option<&str>) -> Result<(String, String), Document> {
    let file = cut(&shared.file.name, 60);
    let refused = |why: String| {
        act::said(
            "Nothing was added.",
            &stopped(&format!("I could not take {file}: {why}")),
        )
    };
    let text = shared
        .text
        .as_ref()
        .map_err(|why| refused(why.to_string()))?;
    if text.len() > LARGEST_OWN {
        let why = format!("it has {} bytes; {LARGEST_OWN} are the most", text.len());
        return Err(refused(why));
    }
    let name = name.unwrap_or(&shared.file.name).to_lowercase();
    Ok((name, text.clone()))
}

fn too_many(n: usize) -> Document {
    act::said(
        &format!(
            "Nothing was added: there are {}, and I take one page at a time.",
            counted(n, "file")
        ),
        "Share one of them with the words `rules add`.",
    )
}

/// How a page reaches the bot, and one to begin with.
fn doors(case: &Case<'_>) -> Document {
    let items = vec![
        vec![Inline::plain("Fill in the form: "), case.code("rules add")],
        vec![
            Inline::plain("Paste the page behind its name: "),
            case.code("rules add fit/our-deals"),
        ],
        vec![Inline::plain(
            "Share it as a file, such as our-deals.md, and mention me in that message with the words rules add",
        )],
    ];
    Document {
        headline: "Which rule? It is one page, and this one works:".to_owned(),
        blocks: vec![
            Block::Verbatim(NEW_PAGE.trim_end().to_owned()),
            Block::Bullets(items),
            Block::Note(sentence(
                "I show what it would find before anything is changed. An admin puts it in force",
            )),
        ],
    }
}
