"""What an admin puts in force for every channel: a rule of the workspace's own, and a threshold."""

import re

from playwright.sync_api import expect

RULE = "our-deals"
THRESHOLD = "field-acv-low.max_acv"


def _form(who):
    return who.page.get_by_role("dialog", name="Add a rule")


def a_page_that_does_not_compile_says_so_at_its_field(story):
    ana = story.ana
    ana.say("/gtm rules add")
    form = _form(ana)
    expect(form.get_by_label("Name", exact=True)).to_have_value(f"fit/{RULE}")
    page = form.get_by_label("Page", exact=True)
    expect(page).to_have_value(re.compile("params.least"))
    works = page.input_value()
    page.fill(works.replace("deal_value < params.least", "deal_value < params.lest"))
    form.get_by_role("button", name="Show what it finds").click()
    expect(form.get_by_role("alert").filter(has_text="did you mean")).to_be_visible()
    page.fill(works)
    form.get_by_role("button", name="Show what it finds").click()
    expect(form).to_have_count(0)


def what_it_would_find_is_shown_to_the_admin_alone_and_a_press_puts_it_in_force(story):
    ana, ben = story.ana, story.ben
    card = ana.private(has_text=f"A rule of the workspace's own, {RULE}").last
    expect(card).to_contain_text("Nothing is changed yet.")
    expect(ben.messages(has_text=f"A rule of the workspace's own, {RULE}")).to_have_count(0)
    card.get_by_role("button", name="Use it in every channel").click()
    expect(ben.messages(has_text=f"The rule {RULE} is in force in every channel")).to_be_visible()
    ben.say(f"/gtm check {RULE}")
    expect(ben.private(has_text=f"/gtm explain {RULE}").last).to_be_visible()


def it_is_listed_and_taken_out_again(story):
    ana, ben = story.ana, story.ben
    ben.say("/gtm rules list")
    expect(ben.private(has_text="1 rule of the workspace's own in force").last).to_contain_text(RULE)
    ben.say(f"/gtm rules remove {RULE}")
    expect(ben.private(has_text="only an admin of the workspace").last).to_be_visible()
    ana.say(f"/gtm rules remove {RULE}")
    card = ana.private(has_text="out of force").last
    card.get_by_role("button", name="Take it out of force").click()
    expect(ben.messages(has_text=f"The rule {RULE} is out of force")).to_be_visible()
    ana.say(f"/gtm check {RULE}")
    expect(ana.private(has_text="There is no rule").last).to_be_visible()


def a_threshold_of_the_workspace_is_shown_set_listed_and_taken_back(story):
    ana, ben = story.ana, story.ben
    ana.say(f"/gtm threshold workspace {THRESHOLD} $40k because travel is expensive here")
    card = ana.private(has_text=f"A threshold of the workspace, {THRESHOLD}").last
    expect(card).to_contain_text("Nothing is changed yet.")
    card.get_by_role("button", name="Set it in every channel").click()
    told = ben.messages(has_text=f"Threshold {THRESHOLD} is").last
    expect(told).to_contain_text("in every channel of the workspace")
    ben.say("/gtm thresholds")
    expect(ben.private(has_text="Of the workspace, in every channel").last).to_contain_text("travel is expensive here")
    ana.messages(has_text=f"Threshold {THRESHOLD} is").last.get_by_role("button", name="Undo").click()
    ben.say("/gtm thresholds")
    expect(ben.private(has_text="in place of the rules' own").last).to_be_attached()
    expect(ben.private().last).not_to_contain_text("travel is expensive here")


STEPS = [
    a_page_that_does_not_compile_says_so_at_its_field,
    what_it_would_find_is_shown_to_the_admin_alone_and_a_press_puts_it_in_force,
    it_is_listed_and_taken_out_again,
    a_threshold_of_the_workspace_is_shown_set_listed_and_taken_back,
]
