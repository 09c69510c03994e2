//! What one standing is about: a channel's plan, or what goes to one person.

use crate::ident::{Channel, Person};
use crate::intent::Personal;

/// What a standing is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Round {
    /// A channel's plan.
    Channel(Channel),
    /// What goes to one person.
    Personal(Personal, Person),
}

/// The name under which a person's standing is kept, beside those of channels. No channel has a colon
/// in its id.
pub fn slot(about: Personal, person: &Person) -> Channel {
    Channel::new(format!("{}:{person}", about.name()))
}

impl Round {
    /// What the standing of that name is about.
    pub fn of(slot: &Channel) -> Self {
        let found = slot.as_str().split_once(':').and_then(|(name, person)| {
            let about = Personal::ALL.into_iter().find(|it| it.name() == name)?;
            Some(Self::Personal(about, Person::new(person)))
        });
        found.unwrap_or_else(|| Self::Channel(slot.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_standing_is_told_from_a_channels() {
        let person = Person::new("U1");
        for about in Personal::ALL {
            let name = slot(about, &person);
            assert_eq!(Round::of(&name), Round::Personal(about, person.clone()));
        }
        let channel = Channel::new("C1");
        assert_eq!(Round::of(&channel), Round::Channel(channel.clone()));
    }
}
