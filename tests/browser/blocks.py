"""What the bot says, read by a client of the Web API that this project has not written."""

import json
import urllib.parse
import urllib.request

from slack_sdk.models.blocks import Block

BOT = "U01GTMBOT"

# What Slack takes and the official models do not know yet; the bot has its shape from the reference.
NEWER = {"data_visualization"}


class Said:
    """Every message of the bot that anybody saw, each state of it once."""

    def __init__(self, url):
        self.url = url
        self.messages = {}

    def collect(self, people):
        for person in people:
            for channel in self._load("state", person)["channels"]:
                held = self._load("messages", person, channel=channel["id"])
                for message in held["messages"] + held["ephemerals"]:
                    if message["user"] == BOT and message.get("subtype") != "channel_join":
                        self.messages[json.dumps(message, sort_keys=True)] = message

    def _load(self, path, person, **query):
        query = urllib.parse.urlencode({"as": person, **query})
        with urllib.request.urlopen(f"{self.url}/playground/{path}?{query}", timeout=10) as answer:
            return json.load(answer)


def fixture(url):
    with urllib.request.urlopen(f"{url}/playground/fixture.json", timeout=10) as answer:
        return json.load(answer)


def faults(message):
    """What the official models find wrong with a message, or lose of it."""
    if not message.get("text", "").strip():
        yield "a message without words for notifications"
    given = [block for block in message.get("blocks", []) if block["type"] not in NEWER]
    read = Block.parse_all(given)
    if len(read) != len(given):
        yield f"{len(given)} blocks were sent, {len(read)} were understood"
    for block, original in zip(read, given):
        try:
            again = block.to_dict()
        except Exception as error:
            yield f"{original['type']}: {error}"
            continue
        if again != original:
            yield f"{original['type']} changed when read: {json.dumps(original)} became {json.dumps(again)}"
