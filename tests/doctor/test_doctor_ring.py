"""The practice ring, and `dosebell doctor` as it is typed."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from domain import D3K2, IRON_DOSE, Box, plan
from dosebell_host.actions import practice
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.reach import Reach
from dosebell_host.cli import main
from dosebell_host.doctor.examine import CHECKS
from dosebell_host.errors import UserError
from dosebell_host.sim.wire import Wire
from dosebell_host.talk import Talk
from dosebell_host.terminal.options import Settings
from examined import flash_of
from virtual_box import virtual

# Practice.


class Person:
    """Somebody at a box who practises; `acts` is done at the third look of the laptop.

    What the laptop tells stands in `told`, what it says beside it in `noted`; `says` are the
    answers to its questions, of which there are none where nobody can be asked.
    """

    def __init__(
        self, box: Box, act: Callable[[], object] = lambda: None, says: Sequence[bool] = ()
    ) -> None:
        self.box = box
        self.client = Client(Link(Wire(box.world)))
        self.looks = 0
        self.told: list[str] = []
        self.noted: list[str] = []
        self._act = act
        answers = iter(says)
        self._talk = Talk(
            self.noted.append,
            tell=self.told.extend,
            confirm=lambda question: next(answers, None),
        )

    def practises(self) -> dict[str, Any]:
        return practice.practise(self._talk, self.client, self._pause).to_json()

    def fails(self) -> tuple[str, int, str]:
        """(code, exit code, sentence) of the error it ends in."""
        with pytest.raises(UserError) as error:
            self.practises()
        return error.value.code, error.value.exit_code, str(error.value)

    def _pause(self, seconds: float) -> None:
        self.looks += 1
        self.box.wait(ms=round(seconds * 1000))
        if self.looks == 3:
            self._act()


AT_NIGHT = plan(IRON_DOSE, alerts='quiet = "22:00-06:30"')


@pytest.mark.parametrize(
    "box",
    [
        lambda: Box.with_schedule(D3K2, at="2026-11-23 05:00"),
        lambda: Box.with_schedule(D3K2, at="2026-11-23 07:00"),
        lambda: Box.with_schedule(AT_NIGHT, at="2026-11-23 23:00"),
        Box.bare,
    ],
    ids=["before all", "in an early window", "at night", "with no clock"],
)
def test_a_press_answers_a_practice_ring_and_nothing_is_noted(box: Callable[[], Box]) -> None:
    there = box()
    before = flash_of(there)
    there.world.board.outputs.clear()
    person = Person(there, there.press)
    assert person.practises() == {"practice": "answered", "light": None, "sound": None}
    assert (person.told, person.noted) == ([*practice.ABOUT, practice.ARRIVED], [])
    there.wait(seconds=90)
    assert [light for _, light in there.lights()][:3] == ["due", "off", "taken"]
    assert [sound for _, sound in there.sounds()] == ["due", "silent", "taken", "silent"]
    assert flash_of(there) == before


def test_nobody_presses() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")
    before = flash_of(box)
    person = Person(box)
    assert person.fails() == (
        "no-press",
        1,
        "no press arrived within a minute; if you did press, look at the button: it belongs"
        " between GP13 and ground.",
    )
    assert (person.looks, box.light, flash_of(box)) == (120, "off", before)


def test_a_real_dose_comes_first() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:29:50")
    assert Person(box).fails() == (
        "interrupted",
        1,
        "a real dose became due meanwhile, and rings now; answer that one, and practise another"
        " time.",
    )
    assert (box.light, box.sound, box.story()) == (
        "due",
        "due-eat",
        ["07:30 ringing d3k2/0 breakfast"],
    )


def test_no_practice_while_a_real_dose_rings() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    assert Person(box).fails() == (
        "ringing",
        3,
        "a real dose rings now, or is snoozed; answer that one at the box first.",
    )


def test_a_box_that_starts_again_in_the_middle() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")
    assert Person(box, box.reset).fails()[0] == "restarted"


@pytest.mark.parametrize("heard", [True, False])
def test_whoever_sits_there_is_asked_how_it_was(heard: bool) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")
    person = Person(box, box.press, says=(True, heard))
    assert person.practises() == {"practice": "answered", "light": True, "sound": heard}
    assert person.noted == ([] if heard else [practice.QUESTIONS["sound"][1]])


def test_leaving_says_that_it_stops_by_itself() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")

    def leave() -> None:
        raise KeyboardInterrupt

    person = Person(box, leave)
    with pytest.raises(KeyboardInterrupt):
        person.practises()
    assert person.noted == [practice.STOPS_BY_ITSELF]
    box.wait(seconds=60)
    assert (box.light, box.sound) == ("off", "silent")


def test_a_practice_ring_is_offered_where_nothing_rings() -> None:
    box = Box.with_schedule(D3K2)
    client = Client(Link(Wire(box.world)))
    welcome = practice.is_welcome(client)
    box.until("07:31")
    assert (welcome, practice.is_welcome(client)) == (True, False)
    box.press()
    box.app.limp = True
    assert practice.is_welcome(client) is False


# As it is typed, at a real pseudo-terminal.


def typed(*words: str, reach: Reach | None = None) -> tuple[int, str]:
    settings = Settings(reach=lambda: reach or Reach())
    done = CliRunner().invoke(main, ["doctor", *words], obj=settings)
    return done.exit_code, done.stdout


def test_the_command_and_a_virtual_board() -> None:
    with virtual() as box:
        box.push()
        code, text = typed("--port", "virtual")
        assert (code, text.splitlines()[-1]) == (
            0,
            "All in order. To hear it ring: dosebell doctor --ring --port virtual",
        )
        items = json.loads(typed("--json", "--port", "virtual")[1])["items"]
        assert [item["check"] for item in items] == [
            name for name, _ in CHECKS if name != "ModemManager"
        ]
        assert {item["state"] for item in items} == {"ok", "unknown"}
        assert items[1] == {
            "check": "port",
            "state": "ok",
            "says": "the virtual board",
            "fix": None,
            "detail": [],
        }
        assert typed("--forget-crash", "--port", "virtual") == (0, "There is none.\n")


def test_a_practice_ring_at_a_virtual_board() -> None:
    with virtual() as box:

        def press_once_it_rings() -> None:
            while "light due" not in box.line():
                pass
            box.type("press 200\n")

        presser = threading.Thread(target=press_once_it_rings)
        presser.start()
        code, text = typed("--ring", "--port", "virtual")
        presser.join()
        assert (code, text.splitlines()) == (0, [*practice.ABOUT, practice.ARRIVED])


def test_a_push_ends_with_the_offer_to_hear_it(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(D3K2, encoding="utf-8")
    offer = (
        "Hear it now? `dosebell doctor --ring --port virtual` is a practice ring that leaves no"
        " record.\n"
    )

    def pushes(*words: str, attended: bool = True) -> str:
        settings = Settings(attended=lambda: attended)
        words = ("push", str(file), "--port", "virtual", *words)
        return CliRunner().invoke(main, words, obj=settings).stderr

    with virtual():
        assert pushes(attended=False) == ""
        assert (pushes("--dry-run"), pushes("--yes"), pushes()) == ("", "", offer)


def test_without_a_board_the_exit_code_is_4() -> None:
    code, text = typed("--json", reach=Reach(plugged=list, find_virtuals=list))
    document = json.loads(text)
    assert (code, document["schema"]) == (4, 1)
    assert document["items"][1]["says"] == "no Pico is plugged in"
