//! Identifiers as types of their own, so that a channel can never stand where a person belongs.
//! Many values carry one, so a copy shares the letters.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;
use uuid::timestamp::context::ContextV7;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(from = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the identifier as its issuer spells it; it is opaque to us.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into().into())
            }

            /// The identifier as its issuer spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier! {
    /// Who installed the bot: `E…` for a whole organisation, else `T…`. Every key begins with it.
    Installation
}
identifier! {
    /// A channel, private channel or direct message.
    Channel
}
identifier! {
    /// A person, by the id of the workspace; names are looked up at delivery and never stored.
    Person
}
identifier! {
    /// A message's identity within its channel; a string key, never a number.
    MessageTs
}
identifier! {
    /// A plan's own id (UUID v7); a channel points to its current plan.
    PlanId
}
identifier! {
    /// The id of one received event, kept while it waits in the inbox (UUID v7: sorts by arrival).
    InboxId
}
identifier! {
    /// The id of one effect that waits in the outbox (UUID v7: sorts by creation).
    OutboxId
}
identifier! {
    /// The id of a document that a workspace has taught the bot: a few digits that people can type.
    DocumentId
}
identifier! {
    /// The id of one proposal: short, since people may type it.
    ProposalId
}
identifier! {
    /// A short id that stands in a failure message and in the log line that explains it.
    Reference
}
identifier! {
    /// A rule's slug, such as `field-acv-low`; fixed for good once it has shipped.
    RuleSlug
}

/// Makes ids that sort by the instant that they are asked for. That instant is the clock's that
/// everything else goes by: an effect is later looked for among what was said since.
#[derive(Default)]
pub struct Ids(Mutex<ContextV7>);

impl Ids {
    /// An id that no other call gets.
    pub fn next(&self, now: Timestamp) -> Uuid {
        let context = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nothing happens before 1970; a broken clock gets the oldest ids there are.
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanoseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_the_turns_own_instant_and_ids_of_one_instant_keep_their_order() {
        let now = Timestamp::from_second(1_772_442_000).expect("an instant");
        let made = Ids::default();
        let ids: Vec<_> = (0..100).map(|_| made.next(now)).collect();
        assert!(ids.is_sorted());
        for id in ids {
            let told = id.get_timestamp().map(|it| it.to_unix().0);
            assert_eq!(told, Some(1_772_442_000));
        }
    }
}
