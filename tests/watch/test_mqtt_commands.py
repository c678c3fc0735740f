"""Commands are obeyed for the occurrence they name, once, and while they are fresh."""

import json
from pathlib import Path

import pytest

from domain import DROPS, Box
from dosebell import civil
from dosebell_host.watch.mqtt.command import Command, Refused, judge
from mqtt_boxes import Moment, moments

DUE = "2026-11-23T08:00:00+01:00"
AT = "2026-11-23T08:01:00+01:00"
NOW = 1795417260.0


@pytest.fixture(name="moment")
def ringing(tmp_path: Path) -> Moment:
    [moment] = moments(Box.with_schedule(DROPS), tmp_path, "08:01")
    return moment


def said(**changes: object) -> str:
    return json.dumps({"do": "take", "dose": "drops", "due": DUE, "at": AT, **changes})


def test_a_fresh_command_for_what_is_open_is_obeyed(moment: Moment) -> None:
    due_s = int(NOW) - 60 - civil.UNIX_2000
    for what in ("take", "snooze"):
        assert judge(said(do=what), False, moment.view, NOW) == Command(
            moment.view.device_id, what, "drops", due_s, "2026-11-23", 0, due_s + 60
        )


OTHER = "it is for another time of drops than the one that is open"
NAMES_NOTHING = "it does not name a dose and a time of it"
BY = "by this machine's clock"
NO_COMMAND = "it is no command that a box knows"


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (said(due="2026-11-22T08:00:00+01:00"), OTHER),
        (said(due="2026-11-23T20:00:00+01:00"), OTHER),
        (said(due=None), NAMES_NOTHING),
        (said(due="2026-11-23T08:00:00"), NAMES_NOTHING),
        (said(dose="other"), OTHER.replace("drops", "other")),
        (said(do="skip"), NO_COMMAND),
        (said(at=None), "it does not say when it was given"),
        (
            said(at="2026-11-23T07:59:59+01:00"),
            "it was given 1 min 1 s ago, by this machine's clock",
        ),
        (
            said(at="2026-11-23T09:01:00+01:00"),
            "it was given 1 h from now, by this machine's clock",
        ),
        ("", NAMES_NOTHING),
        ("[" * 900, NAMES_NOTHING),
        ("[]", NO_COMMAND),
        ("9" * 900, NO_COMMAND),
        (said(x="x" * 1000), NO_COMMAND),
    ],
)
def test_any_other_is_refused_with_the_reason(payload: str, why: str, moment: Moment) -> None:
    assert judge(payload, False, moment.view, NOW) == Refused(why)


def test_one_that_a_broker_kept_is_refused(moment: Moment) -> None:
    kept = "a command that the broker kept is never obeyed"
    assert judge(said(), True, moment.view, NOW) == Refused(kept)


def test_what_does_not_ring_cannot_be_snoozed_and_what_is_taken_not_taken(tmp_path: Path) -> None:
    before, after = moments(Box.with_schedule(DROPS), tmp_path, "08:01", "press")
    assert isinstance(judge(said(), False, before.view, NOW), Command)
    assert [judge(said(do=each), False, after.view, NOW) for each in ("take", "snooze")] == [
        Refused(OTHER),
        Refused(OTHER),
    ]
