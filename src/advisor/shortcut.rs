//! What a message's menu offers: one declaration, from which the app's manifest is written and by
//! which a choice is recognised.

use serde::{Deserialize, Serialize};

/// An entry in the menu of a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortcut {
    /// The message is read into the plan.
    #[default]
    Read,
    /// The message, or the files of it, are taught.
    Learn,
}

impl Shortcut {
    /// All, in the order of the menu.
    pub const ALL: [Self; 2] = [Self::Read, Self::Learn];

    /// Its id at the platform; fixed for good once it has shipped.
    pub fn id(self) -> &'static str {
        match self {
            Self::Read => "read_into_plan",
            Self::Learn => "learn_this",
        }
    }

    /// What the menu says, in at most 24 characters.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "Read into the plan",
            Self::Learn => "Learn this",
        }
    }

    /// What it does, in at most 150 characters.
    pub fn help(self) -> &'static str {
        match self {
            Self::Read => "Proposes what this message says for the go-to-market plan",
            Self::Learn => {
                "Teaches this message, or the files in it, so that answers can cite them"
            }
        }
    }

    /// The entry of an id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_fits_the_menu() {
        for one in Shortcut::ALL {
            assert!(
                one.label().len() <= 24 && one.help().len() <= 150,
                "{one:?}"
            );
            assert_eq!(Shortcut::of(one.id()), Some(one));
        }
        assert_eq!(Shortcut::of("other"), None);
    }
}
