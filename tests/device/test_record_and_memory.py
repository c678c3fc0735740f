"""Records as lines, and the memory that is folded from them: live, at boot and from a snapshot."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import D3K2_DOSE, DROPS_DOSE, IRON_DOSE, Box, Flash, plan
from dosebell import catchup, record, snapshots
from dosebell.journal import Journal
from dosebell.memory import MAX_PASTS, Memory, Past
from dosebell.plan import Plan
from dosebell.record import TERMINAL, Record
from dosebell.reminder import Reminder

DAYS = st.integers(9000, 12_000)
INSTANTS = st.integers(800_000_000, 1_500_000_000)
SLOTS = st.integers(0, 7)
HOWS = (*TERMINAL, "waiting", "ringing")
IDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=2, max_size=16).filter(
    lambda text: text.strip("-") != ""
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    day = draw(st.none() | DAYS)
    pairs = draw(st.lists(st.sampled_from(["n=1", "meal=lunch", "left=-3", "why=changed"])))
    kind = draw(st.sampled_from([record.BOOT, record.RINGING, record.TAKEN, record.GAP]))
    entry = Record(kind, draw(IDS) if day is not None else "", day, 0, ",".join(pairs))
    entry.slot = draw(SLOTS) if day is not None else 0
    entry.seq, entry.boot = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**4))
    entry.utc = draw(st.none() | INSTANTS)
    entry.trust = draw(st.sampled_from(["host", "rtc", "reset", "unset"]))
    return entry


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    past = Past()
    past.done_s = draw(st.none() | INSTANTS)
    for due_s, how in draw(st.lists(st.tuples(INSTANTS, st.sampled_from(HOWS)), max_size=20)):
        past.note(due_s, how)
    past.meal = draw(SLOTS)
    past.intake_s, past.earlier_s = draw(st.none() | INSTANTS), draw(st.none() | INSTANTS)
    past.hold_s, past.until_s = draw(st.none() | INSTANTS), draw(st.none() | INSTANTS)
    past.stock = draw(st.none() | st.integers(-100, 1000))
    return past


def told(past: Past) -> dict[str, object]:
    """All that is known of a dose, by its name in the code."""
    names = [name for name in dir(Past) if name[0] != "_" and not callable(getattr(Past, name))]
    return {name: getattr(past, name) for name in names}


def snapshot_of(found: Memory, schedule: Plan | None = None) -> list[str]:
    reminder = Reminder(schedule or Plan(), found)
    return [entry.line() for entry in snapshots.snapshot(found, reminder)]


@given(records())
def test_a_record_comes_back_from_its_line(entry: Record) -> None:
    assert vars(record.parse(entry.line().encode())) == vars(entry)


@given(st.dictionaries(IDS, pasts(), max_size=6), st.integers(0, 999), INSTANTS, INSTANTS)
def test_a_snapshot_restores_all_that_was_known(
    known: dict[str, Past], boot: int, seen_s: int, gap_s: int
) -> None:
    before = Memory()
    before.pasts, before.boot, before.seen_s, before.gap_s = known, boot, seen_s, gap_s
    before.revision = "0123456789abcdef"
    written = [record.parse(line.encode()) for line in snapshot_of(before)]
    after = snapshots.restore(written, Memory())
    assert {dose: told(past) for dose, past in after.pasts.items()} == {
        dose: told(past) for dose, past in known.items()
    }
    assert (after.boot, after.seen_s, after.gap_s) == (boot, seen_s, gap_s)
    assert after.revision == before.revision


def test_of_doses_that_left_the_schedule_those_taken_longest_ago_are_forgotten_first() -> None:
    known = Memory()
    for n in range(MAX_PASTS + 3):
        known.past(f"dose-{n}").intake_s = 1000 + n
    known.past("dose-0").intake_s = 5000
    assert known.forget({"dose-1": 0}) == ["dose-2", "dose-3", "dose-4"]
    assert len(known.pasts) == MAX_PASTS
    assert {"dose-0", "dose-1"} <= known.pasts.keys()
    assert not {"dose-2", "dose-3", "dose-4"} & known.pasts.keys()


# A day in which a person and the world do as they like; at any moment what the box believes is
# what it would believe after a power cut.

ACTS = st.sampled_from(
    [
        *["wait", "wait", "wait", "press", "press", "long", "very long", "take", "skip", "undo"],
        *["snooze", "stock", "back", "forward", "push", "cut", "reset", "other zone", "off"],
    ]
)
SCHEDULES = [
    plan(D3K2_DOSE, DROPS_DOSE, IRON_DOSE),
    plan(D3K2_DOSE, DROPS_DOSE),
    plan(D3K2_DOSE, IRON_DOSE.replace("07:30", "09:15"), zone="America/New_York"),
    plan(D3K2_DOSE, DROPS_DOSE, "[[except]]\nfrom = 2026-11-23\nto = 2026-11-24\noff = true\n"),
]


def act(box: Box, what: str, amount: int) -> None:
    if what == "wait":
        box.wait(minutes=amount)
    elif what in ("press", "long", "very long"):
        {"press": box.press, "long": box.press_long, "very long": box.press_very_long}[what]()
    elif what in ("take", "skip", "undo", "snooze"):
        day = box.now[:10]
        box.refusal("dose." + what, dose="d3k2", date=day, slot=0)
    elif what == "stock":
        box.refusal("dose.stock", dose="drops", count=amount)
    elif what in ("back", "forward"):
        step_s = amount * (-60 if what == "back" else 60)
        box.request("clock.set", utc=box.now_s + 946684800 + step_s)
    elif what in ("push", "other zone", "off"):
        box.push(SCHEDULES[amount % len(SCHEDULES)])
    elif what == "cut":
        box.world.power_off()
        box.world.run_until(box.world.now_s + amount * 60)
        box.world.power_on()
    else:
        box.reset()


def believed(found: Memory, schedule: Plan, now_s: int) -> tuple[list[str], list[object]]:
    """What is remembered, and which occurrence of each dose comes first.

    That is what `done` is for; it may stand anywhere among what has ended.
    """
    reminder = Reminder(schedule, found)
    if found.back_s is not None:
        # A start goes on from the time last seen.
        found.back_s = found.seen_s
    for _ in catchup.back(reminder, now_s):
        pass
    lines = [re.sub(r",(done|since)=\d+", "", line) for line in snapshot_of(found, schedule)]
    return lines, [reminder.find(row) for row in reminder.rows]


def after_a_power_cut(box: Box) -> Memory:
    """What a boot would recall from this flash."""
    copy = Flash()
    assert isinstance(box.files, Flash)
    copy.contents = dict(box.files.contents)
    return Journal(copy).recall()


@settings(max_examples=60, derandomize=True)
@given(st.lists(st.tuples(ACTS, st.integers(1, 400)), min_size=5, max_size=40))
def test_what_the_box_believes_is_what_it_would_believe_after_a_power_cut(
    acts: list[tuple[str, int]],
) -> None:
    box = Box.with_schedule(SCHEDULES[0])
    for what, amount in acts:
        act(box, what, amount)
        live = box.app.box.memory
        # The time last seen is also noted apart, so the journal may lag behind.
        found = after_a_power_cut(box)
        found.seen_s = live.seen_s
        schedule = box.app.box.reminder.plan
        expected = believed(live, schedule, box.now_s)
        assert believed(found, schedule, box.now_s) == expected, (what, amount)
