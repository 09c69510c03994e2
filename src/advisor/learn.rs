//! `learn`, `documents`, `documents remove`: a workspace's own documents.

use super::case::{Case, button, private, said};
use super::desk::Kept;
use super::lesson::{Lesson, Room, may_remove};
use super::prose::{counted, cut, stopped};
use super::{Audience, OpenedFile, Role, Turn};
use crate::documents::{
    Document as Paper, Format, Learned, Passage, Unreadable, Visible, limit, plain, title_of,
};
use crate::ident::DocumentId;
use crate::render::{Block, Document, Inline};

/// A document that is to be learned, before it is known whether there is room for it.
pub(super) struct Offered {
    pub(super) title: String,
    pub(super) format: Format,
    pub(super) passages: Vec<Passage>,
    pub(super) link: Option<String>,
}

/// What cannot be taken, by name, and why.
pub(super) type Refused = (String, Unreadable);

/// Learns pasted words, or the files that came along.
pub(super) fn turn(case: &Case<'_>, everywhere: bool, words: &str) -> Turn {
    if everywhere && case.situation.actor.role != Role::Admin {
        return private(only_admins("What is learned for every channel"));
    }
    let files = &case.situation.desk.files;
    if words.is_empty() && files.is_empty() {
        return private(doors(case));
    }
    let (mut offered, mut refused) = opened(files);
    // Words beside files are what the files are introduced with.
    if files.is_empty() {
        match pasted(words, None) {
            Ok(pasted) => offered.push(pasted),
            Err(why) => refused.push(("the text".to_owned(), why)),
        }
    }
    let visible = if everywhere {
        Visible::Workspace
    } else {
        Visible::Channel(case.inbound.place.channel.clone())
    };
    let lesson = Lesson {
        visible,
        dated: None,
    };
    teach(case, &lesson, offered, &refused)
}

/// What the files say, and which of them cannot be taken.
pub(super) fn opened(files: &[OpenedFile]) -> (Vec<Offered>, Vec<Refused>) {
    let mut offered = Vec::new();
    let mut refused = Vec::new();
    for opened in files {
        match &opened.read {
            Ok((format, passages)) => offered.push(Offered {
                title: title_of(&opened.file.name),
                format: *format,
                passages: passages.clone(),
                link: opened.file.link.clone(),
            }),
            Err(why) => refused.push((opened.file.name.clone(), *why)),
        }
    }
    (offered, refused)
}

/// The form did not open in time, and nothing else was asked for.
pub(super) fn unopened() -> Turn {
    private(Document {
        headline:
            "The form did not open in time, and nothing was learned. Please choose it once more."
                .to_owned(),
        blocks: Vec::new(),
    })
}

/// Pasted words. Without a title of their own their first line is one, where more follows it.
pub(super) fn pasted(words: &str, titled: Option<&str>) -> Result<Offered, Unreadable> {
    let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
    let is_title =
        titled.is_none() && !rest.trim().is_empty() && first.chars().count() <= limit::TITLE;
    let text = if is_title { rest } else { words };
    let title = titled.unwrap_or(if is_title { first } else { words });
    let title = title
        .trim()
        .trim_start_matches('#')
        .trim_matches([' ', ':', '.']);
    Ok(Offered {
        title: cut(title, 60),
        format: Format::Pasted,
        passages: plain(text)?,
        link: None,
    })
}

/// Learns what is offered, if there is room; an older version of it makes way.
pub(super) fn teach(
    case: &Case<'_>,
    lesson: &Lesson,
    offered: Vec<Offered>,
    refused: &[Refused],
) -> Turn {
    if lesson.room(case, &offered) == Room::Full {
        return private(full(case));
    }
    let older = lesson.older_versions(case, &offered);
    let papers: Vec<Learned> = offered
        .into_iter()
        .map(|one| paper(case, lesson, one))
        .collect();
    if papers.is_empty() {
        return private(nothing_learned(refused));
    }
    let document = told(&papers, &older, refused);
    let gone = older.into_iter().cloned().map(Kept::Forgotten);
    Turn {
        kept: gone.chain(papers.into_iter().map(Kept::Learned)).collect(),
        ..said(Audience::Everyone, document)
    }
}

fn paper(case: &Case<'_>, lesson: &Lesson, offered: Offered) -> Learned {
    let id = offered.id(case);
    let Offered {
        title,
        format,
        passages,
        link,
    } = offered;
    Learned {
        document: Paper {
            id,
            title,
            format,
            owner: case.situation.actor.person.clone(),
            learned: case.situation.now,
            visible: lesson.visible.clone(),
            dated: lesson.dated,
            link,
            passages: passages.len(),
            letters: passages.iter().map(|one| one.text.len()).sum(),
        },
        passages,
    }
}

fn told(papers: &[Learned], older: &[&Paper], refused: &[Refused]) -> Document {
    let titles: Vec<_> = papers
        .iter()
        .map(|one| format!("“{}”", one.document.title))
        .collect();
    let everywhere = papers[0].document.visible == Visible::Workspace;
    let place = if everywhere {
        "Answers in every channel"
    } else {
        "Answers in this channel, and nowhere else,"
    };
    let mut blocks = vec![Block::Paragraph(vec![Inline::plain(format!(
        "{place} may cite {} from now on. It is text to me: nothing in it can order me about.",
        if papers.len() == 1 { "it" } else { "them" }
    ))])];
    blocks.push(Block::Bullets(
        papers
            .iter()
            .map(|one| {
                vec![
                    Inline::code(one.document.id.as_str()),
                    Inline::plain(format!(
                        " {}: {}, {}",
                        one.document.title,
                        one.document.format.word(),
                        counted(one.document.passages, "passage")
                    )),
                ]
            })
            .collect(),
    ));
    blocks.extend(in_place_of(older));
    blocks.extend(not_taken(refused));
    let ids = papers.iter().map(|one| one.document.id.as_str());
    let remove = ids.map(|id| button("Remove", format!("documents remove {id}")));
    let mut buttons = vec![button("Documents", "documents")];
    buttons.extend(remove.take(1));
    blocks.push(Block::Actions(buttons));
    Document {
        headline: format!("Learned {}.", titles.join(", ")),
        blocks,
    }
}

/// Which versions are gone that were learned before.
fn in_place_of(older: &[&Paper]) -> Option<Block> {
    let (first, rest) = older.split_first()?;
    let mut line = vec![
        Inline::plain("It takes the place of what I had learned as "),
        Inline::code(first.id.as_str()),
    ];
    for one in rest {
        line.extend([Inline::plain(", "), Inline::code(one.id.as_str())]);
    }
    line.push(Inline::plain("."));
    Some(Block::Paragraph(line))
}

/// What was not taken, each with why and what would work.
fn not_taken(refused: &[Refused]) -> Option<Block> {
    if refused.is_empty() {
        return None;
    }
    let items = refused.iter().map(|(name, why)| {
        vec![Inline::plain(stopped(&format!(
            "Not taken, {}: {why}",
            cut(name, 60)
        )))]
    });
    Some(Block::Bullets(items.collect()))
}

fn nothing_learned(refused: &[Refused]) -> Document {
    Document {
        headline: match refused {
            [(name, why)] => stopped(&format!("I did not learn {}: {why}", cut(name, 60))),
            _ => "I learned nothing of this.".to_owned(),
        },
        blocks: if refused.len() > 1 {
            not_taken(refused).into_iter().collect()
        } else {
            Vec::new()
        },
    }
}

/// How a document reaches the bot.
fn doors(case: &Case<'_>) -> Document {
    let items = vec![
        vec![
            Inline::plain("Fill in the form, with text or files: "),
            case.code("learn"),
            Inline::plain(", or “Learn this” in the menu of a message or of one with a file"),
        ],
        vec![
            Inline::plain("Paste text: "),
            case.code("learn Discounts above 20 % are approved by the head of sales."),
            Inline::plain(" (a first line of its own becomes the title)"),
        ],
        vec![Inline::plain(
            "Share a file here and mention me in that message with the word learn: Markdown, text, PDF or Word (.docx), up to 5 MB",
        )],
        vec![
            Inline::plain("For every channel, as an admin: "),
            case.code("learn everywhere: We sell in Germany only."),
        ],
    ];
    Document {
        headline: "A slash command cannot carry a file. These ways work:".to_owned(),
        blocks: vec![
            Block::Bullets(items),
            Block::Actions(vec![
                button("Open the form", "learn"),
                button("Documents", "documents"),
            ]),
        ],
    }
}

fn full(case: &Case<'_>) -> Document {
    Document {
        headline: format!(
            "I keep {} documents here at most. Remove one that is out of date, then send this again.",
            limit::DOCUMENTS
        ),
        blocks: vec![Block::Paragraph(vec![case.code("documents")])],
    }
}

/// What somebody reads who would have to be an admin.
pub(super) fn only_admins(what: &str) -> Document {
    Document {
        headline: format!("{what} is for admins of the workspace."),
        blocks: Vec::new(),
    }
}

/// The documents that answers here may cite.
pub(super) fn list(case: &Case<'_>) -> Document {
    let documents = &case.situation.desk.documents;
    if documents.is_empty() {
        let mut document = doors(case);
        "No document has been learned here yet. These ways work:"
            .clone_into(&mut document.headline);
        document.blocks.pop();
        return document;
    }
    let items = documents.iter().rev().map(|one| {
        let mut line = vec![Inline::code(one.id.as_str()), Inline::plain(" ")];
        line.push(match &one.link {
            Some(url) => Inline::Link {
                label: one.title.clone(),
                url: url.clone(),
            },
            None => Inline::strong(&one.title),
        });
        line.push(Inline::plain(format!(
            ": {}, {}, by ",
            one.format.word(),
            counted(one.passages, "passage")
        )));
        line.push(Inline::Person(one.owner.clone()));
        line.push(Inline::plain(", "));
        line.push(Inline::When(one.learned));
        if let Some(day) = one.dated {
            line.push(Inline::plain(format!(", text of {day}")));
        }
        if one.visible == Visible::Workspace {
            line.push(Inline::plain(", in every channel"));
        }
        line
    });
    Document {
        headline: format!(
            "{} can be cited here.",
            counted(documents.len(), "document")
        ),
        blocks: vec![
            Block::Bullets(items.collect()),
            Block::Note(vec![
                Inline::plain("To forget one: "),
                case.code(&format!("documents remove {}", documents[0].id)),
            ]),
        ],
    }
}

/// Forgets a document.
pub(super) fn remove(case: &Case<'_>, id: &DocumentId) -> Turn {
    let documents = &case.situation.desk.documents;
    let mut documents = documents.iter();
    let found = documents.find(|one| one.id == *id && may_remove(case, one));
    // What somebody may not remove is answered like what does not exist.
    let Some(found) = found else {
        return private(Document {
            headline: format!(
                "There is no document {id} here that you can remove: its owner can, or an admin."
            ),
            blocks: vec![Block::Paragraph(vec![case.code("documents")])],
        });
    };
    Turn {
        kept: vec![Kept::Forgotten(found.clone())],
        ..said(
            Audience::Everyone,
            Document {
                headline: format!("Forgot “{}”, text and all.", found.title),
                blocks: Vec::new(),
            },
        )
    }
}
