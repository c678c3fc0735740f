"""What several documents have in common."""

from dosebell_host.terminal.contract.shapes import (
    Sometimes,
    by_name,
    count,
    day,
    fields_of,
    flag,
    items,
    maybe,
    moment,
    name,
    number,
    one_of,
    record,
    text,
)

STATUSES = "taken late missed skipped off cancelled unknown open".split()

DETAIL = by_name(
    "what else was noted, by its key; a number is a number, an instant one in Unix seconds",
    {"type": ["string", "integer"], "description": "a word or a number"},
)
HAPPENED = {
    "at": maybe(moment("when it was written; null while the clock was not set")),
    "kind": name("what happened, as ringing, taken, missed"),
    "dose": maybe(name("the id of the dose; null where it is about no dose")),
    "date": maybe(day("the date of the occurrence")),
    "slot": maybe(count("its place among the times of that date, from 0")),
    "detail": DETAIL,
}
JOURNAL_RECORD = record(
    "one record of the box's journal",
    journal=name("which journal of the box; with `seq` it names the record"),
    seq=count("the number of the record in its journal"),
    boot=count("how often the box had started"),
    trust=name("where its clock had the time from: host, rtc, reset or unset"),
    due=maybe(moment("when the occurrence was first due")),
    **HAPPENED,
)
ANSWERED = record(
    "what the box noted",
    items=items("the records, those included that stood before", JOURNAL_RECORD),
    warnings=items("what to beware of", text("one sentence")),
)
OUTCOME = record(
    "how one occurrence ended",
    dose=name("the id of the dose"),
    slot=count("its place among the times of that date, from 0"),
    due=maybe(moment("when it was first due; null where nobody knows")),
    status=one_of("what became of it", *STATUSES),
    taken_at=maybe(moment("when it was taken")),
    late_s=maybe(count("how many seconds after it was due")),
)
EXPORTED = record(
    "how one occurrence ended, with its date and its name",
    **fields_of(OUTCOME),
    date=day("its date"),
    name=name("what the dose was called then"),
    back_dated=flag("whether a person said later when it was taken"),
)
MEASURES = record(
    "what the outcomes of a dose add up to",
    dose=name('the id of the dose; "" for all together'),
    taken=count("intakes"),
    late=count("those of them that were late"),
    missed=count("occurrences that nobody answered"),
    skipped=count("occurrences that a person left out"),
    unknown=count("occurrences of which nothing is known"),
    off=count("occurrences that the schedule itself left out"),
    planned=count("taken, missed and skipped together"),
    ratio=maybe(number("taken of planned, 0 to 1")),
    open=count("occurrences not answered yet"),
    longest_gap_s=maybe(count("the longest time between two intakes, in seconds")),
    back_dated=count("intakes that a person noted later"),
    extra=count("intakes too soon after another"),
    days=count("days with anything due and nothing unknown"),
    correct_days=count("those of them on which exactly what was due was taken"),
    timed=count("intakes whose time and window are known"),
    in_window=count("those of them inside their window"),
    delay_s=maybe(items("first quartile, median and third quartile", count("seconds"))),
    missed_runs=items(
        "days one after another on which all was missed",
        record(
            "one such run",
            from_=day("its first day"),
            to=day("its last day"),
            days=count("how many days with anything due"),
        ),
    ),
)
SOURCE = record(
    "where a statement comes from",
    id=name("its short name"),
    title=text("what it is"),
    urls=items("where it is", name("an address")),
    level=name("what kind of source it is, as a letter"),
)
FINDING = record(
    "what a rule found",
    rule=name("the rule; `dosebell check --explain RULE` gives its reasons"),
    severity=one_of("an error holds a push back", "error", "warning", "note"),
    doses=items("the doses meant", name("an id")),
    seen=text("what it saw"),
    message=text("what it says"),
    sources=items("where that comes from", SOURCE),
    accepted=maybe(
        record(
            "that the person accepts it",
            reason=text("why, in their words"),
            until=day("the last day that this holds"),
        )
    ),
)
FINDINGS = items("what the rules found", FINDING)
NOTES = items("what a person reads beside it, as what was guessed", text("one sentence"))
SUMS = items(
    "what a dose of several pieces holds altogether",
    record(
        "one dose",
        dose=name("its id"),
        take=text("how much at a time"),
        contents=items("what that holds", text("one of its contents")),
    ),
)
PROBLEM = record(
    "one thing that is wrong",
    code=name("one word for it, as the table of codes has it"),
    message=text("what is wrong"),
    where=text('in which file, at which key or option; "" for nowhere'),
    fix=text('what to do; "" where there is nothing'),
)
ERROR = record(
    "why the command did not do it",
    **fields_of(PROBLEM),
    problems=Sometimes(items("each problem, where there are several", PROBLEM)),
    findings=Sometimes(FINDINGS),
    sums=Sometimes(SUMS),
)
CHANGES = items(
    "what changes",
    record(
        "one change",
        kind=one_of("what kind", "added", "changed", "gone"),
        what=text("of what: dose, meal, or another part of the schedule"),
        about=text("its id or name"),
        field=text("which key of it"),
        before=text('what stood there; "" for nothing'),
        after=text('what stands there now; "" for nothing'),
    ),
)
PUSHED = record(
    "what a push changes, and whether it was made",
    revision=name("the hash of the schedule"),
    changes=CHANGES,
    cancelled=items(
        "what is asked for now, and no more after it",
        record(
            "one occurrence",
            dose=name("the id of the dose"),
            date=day("its date"),
            slot=count("its place among the times of that date, from 0"),
            why=one_of("why", "changed", "removed", "too-soon"),
        ),
    ),
    first=by_name("when each dose is due next, by its id", moment("when")),
    pushed=flag("whether the box has it now"),
    findings=FINDINGS,
    without_catch_up=items("doses without a second meal to fall back to", name("an id")),
    notes=Sometimes(NOTES),
)
_OF_PUSH = {key: Sometimes(each) for key, each in PUSHED["properties"].items()}
CHANGED = record(
    "a schedule that was changed: a file, or that of the box, which is told as by push",
    **_OF_PUSH | {"changes": CHANGES, "findings": FINDINGS, "notes": NOTES},
    file=Sometimes(name("the file that was written")),
    push=Sometimes(maybe(PUSHED)),
)
LISTED_BOX = record(
    "a box that this laptop has met",
    device_id=name("its id"),
    name=maybe(name("what you call it")),
    person=maybe(text("whose it is")),
    title=maybe(text("the title of its schedule")),
    board=name('what kind of board it is, "virtual" for none'),
    serial=maybe(name("the USB serial number")),
    revision=maybe(name("the hash of its schedule")),
    seen_at=moment("when it was met last"),
)
