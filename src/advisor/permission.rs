//! Who may do what: one table, asked once in each turn.

use super::{Actor, Role};
use crate::intent::{Intent, ReplyKind};

/// Whether somebody may do what they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// They may.
    Allowed,
    /// They may not.
    Refused(Refusal),
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Guests of the workspace read only.
    Guest,
    /// People of other organisations read only.
    External,
    /// What holds for the whole workspace is its admins' to change.
    NotAdmin,
}

/// Whether `actor` may do what `intent` asks for. A command proves the access to its channel, so
/// the place decides nothing here.
pub fn may(actor: &Actor, intent: &Intent) -> Permission {
    if intent.is_for_admins() && actor.role != Role::Admin {
        return Permission::Refused(Refusal::NotAdmin);
    }
    match (intent.entry().reply, actor.role) {
        (ReplyKind::Reading | ReplyKind::Private, _)
        | (ReplyKind::Change, Role::Admin | Role::Member) => Permission::Allowed,
        (ReplyKind::Change, Role::Guest) => Permission::Refused(Refusal::Guest),
        (ReplyKind::Change, Role::External) => Permission::Refused(Refusal::External),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::Person;
    use crate::intent::{parse, table};

    fn check(role: Role, words: &str, expected: Permission) {
        let actor = Actor {
            person: Person::new("U1"),
            role,
        };
        let intent = parse(words).expect(words);
        assert_eq!(may(&actor, &intent), expected, "{role:?} {words}");
    }

    #[test]
    fn everybody_reads() {
        for role in [Role::Admin, Role::Member, Role::Guest, Role::External] {
            for entry in table()
                .iter()
                .filter(|entry| entry.reply != ReplyKind::Change)
            {
                check(role, entry.example, Permission::Allowed);
            }
        }
    }

    #[test]
    fn settings_are_the_admins_to_change_and_anybodys_to_read() {
        check(Role::Admin, "settings model on", Permission::Allowed);
        for role in [Role::Member, Role::Guest, Role::External] {
            for words in ["settings model on", "settings model off"] {
                check(role, words, Permission::Refused(Refusal::NotAdmin));
            }
            check(role, "settings", Permission::Allowed);
        }
    }

    #[test]
    fn rules_of_its_own_are_the_admins_to_change_and_anybodys_to_read() {
        for words in ["rules add fit/ours", "rules use 3f2a", "rules remove ours"] {
            check(Role::Admin, words, Permission::Allowed);
            for role in [Role::Member, Role::Guest, Role::External] {
                check(role, words, Permission::Refused(Refusal::NotAdmin));
            }
        }
        check(Role::Guest, "rules list", Permission::Allowed);
    }

    #[test]
    fn guests_and_other_organisations_change_nothing() {
        let is_for_admins = |words: &str| parse(words).expect(words).is_for_admins();
        for entry in table()
            .iter()
            .filter(|entry| entry.reply == ReplyKind::Change && !is_for_admins(entry.example))
        {
            check(Role::Admin, entry.example, Permission::Allowed);
            check(Role::Member, entry.example, Permission::Allowed);
            check(
                Role::Guest,
                entry.example,
                Permission::Refused(Refusal::Guest),
            );
            check(
                Role::External,
                entry.example,
                Permission::Refused(Refusal::External),
            );
        }
    }
}
