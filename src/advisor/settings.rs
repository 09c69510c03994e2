//! `settings`: what holds for the workspace. Only its admins change it, and nobody else is told.

use super::case::{Case, button, private, said};
use super::{Audience, ModelAbout, ModelSwitch, Turn, Workspace};
use crate::intent::{SettingsRequest, Use};
use crate::render::{Block, Document, Inline, Row};

pub(super) fn turn(case: &Case<'_>, request: SettingsRequest) -> Turn {
    let workspace = &case.situation.workspace;
    match (request, case.situation.model) {
        (SettingsRequest::Show | SettingsRequest::Model, Some(model)) => {
            private(shown(workspace, model))
        }
        (SettingsRequest::UseModel(Use::On), Some(model)) => {
            switched(case, Some(model.host.clone()), switched_on(model))
        }
        (SettingsRequest::UseModel(Use::Off), _) => switched(case, None, switched_off()),
        (_, None) => private(not_configured(case)),
    }
}

/// The switch is recorded; one that changes nothing is not.
fn switched(case: &Case<'_>, host: Option<String>, document: Document) -> Turn {
    let workspace = &case.situation.workspace;
    let stands = workspace.switch().and_then(|switch| switch.host.clone());
    if stands == host {
        return private(document);
    }
    let switch = ModelSwitch {
        host,
        by: case.situation.actor.person.clone(),
        at: case.situation.now,
    };
    Turn {
        workspace: Some(workspace.switched(switch)),
        ..said(Audience::Asker, document)
    }
}

fn not_configured(case: &Case<'_>) -> Document {
    Document {
        headline: "No language model is used: this bot has none to ask.".to_owned(),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("Everything works without one. Whoever runs the bot can name one with "),
            Inline::code("GTM_LLM_PROVIDER"),
            Inline::plain(" and "),
            Inline::code("GTM_LLM_MODEL"),
            Inline::plain("; then an admin decides here with "),
            case.code("settings model on"),
            Inline::plain("."),
        ])],
    }
}

fn shown(workspace: &Workspace, model: &ModelAbout) -> Document {
    let is_on = workspace.allows(model);
    let mut blocks = vec![Block::Rows(vec![
        row("Language model", if is_on { "on" } else { "off" }),
        row("Provider", &model.host),
        row("Model", &model.model),
    ])];
    if let Some(switch) = workspace.switch() {
        let word = if switch.host.is_some() { "on" } else { "off" };
        blocks.push(Block::Note(vec![
            Inline::plain(format!("Switched {word} by ")),
            Inline::Person(switch.by.clone()),
            Inline::plain(", "),
            Inline::When(switch.at),
            Inline::plain("."),
        ]));
        if let Some(before) = switch.host.as_ref().filter(|host| **host != model.host) {
            blocks.push(Block::Paragraph(vec![Inline::plain(format!(
                "It was switched on for {before}. The bot would now send to {}, so it is off until an admin agrees again.",
                model.host
            ))]));
        }
    }
    blocks.extend(what_is_sent(&model.host));
    blocks.push(Block::Actions(vec![if is_on {
        button("Switch off", "settings model off")
    } else {
        button("Switch on", "settings model on")
    }]));
    Document {
        headline: if is_on {
            format!(
                "Answers may be worded, and messages read, by a language model at {}.",
                model.host
            )
        } else {
            "No language model is used in this workspace.".to_owned()
        },
        blocks,
    }
}

fn switched_on(model: &ModelAbout) -> Document {
    let mut blocks = what_is_sent(&model.host);
    blocks.push(Block::Actions(vec![button(
        "Switch off",
        "settings model off",
    )]));
    Document {
        headline: format!(
            "Switched on: answers may now be worded, and messages read for the plan, by {} at {}.",
            model.model, model.host
        ),
        blocks,
    }
}

fn switched_off() -> Document {
    Document {
        headline: "Switched off: no language model is used in this workspace.".to_owned(),
        blocks: vec![Block::Paragraph(vec![Inline::plain(
            "Answers come from the rules, the library and the plan alone, and messages are read by my own reader, as before.",
        )])],
    }
}

fn what_is_sent(host: &str) -> Vec<Block> {
    let item = |words: &str| vec![Inline::plain(words)];
    vec![
        Block::Paragraph(vec![Inline::plain(format!(
            "What is sent to {host}, for each question that I am asked:"
        ))]),
        Block::Bullets(vec![
            item("the question"),
            item(
                "the verdict of the rules, and the findings and passages of the library that it leans on",
            ),
            item("the plan's values that those rules read, and no others"),
        ]),
        Block::Paragraph(vec![Inline::plain(
            "And for each message or thread that somebody has me read for the plan:",
        )]),
        Block::Bullets(vec![
            item("its words, 12 kB of the newest at most; not who said them"),
            item("the names of the plan's fields and segments"),
        ]),
        Block::Paragraph(vec![Inline::plain(
            "Nothing else: no document that the workspace taught, no other message, not the rest of the plan, no names or ids of people, channels or the workspace beyond what those words themselves say. The verdict is never the model's, each of its sentences and values has to stand in what it was sent, it changes nothing, and what it worded or read says so.",
        )]),
    ]
}

fn row(name: &str, value: &str) -> Row {
    Row {
        name: name.to_owned(),
        value: vec![Inline::plain(value)],
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Talk, command, text};
    use super::super::{ModelAbout, Role};

    fn talk() -> Talk {
        let mut talk = Talk::new();
        talk.role = Role::Admin;
        talk.model = Some(ModelAbout {
            host: "llm.example".to_owned(),
            model: "small-1".to_owned(),
        });
        talk
    }

    #[test]
    fn an_admin_sees_who_is_asked_and_what_is_sent_before_and_after() {
        let mut talk = talk();
        insta::assert_snapshot!("settings", talk.says("settings"));
        insta::assert_snapshot!("settings_on", talk.says("settings model on"));
        insta::assert_snapshot!("settings_after", talk.says("settings model"));
        insta::assert_snapshot!("settings_off", talk.says("settings model off"));
        assert_eq!(talk.workspace.model.len(), 2);
        assert_eq!(talk.workspace.revision, 2);
    }

    #[test]
    fn a_switch_that_changes_nothing_is_not_recorded() {
        let mut talk = talk();
        assert!(talk.turn(command("settings model off")).workspace.is_none());
        assert!(talk.turn(command("settings model on")).workspace.is_some());
        assert!(talk.turn(command("settings model on")).workspace.is_none());
    }

    #[test]
    fn another_host_needs_another_word_of_an_admin() {
        let mut talk = talk();
        talk.says("settings model on");
        talk.model.as_mut().unwrap().host = "other.example".to_owned();
        let shown = talk.says("settings");
        assert!(shown.contains("No language model is used"), "{shown}");
        assert!(shown.contains("until an admin agrees again"), "{shown}");
    }

    #[test]
    fn without_a_model_there_is_nothing_to_switch_on() {
        let mut talk = talk();
        talk.model = None;
        let turn = talk.turn(command("settings model on"));
        assert!(turn.workspace.is_none());
        insta::assert_snapshot!("settings_none", text(&turn));
    }

    #[test]
    fn whoever_is_no_admin_changes_nothing_and_is_told_privately() {
        let mut talk = talk();
        talk.role = Role::Member;
        let turn = talk.turn(command("settings model on"));
        assert!(turn.workspace.is_none());
        assert!(
            text(&turn).starts_with("[only you] Nothing was changed"),
            "{}",
            text(&turn)
        );
    }
}
