"""Records as lines, by hand, on CPython and on MicroPython; more in test_record_and_memory.py."""

from both import refuses
from dosebell import record, snapshots
from dosebell.memory import Memory
from dosebell.plan import Plan
from dosebell.record import Record
from dosebell.reminder import Reminder

NO_RECORDS = (
    "",
    "7 3 1795329065 rtc taken d3k2 2026-11-22 0",
    "7 3 1795329065 rtc taken d3k2 2026-11-22 0 a b",
    "x 3 1795329065 rtc taken d3k2 2026-11-22 0 -",
    "7 3 then rtc taken d3k2 2026-11-22 0 -",
    "7 3 1795329065 rtc taken d3k2 2026-11-31 0 -",
    "7 3 1795329065 rtc taken d3k2 2026-11-22 - -",
)
LINES = (
    "0 0 - - boot - - - -",
    "7 3 1795329065 rtc taken d3k2 2026-11-22 0 late_s=65,left=89",
    # Past 2034 and past 2038, where integers are large on the board.
    "4000000 99 2020000000 host missed drops 2034-01-04 7 -",
    "8000000 999 4102444799 rtc gap - - - from=4102000000,to=4102444799",
)
# A day with a dose that rang twice and one that was never seen: what a boot folds from flash.
JOURNAL = (
    "1 1 1795413600 host boot - - - why=power,board=pico",
    "2 1 1795417200 host ringing d3k2 2026-11-23 0 d=1795415400,n=0,meal=breakfast",
    "3 1 1795428000 host resting d3k2 2026-11-23 0 d=1795415400",
    "4 1 1795435200 host ringing d3k2 2026-11-23 0 d=1795415400,n=1,meal=lunch",
    "5 1 1795435260 host taken d3k2 2026-11-23 0 d=1795415400,late_s=60,left=89",
    "6 1 1795435300 host missed drops 2026-11-23 0 d=1795417200",
)
SNAPSHOT = [
    "0 0 - - snapshot - - - rows=2,boot=1,revision=-,journal=-,seen=1795435300,gap=946684800"
    ",gap_from=946684800",
    "0 0 - - snapshot d3k2 - - ended=Mr++Bg==,intake=1795435260,stock=89,meal=1",
    "0 0 - - snapshot drops - - ended=JMC+Bg==",
]


def test_a_line_comes_back_as_it_was() -> None:
    for line in LINES:
        assert record.parse(line.encode()).line() == line


def test_a_line_is_what_the_journal_s_format_says() -> None:
    entry = Record(record.TAKEN, "d3k2", 9822, 0, "late_s=65,left=89")
    entry.seq, entry.boot, entry.utc, entry.trust = 7, 3, 848_644_265, "rtc"
    assert entry.line() == LINES[1]
    assert Record(record.BOOT).line() == LINES[0]


def test_a_line_that_is_no_record_is_refused() -> None:
    for line in NO_RECORDS:
        assert refuses(record.parse, line.encode()), line


def test_a_day_is_folded_into_a_snapshot_and_that_comes_back() -> None:
    folded = Memory()
    for line in JOURNAL:
        folded.apply(record.parse(line.encode()))
    found = lines_of(folded)
    assert found == SNAPSHOT
    again = snapshots.restore([record.parse(line.encode()) for line in found], Memory())
    assert lines_of(again) == SNAPSHOT


def lines_of(memory: Memory) -> list[str]:
    rows = snapshots.snapshot(memory, Reminder(Plan(), memory))
    return [entry.line() for entry in rows]
