"""What people say becomes cards: applied, corrected, dismissed; edited and deleted messages."""

import re

from playwright.sync_api import expect

STATED = "we close 120 deals a year, our churn is 3% a month and our gross margin is 80%"


def _thread_of(story, who, words):
    """Says it to the bot in the channel, and opens the thread of the answer."""
    who.say(f"@gtm {words}")
    topic = who.messages(has_text=words).last
    expect(topic.get_by_role("button", name=re.compile("repl"))).to_be_visible()
    who.open_thread(topic)
    return topic


def a_statement_becomes_a_card_with_its_words(story):
    ana = story.ana
    _thread_of(story, ana, STATED)
    card = ana.messages(ana.thread, has_text="I read 3 things here.")
    expect(card).to_be_visible()
    expect(card).to_contain_text("churn is 3%")
    expect(card.get_by_role("button", name="Apply all 3")).to_be_visible()


def one_value_is_applied_and_one_dismissed_and_the_card_says_what_became_of_it(story):
    ana = story.ana
    card = ana.messages(ana.thread, has_text="I read 3 things here.")
    key = card.get_attribute("data-key")
    same = ana.page.locator(f"[data-key='{key}']").last
    card.get_by_role("button", name="Apply 1").click()
    expect(same).to_contain_text("applied by")
    expect(same).to_contain_text("2 more were read here")
    same.get_by_role("button", name="Dismiss 2").click()
    expect(same).to_contain_text("Dismissed; the plan is as it was.")
    expect(same).to_contain_text("One more was read here")
    same.get_by_role("button", name="Apply", exact=True).click()
    expect(same).to_contain_text("applied by")
    expect(same.get_by_role("button", name="Dismiss")).to_have_count(0)
    expect(same.get_by_role("button", name="Undo")).to_be_visible()


def a_value_is_edited_in_a_form_before_it_is_applied(story):
    ana = story.ana
    _thread_of(story, ana, "our NRR is 104%")
    card = ana.messages(ana.thread, has_text="NRR is 104%").last
    key = card.get_attribute("data-key")
    card.get_by_role("button", name="Edit").click()
    form = ana.page.get_by_role("dialog", name="Edit before applying")
    value = form.get_by_label("What the plan should say")
    expect(value).to_have_value("104%")
    value.fill("a lot")
    form.get_by_role("button", name="Apply").click()
    expect(form).to_contain_text("This works")
    value.fill("108%")
    form.get_by_role("button", name="Apply").click()
    expect(form).to_have_count(0)
    same = ana.page.locator(f"[data-key='{key}']").last
    expect(same).to_contain_text("108%")
    expect(same).to_contain_text("applied by Ana")


def a_message_is_edited_and_deleted_by_whoever_said_it(story):
    ana, ben = story.ana, story.ben
    ana.say("the offsite is on the 12th")
    mine = ana.messages(has_text="the offsite is on the 12th")
    mine.hover()
    mine.get_by_role("button", name="Edit message").click()
    box = ana.page.get_by_role("textbox", name="Edit message")
    box.fill("the offsite is on the 13th")
    box.press("Enter")
    expect(ben.messages(has_text="the offsite is on the 13th")).to_be_visible()
    expect(ben.messages(has_text="the offsite is on the 12th")).to_have_count(0)
    changed = ana.messages(has_text="the offsite is on the 13th")
    changed.hover()
    changed.get_by_role("button", name="Delete message").click()
    expect(ben.messages(has_text="the offsite is on the 13th")).to_have_count(0)


def a_message_is_read_into_the_plan_from_its_menu(story):
    ana = story.ana
    ana.say("our sales cycle is 6 weeks")
    message = ana.messages(has_text="our sales cycle is 6 weeks").last
    message.hover()
    message.get_by_role("button", name="Read into the plan").click()
    card = ana.private(has_text="in that message")
    expect(card).to_contain_text("42 days")
    card.get_by_role("button", name="Apply").click()
    expect(ana.messages(has_text=re.compile(r"Sales cycle.*: 42 days\.")).first).to_be_visible()


STEPS = [
    a_statement_becomes_a_card_with_its_words,
    one_value_is_applied_and_one_dismissed_and_the_card_says_what_became_of_it,
    a_value_is_edited_in_a_form_before_it_is_applied,
    a_message_is_edited_and_deleted_by_whoever_said_it,
    a_message_is_read_into_the_plan_from_its_menu,
]
