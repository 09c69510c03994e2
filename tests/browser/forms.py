"""A document is taught: in the form, from a message's menu, and as a file that is shared. A plan is
pasted into a form of its own."""

from playwright.sync_api import expect

POLICY = "Discounts above 20 % are approved by Mara, our head of sales."
QUESTION = "/gtm ask who approves discounts above 20%?"


def form(who):
    return who.page.get_by_role("dialog", name="Teach a document")


def a_form_opens_and_says_what_is_wrong_at_its_field(story):
    ben = story.ben
    ben.say("/gtm learn")
    dialog = form(ben)
    expect(dialog).to_be_visible()
    expect(form(story.ana)).to_have_count(0)
    expect(dialog.get_by_label("Title (optional)", exact=True)).to_be_focused()
    dialog.get_by_label("Title (optional)", exact=True).fill("Discounts")
    dialog.get_by_label("Every channel").check()
    dialog.get_by_role("button", name="Learn it").click()
    expect(dialog.get_by_role("alert").filter(has_text="Choose a file or paste")).to_be_visible()
    dialog.get_by_label("Text (optional)", exact=True).fill(POLICY)
    dialog.get_by_role("button", name="Learn it").click()
    expect(dialog.get_by_role("alert").filter(has_text="Only admins")).to_be_visible()
    # What was typed still stands there.
    expect(dialog.get_by_label("Text (optional)", exact=True)).to_have_value(POLICY)


def a_text_that_is_pasted_into_it_is_learned_and_cited(story):
    ben = story.ben
    dialog = form(ben)
    dialog.get_by_label("This channel only").check()
    dialog.get_by_label("Date of the text").fill("2020-03-01")
    dialog.get_by_role("button", name="Learn it").click()
    expect(dialog).to_have_count(0)
    expect(story.ana.messages(has_text="Learned “Discounts”")).to_be_visible()
    ben.say(QUESTION)
    expect(ben.private(has_text="approved by Mara").first).to_be_visible()


def files_are_chosen_in_it_sent_on_at_once_and_learned(story):
    ben = story.ben
    ben.say("/gtm learn")
    dialog = form(ben)
    files = dialog.get_by_label("Files (optional)", exact=True)
    files.set_input_files([
        {"name": "cut.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
        {"name": "hiring_rules.md", "mimeType": "text/markdown", "buffer": b"# Hiring\n\nNew sellers are hired by Farah.\n"},
    ])
    expect(dialog.get_by_role("status").filter(has_text="Uploaded")).to_have_count(2)
    dialog.get_by_role("button", name="Learn it").click()
    expect(dialog.get_by_role("alert").filter(has_text="cut.pdf: it is damaged")).to_be_visible()
    dialog.get_by_role("button", name="Remove cut.pdf").click()
    dialog.get_by_role("button", name="Learn it").click()
    expect(dialog).to_have_count(0)
    expect(ben.messages(has_text="Learned “hiring rules”")).to_be_visible()
    ben.say("/gtm ask who hires new sellers?")
    expect(ben.private(has_text="hired by Farah").first).to_be_visible()


def a_form_is_closed_by_escape_and_nothing_comes_of_it(story):
    ben = story.ben
    ben.say("/gtm learn")
    expect(form(ben)).to_be_visible()
    ben.page.keyboard.press("Escape")
    expect(form(ben)).to_have_count(0)


def a_message_is_taught_from_its_menu(story):
    ben = story.ben
    story.ana.say("Renewals are handled by Chloe, two months ahead.")
    message = ben.messages(has_text="Renewals are handled by Chloe")
    message.hover()
    message.get_by_role("button", name="Learn this").click()
    dialog = form(ben)
    expect(dialog.get_by_label("Text (optional)", exact=True)).to_have_value("Renewals are handled by Chloe, two months ahead.")
    dialog.get_by_role("button", name="Learn it").click()
    expect(dialog).to_have_count(0)
    ben.say("/gtm ask who handles renewals?")
    expect(ben.private(has_text="handled by Chloe").first).to_be_visible()


def a_file_is_shared_learned_and_cited(story):
    ben = story.ben
    ben.composer().fill("@gtm learn")
    policy = {"name": "travel_policy.md", "mimeType": "text/markdown", "buffer": b"# Travel\n\nOn-site visits above 2,000 dollars are approved by Dana.\n"}
    ben.channel.get_by_label("File", exact=True).set_input_files(policy)
    shared = ben.messages(has_text="travel_policy.md").first
    expect(shared).to_be_visible()
    ben.open_thread(shared)
    expect(ben.messages(ben.thread, has_text="Learned “travel policy”")).to_be_visible()
    ben.thread.get_by_role("button", name="Close the thread").click()
    ben.say("/gtm ask who approves on-site visits above $2,000?")
    expect(ben.private(has_text="approved by Dana").first).to_be_visible()


def what_was_learned_is_listed_and_forgotten(story):
    ben = story.ben
    ben.say("/gtm documents")
    listed = ben.private(has_text="documents can be cited here").last
    expect(listed).to_contain_text("text of 2020-03-01")
    expect(listed).to_contain_text("travel policy")
    ben.messages(has_text="Learned “Discounts”").get_by_role("button", name="Remove").click()
    expect(story.ana.messages(has_text="Forgot “Discounts”")).to_be_visible()


def a_plan_is_pasted_shown_applied_and_taken_back(story):
    ben = story.ben
    ben.say("/gtm import")
    dialog = ben.page.get_by_role("dialog", name="Import a plan")
    plan = dialog.get_by_label("Plan (optional)", exact=True)
    expect(plan).to_be_focused()
    plan.fill("plan.stages = 3")
    dialog.get_by_role("button", name="Show changes").click()
    expect(dialog.get_by_role("alert").filter(has_text="Line 1")).to_be_visible()
    plan.fill('plan.horizon = "11 months"')
    dialog.get_by_role("button", name="Show changes").click()
    expect(dialog).to_have_count(0)
    card = story.ana.messages(has_text="Nothing is changed yet.").last
    key = card.get_attribute("data-key")
    same = story.ana.page.locator(f"[data-key='{key}']").last
    card.get_by_role("button", name="Apply").click()
    expect(same).to_contain_text("Imported.")
    same.get_by_role("button", name="Undo").click()
    expect(story.ana.messages(has_text="Took back").last).to_be_visible()


STEPS = [
    a_form_opens_and_says_what_is_wrong_at_its_field,
    a_text_that_is_pasted_into_it_is_learned_and_cited,
    files_are_chosen_in_it_sent_on_at_once_and_learned,
    a_form_is_closed_by_escape_and_nothing_comes_of_it,
    a_message_is_taught_from_its_menu,
    a_file_is_shared_learned_and_cited,
    what_was_learned_is_listed_and_forgotten,
    a_plan_is_pasted_shown_applied_and_taken_back,
]
