"""One person's window: what they type, press and see, by the names that a screen reader would say."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

# A violation of the content policy is not always written to the console.
WATCH_POLICY = """addEventListener('securitypolicyviolation', (event) =>
    console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`));"""


class Window:
    def __init__(self, browser, url, person, complaints, **look):
        look = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **look}
        self.context = browser.new_context(**look)
        self.context.add_init_script(WATCH_POLICY)
        self.page = self.context.new_page()
        self.person = person
        self.complaints = complaints
        self.expected = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._complain(f"uncaught: {error}"))
        self.page.on("request", self._asked)
        self.url = url

    def open(self, place=""):
        self.page.goto(f"{self.url}/?as={self.person}{place}")
        expect(self.page.locator("#app")).not_to_have_attribute("aria-busy", "true")

    def close(self):
        self.context.close()

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self._complain(f"console: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.url, "data:")):
            self._complain(f"asked elsewhere: {request.url}")

    def _complain(self, words):
        if not any(re.search(pattern, words) for pattern in self.expected):
            self.complaints.append(f"{self.person} {words}")

    @contextmanager
    def expecting(self, pattern):
        """The browser itself reports a failed request; where one is provoked, that is no fault."""
        self.expected.append(pattern)
        try:
            yield
            # What is on its way to us still arrives while its cause is expected.
            self.page.evaluate("0")
        finally:
            self.expected.remove(pattern)

    @property
    def channel(self):
        return self.page.get_by_role("main")

    @property
    def thread(self):
        return self.page.get_by_role("complementary")

    def composer(self, pane=None):
        return (pane or self.channel).get_by_role("textbox")

    def problem(self, pane=None):
        """What the composer says went wrong; buttons have alerts of their own."""
        return (pane or self.channel).locator("form").get_by_role("alert")

    def messages(self, pane=None, **which):
        return (pane or self.channel).get_by_role("article").filter(**which)

    def private(self, pane=None, **which):
        return self.messages(pane, has=self.page.get_by_text("Only visible to you", exact=True)).filter(**which)

    def say(self, words, pane=None):
        composer = self.composer(pane)
        composer.fill(words)
        composer.press("Enter")

    def go_to(self, channel):
        self.page.get_by_role("navigation").get_by_role("link", name=re.compile(rf"^{channel}(,|$)")).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(channel)

    def open_thread(self, message):
        message.get_by_role("button", name="repl").first.click()
        expect(self.thread).to_be_visible()
