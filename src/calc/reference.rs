//! The reference page of the calculators, `docs/calculators.md`, written from the table.

use std::fmt::Write;

use super::calculator::Calculator;
use super::document::{ROUNDING, described, source_ref};
use super::table::groups;

/// The page, in Markdown.
pub fn reference() -> String {
    let mut page = format!(
        "# Calculators\n\n\
         Written from the table in `src/calc/table/`; `just bless` writes it anew.\n\n\
         In a channel `/gtm calc payback cac=$6k margin=80%`, on the command line `gtm-advisor calc payback cac=6k acv=12k` \
         (a shell takes `$6` for its own: write `6k`, or put quotes around it).\n\
         What is not typed comes from the channel's plan, or from `--plan FILE`, and the answer says so.\n\
         A value is written as in `set`. {ROUNDING}.\n"
    );
    for group in groups() {
        let _ = writeln!(page, "\n## {}", group.title);
        for calculator in group.calculators {
            page.push_str(&section(calculator));
        }
    }
    page
}

fn section(calculator: &Calculator) -> String {
    let mut lines = vec![
        String::new(),
        format!("### {}", calculator.name),
        String::new(),
        format!("{}.", calculator.answers),
    ];
    if !calculator.aliases.is_empty() {
        lines.push(format!("Also called: {}.", calculator.aliases.join(", ")));
    }
    lines.extend([
        String::new(),
        "| input | what it is | from the plan |".to_owned(),
        "|---|---|---|".to_owned(),
    ]);
    for input in calculator.inputs {
        let fields: Vec<_> = input
            .from_plan()
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        lines.push(format!(
            "| `{}` | {} | {} |",
            input.name,
            described(input),
            fields.join(", ")
        ));
    }
    lines.push(String::new());
    lines.extend(calculator.formula.iter().map(|words| format!("- {words}")));
    lines.extend(calculator.basis.iter().map(|words| format!("- {words}.")));
    lines.push(String::new());
    lines.push(format!(
        "`calc {} {}` → {}",
        calculator.name,
        calculator.example,
        calculator.expected.join(", ")
    ));
    lines.push(String::new());
    let cited: Vec<_> = calculator.sources.iter().map(|it| citation(it)).collect();
    lines.push(format!("Source: {}", cited.join("; ")));
    lines.push(String::new());
    lines.join("\n")
}

fn citation(cited: &str) -> String {
    match source_ref(cited).url {
        Some(url) => format!("[`{cited}`]({url})"),
        None => format!("`{cited}`"),
    }
}
