//! What a newer program's rules do to a plan that nobody touched: the check that was kept under the
//! older ones is explained by checking the plan of then by the rules of today.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gtm_advisor::lint::RuleSet;

use crate::harness::{ANA, BEN, GTM_PLAN, story};
use crate::journeys::{check, seen};

/// The rules that ship, with one page as it might have been before.
fn older() -> Arc<RuleSet> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut pages = Vec::new();
    for folder in fs::read_dir(&root).expect("the rules") {
        let folder = folder.expect("a folder").path();
        if folder.is_dir() {
            let files = fs::read_dir(&folder).expect("a category");
            pages.extend(files.map(|file| page(&root, &file.expect("a page").path())));
        }
    }
    pages.sort();
    let (before, now) = ("default = \"$20k\"", "default = \"$100k\"");
    let changed = pages
        .iter_mut()
        .find(|(path, _)| path == "fit/field-acv-low.md");
    let (_, text) = changed.expect("the page ships");
    assert!(text.contains(now), "its number is another by now");
    *text = text.replace(now, before);
    let pages: Vec<_> = pages
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let rules = RuleSet::load(&pages).unwrap_or_else(|errors| panic!("{}", errors[0]));
    Arc::new(rules)
}

fn page(root: &Path, file: &Path) -> (String, String) {
    let path = file.strip_prefix(root).expect("below the rules");
    let text = fs::read_to_string(file).expect("a page is text");
    (path.to_string_lossy().into_owned(), text)
}

#[test]
fn a_newer_program_says_what_its_rules_have_moved() {
    story(async |bot| {
        bot.restart_under(older()).await;
        let plan = [
            "set motion field",
            "set price $2,000/mo",
            "set stage gtm_fit",
        ];
        bot.minute_by_minute(BEN, GTM_PLAN, &plan).await;
        bot.mention(ANA, GTM_PLAN, "check").await;
        bot.restart_under(crate::harness::rules()).await;
        bot.clock.move_by(24 * 3_600);
        // Nobody has touched the plan.
        bot.mention(ANA, GTM_PLAN, "check").await;
        bot.clock.move_by(24 * 3_600);
        bot.mention(ANA, GTM_PLAN, "check").await;
        // Now somebody has, too.
        bot.restart_under(older()).await;
        bot.clock.move_by(24 * 3_600);
        bot.command(BEN, GTM_PLAN, "set price $400/mo").await;
        bot.mention(ANA, GTM_PLAN, "check").await;
        check(
            "moved-by-rules",
            "What newer rules move, and what the plan",
            &seen(bot, GTM_PLAN, ANA),
        );
    });
}
