"""What a push says beforehand, what it does, and what is left of it when it is interrupted."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain import D3K2, D3K2_DOSE, DROPS_DOSE, IRON_DOSE, Box, compiled, dose, plan
from dosebell import commands, commands_schedule
from dosebell.app import App
from dosebell_host.actions import answers, push, push_file
from dosebell_host.actions.proposal import Proposal, propose
from dosebell_host.actions.pull import file_in_force
from dosebell_host.actions.push_file import Document
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.errors import DeviceRefused, NoDevice, UserError
from dosebell_host.schedule.decompiler import is_rebuilt
from dosebell_host.sim.wire import Faults, Wire
from laptop import Laptop, Pulled

BOTH = plan(D3K2_DOSE, DROPS_DOSE)


def written(text: str) -> Document:
    return push_file.document_of(text.encode(), "mine.toml")


def proposed(laptop: Laptop, text: str) -> Proposal:
    return propose(laptop.meet(), written(text))


def pushed(laptop: Laptop, text: str) -> bool:
    contact = laptop.meet()
    return push.carry_out(contact, propose(contact, written(text)))


def test_the_first_push_names_all_that_is_new(tmp_path: Path) -> None:
    laptop = Laptop(Box.bare("2026-11-23 07:00", battery_clock=True), tmp_path)
    proposal = proposed(laptop, BOTH)
    assert [change.text() for change in proposal.changes] == [
        "+ schedule: Europe/Berlin",
        "+ meal breakfast: 07:30",
        "+ meal lunch: 12:30",
        "+ meal dinner: 18:30",
        "+ dose d3k2: D3K2, breakfast, lunch, daily",
        "+ dose drops: DROPS, 08:00, 20:00, daily",
    ]
    assert proposal.losses == []
    assert proposal.to_json(False) | {"changes": []} == {
        "revision": compiled(BOTH).revision,
        "changes": [],
        "cancelled": [],
        "first": {"d3k2": "2026-11-23T07:30:00+01:00", "drops": "2026-11-23T08:00:00+01:00"},
        "pushed": False,
        "findings": [],
        "without_catch_up": [],
    }
    assert pushed(laptop, BOTH)
    assert laptop.meet().lines == compiled(BOTH).lines


def test_changes_are_told_in_the_words_of_the_file(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(BOTH), tmp_path)
    later = dose("drops", 'at = ["08:00", "21:30"]', 'early = "30m"', days='["mon", "thu"]')
    moved = '[[except]]\nfrom = 2026-12-24\nto = 2026-12-26\nmeals = { breakfast = "10:00" }\n'
    text = plan(D3K2_DOSE, later, moved, alerts='quiet = "22:00-06:30"').replace(
        'lunch = "12:30"', 'lunch = { at = "12:30", sat = "13:00", sun = "13:00" }'
    )
    assert [change.text() for change in proposed(laptop, text).changes] == [
        "~ schedule: quiet none -> 22:00-06:30",
        "~ meal lunch: at 12:30 -> 12:30, sat and sun 13:00",
        "+ exception 2026-12-24: to 2026-12-26, breakfast 10:00",
        "~ dose drops: at 08:00, 20:00 -> 08:00, 21:30",
        "~ dose drops: days daily -> mon, thu",
        "~ dose drops: early 1h -> 30m",
    ]


def test_nothing_changed_is_said_and_sends_nothing(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2)
    laptop = Laptop(box, tmp_path)
    proposal = proposed(laptop, D3K2 + "# a comment is no change\n")
    assert (proposal.changes, proposal.losses, proposal.same) == ([], [], True)
    assert not pushed(laptop, D3K2 + "# a comment is no change\n")
    assert box.story("schedule") == []
    # The file is kept all the same: it is what `pull` gives back.
    assert file_in_force(laptop.meet()).file.endswith(b"# a comment is no change\n")


def test_what_is_lost_is_named_before(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(BOTH).until("08:10"), tmp_path)
    proposal = proposed(laptop, plan(IRON_DOSE))
    assert proposal.losses == [
        "dose d3k2 goes",
        "dose drops goes",
        "d3k2 of 2026-11-23 is open now and goes",
        "drops of 2026-11-23 is open now and goes",
    ]


@pytest.mark.parametrize(
    ("time", "rings_next"), [("07:00", "on Tue 24 Nov at 07:00"), ("08:30", "today at 08:30")]
)
def test_what_rings_no_more_is_told_with_its_next_ring_and_how_to_note_todays(
    time: str, rings_next: str, tmp_path: Path
) -> None:
    once = plan(dose("iron", 'at = ["08:00"]'))
    box = Box.with_schedule(once).until("08:10")
    laptop = Laptop(box, tmp_path)
    proposal = proposed(laptop, once.replace("08:00", time))
    assert proposal.losses == [
        "iron of 2026-11-23 is open now and is not asked for as it is, because its time has"
        f" changed; it rings next {rings_next}. If it was taken already, note that before the"
        " push: dosebell take iron"
    ]
    # Those words do it.
    answers.answer(laptop.meet(), answers.AnswerWishes(answers.TAKE, ("iron",)))
    [left_out] = proposed(laptop, once.replace("08:00", "08:30")).losses
    assert left_out.endswith("would come too soon after the last intake and is left out")


CHANGES = {
    "a dose goes": plan(DROPS_DOSE),
    "times change": plan(D3K2_DOSE, dose("drops", 'at = ["08:00", "19:00"]')),
    "a meal moves": BOTH.replace('"07:30"', '"07:45"'),
    "the zone changes": plan(D3K2_DOSE, DROPS_DOSE, zone="Europe/London"),
    "today is switched off": BOTH + "[[except]]\nfrom = 2026-11-23\nto = 2026-11-24\noff = true\n",
    "only a name changes": BOTH.replace("D3K2", "Vitamin D"),
    "a dose comes": plan(D3K2_DOSE, DROPS_DOSE, IRON_DOSE),
}


@pytest.mark.parametrize("text", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("at", ["07:10", "08:10", "11:10", "13:00"])
def test_what_was_foretold_is_what_happens(text: str, at: str, tmp_path: Path) -> None:
    box = Box.with_schedule(BOTH, at="2026-11-23 06:00").until(at)
    if at == "13:00":
        box.press()
    laptop = Laptop(box, tmp_path)
    contact = laptop.meet()
    proposal = propose(contact, written(text))
    box.begin_story()
    push.carry_out(contact, proposal)
    box.wait(hours=24)
    # A day that becomes off skips what is open; that is told with what is cancelled.
    happened = [
        each
        for each in box.entries()
        if each.kind == "cancelled" or (each.kind == "skipped" and f"{each.at:%H:%M}" == at)
    ]
    assert {(each.dose, each.date, int(each.slot)) for each in happened} == {
        (each["dose"], each["date"], each["slot"]) for each in proposal.to_json(True)["cancelled"]
    }
    rings: dict[str, datetime] = {}
    for each in box.entries():
        if each.kind == "ringing" and each.seq >= contact.hello.journal_next:
            assert each.at is not None
            rings.setdefault(each.dose, each.at)
    first = proposal.to_json(True)["first"]
    told = {each: datetime.fromisoformat(at) for each, at in first.items() if each in rings}
    assert told == {each: rings[each] for each in told}


def test_what_is_foretold_after_a_long_history_happens_too(tmp_path: Path) -> None:
    stocked = D3K2.replace('food = "fat"', "stock = { count = 90 }")
    box = Box.with_schedule(stocked, at="2026-11-23 06:00")
    for count in range(900):
        box.request("dose.stock", dose="d3k2", count=count)
    box.until("07:31").press()
    laptop = Laptop(box, tmp_path)
    contact = laptop.meet()
    first = laptop.history.recent_lines(contact.hello.device_id)[0]
    assert " snapshot " in first and not first.startswith("1 ")
    # Taken today, so neither another time nor another zone asks for it again today.
    for text in (stocked.replace('"07:30"', '"08:30"'), stocked.replace("Berlin", "London")):
        proposal = propose(contact, written(text))
        local = proposal.document.file.local
        assert local.iso(proposal.rehearsal.first_s["d3k2"])[:10] == "2026-11-24"


@pytest.mark.parametrize("after", range(0, 4600, 53))
def test_a_plug_pulled_at_any_byte_leaves_one_schedule_or_the_other(after: int) -> None:
    box = Box.with_schedule(D3K2)
    wire = Pulled(box, after)
    try:
        transfer(Client(Link(wire, "the board")), compiled(BOTH))
    except NoDevice as error:
        sentence = str(error)
    else:
        sentence = "done"
    box.world.feed(b"\n")  # what stands half in the box's buffer
    revision = box.request("hello")["revision"]
    if "the old one, unchanged" in sentence:
        assert revision == compiled(D3K2).revision
    elif "not known" in sentence:
        assert revision in (compiled(D3K2).revision, compiled(BOTH).revision)
    else:
        assert "is in force" in sentence or sentence == "done"
        assert revision == compiled(BOTH).revision
    # Whatever happened, the next push does it.
    transfer(Client(Link(Pulled(box, 1 << 30))), compiled(BOTH))
    assert box.request("hello")["revision"] == compiled(BOTH).revision


def test_a_push_over_a_bad_line_arrives_whole(tmp_path: Path) -> None:
    faults = Faults(29, 150, lose=0.0003, corrupt=0.0003, noise=0.1)
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path, faults, seed=3)
    assert pushed(laptop, BOTH)
    assert laptop.meet().lines == compiled(BOTH).lines


def test_a_box_that_takes_one_line_at_a_time_gets_them_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As its firmware before this one did."""

    def one_line(app: App, params: Any) -> Any:
        return commands_schedule.schedule_line(app, {"n": params["n"], "line": params["line"]})

    monkeypatch.setitem(commands.METHODS, "schedule.line", one_line)
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    transfer(Client(Link(Wire(box.world))), compiled(BOTH))
    assert box.request("hello")["revision"] == compiled(BOTH).revision


def test_long_lines_with_letters_that_grow_on_the_wire_arrive() -> None:
    doses = [dose(f"dose-{n}", 'at = ["08:00"]', f'take = "{"é" * n}"') for n in range(1, 32)]
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    transfer(Client(Link(Wire(box.world))), compiled(plan(*doses)))
    assert box.request("hello")["revision"] == compiled(plan(*doses)).revision


def test_a_box_that_restarts_in_the_middle_is_given_it_again() -> None:
    box = Box.with_schedule(D3K2)
    restarted: list[bool] = []

    def progress(done: int, total: int) -> None:
        if not restarted:
            restarted.append(True)
            box.reset()

    transfer(Client(Link(Wire(box.world))), compiled(BOTH), progress)
    assert box.request("hello")["revision"] == compiled(BOTH).revision


def test_a_box_that_cannot_write_keeps_the_old_one_and_says_so() -> None:
    from domain import Flash

    files = Flash()
    box = Box.with_schedule(D3K2, files=files)
    files.refuses = "/state/schedule"
    with pytest.raises(DeviceRefused) as refusal:
        transfer(Client(Link(Wire(box.world))), compiled(BOTH))
    assert str(refusal.value) == (
        "the box could not write to its flash ([Errno 28] no space left on the"
        " flash). The schedule on the box is the old one, unchanged."
        " Try again; `dosebell status` tells of faults."
    )


def test_another_zone_changes_only_the_zone(tmp_path: Path) -> None:
    laptop = Laptop(Box.bare(battery_clock=True), tmp_path)
    mine = BOTH.replace("version = 1", "# my own words\nversion = 1")
    pushed(laptop, mine)
    contact = laptop.meet()
    moved = push_file.document_in_zone(contact, "America/New_York")
    proposal = propose(contact, moved)
    assert [change.text() for change in proposal.changes] == [
        "~ schedule: timezone Europe/Berlin -> America/New_York"
    ]
    push.carry_out(contact, proposal)
    in_force = file_in_force(laptop.meet())
    assert in_force.file.decode() == mine.replace("Europe/Berlin", "America/New_York")


def test_another_zone_without_the_file_takes_what_the_box_has(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(BOTH), tmp_path)
    moved = push_file.document_in_zone(laptop.meet(), "Asia/Tokyo")
    assert (
        moved.compiled.revision == compiled(BOTH.replace("Europe/Berlin", "Asia/Tokyo")).revision
    )


def test_the_pulled_file_is_the_pushed_one_byte_for_byte(tmp_path: Path) -> None:
    laptop = Laptop(Box.bare(battery_clock=True), tmp_path)
    mine = BOTH.replace("\n", "\r\n").encode() + b"# \xc2\xb5 end without a newline"
    contact = laptop.meet()
    push.carry_out(contact, propose(contact, push_file.document_of(mine, "a/b/mine.toml")))
    source = file_in_force(laptop.meet())
    assert (source.file_name, source.file, is_rebuilt(source.file)) == ("mine.toml", mine, False)


def test_a_rebuilt_file_gives_the_same_revision_and_is_pushed_only_unchecked(
    tmp_path: Path,
) -> None:
    laptop = Laptop(Box.with_schedule(BOTH), tmp_path)
    source = file_in_force(laptop.meet())
    assert is_rebuilt(source.file)
    file = tmp_path / "rebuilt.toml"
    file.write_bytes(source.file)
    with pytest.raises(UserError) as refused:
        push_file.read_document(file)
    assert str(refused.value) == (
        f"{file}: this file was rebuilt from a box, so the person and what was accepted are"
        " missing and it cannot be checked; push the file you wrote, or type:"
        f" dosebell push {file} --unchecked."
    )
    again = push_file.read_document(file, unchecked=True)
    assert again.compiled.revision == compiled(BOTH).revision
