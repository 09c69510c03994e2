"""Two people work on a plan: what each of them sees of it."""

from playwright.sync_api import expect

FINDING = "low-price-enterprise-motion"
# Reading commands, and some that cannot be read, with all the shapes that an answer takes.
EVERY_COMMAND = [
    "help",
    "help set",
    "plan",
    "plan pricing",
    "next",
    "fields",
    "fields sales",
    "rules",
    "rules fit",
    f"explain {FINDING}",
    "explain no-such-rule",
    "history",
    "history 1",
    "share check",
    "undo 99",
    "sett price 3",
    "set pricee 3",
    'set problem "<!channel> & <b>"',
    "segment add smb",
    "set win rate 25% for smb",
    "plan for smb",
]


def an_empty_channel_says_what_to_try_first(story):
    ana = story.ana
    ana.open()
    story.ben.open()
    # Gone if the page were loaded anew; what Ben sees has to come by itself.
    story.ben.page.evaluate("window.neverLoadedAnew = true")
    expect(ana.page).to_have_title("#gtm-plan · Playground")
    ana.channel.get_by_role("button", name="/gtm set price $49/mo").click()
    expect(ana.composer()).to_have_value("/gtm set price $49/mo")
    expect(ana.composer()).to_be_focused()
    ana.composer().fill("")


def the_composer_completes_commands_from_the_keyboard(story):
    composer = story.ana.composer()
    composer.press_sequentially("/gtm")
    offered = story.ana.channel.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(offered.filter(has_text="/gtm check")).to_be_visible()
    composer.press("ArrowDown")
    composer.press("ArrowDown")
    chosen = story.ana.channel.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    expect(composer).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    words = chosen.locator(".completion-words").inner_text()
    composer.press("Tab")
    expect(composer).to_have_value(words)
    assert words.startswith("/gtm "), words
    composer.fill("")
    composer.press_sequentially("@g")
    expect(offered).to_have_count(1)
    composer.press("Enter")
    expect(composer).to_have_value("@gtm ")
    composer.fill("")


def a_bare_command_introduces_itself_to_the_asker_alone(story):
    story.ana.say("/gtm")
    expect(story.ana.private(has_text="go-to-market plan")).to_be_visible()


def a_price_is_set_in_the_open(story):
    story.ana.say("/gtm set price $49/mo")
    for who in (story.ana, story.ben):
        expect(who.messages(has_text="Price: $49 a month.")).to_be_visible()
        expect(who.private(has_text="Price: $49 a month.")).to_have_count(0)


def a_field_team_at_this_price_brings_up_a_finding(story):
    story.ana.say("/gtm set motion field")
    card = story.ana.messages(has_text="Sales motion: field sales.")
    expect(card).to_contain_text(FINDING)
    expect(card.get_by_role("button", name="Undo")).to_be_visible()


def the_check_says_once_what_is_wrong_why_and_what_to_change(story):
    story.ana.say("/gtm check")
    report = story.ana.private(has_text="contradicts itself")
    expect(report).to_be_visible()
    words = report.inner_text()
    assert words.count(FINDING) == 1, words
    assert words.count("$588 a year") == 1, words
    for part in ("Error.", "field team", "To change:", "Source:", "GTM Definition"):
        assert part in words, f"{part} is not in {words}"
    for which in report.get_by_role("link").all():
        assert which.get_attribute("href").startswith("https://"), which


def ben_sees_the_change_at_once_and_nothing_that_is_private_to_ana(story):
    ben = story.ben
    expect(ben.messages(has_text="Sales motion: field sales.")).to_be_visible()
    assert ben.page.evaluate("window.neverLoadedAnew")
    expect(ben.page.get_by_text("Only visible to you")).to_have_count(0)
    expect(ben.page.get_by_text("contradicts itself")).to_have_count(0)
    story.ana.private().first.get_by_role("button", name="Dismiss").click()
    expect(story.ana.private(has_text="Three ways to begin")).to_have_count(0)


def undo_replaces_the_card_for_everybody(story):
    card = story.ana.messages(has_text="Sales motion: field sales.")
    key = card.get_attribute("data-key")
    undo = card.get_by_role("button", name="Undo")
    undo.focus()
    undo.press("Enter")
    for who in (story.ana, story.ben):
        same = who.page.locator(f"#message-list [data-key='{key}']")
        expect(same).to_contain_text("Took back")
        expect(same.get_by_role("button", name="Undo")).to_have_count(0)
        expect(who.messages(has_text="Sales motion: field sales.")).to_have_count(0)


def what_was_undone_can_be_done_again(story):
    story.ana.messages(has_text="Took back").get_by_role("button", name="Redo").click()
    for who in (story.ana, story.ben):
        expect(who.messages(has_text="Did version 2 again. Sales motion: field sales.")).to_contain_text(FINDING)
        expect(who.messages(has_text="Took back")).to_have_count(0)


def a_value_that_cannot_be_read_gets_one_that_works(story):
    story.ana.say("/gtm set price banana")
    answer = story.ana.private(has_text="nothing was changed")
    expect(answer).to_contain_text("banana")
    expect(answer).to_contain_text("/gtm set pricing.price $49 a month")


def every_command_is_answered_and_none_fails(story):
    for words in EVERY_COMMAND:
        heard = story.ana.messages().count()
        with story.ana.page.expect_response("**/playground/say"):
            story.ana.say(f"/gtm {words}")
        expect(story.ana.messages()).not_to_have_count(heard)
    expect(story.ana.messages(has_text="failed with the error")).to_have_count(0)


def a_mention_is_answered_in_its_thread(story):
    ana, ben = story.ana, story.ben
    ana.say("We charge $49 a month and want to hire two field reps. Does that work?")
    topic = ana.messages(has_text="hire two field reps")
    topic.hover()
    topic.get_by_role("button", name="Reply in thread").click()
    expect(ana.composer(ana.thread)).to_be_focused()
    ana.say("@gtm check", ana.thread)
    answer = ana.messages(ana.thread, has_text=FINDING)
    expect(answer).to_be_visible()
    expect(ana.private(ana.thread)).to_have_count(0)
    expect(ana.thread.get_by_text("2 replies", exact=True)).to_be_visible()
    same = ben.messages(has_text="hire two field reps")
    same.get_by_role("button", name="2 replies").click()
    expect(ben.messages(ben.thread, has_text=FINDING)).to_be_visible()


def a_command_in_a_thread_is_refused_as_slack_does(story):
    with story.ana.expecting("422"):
        story.ana.say("/gtm check", story.ana.thread)
        expect(story.ana.problem(story.ana.thread)).to_have_text("/gtm is not supported in threads. Sorry!")
    expect(story.ana.composer(story.ana.thread)).to_have_value("/gtm check")
    story.ana.composer(story.ana.thread).fill("")


def the_app_answers_in_a_direct_message(story):
    story.ben.go_to("gtm")
    story.ben.say("help")
    expect(story.ben.messages(has_text="All commands")).to_be_visible()
    story.ben.go_to("gtm-plan")


def what_looks_like_markup_stays_text(story):
    words = "<img src=x onerror=alert(1)> <b>bold</b> &lt;i&gt; *strong*"
    story.ana.say(words)
    said = story.ben.messages(has_text="onerror")
    expect(said).to_contain_text("<img src=x onerror=alert(1)> <b>bold</b> &lt;i&gt;")
    expect(said.locator("strong")).to_have_text("strong")
    expect(said.locator("img, b, i")).to_have_count(0)


def a_draft_outlives_a_reload(story):
    story.ana.composer().fill("not yet said")
    story.ana.open()
    expect(story.ana.composer()).to_have_value("not yet said")
    story.ana.composer().fill("")


STEPS = [
    an_empty_channel_says_what_to_try_first,
    the_composer_completes_commands_from_the_keyboard,
    a_bare_command_introduces_itself_to_the_asker_alone,
    a_price_is_set_in_the_open,
    a_field_team_at_this_price_brings_up_a_finding,
    the_check_says_once_what_is_wrong_why_and_what_to_change,
    ben_sees_the_change_at_once_and_nothing_that_is_private_to_ana,
    undo_replaces_the_card_for_everybody,
    what_was_undone_can_be_done_again,
    a_value_that_cannot_be_read_gets_one_that_works,
    every_command_is_answered_and_none_fails,
    a_mention_is_answered_in_its_thread,
    a_command_in_a_thread_is_refused_as_slack_does,
    the_app_answers_in_a_direct_message,
    what_looks_like_markup_stays_text,
    a_draft_outlives_a_reload,
]
