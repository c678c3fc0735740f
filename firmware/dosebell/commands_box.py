"""Requests about the box itself: who it is, how it is, its clock and its signals."""

from dosebell import PROTOCOL, TYPE_CHECKING, VERSION, civil, clock, const, pattern, presses
from dosebell.params import Refusal, integer, text, unix
from dosebell.reminder import Row

if TYPE_CHECKING:
    from dosebell.app import App
    from dosebell.typed import Answer, Params, Result

# A larger step against a trusted clock needs `force`.
_LARGEST_STEP_S = const(86400)
_ROWS_PER_PAGE = const(4)
_MAX_NAMED = const(8)
# What this release can do beyond the first that spoke the protocol.
FEATURES = ["due", "journal-id", "place", "each", "parts"]


def hello(app: "App", params: "Params") -> "Result":
    box, memory, journal = app.box, app.box.memory, app.box.journal
    return {
        "firmware": VERSION,
        "protocol": PROTOCOL,
        "features": FEATURES,
        "board": app.board.name,
        "device_id": box.device_id,
        "boot": memory.boot,
        "utc": unix(box.clock.now_s) if box.clock.trusted else None,
        "trust": box.clock.trust,
        "battery_clock": box.battery.answers,
        "revision": box.revision,
        "journal": {"id": memory.journal, "first": journal.first_seq, "next": journal.next_seq},
    }


def status(app: "App", params: "Params") -> "Result":
    box, result = app.box, hello(app, params)
    ringing = [row.dose.id for row in presses.ringing(box.reminder)]
    states = [row.state for row in box.reminder.rows]
    upcoming = {"dose": app.view.next_dose, "due": unix(app.view.next_due_s)}
    result["ringing"] = {"count": len(ringing), "ids": ringing[:_MAX_NAMED]}
    result["next"] = upcoming if app.view.next_dose else None
    result["totals"] = {state: states.count(state) for state in states}
    result["heap_free"] = app.board.heap_free()
    result["uptime_s"] = box.clock.uptime_s
    result["faults"] = box.faults
    result["zone_until"] = unix(box.reminder.plan.zone.until)
    result["light"] = app.view.light
    result["sound"] = app.view.sound
    result["practice"] = app.practice.state
    return result


def dose_list(app: "App", params: "Params") -> "Result":
    rows = app.box.reminder.rows
    start = min(max(0, integer(params, "from", 0)), len(rows))
    end = min(start + _ROWS_PER_PAGE, len(rows))
    page = [_row(row, app.box.clock) for row in rows[start:end]]
    return {"rows": page, "next": end if end < len(rows) else None}


def _row(row: Row, now: clock.Clock) -> "Result":
    window = row.window
    result: Result = {"dose": row.dose.id, "state": row.state, "intake": unix(row.past.intake_s)}
    result["stock"] = row.past.stock if row.dose.stock is not None else None
    if window is not None:
        meal = max(row.meal, 0)
        result["open"] = now.trusted and row.is_open(now.now_s)
        result["date"] = civil.iso(window.day)
        result["slot"] = window.slot
        result["opens"] = unix(window.opens)
        result["due"] = unix(window.dues[meal])
        result["first_due"] = unix(window.dues[0])
        result["closes"] = unix(window.closes[meal])
    return result


def clock_set(app: "App", params: "Params") -> "Answer":
    utc_s = integer(params, "utc") - civil.UNIX_2000
    if not clock.plausible(utc_s):
        raise Refusal("implausible")
    box = app.box
    is_far = box.clock.trusted and abs(utc_s - box.clock.now_s) > _LARGEST_STEP_S
    if is_far and not params.get("force"):
        raise Refusal("large-step")
    step_s = box.set_clock(utc_s, min(max(integer(params, "ms", 0), 0), 999), clock.HOST)
    return lambda: {"step_s": step_s, "trust": box.clock.trust}


def signal_test(app: "App", params: "Params") -> "Result":
    which = text(params, "which")
    if which not in pattern.LIGHTS:
        raise Refusal("which")
    app.flash_answer(which, which)
    return {"ok": True}


def signal_practice(app: "App", params: "Params") -> "Answer":
    if presses.ringing(app.box.reminder):
        raise Refusal("ringing")
    app.practice.begin(app.box.clock.uptime_s)
    return lambda: {"ok": True}
