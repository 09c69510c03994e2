//! The forms of a verb: "stop" is said as "stops", "stopped" and "stopping", too.

/// Verbs whose past is a word of its own.
const IRREGULAR: &[(&str, &[&str])] = &[
    ("be", &["is", "are", "was", "were", "been", "being"]),
    ("become", &["became"]),
    ("begin", &["began", "begun", "beginning"]),
    ("bring", &["brought"]),
    ("build", &["built"]),
    ("burn", &["burnt"]),
    ("buy", &["bought"]),
    ("choose", &["chose", "chosen"]),
    ("come", &["came"]),
    ("cost", &["cost"]),
    ("do", &["does", "did", "done"]),
    ("drive", &["drove", "driven"]),
    ("feed", &["fed"]),
    ("find", &["found"]),
    ("get", &["got", "gotten"]),
    ("give", &["gave", "given"]),
    ("go", &["goes", "went", "gone"]),
    ("grow", &["grew", "grown"]),
    ("have", &["has", "had"]),
    ("hold", &["held"]),
    ("keep", &["kept"]),
    ("lead", &["led"]),
    ("leave", &["left"]),
    ("lose", &["lost"]),
    ("make", &["made"]),
    ("mean", &["meant"]),
    ("meet", &["met"]),
    ("pay", &["paid"]),
    ("put", &["putting"]),
    ("reach", &["reached"]),
    ("run", &["ran"]),
    ("see", &["saw", "seen"]),
    ("sell", &["sold"]),
    ("send", &["sent"]),
    ("set", &["setting"]),
    ("shut", &["shutting"]),
    ("sit", &["sat"]),
    ("spend", &["spent"]),
    ("stand", &["stood"]),
    ("stick", &["stuck"]),
    ("take", &["took", "taken"]),
    ("teach", &["taught"]),
    ("wear", &["worn"]),
    ("win", &["won"]),
    ("write", &["wrote", "written"]),
];

/// The verb, and how else it is said; the `s` of the third person is no part of a pattern's words.
pub(super) fn of(verb: &str) -> Vec<String> {
    let (base, rest) = verb.split_once(' ').unwrap_or((verb, ""));
    let mut forms = vec![base.to_owned()];
    forms.extend(progressive(base));
    match IRREGULAR.iter().find(|(known, _)| *known == base) {
        Some((_, past)) => forms.extend(past.iter().map(|&past| past.to_owned())),
        None => forms.extend(past(base)),
    }
    if base.ends_with(['h', 'x', 'o']) {
        forms.push(format!("{base}es"));
    } else if let Some(stem) = consonant_y(base) {
        forms.push(format!("{stem}ies"));
    }
    if !rest.is_empty() {
        for form in &mut forms {
            form.push(' ');
            form.push_str(rest);
        }
    }
    forms
}

fn past(base: &str) -> Vec<String> {
    if base.ends_with('e') {
        vec![format!("{base}d")]
    } else if let Some(stem) = consonant_y(base) {
        vec![format!("{stem}ied")]
    } else {
        let doubled = doubled(base).map(|it| format!("{it}ed"));
        doubled.into_iter().chain([format!("{base}ed")]).collect()
    }
}

fn progressive(base: &str) -> Vec<String> {
    let silent = base
        .strip_suffix('e')
        .filter(|stem| !stem.ends_with(['e', 'o']) && stem.len() > 1);
    if let Some(stem) = silent {
        return vec![format!("{stem}ing")];
    }
    let doubled = doubled(base).map(|it| format!("{it}ing"));
    doubled.into_iter().chain([format!("{base}ing")]).collect()
}

/// The stem of "carry".
fn consonant_y(base: &str) -> Option<&str> {
    base.strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

/// "Stop" with the last letter twice.
fn doubled(base: &str) -> Option<String> {
    let letters: Vec<char> = base.chars().collect();
    let [.., before, vowel, last] = letters.as_slice() else {
        return None;
    };
    let is_vowel = |it: &char| "aeiou".contains(*it);
    let short = !is_vowel(before) && is_vowel(vowel) && !is_vowel(last);
    (short && !"wxy".contains(*last)).then(|| format!("{base}{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_has_its_usual_forms() {
        let said = |verb: &str, form: &str| of(verb).iter().any(|it| it == form);
        assert!(said("stop", "stopping") && said("stop", "stopped"));
        assert!(said("handle", "handled") && said("handle", "handling"));
        assert!(said("carry", "carries") && said("carry", "carried"));
        assert!(said("win", "won") && said("lose", "lost") && said("lose", "losing"));
        assert!(said("look after", "looking after"));
        assert!(!said("win", "winned"));
    }
}
