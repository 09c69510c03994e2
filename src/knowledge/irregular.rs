//! Forms of verbs that no rule of endings leads back: "led" is a form of "lead".

/// Each form with its verb, both as stems.
const FORMS: [(&str, &str); 44] = [
    ("bought", "buy"),
    ("broke", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("chose", "choo"),
    ("chosen", "choo"),
    ("cut", "cut"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("felt", "feel"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("held", "hold"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("led", "lead"),
    ("left", "leav"),
    ("lost", "lose"),
    ("made", "make"),
    ("met", "meet"),
    ("paid", "pay"),
    ("ran", "run"),
    ("said", "say"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("set", "set"),
    ("sold", "sell"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("taken", "take"),
    ("taught", "teach"),
    ("told", "tell"),
    ("took", "take"),
    ("won", "win"),
    ("written", "write"),
    ("wrote", "write"),
];

/// The stem of the verb that a stem is a form of.
pub(super) fn verb(stem: &str) -> Option<&'static str> {
    let found = FORMS.binary_search_by_key(&stem, |(form, _)| form);
    found.ok().map(|at| FORMS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::tokens::tokens;

    #[test]
    fn every_form_leads_to_the_stem_of_its_verb() {
        assert!(FORMS.is_sorted());
        for (form, verb) in FORMS {
            assert_eq!(tokens(form)[0].stem, form);
            assert_eq!(tokens(verb)[0].stem, verb, "{form}");
        }
        assert_eq!(verb("led"), Some("lead"));
        assert_eq!(verb("lead"), None);
    }
}
