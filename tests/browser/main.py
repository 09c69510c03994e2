"""Runs the steps one after the other, in one story, and says how many held."""

import os
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

import cards
import forms
import looks
import outage
import talk
import workspace
from blocks import Said
from bot import Bot
from window import Window

STEPS = [*talk.STEPS, *cards.STEPS, *forms.STEPS, *workspace.STEPS, *outage.STEPS, *looks.STEPS]
WHOLE_STORY_SECONDS = 170
ONE_WAIT_MILLISECONDS = 10_000
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Story:
    """What the steps share: the program, the browser, two people who sit before it."""

    def __init__(self, bot, browser, pictures):
        self.bot = bot
        self.browser = browser
        self.pictures = pictures
        self.complaints = []
        self.said = Said(bot.url)
        self.ana = self.window("U01ANA")
        self.ben = self.window("U01BEN")

    def window(self, person, **look):
        return Window(self.browser, self.bot.url, person, self.complaints, **look)

    def collect(self):
        if self.bot.child:
            self.said.collect([self.ana.person, self.ben.person])


class TooLong(BaseException):
    """The whole story has a time limit; this must not count as the fault of a single wait."""


def too_long(*_):
    raise TooLong(f"the browser tests took more than {WHOLE_STORY_SECONDS} seconds")


def run(story):
    """One line for each step; a step that is not reached has failed."""
    failed = 0
    for number, step in enumerate(STEPS):
        name = step.__name__.replace("_", " ")
        began = time.monotonic()
        try:
            try:
                step(story)
            finally:
                story.collect()
            print(f"ok      {name} ({time.monotonic() - began:.1f} s)", flush=True)
        except TooLong as error:
            print(f"FAILED  {name}: {error}; {len(STEPS) - number - 1} steps were not reached", flush=True)
            return failed + len(STEPS) - number
        except Exception:
            failed += 1
            print(f"FAILED  {name}\n{traceback.format_exc()}", flush=True)
            story.ana.page.screenshot(path=story.pictures / f"failed-{step.__name__}.png")
    return failed


def main():
    pictures = Path(os.environ["PICTURES"])
    pictures.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=ONE_WAIT_MILLISECONDS)
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(WHOLE_STORY_SECONDS)
    failed = len(STEPS)
    try:
        with tempfile.TemporaryDirectory(prefix="gtm-browser-") as folder, sync_playwright() as playwright:
            bot = Bot(folder)
            browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=CHROMIUM)
            try:
                bot.start()
                story = Story(bot, browser, pictures)
                failed = run(story)
                if failed:
                    print(f"The program's last words:\n{bot.tail()}")
            finally:
                bot.stop()
                browser.close()
    except (Exception, TooLong):
        traceback.print_exc()
    print(f"browser: {len(STEPS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
