"""A record in plain words: as the journal notes it, as one sees it happen, and as an answer.

All that is said of a kind of record stands in one line of one table, whoever says it.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from dosebell import civil, record
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import LocalTime, day_text
from dosebell_host.wording import duration_text, left_text

Detail = dict[str, str]
About = TypeVar("About")


class Happening(NamedTuple):
    """A record as somebody beside the box sees it happen."""

    detail: Detail
    # To how many doses it happens.
    doses: int
    # What the box shows while it rings: `the light blinks, the melody says eat first`.
    ring: str
    is_silent: bool
    snooze_s: int

    @property
    def rings(self) -> str:
        """The verb."""
        return "rings" if self.doses == 1 else "ring"


class Asked(NamedTuple):
    """A record that somebody asked for."""

    entry: Entry
    local: LocalTime
    snooze_s: int


def words(entry: Entry, local: LocalTime) -> str:
    """What a record notes, without its time and its dose."""
    if entry.kind == record.GAP:
        return f"nothing is known {_gap(entry, local)}"
    return _said(entry.kind, _VOICES.get(entry.kind, _NO_VOICES).noted, entry.detail)


def seen_words(kind: str, seen: Happening) -> str:
    """What happens, without whose it is."""
    return _said(kind, _VOICES.get(kind, _NO_VOICES).seen, seen)


def answer_words(asked: Asked) -> str:
    """What came of it, as `taken at 2026-11-23 07:42`."""
    return _said(asked.entry.kind, _VOICES.get(asked.entry.kind, _NO_VOICES).answered, asked)


def _gap(entry: Entry, local: LocalTime) -> str:
    """From when to when it lasts."""
    moments = [local.datetime(record.from_unix(entry.detail[key])) for key in ("from", "to")]
    start, end = (f"{day_text(moment.date())} {moment:%H:%M}" for moment in moments)
    return f"from {start} to {end}"


_STARTS = {"power": "the box is switched on", "reset": "the box starts again"}
_CANCELLED = {
    "too-soon": ": it would come too soon after the last intake",
    "changed": ": the schedule changed",
    "removed": ": the dose is no longer in the schedule",
}


def _boot_noted(detail: Detail) -> str:
    return _STARTS.get(detail.get("why", ""), "the box starts")


def _clock_noted(detail: Detail) -> str:
    step_s = int(detail.get("step_s", "0"))
    return f"the clock is set{f', {step_s:+d} s' if step_s else ''}"


def _ringing_noted(detail: Detail) -> str:
    return f"rings with {detail['meal']}" if "meal" in detail else "rings"


def _ringing_seen(seen: Happening) -> str:
    meal = f" for {seen.detail['meal']}" if "meal" in seen.detail else ""
    return f"{seen.rings}{meal}: {seen.ring}"


def _snoozed_seen(seen: Happening) -> str:
    return f"put off for {seen.snooze_s // civil.MINUTE_S} minutes: a flash every five seconds"


def _snoozed_answered(asked: Asked) -> str:
    return f"snoozed for up to {duration_text(asked.snooze_s)}"


def _taken_noted(detail: Detail) -> str:
    facts = [_lateness(int(detail.get("late_s", "0")))]
    if "left" in detail:
        facts.append(left_text(int(detail["left"])))
    if "soon" in detail:
        facts.append("soon after the one before")
    return f"taken {', '.join(facts)}"


def _lateness(late_s: int) -> str:
    hours, minutes = divmod(abs(late_s) // 60, 60)
    span = f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
    if not hours and not minutes:
        return "on time"
    return f"{span} {'after' if late_s > 0 else 'before'} it was due"


def _taken_seen(seen: Happening) -> str:
    left = seen.detail.get("left")
    stock = f"; {left_text(int(left))}" if left and seen.doses == 1 else ""
    notes = "" if seen.is_silent else ", rising notes"
    return f"taken, and safe on its flash: solid light{notes}{stock}"


def _taken_answered(asked: Asked) -> str:
    detail = asked.entry.detail
    left = f", {left_text(int(detail['left']))}" if "left" in detail else ""
    return f"taken at {asked.local.minute(asked.entry.at_s or 0)}{left}"


def _skipped_noted(detail: Detail) -> str:
    return "skipped, as the schedule says" if "off" in detail else "skipped"


def _cancelled_noted(detail: Detail) -> str:
    return f"cancelled{_CANCELLED.get(detail.get('why', ''), '')}"


def _undone_noted(detail: Detail) -> str:
    return f"taken back: was noted as {detail.get('was', '')}"


def _undone_answered(asked: Asked) -> str:
    detail = asked.entry.detail
    again = ", and asks again" if "open" in detail else ""
    return f"no longer {detail.get('was', 'answered')}{again}"


class _Voices(NamedTuple):
    """What is said of one kind of record; where nothing is, it is called by its kind."""

    noted: "str | Callable[[Detail], str]" = ""
    seen: "str | Callable[[Happening], str]" = ""
    answered: "str | Callable[[Asked], str]" = ""


# For each kind: as the journal notes it, as one sees it happen, as an answer to who asked for it.
_VOICES = {
    record.BOOT: _Voices(_boot_noted),
    record.CLOCK: _Voices(_clock_noted),
    record.SCHEDULE: _Voices(lambda detail: f"schedule {detail.get('revision', '')} is in force"),
    record.RINGING: _Voices(_ringing_noted, _ringing_seen),
    record.SNOOZED: _Voices("snoozed", _snoozed_seen, _snoozed_answered),
    record.RESTING: _Voices(
        "rests until the next meal", "rests: no answer, so it waits for the next meal"
    ),
    record.TAKEN: _Voices(_taken_noted, _taken_seen, _taken_answered),
    record.SKIPPED: _Voices(_skipped_noted, "skipped, as the schedule says"),
    record.MISSED: _Voices("missed", "missed: it stops, and says so when asked"),
    record.UNKNOWN: _Voices("unknown: the box did not ring", "unknown: it did not ring"),
    record.CANCELLED: _Voices(_cancelled_noted, "cancelled: too soon after the last intake"),
    record.UNDONE: _Voices(_undone_noted, answered=_undone_answered),
    record.PRESSED: _Voices("the button is pressed while the clock is not set"),
    record.STOCK: _Voices(lambda detail: f"{detail.get('left', '?')} in stock"),
    record.FAULT: _Voices(lambda detail: f"fault: {detail.get('what', 'unknown')}"),
}
_NO_VOICES = _Voices()


def _said(kind: str, voice: "str | Callable[[About], str]", about: About) -> str:
    return voice(about) if callable(voice) else voice or kind
