"""Records in plain words: what the box did, one line each."""

from collections.abc import Callable

from dosebell import record
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import LocalTime, day_text

_STARTS = {"power": "the box is switched on", "reset": "the box starts again"}
_CANCELLED = {
    "too-soon": ": it would come too soon after the last intake",
    "changed": ": the schedule changed",
    "removed": ": the dose is no longer in the schedule",
}


def words(entry: Entry, local: LocalTime) -> str:
    """What a record says, without its time and its dose."""
    if entry.kind == record.GAP:
        return f"nothing is known {_gap(entry, local)}"
    said = _WORDS.get(entry.kind)
    return said(entry.detail) if said else entry.kind


def _gap(entry: Entry, local: LocalTime) -> str:
    """From when to when it lasts."""
    moments = [local.datetime(record.from_unix(entry.detail[key])) for key in ("from", "to")]
    start, end = (f"{day_text(moment.date())} {moment:%H:%M}" for moment in moments)
    return f"from {start} to {end}"


Detail = dict[str, str]


def _boot(detail: Detail) -> str:
    return _STARTS.get(detail.get("why", ""), "the box starts")


def _clock(detail: Detail) -> str:
    step_s = int(detail.get("step_s", "0"))
    return f"the clock is set{f', {step_s:+d} s' if step_s else ''}"


def _ringing(detail: Detail) -> str:
    return f"rings with {detail['meal']}" if "meal" in detail else "rings"


def _taken(detail: Detail) -> str:
    facts = [_lateness(int(detail.get("late_s", "0")))]
    if "left" in detail:
        facts.append(f"{detail['left']} left")
    if "soon" in detail:
        facts.append("soon after the one before")
    return f"taken {', '.join(facts)}"


def _lateness(late_s: int) -> str:
    hours, minutes = divmod(abs(late_s) // 60, 60)
    span = f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
    if not hours and not minutes:
        return "on time"
    return f"{span} {'after' if late_s > 0 else 'before'} it was due"


def _skipped(detail: Detail) -> str:
    return "skipped, as the schedule says" if "off" in detail else "skipped"


def _cancelled(detail: Detail) -> str:
    return f"cancelled{_CANCELLED.get(detail.get('why', ''), '')}"


_WORDS: dict[str, Callable[[Detail], str]] = {
    record.BOOT: _boot,
    record.CLOCK: _clock,
    record.SCHEDULE: lambda detail: f"schedule {detail.get('revision', '')} is in force",
    record.RINGING: _ringing,
    record.SNOOZED: lambda _: "snoozed",
    record.RESTING: lambda _: "rests until the next meal",
    record.TAKEN: _taken,
    record.SKIPPED: _skipped,
    record.MISSED: lambda _: "missed",
    record.UNKNOWN: lambda _: "unknown: the box did not ring",
    record.CANCELLED: _cancelled,
    record.UNDONE: lambda detail: f"taken back: was noted as {detail.get('was', '')}",
    record.PRESSED: lambda _: "the button is pressed while the clock is not set",
    record.STOCK: lambda detail: f"{detail.get('left', '?')} in stock",
    record.FAULT: lambda detail: f"fault: {detail.get('what', 'unknown')}",
}
