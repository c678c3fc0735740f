"""Requests about doses and their journal: what people say of an occurrence, now or afterwards."""

from dosebell import TYPE_CHECKING, civil, clock, const, presses, record
from dosebell.corrections import settle, undo
from dosebell.journal import PAGE_BYTES
from dosebell.params import BAD_PARAMS, Refusal, integer, text
from dosebell.plan import Window
from dosebell.record import RINGING, SNOOZED, Record
from dosebell.reminder import Row, bare_window

if TYPE_CHECKING:
    from dosebell.app import App
    from dosebell.typed import Answer, Params, Result

_MAX_RECORDS = const(16)
# No box holds so many.
_TOO_MANY = const(1000001)
# Quotes and comma around a record.
_QUOTES = const(3)


def journal_read(app: "App", params: "Params") -> "Result":
    limit = min(max(integer(params, "limit", _MAX_RECORDS), 1), _MAX_RECORDS)
    lines, following = app.box.journal.page(integer(params, "since", 0), limit)
    return {"records": lines, "next": following}


def dose_skip(app: "App", params: "Params") -> "Answer":
    return dose_take(app, params, record.SKIPPED)


def dose_take(app: "App", params: "Params", kind: str = record.TAKEN) -> "Answer":
    now_s = _now(app)
    at_s = integer(params, "utc") - civil.UNIX_2000 if "utc" in params else None
    if at_s is not None and at_s > now_s:
        raise Refusal("future")
    if at_s is not None and not clock.plausible(at_s):
        raise Refusal("implausible")
    entries: list[Record] = []
    for row in _rows(app, params):
        window = _window(app, params, row)
        if row.is_open(now_s) and window is row.window:
            take, skip = app.box.reminder.take, app.box.reminder.skip
            entry = take(row, now_s, "by=host", at_s) if kind == record.TAKEN else skip(row, now_s)
            entries.append(entry)
        else:
            entries += _settle(app, row, window, kind, at_s)
    return _written(app, entries)


def _settle(app: "App", row: Row, window: Window, kind: str, at_s: int | None) -> list[Record]:
    """Correct an occurrence that is past. What already stands so is said again."""
    box = app.box
    last = box.last_of(row.dose.id, window)
    if last is not None and last.kind == kind:
        return [last]
    if window.opens > box.clock.now_s:
        raise Refusal("not-open")
    if last is None and not _was_reminded(app, row, window):
        raise Refusal("no-occurrence")
    was = last.kind if last is not None and last.kind in record.TERMINAL else record.UNKNOWN
    if was == record.TAKEN:
        raise Refusal("stands", "it is noted as %s; undo that first" % was)
    now_s = box.clock.now_s
    # Said again while its time lasts, it is taken now; afterwards as it was first due.
    taken_s = window.dues[0] if window.closes[-1] <= now_s else now_s
    return settle(box.reminder, row, window, was, kind, now_s, taken_s if at_s is None else at_s)


def _was_reminded(app: "App", row: Row, window: Window) -> bool:
    """Whether the box had the dose then; what a gap covers it had."""
    memory, closes_s = app.box.memory, window.closes[-1]
    is_in_gap = memory.gap_from_s < closes_s <= memory.gap_s
    # What never closes no schedule has that is known here.
    return closes_s > 0 and (is_in_gap or window.dues[0] >= (memory.line_s or 0))


def dose_snooze(app: "App", params: "Params") -> "Answer":
    box, now_s = app.box, _now(app)
    rows = [
        row
        for row in _rows(app, params)
        if row.state in (RINGING, SNOOZED) and _window(app, params, row) is row.window
    ]
    if not rows and params.get("dose"):
        raise Refusal("not-ringing")
    return _written(app, [box.reminder.snooze(row, now_s, box.clock.uptime_s) for row in rows])


def dose_undo(app: "App", params: "Params") -> "Answer":
    now_s = _now(app)
    # What rings again is answered by the next press, however soon that comes.
    app.repeat_until_ms = 0
    if not params.get("dose"):
        entries: list[Record] = []
        app.undo_last(entries)
        return lambda: _shown(app, entries)
    box, row = app.box, _rows(app, params)[0]
    window = _window(app, params, row, False)
    last = box.last_of(row.dose.id, window)
    # Undone already: open again and perhaps ringing, or missed for it.
    if last is not None and (last.kind in (record.UNDONE, RINGING) or b"undone" in last.details()):
        return _written(app, [last])
    is_said = (record.TAKEN, record.SKIPPED)
    # What the schedule switches off nobody has said.
    if last is None or last.kind not in is_said or b"off" in last.details():
        raise Refusal("nothing-to-undo")
    return _written(app, undo(box.reminder, row, window, last, now_s))


def dose_stock(app: "App", params: "Params") -> "Answer":
    row = _named(app, params)
    if row.dose.stock is None:
        raise Refusal("no-stock")
    count = integer(params, "count", below=_TOO_MANY)
    entry = Record(record.STOCK, row.dose.id, detail="left=%d" % count)
    app.box.memory.apply(entry)
    return _written(app, [entry])


def _rows(app: "App", params: "Params") -> list[Row]:
    """The named dose, or without a name all that ring, each with what it rings for."""
    if params.get("dose"):
        return [_named(app, params)]
    # Of several one might be refused when others are answered already.
    if "due" in params or "date" in params:
        raise Refusal("params", "dose", BAD_PARAMS)
    return presses.ringing(app.box.reminder)


def _named(app: "App", params: "Params") -> Row:
    row = app.box.reminder.row(text(params, "dose"))
    if row is None:
        raise Refusal("no-dose")
    return row


def _window(app: "App", params: "Params", row: Row, current: bool = True) -> Window:
    """The occurrence meant: the one named by its due or its date, else the current one."""
    plan, window = app.box.reminder.plan, row.window
    if "due" in params:
        due_s = integer(params, "due") - civil.UNIX_2000
        if not clock.plausible(due_s):
            raise Refusal("no-occurrence")
        place = plan.at(row.dose, due_s)
        if place is None:
            return _window_before(app, row.dose.id, due_s)
    elif "date" in params:
        place = _place(params)
        if not plan.has(row.dose, place[0], place[1]):
            raise Refusal("no-occurrence")
    elif window is None or not current:
        raise Refusal("params", "date", BAD_PARAMS)
    else:
        return window
    if window is not None and place == (window.day, window.slot):
        return window
    return plan.window(row.dose, place[0], place[1])


def _window_before(app: "App", dose: str, due_s: int) -> Window:
    """The window of what another schedule had due then, named as its last record names it."""
    window = bare_window(app.box.reminder.plan, due_s)
    last = app.box.last_of(dose, window)
    if last is not None and last.day is not None:
        window.day, window.slot = last.day, last.slot
    return window


def _place(params: "Params") -> tuple[int, int]:
    try:
        return civil.day_from_iso(text(params, "date")), integer(params, "slot", 0)
    except ValueError:
        raise Refusal("params", "date", BAD_PARAMS)


def _now(app: "App") -> int:
    if not app.box.clock.trusted:
        raise Refusal("clock-unset")
    return app.box.clock.now_s


def _written(app: "App", entries: list[Record]) -> "Answer":
    """Append what is new, and reply with it."""
    fresh = [entry for entry in entries if not entry.seq and entry not in app.box.unsaved]
    if fresh:
        app.box.write(fresh)
    return lambda: _shown(app, entries)


def _shown(app: "App", entries: list[Record]) -> "Result":
    """The records, as many of them as one line holds."""
    if [entry for entry in entries if entry in app.box.unsaved]:
        raise Refusal("flash", "it is noted, but the flash could not save it yet")
    lines = [entry.line() for entry in entries]
    while sum([len(line) + _QUOTES for line in lines]) > PAGE_BYTES:
        lines.pop()
    return {"records": lines}
