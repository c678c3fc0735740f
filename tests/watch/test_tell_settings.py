"""A `[[tell]]` of the settings: every mistake has its place, and no secret is ever repeated."""

import http.server
import logging
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from dosebell_host.errors import ManyErrors, UsageError, UserError
from dosebell_host.watch.config import parse
from dosebell_host.watch.tell.by_apprise import ByApprise
from dosebell_host.watch.tell.choice import chosen
from dosebell_host.watch.tell.entry import SecretAddress, TellEntry
from dosebell_host.watch.tell.rules import TellRule
from dosebell_host.watch.tell.told import TellHours
from messages import SECRET, URL

SETTINGS = f"""\
[[tell]]
name = "anna"
url = "{URL}"
[[tell]]
name = "bert"
url = "{URL}2"
[[hook]]
run = ["a"]
"""


# On its way in it loads what Python is about to drop.
_LOADS_APPRISE = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_rules_are_read_as_a_person_writes_them() -> None:
    said = {
        "name": "anna",
        "url": URL,
        "when": ["unanswered 1h30m", "missed", "low", "silent 30 m", "clock  lost"],
        "quiet": "22:00-07:00",
        "urgent": ["missed", "clock lost"],
    }
    entry = TellEntry.read(said)
    assert entry.when == (
        TellRule("unanswered", 5400),
        TellRule("missed"),
        TellRule("low"),
        TellRule("silent", 1800),
        TellRule("clock lost"),
    )
    assert entry.hours == TellHours((1320, 420), frozenset({"missed", "clock lost"}))
    assert len(TellEntry.read({"name": "anna", "url": URL}).when) == 5


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('when = ["unanswerd 2h"]', '"unanswerd 2h" is no rule; did you mean "unanswered 2h"?'),
        ('when = ["silnt"]', '"silnt" is no rule; did you mean "silent 30m"?'),
        ('when = ["clock"]', '"clock" is no rule; did you mean "clock lost"?'),
        (
            'when = ["tomorrow"]',
            '"tomorrow" is no rule; known here: "unanswered 2h", "missed", "low", "silent 30m",'
            ' "clock lost".',
        ),
        (
            'when = ["unanswered"]',
            '"unanswered" does not say after how long; write "unanswered 2h".',
        ),
        ('when = ["missed 2h"]', '"missed" is told at once; write "missed" alone.'),
        (
            'when = ["silent 2x"]',
            '"2x" is not a duration such as "90m" or "1h30m"; write a duration from "2m" to'
            ' "30d".',
        ),
        ('when = ["silent 1m"]', '"1m" is too short; write a duration from "2m" to "30d".'),
        (
            'when = ["low", "low"]',
            '"low" stands there twice; name it once, or in another [[tell]].',
        ),
        (
            "when = 5",
            '5 is no list of rules; write a list in [ ], of "unanswered 2h", "missed", "low",'
            ' "silent 30m", "clock lost".',
        ),
        ('urgent = ["mised"]', '"mised" is not known here; did you mean "missed"?'),
        ('quiet = "22-7"', '"22-7" is not a span of hours; write "22:00-06:30", or "none".'),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_meant(line: str, said: str) -> None:
    text = f'[[tell]]\nname = "anna"\nurl = "{URL}"\n{line}\n'
    with pytest.raises(ManyErrors) as error:
        parse(text.encode(), "config.toml")
    place, _, rest = str(error.value).partition(": ")[2].partition(": ")
    assert (str(error.value).partition(": ")[0], rest) == ("config.toml:4", said), place


BROKEN = [
    f'[[tell]]\nname = "anna"\nurl = ["{URL}"]\n',
    f'[[tell]]\nname = "anna"\nurl = "{SECRET}"\n',
    f'[[tell]]\nname = "anna"\nurl = "{URL}\\u0007"\n',
    f'[[tell]]\nname = "anna"\nurll = "{URL}"\n',
    f'[[tell]]\nname = "anna"\nurl = "{URL}"\nwhen = ["x"]\n',
    f'[[tell]]\nname = "anna"\nurl = {URL}\n',
    f'[[tell]]\nname = "anna"\nurl = "{URL}\n',
    f'[tell]\nname = "anna"\nurl = "{URL}"\n',
]


@pytest.mark.parametrize("text", BROKEN)
def test_no_mistake_in_the_file_repeats_the_address(text: str) -> None:
    with pytest.raises(UserError) as error:
        parse(text.encode(), "config.toml")
    assert SECRET not in f"{error.value} {error.value.to_json()}"


def test_the_settings_never_show_the_address() -> None:
    entries = parse(SETTINGS.encode(), "config.toml")
    assert SECRET not in repr(entries) + str(entries)
    assert [each.name for each in entries] == ["tell anna", "tell bert", f"{entries[2].name}"]


def test_whom_to_tell_is_chosen_by_name_or_by_an_address_without_a_secret() -> None:
    entries = parse(SETTINGS.encode(), "config.toml")
    hook = entries[2].name

    def names(*wanted: str) -> list[str]:
        return [each.name for each in chosen(entries, wanted, "config.toml")]

    assert names() == ["tell anna", "tell bert", hook]
    assert names("bert") == [hook, "tell bert"]
    assert names("anna", "dbus://") == [hook, "tell anna", "tell dbus"]
    assert names("json://localhost:8000/dosebell") == [hook, "tell json"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            URL,
            "--tell: what is secret in tgram://*** could be seen by others on this machine; write"
            " it into config.toml, as the url of a [[tell]], and name that: --tell NAME.",
        ),
        (
            f"json://me:{SECRET}@localhost",
            "--tell: what is secret in json://*** could be seen by others on this machine; write"
            " it into config.toml, as the url of a [[tell]], and name that: --tell NAME.",
        ),
        ("ana", '--tell: no [[tell]] is named so; did you mean "anna"?'),
        (SECRET, "--tell: no [[tell]] is named so; there is anna and bert."),
        (
            f"{SECRET} ://",
            "--tell: this is no address of a message service; write one of apprise in quotes, as"
            ' "tgram://TOKEN/CHAT".',
        ),
    ],
)
def test_a_secret_on_the_command_line_is_refused_and_not_repeated(wanted: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        chosen(parse(SETTINGS.encode(), "config.toml"), [wanted], "config.toml")
    assert str(error.value) == said


class Heard(http.server.BaseHTTPRequestHandler):
    """A service at this machine that notes what it is sent, and takes it or not."""

    takes = True
    bodies: list[bytes]

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200 if self.takes else 500)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """It says nothing."""


@_LOADS_APPRISE
@pytest.mark.parametrize("takes", [True, False])
def test_apprise_itself_sends_and_what_it_logs_shows_no_secret(
    takes: bool, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    class HeardNow(Heard):
        """Of this test alone."""

    HeardNow.takes, HeardNow.bodies = takes, []
    with http.server.HTTPServer(("127.0.0.1", 0), HeardNow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = SecretAddress(f"json://me:{SECRET}@127.0.0.1:{server.server_port}/")
        if takes:
            ByApprise().send(address, "10:30: Anna has not taken D3 + K2.")
        else:
            with pytest.raises(UserError, match=r"^json://\*\*\* did not take the message\.$"):
                ByApprise().send(address, "10:30: Anna has not taken D3 + K2.")
        server.shutdown()
    assert b"Anna has not taken D3 + K2" in HeardNow.bodies[0]
    assert (caplog.text, capfd.readouterr()) == ("", ("", ""))


@_LOADS_APPRISE
def test_an_address_that_apprise_does_not_know_is_told_without_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(UserError) as error:
        ByApprise().check(SecretAddress(f"nosuch://{SECRET}"))
    assert str(error.value) == (
        "nosuch://*** is no address that apprise knows; look up at https://appriseit.com how it is"
        " written for that service."
    )
    assert caplog.text == ""
    logging.getLogger("apprise").warning(SECRET)
    assert caplog.text == ""


def test_where_apprise_is_missing_one_sentence_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(UserError) as error:
        ByApprise().check(SecretAddress(URL))
    assert str(error.value) == (
        "messages need apprise, which is missing; type: pip install 'dosebell[watch]'."
    )


def test_the_name_of_an_entry_may_be_anything_and_its_memory_is_in_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dosebell_host.watch.tell.memory import memory_file

    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path))
    paths = {memory_file(f"tell {name}") for name in ("anna", "../anna", "ännä/😀", "con")}
    assert {path.parent for path in paths} == {tmp_path / "told"} and len(paths) == 4
