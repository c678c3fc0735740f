"""What is said of a record: by the journal, to somebody beside the box, and to who asked."""

import pytest

from dosebell import record
from dosebell.zone import Zone
from dosebell_host.history.record_text import Asked, Happening, answer_words, seen_words, words
from dosebell_host.history.records import FIRST_JOURNAL, parse
from dosebell_host.schedule.local_time import LocalTime

BERLIN = LocalTime(Zone((0,), (3600,), 0))
# 2026-11-23 07:42 in Berlin.
LINE = "7 1 1795416120 host {kind} d3k2 2026-11-23 0 {detail}"
RING = "the light blinks, the melody says it is time"

SAID = {
    ("boot", "why=power"): ("the box is switched on", "boot", "boot"),
    ("boot", "why=reset"): ("the box starts again", "boot", "boot"),
    ("boot", "-"): ("the box starts", "boot", "boot"),
    ("clock", "step_s=-70"): ("the clock is set, -70 s", "clock", "clock"),
    ("schedule", "revision=abc"): ("schedule abc is in force", "schedule", "schedule"),
    ("ringing", "meal=lunch"): ("rings with lunch", f"rings for lunch: {RING}", "ringing"),
    ("ringing", "-"): ("rings", f"rings: {RING}", "ringing"),
    ("snoozed", "-"): (
        "snoozed",
        "put off for 15 minutes: a flash every five seconds",
        "snoozed for up to 15 min",
    ),
    ("resting", "-"): (
        "rests until the next meal",
        "rests: no answer, so it waits for the next meal",
        "resting",
    ),
    ("taken", "late_s=7800,left=3,soon"): (
        "taken 2 h 10 min after it was due, 3 left, soon after the one before",
        "taken, and safe on its flash: solid light, rising notes; 3 left",
        "taken at 2026-11-23 07:42, 3 left",
    ),
    ("taken", "late_s=-120,at=1795415000"): (
        "taken 2 min before it was due",
        "taken, and safe on its flash: solid light, rising notes",
        "taken at 2026-11-23 07:23",
    ),
    ("taken", "late_s=59"): (
        "taken on time",
        "taken, and safe on its flash: solid light, rising notes",
        "taken at 2026-11-23 07:42",
    ),
    ("skipped", "off"): (
        "skipped, as the schedule says",
        "skipped, as the schedule says",
        "skipped",
    ),
    ("missed", "-"): ("missed", "missed: it stops, and says so when asked", "missed"),
    ("unknown", "-"): ("unknown: the box did not ring", "unknown: it did not ring", "unknown"),
    ("cancelled", "why=removed"): (
        "cancelled: the dose is no longer in the schedule",
        "cancelled: too soon after the last intake",
        "cancelled",
    ),
    ("undone", "was=taken,open"): (
        "taken back: was noted as taken",
        "undone",
        "no longer taken, and asks again",
    ),
    ("pressed", "-"): (
        "the button is pressed while the clock is not set",
        "pressed",
        "pressed",
    ),
    ("stock", "left=5"): ("5 in stock", "stock", "stock"),
    ("gap", "from=1795416120,to=1795502520"): (
        "nothing is known from Mon 23 Nov 07:42 to Tue 24 Nov 07:42",
        "gap",
        "gap",
    ),
    ("fault", "what=journal"): ("fault: journal", "fault", "fault"),
    # Of a newer firmware.
    ("parts", "-"): ("parts", "parts", "parts"),
}


@pytest.mark.parametrize(("kind", "detail"), SAID)
def test_a_record_in_three_voices(kind: str, detail: str) -> None:
    entry = parse(LINE.format(kind=kind, detail=detail), FIRST_JOURNAL)
    assert (
        words(entry, BERLIN),
        seen_words(kind, Happening(entry.detail, 1, RING, is_silent=False, snooze_s=900)),
        answer_words(Asked(entry, BERLIN, 900)),
    ) == SAID[kind, detail]


def test_several_doses_ring_and_the_stock_of_none_is_told() -> None:
    several = Happening({"left": "3"}, 2, RING, is_silent=True, snooze_s=900)
    assert [seen_words(kind, several) for kind in (record.RINGING, record.TAKEN)] == [
        f"ring: {RING}",
        "taken, and safe on its flash: solid light",
    ]
