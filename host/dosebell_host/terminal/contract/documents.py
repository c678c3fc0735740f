"""What each command prints with `--json`, field by field. One table, which tests hold to the code:
every document of every test is checked against it.
"""

from dosebell_host.terminal.contract.common import (
    ANSWERED,
    CHANGED,
    CHANGES,
    ERROR,
    EXPORTED,
    FINDINGS,
    HAPPENED,
    JOURNAL_RECORD,
    LISTED_BOX,
    MEASURES,
    NOTES,
    OUTCOME,
    PROBLEM,
    PUSHED,
    SOURCE,
    SUMS,
)
from dosebell_host.terminal.contract.shapes import (
    Shape,
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

_COUNTED = {
    "dose": name("its id"),
    "count": count("how many pieces are left"),
    "per_intake": count("how many are taken at a time"),
    "low": count("at how many the box warns"),
    "is_low": flag("whether it is time to buy more"),
    "is_empty": flag("whether nothing is left by the count"),
    "days_left": maybe(count("for how many days it lasts; null beyond two years")),
}
_RUNS_OUT = maybe(day("the first day that is not covered; null beyond two years"))
_COUNTED_UNTIL = record("one dose", **_COUNTED, runs_out=_RUNS_OUT)
_CHECKED = {
    "file": name("the file"),
    "ok": flag("whether it can be pushed"),
    "revision": maybe(name("the hash of the schedule; null where it has none")),
    "problems": items("what is wrong with the file", PROBLEM),
    "findings": FINDINGS,
    "sums": SUMS,
}
_FILE = record(
    "a file, and what is said of it",
    **_CHECKED,
    corrections=items(
        "what --fix puts right",
        record(
            "one correction",
            rule=name("the rule that asks for it"),
            dose=name("the id of the dose"),
            before=text("what stood there"),
            after=text("what stands there now"),
            why=text("why that is better"),
        ),
    ),
    fixed=maybe(record("the new file that --fix wrote", **_CHECKED)),
)
_CHECK = record(
    "the files, or with --explain one rule",
    items=Sometimes(items("one a file", _FILE)),
    rule=Sometimes(name("the rule that is explained")),
    reasoning=Sometimes(text("why it says so")),
    popular_advice=Sometimes(text("where popular advice differs")),
    severities=Sometimes(items("how grave it can be", text("error, warning or note"))),
    confidence=Sometimes(name("how sure that is: H, M or L, or - for a house rule")),
    condition=Sometimes(text("when it applies")),
    message=Sometimes(text("what it says then")),
    sources=Sometimes(items("where that comes from", SOURCE)),
    against=Sometimes(items("sources that say otherwise", name("the id of one"))),
    fat_table=Sometimes(
        items(
            "breakfasts, and whether their fat will do",
            record(
                "one breakfast",
                breakfast=text("what is eaten"),
                fat_g=number("its fat in grams"),
                counts=one_of("whether that will do", "yes", "some", "no"),
            ),
        )
    ),
)
_PREVIEW = record(
    "what a schedule asks for",
    items=items(
        "every occurrence",
        record(
            "one occurrence",
            dose=name("the id of the dose"),
            date=day("its date"),
            slot=count("its place among the times of that date, from 0"),
            meal=maybe(text("with which meal")),
            opens=moment("from when on it may be taken"),
            due=moment("when it rings"),
            closes=moment("when it rests or is missed"),
            place=maybe(count("the compartment it lies in")),
            fallback=items(
                "the later meals at which it rings again",
                record(
                    "one meal",
                    meal=text("its name"),
                    due=moment("when it rings"),
                    closes=moment("when it rests or is missed"),
                ),
            ),
            skipped=Sometimes(text("why it does not ring that day")),
        ),
    ),
    stock=items(
        "how long a full packet lasts; none for a box, of which `stock` says it",
        record(
            "one dose",
            dose=name("its id"),
            runs_out=maybe(day("the first day that is not covered; null within ten years")),
        ),
    ),
    device_id=Sometimes(name("without FILE: the box whose schedule it is")),
    file_name=Sometimes(name("without FILE: what the file was called that was pushed to it")),
    rebuilt=Sometimes(flag("without FILE: whether it was rebuilt from the box")),
    read_at=Sometimes(maybe(moment("without FILE: when the box was last met; null for now"))),
)
_SIMULATE = record(
    "what a box would note",
    items=items("its records", record("one record", **HAPPENED)),
    seed=Sometimes(count("what repeats the person of --forget")),
)
_PULL = record(
    "the schedule of the box",
    revision=name("its hash"),
    rebuilt=flag("whether it was rebuilt from the box, without person and comments"),
    file_name=name("what the file was called"),
    file=text("the file itself"),
)
_STATUS = record(
    "how a box is; of one that is away, what this laptop last read",
    device_id=name("its id"),
    firmware=Sometimes(name("its version of dosebell")),
    board=Sometimes(name('what kind of board it is, "virtual" for none')),
    revision=Sometimes(maybe(name("the hash of its schedule; null where it has none"))),
    title=maybe(text("the title of its schedule")),
    timezone=Sometimes(maybe(name("its time zone"))),
    clock=Sometimes(
        record(
            "its clock",
            at=maybe(moment("what it shows; null while it is not set")),
            trust=name("where it has the time from: host, rtc, reset or unset"),
            ahead_s=maybe(number("how far it is ahead of this laptop's, in seconds")),
            battery=flag("whether it has a battery clock"),
        )
    ),
    answer=Sometimes(one_of("what a press answers", "all", "each")),
    unknown_to_box=Sometimes(
        items("keys of the schedule that this box passes over", name("a key"))
    ),
    ringing=Sometimes(items("what rings or is snoozed", name("the id of a dose"))),
    next=maybe(
        record(
            "what rings next",
            dose=name("the id of the dose"),
            due=moment("when"),
            again=Sometimes(flag("whether it is the same one at a later meal")),
        )
    ),
    doses=Sometimes(
        items(
            "every dose",
            record(
                "one dose",
                dose=name("its id"),
                state=name("its state, as ringing, snoozed, resting, taken"),
                open=flag("whether it can be answered now"),
                date=maybe(day("the date of the occurrence")),
                slot=maybe(count("its place among the times of that date, from 0")),
                due=maybe(moment("when it rings, or rang")),
                closes=maybe(moment("when it is missed")),
                window_closes=maybe(moment("when this meal is over")),
                intake=maybe(moment("when it was taken last")),
                stock=maybe(count("how many pieces are left; null where nobody counts")),
                low=maybe(count("at how many the box warns")),
                is_low=maybe(flag("whether it is time to buy more")),
                is_empty=maybe(flag("whether nothing is left by the count")),
                days_left=maybe(count("for how many days it lasts; null beyond two years")),
                number=maybe(count("how often the light flashes for it")),
                place=maybe(count("the compartment it lies in")),
            ),
        )
    ),
    today=items("what became of today's", OUTCOME),
    faults=Sometimes(
        items("what is wrong with it", name("one word each; `doctor` says what to do"))
    ),
    zone_until=Sometimes(maybe(moment("until when it knows the changes of the clocks"))),
    uptime_s=Sometimes(count("how long it has been running, in seconds")),
    heap_free=Sometimes(count("its free memory in bytes")),
    read_at=Sometimes(maybe(moment("when it was last read"))),
    noted_until=Sometimes(moment("its last word: until when it tells")),
    stock=Sometimes(items("what is left of all that is counted", _COUNTED_UNTIL)),
)
_CLOCK = record(
    "the clocks of box and laptop",
    box=maybe(moment("what the box shows; null while it is not set")),
    laptop=moment("what this laptop shows"),
    timezone=maybe(name("the time zone of the box")),
    ahead_s=maybe(number("how far the box is ahead, in seconds")),
    trust=name("where the box has the time from: host, rtc, reset or unset"),
    set=flag("whether it was set now"),
    step_s=maybe(count("by how many seconds it was moved")),
)
_PARTS = record(
    "the extra parts of a box",
    lamps=maybe(
        record(
            "a strip of lamps",
            pin=count("its data pin, 16 for GP16"),
            count=count("how many lamps"),
            brightness=count("1 to 255"),
        )
    ),
    written=flag("whether that was written now"),
    restarted=flag("whether the box was started anew"),
    tested=count("how many lamps were tried"),
    seen=maybe(flag("whether a person saw them; null where nobody was asked")),
)
_PORTS = record(
    "what is plugged in",
    items=items(
        "the ports",
        record(
            "one port",
            port=name("what --port takes"),
            device_id=maybe(name("the box that answers there")),
            description=text("what it says of itself"),
            serial=maybe(name("the USB serial number")),
            trouble=maybe(text("why no box answers")),
        ),
    ),
)
_DOCTOR = record(
    "what was looked at; with --ring or --forget-crash, what came of that",
    items=Sometimes(
        items(
            "the checks",
            record(
                "one check",
                check=text("what was looked at"),
                state=one_of("how that is", "ok", "warn", "bad", "unknown"),
                says=text("what is to be said of it"),
                fix=maybe(text("what to do")),
                detail=items("lines to read below it", text("one line")),
            ),
        )
    ),
    practice=Sometimes(name("how the practice ring ended")),
    light=Sometimes(maybe(flag("whether a person saw the light"))),
    sound=Sometimes(maybe(flag("whether a person heard it"))),
    forgotten=Sometimes(items("the traceback that is no longer on the box", text("one line"))),
)
_FLASH = record(
    "what was put on a board",
    board=text("which board"),
    micropython=name("its MicroPython"),
    version=name("the version of dosebell that runs, or would"),
    before=maybe(name("the version that ran before")),
    previous=maybe(name("the version that starts if the new one does not")),
    uploaded=items("the files that were sent", name("a file")),
    uploaded_bytes=count("how much that is"),
    copied=count("how many files were copied on the board"),
    kept=count("how many were there already"),
    saved=maybe(name("the folder in which the records of the box were saved")),
    dry_run=flag("whether nothing was done"),
    device_id=maybe(name("the id of the box, where it answers")),
    battery_clock=maybe(flag("whether it has a battery clock")),
)
_LOG = record(
    "what was noted",
    device_id=name("the id of the box"),
    read_at=maybe(moment("when it was last read; null for now")),
    missing=count("how many records are lost"),
    items=items("the records, oldest first", JOURNAL_RECORD),
    days=items(
        "what became of each day's, as the table of `log` shows it",
        record("one day", date=day("the date"), doses=items("what was planned then", OUTCOME)),
    ),
    adherence=items("what that adds up to, one a dose", MEASURES),
)
_STOCK = record(
    "what is left of a dose; without one, of all that is counted; of a file, how it was changed",
    **{key: Sometimes(shape) for key, shape in _COUNTED.items()},
    runs_out=Sometimes(_RUNS_OUT),
    items=Sometimes(items("the doses that are counted", _COUNTED_UNTIL)),
    file=Sometimes(name("the file that was written")),
    changes=Sometimes(CHANGES),
    findings=Sometimes(FINDINGS),
    push=Sometimes(maybe(PUSHED)),
    notes=Sometimes(NOTES),
)
_REPORT = record(
    "the page that was written",
    device_id=name("the id of the box"),
    file=name("the page"),
    pdf=maybe(name("the same as PDF")),
    from_=day("its first day"),
    until=day("its last day"),
    adherence=items("what was taken, one a dose", MEASURES),
    overall=MEASURES,
)
_EXPORT = record(
    "a file for another program, of any format",
    format=one_of("what it is", "csv", "json", "fhir", "ics"),
    device_id=name("the id of the box; for the plan of a FILE what stands for it"),
    items=count("how many outcomes, records or planned events are in it"),
    file=maybe(name("the file that was written; null where it is told here")),
    text=maybe(text("the whole file; null where it was written")),
)
_EXPORTED = record(
    "the file that `export json` writes, whatever else is asked for",
    device_id=name("the id of the box"),
    read_at=maybe(moment("when it was last read; null for now")),
    missing=count("how many records are lost"),
    outcomes=Sometimes(items("what became of each, by date; not with --records", EXPORTED)),
    records=Sometimes(items("with --records: the records, oldest first", JOURNAL_RECORD)),
)
_SCHEMA = record(
    "the documents and the codes",
    items=items(
        "the commands",
        record(
            "one command",
            command=name("its name"),
            document=by_name("its document, as JSON Schema has it", {"description": "its words"}),
        ),
    ),
    error=by_name("the document of an error, as JSON Schema has it", {"description": "its words"}),
    codes=items(
        "the codes of errors",
        record(
            "one code",
            code=name("the word"),
            exit_code=count("with which the command ends"),
            means=text("what it means"),
        ),
    ),
)

# By command, in the order of `dosebell --help`. `virtual` prints no document.
_WATCH = record(
    "one thing that happened, a document a line; with an option, what came of that",
    event=Sometimes(one_of("what it is", "ready", "record", "box", "note")),
    device_id=Sometimes(name("of record and box: which box")),
    name=Sometimes(maybe(name("what a person calls that box"))),
    record=Sometimes(JOURNAL_RECORD),
    presence=Sometimes(one_of("of box: where it is", "here", "busy", "silent", "away")),
    port=Sometimes(maybe(name("of box: its port"))),
    text=Sometimes(text("the same for a person")),
    file=Sometimes(name("with --init: the file that was written")),
    unit=Sometimes(text("with --service: the unit")),
    items=Sometimes(items("with --try: what was done", text("one sentence"))),
)
_WEB = record(
    "a link into the page, good for once; at the start and at each Enter a document a line",
    event=one_of("what it is", "ready"),
    url=name("the link"),
)
_WARD = record(
    "the database of a ward, who has which box, or its gateways",
    database=Sometimes(name("its address")),
    version=Sometimes(count("the version of its tables")),
    before=Sometimes(maybe(count("the version that they had; null where there were none"))),
    boxes=Sometimes(count("how many boxes were judged anew")),
    items=Sometimes(
        items(
            "who has which box, by `ward who`",
            record(
                "one person, or nobody, and one box",
                device_id=name("the id of the box"),
                name=maybe(text("what the box is called")),
                person=maybe(text("who has it; null for nobody")),
                **{"from": day("from when on")},
                until=maybe(day("until when; null for no end")),
            ),
        )
    ),
    gateways=Sometimes(
        items(
            "the machines that boxes are plugged into, by `ward gateways`",
            record(
                "one of them",
                name=name("what it is called"),
                heard_at=moment("when it last said that it is there"),
                is_silent=flag("whether that is ten minutes ago or more, or as far ahead"),
                boxes=count("how many boxes were heard there last"),
                dosebell=name("its release of dosebell"),
            ),
        )
    ),
)
DOCUMENTS: dict[str, Shape] = {
    "new": record("the new file, and what is said of it", **fields_of(_FILE), notes=NOTES),
    "add": CHANGED,
    "move": CHANGED,
    "remove": CHANGED,
    "away": CHANGED,
    "edit": CHANGED,
    "check": _CHECK,
    "preview": _PREVIEW,
    "simulate": _SIMULATE,
    "push": PUSHED,
    "pull": _PULL,
    "status": _STATUS,
    "clock": _CLOCK,
    "parts": _PARTS,
    "ports": _PORTS,
    "boxes": record("the boxes", items=items("each of them", LISTED_BOX)),
    "name": LISTED_BOX,
    "doctor": _DOCTOR,
    "flash": _FLASH,
    "log": _LOG,
    "take": ANSWERED,
    "skip": ANSWERED,
    "snooze": ANSWERED,
    "undo": ANSWERED,
    "stock": _STOCK,
    "report": _REPORT,
    "export": _EXPORT,
    "export json": _EXPORTED,
    "watch": _WATCH,
    "web": _WEB,
    "ward": _WARD,
    "schema": _SCHEMA,
    "demo": record("what the demo's box noted", items=items("its records", JOURNAL_RECORD)),
}
FAILED = record("an error", error=ERROR, notes=Sometimes(NOTES))
