"""The program ends, hangs and comes back while its page stays open."""

from playwright.sync_api import expect

LOST = "The connection to the playground is lost. Trying again…"
SILENT = "The playground does not answer. Is it still running?"
# What the browser itself writes when nobody listens, or an answer ends early.
NO_CONNECTION = r"Failed to load resource|ERR_"


def while_it_is_down_the_page_says_so_and_keeps_what_was_typed(story):
    ana = story.ana
    with ana.expecting(NO_CONNECTION), story.ben.expecting(NO_CONNECTION):
        assert story.bot.stop() == 0
        expect(ana.page.get_by_role("status").filter(has_text=LOST)).to_be_visible()
        ana.say("/gtm check")
        expect(ana.problem()).to_have_text(SILENT)
        expect(ana.composer()).to_have_value("/gtm check")
        button = ana.messages(has_text="Price: $49 a month.").get_by_role("button", name="Undo")
        button.click()
        expect(ana.messages(has_text="Price: $49 a month.").get_by_role("alert")).to_have_text(SILENT)
        story.bot.start()
        for who in (ana, story.ben):
            expect(who.page.get_by_text(LOST)).to_be_hidden(timeout=15_000)


def after_a_restart_messages_and_plan_are_there(story):
    ana = story.ana
    expect(ana.messages(has_text="Price: $49 a month.")).to_be_visible()
    expect(ana.messages(has_text="hire two field reps").get_by_role("button", name="2 replies")).to_be_visible()
    expect(ana.private()).to_have_count(0)
    ana.say("/gtm plan")
    plan = ana.private(has_text="fields answered")
    expect(plan).to_contain_text("$49 a month")
    expect(plan).to_contain_text("field sales")


def a_page_that_stayed_open_goes_on_where_it_was(story):
    assert story.ben.page.evaluate("window.neverLoadedAnew")
    with story.ana.page.expect_response("**/playground/say"):
        story.ana.say("/gtm set channels SEO, cold email and partners")
    expect(story.ben.messages(has_text="Channels for main: outbound email")).to_be_visible()


def a_program_that_hangs_is_reported_too(story):
    ana = story.ana
    with ana.expecting(NO_CONNECTION), story.ben.expecting(NO_CONNECTION):
        story.bot.freeze()
        try:
            ana.say("/gtm check")
            expect(ana.problem()).to_have_text(SILENT, timeout=15_000)
        finally:
            story.bot.thaw()
    expect(ana.composer()).to_have_value("/gtm check")
    ana.composer().press("Enter")
    expect(ana.private(has_text="contradicts itself").first).to_be_visible()


STEPS = [
    while_it_is_down_the_page_says_so_and_keeps_what_was_typed,
    after_a_restart_messages_and_plan_are_there,
    a_page_that_stayed_open_goes_on_where_it_was,
    a_program_that_hangs_is_reported_too,
]
