"""Every block, for every eye: the fixture page, names and contrasts, pictures to look at."""

import re
from pathlib import Path

from playwright.sync_api import expect

import blocks

ACCESSIBLE = Path(__file__).with_name("accessible.js").read_text()
SIZES = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
PHONE = {"width": 375, "height": 812}


def the_fixture_page_draws_every_block(story):
    window = story.window(story.ana.person)
    try:
        window.page.goto(f"{story.bot.url}/playground/fixture")
        drawn = window.page.locator("#payload > .blocks > *")
        given = blocks.fixture(story.bot.url)["blocks"]
        expect(drawn).to_have_count(len(given))
        expect(window.page.locator(".unknown")).to_have_count(0)
        missing = {"header", "section", "context", "divider", "actions"} - {block["type"] for block in given}
        assert not missing, f"the fixture has no {missing}"
        assert all(box["height"] > 0 for box in (one.bounding_box() for one in drawn.all()))
        lines = window.page.locator(".chart-line")
        expect(lines).to_have_count(2)
        assert all(box["width"] > 0 for box in (one.bounding_box() for one in lines.all()))
        shoot(window, story.pictures / "fixture.png", full_page=True)
        check_access(window)
    finally:
        window.close()


def the_channel_and_its_thread_serve_every_eye(story):
    """In each size and scheme: names, contrasts, nothing beside the screen; and a picture of each."""
    for size, viewport in SIZES.items():
        for scheme in SCHEMES:
            look = {"viewport": viewport, "color_scheme": scheme}
            if size == "narrow":
                look |= {"has_touch": True, "is_mobile": True}
            window = story.window(story.ana.person, **look)
            try:
                look_around(story, window, f"{size}-{scheme}")
            finally:
                window.close()


def weeks_go_by_in_a_press_and_the_page_goes_with_them(story):
    """Digests with their chart and map, on a phone in both schemes; what is relative is to that time."""
    window = story.window(story.ana.person, timezone_id="Europe/Berlin")
    try:
        window.open()
        for words, said in [
            ("digest mondays 9am Berlin", "The digest is posted here"),
            ("digest quiet always", "even when nothing changed"),
        ]:
            window.say(f"/gtm {words}")
            expect(window.messages(has_text=said).last).to_be_visible()
        for week, words in enumerate(["set acv $24k", "set deals per year 120", "set churn 2%"], 1):
            window.say(f"/gtm {words}")
            expect(window.composer()).to_have_value("")
            # A second press on the way is none.
            window.page.get_by_role("button", name="Go to next Monday").dblclick()
            expect(window.messages(has_text="Question of the week")).to_have_count(week)
        for page in (window, story.ben):
            expect(page.messages(has_text="hire two field reps").get_by_text(re.compile(r"Last reply .* ago"))).to_be_attached()
            expect(page.page.get_by_text(re.compile(r"Last reply in "))).to_have_count(0)
    finally:
        window.close()
    for scheme in SCHEMES:
        look = {"viewport": PHONE, "color_scheme": scheme, "has_touch": True, "is_mobile": True}
        phone = story.window(story.ana.person, **look)
        try:
            phone.open()
            digest = phone.messages(has_text="Question of the week").last
            expect(digest).to_be_attached()
            check(phone, story.pictures / f"digest-{scheme}.png")
            replies = phone.page.get_by_role("button", name=re.compile(r"\d+ repl"))
            phone.open_thread(phone.messages(has_text="Question of the week", has=replies).last)
            expect(phone.thread.get_by_role("img", name="Map of deals").last).to_be_in_viewport()
            check(phone, story.pictures / f"digest-thread-{scheme}.png")
        finally:
            phone.close()


def look_around(story, window, name):
    window.open()
    expect(window.messages(has_text="Price: $49 a month.")).to_be_attached()
    check(window, story.pictures / f"channel-{name}.png")
    window.open_thread(window.messages(has_text="hire two field reps"))
    expect(window.messages(window.thread, has_text="To change")).to_be_visible()
    check(window, story.pictures / f"thread-{name}.png")
    window.thread.get_by_role("button", name="Close the thread").click()
    expect(window.thread).to_be_hidden()
    window.composer().press_sequentially("/gtm s")
    check(window, story.pictures / f"typing-{name}.png")
    window.composer().fill("")
    menu = window.page.get_by_role("button", name="Show conversations")
    if menu.is_visible():
        menu.click()
    expect(window.page.get_by_role("navigation")).to_be_in_viewport(ratio=1)
    window.page.get_by_role("button", name="You speak as").click()
    expect(window.page.get_by_role("link", name="Open a window as Ben Okafor")).to_be_visible()
    check(window, story.pictures / f"people-{name}.png")


def check(window, path):
    shoot(window, path)
    check_access(window)
    wide = window.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{path.stem}: {wide} px stand beside the screen"


def check_access(window):
    faults = window.page.evaluate(ACCESSIBLE)
    assert not faults, "\n".join(faults)


def shoot(window, path, **how):
    window.page.screenshot(path=path, animations="disabled", **how)


def every_message_of_the_bot_passes_the_official_models(story):
    # A shared file comes with its own name and description.
    said = [message for message in story.said.messages.values() if message.get("text") or not message.get("files")]
    assert len(said) >= 30, f"only {len(said)} messages were collected"
    checked = [*said, blocks.fixture(story.bot.url)]
    found = [f"{message['text'][:60]!r}: {fault}" for message in checked for fault in blocks.faults(message)]
    assert not found, "\n".join(found)


def nothing_was_complained_of_on_any_page(story):
    assert not story.complaints, "\n".join(story.complaints)


STEPS = [
    the_fixture_page_draws_every_block,
    the_channel_and_its_thread_serve_every_eye,
    weeks_go_by_in_a_press_and_the_page_goes_with_them,
    every_message_of_the_bot_passes_the_official_models,
    nothing_was_complained_of_on_any_page,
]
