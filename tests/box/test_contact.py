"""What every contact does: clocks, records, schedules, and what it tells a person of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain import D3K2, Box, compiled, dose, plan
from dosebell_host.errors import NoDevice
from dosebell_host.sim.wire import Wire
from dosebell_host.wording import duration_text
from laptop import PICO, Laptop

STOCKED = plan(dose("d3k2", 'at = ["07:30"]', "stock = { count = 90 }"))


def pico(box: Box) -> Box:
    """The same box, calling itself a real one: a virtual one's clock is left alone."""
    box.world.board.name = PICO
    return box


def off_by(laptop: Laptop) -> float:
    """How far the box's clock is ahead of the laptop's."""
    clock = laptop.box.app.box.clock
    return clock.now_s + clock._now_ms / 1000 + 946684800 - laptop.now()


@pytest.mark.parametrize("seconds", [-500, -20, -3, 3, 20, 500])
def test_a_clock_that_is_a_little_off_is_set_and_that_is_said(
    seconds: int, tmp_path: Path
) -> None:
    laptop = Laptop(pico(Box.with_schedule()), tmp_path)
    laptop.box.wait(ms=321)
    laptop.ahead_s = -seconds + 0.25
    laptop.meet()
    assert abs(off_by(laptop)) < 0.1
    where = "ahead of" if seconds > 0 else "behind"
    near = {duration_text(abs(seconds) + more) for more in (-1, 0, 1)}
    assert laptop.notes[0] in {
        f"Set the box's clock, which was {each} {where} this laptop's." for each in near
    }


def test_a_clock_that_is_right_is_left_alone(tmp_path: Path) -> None:
    laptop = Laptop(pico(Box.with_schedule()), tmp_path)
    laptop.ahead_s = 1.2
    laptop.meet()
    assert laptop.notes == []
    assert abs(off_by(laptop) + 1.2) < 0.01


def test_a_large_step_is_never_made_in_passing(tmp_path: Path) -> None:
    laptop = Laptop(pico(Box.with_schedule()), tmp_path)
    laptop.ahead_s = 3600
    laptop.meet()
    assert laptop.notes == [
        "The box's clock is 1 h behind this laptop's, and is left so, because either may be wrong."
        " If this laptop's is right, `dosebell clock --set` sets the box's."
    ]
    assert off_by(laptop) == -3600


def test_a_clock_that_was_not_set_is_set_whatever_it_shows(tmp_path: Path) -> None:
    laptop = Laptop(pico(Box.bare("2026-11-23 07:00")), tmp_path)
    assert laptop.meet().hello.trust == "host"
    assert laptop.notes == ["Set the box's clock, which was not set."]
    assert abs(off_by(laptop)) < 0.1


@pytest.mark.parametrize("battery_clock", [True, False])
def test_a_laptop_dated_before_its_release_sets_no_clock(
    battery_clock: bool, tmp_path: Path
) -> None:
    laptop = Laptop(pico(Box.bare("2026-11-23 07:00", battery_clock=battery_clock)), tmp_path)
    laptop.ahead_s = datetime(2021, 1, 1, tzinfo=UTC).timestamp() - laptop.now()
    before = laptop.box.app.box.clock.now_s
    laptop.meet()
    assert laptop.box.app.box.clock.now_s == before
    assert laptop.notes == [
        "This laptop shows a date before this release of dosebell was made, so the box's clock is"
        " left alone; put the laptop's date right."
    ]


@pytest.mark.parametrize("ahead_s", [5, 100_000])
def test_a_virtual_box_keeps_its_own_time(ahead_s: int, tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(), tmp_path)
    laptop.ahead_s = ahead_s
    laptop.meet()
    assert (laptop.notes, off_by(laptop)) == ([], -ahead_s)


def test_no_sync_leaves_the_clock_alone(tmp_path: Path) -> None:
    laptop = Laptop(pico(Box.with_schedule()), tmp_path)
    laptop.ahead_s = 60
    laptop.meet(sync=False)
    assert (laptop.notes, off_by(laptop)) == ([], -60)


def test_every_contact_saves_what_is_new(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    laptop = Laptop(box, tmp_path)
    first = laptop.meet()
    ident = first.hello.device_id
    assert first.history.schedule(compiled(D3K2).revision) == compiled(D3K2).lines
    box.until("07:31").press()
    laptop.meet()
    kinds = [entry.kind for entry in laptop.history.entries(ident)]
    assert kinds == ["boot", "clock", "schedule", "ringing", "taken"]
    assert [entry.seq for entry in laptop.history.entries(ident)] == [
        entry.seq for entry in box.entries()
    ]


def test_a_schedule_that_is_known_is_not_read_again(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    laptop.meet()
    asked: list[bytes] = []
    feed = laptop.box.world.feed

    def overheard(data: bytes) -> bytes:
        asked.append(data)
        return feed(data)

    laptop.box.world.feed = overheard  # type: ignore[method-assign]
    assert laptop.meet().lines == compiled(D3K2).lines
    assert not any(b"schedule.read" in data for data in asked)


def test_a_long_journal_is_read_to_its_end(tmp_path: Path) -> None:
    box = _used(Box.with_schedule(STOCKED))
    laptop = Laptop(box, tmp_path)
    ident = laptop.meet().hello.device_id
    assert [entry.seq for entry in laptop.history.entries(ident)] == [
        entry.seq for entry in box.entries()
    ]
    assert laptop.history.missing(ident) == 0


def test_a_contact_that_breaks_off_goes_on_where_it_was(tmp_path: Path) -> None:
    box = _used(Box.with_schedule(STOCKED))

    class Breaking(Wire):
        left = 25

        def write(self, data: bytes, /) -> int:
            self.left -= 1
            if self.left < 0:
                raise OSError(5, "Input/output error")
            return super().write(data)

    laptop = Laptop(box, tmp_path)
    laptop.link._port = Breaking(box.world)
    with pytest.raises(NoDevice):
        laptop.meet()
    laptop.link._port = Wire(box.world)
    ident = laptop.meet().hello.device_id
    assert len(laptop.history.entries(ident)) == len(box.entries())


def test_records_that_made_room_before_anybody_read_them_are_told(tmp_path: Path) -> None:
    box = Box.with_schedule(STOCKED)
    laptop = Laptop(box, tmp_path)
    ident = laptop.meet().hello.device_id
    seen = laptop.history.entries(ident)[-1].seq
    _used(box)
    box.world.power_off()
    first, *others = sorted(box.files.names("/log"))
    box.files.remove(f"/log/{first}")
    box.world.power_on()
    laptop.meet()
    lost = int(others[0][:-4]) - 1 - laptop.history.entries(ident)[0].seq
    assert laptop.notes[0].endswith(
        " old records had to make room on the box before anybody read them."
    )
    assert laptop.history.missing(ident) == int(laptop.notes[0].split(" ")[0])
    assert lost >= laptop.history.missing(ident) > 100 > seen


def test_an_erased_journal_is_noticed_and_the_old_records_stay(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:31")
    box.press()
    laptop = Laptop(box, tmp_path)
    ident = laptop.meet().hello.device_id
    before = laptop.history.entries(ident)
    box.world.power_off()
    for name in box.files.names("/log"):
        box.files.remove(f"/log/{name}")
    box.world.power_on()
    laptop.meet()
    assert laptop.notes == [
        "The box's journal was erased since this laptop last read it; what was read before is"
        " still in the history here."
    ]
    entries = laptop.history.entries(ident)
    assert entries[: len(before)] == before
    assert [entry.kind for entry in entries[len(before) :]][:1] == ["boot"]
    laptop.meet()
    assert len(laptop.notes) == 1


def test_a_record_that_got_damaged_on_the_box_is_no_erased_journal(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:31")
    box.press()
    laptop = Laptop(box, tmp_path)
    ident = laptop.meet().hello.device_id
    before = laptop.history.entries(ident)
    box.world.power_off()
    [name] = box.files.names("/log")
    with box.files.open(f"/log/{name}", "rb") as file:
        lines = file.read().splitlines(keepends=True)
    with box.files.open(f"/log/{name}", "wb") as file:
        file.write(b"".join([*lines[:-1], lines[-1].replace(b" taken ", b" token ")]))
    box.world.power_on()
    laptop.meet()
    assert laptop.notes == []
    assert laptop.history.entries(ident)[: len(before)] == before
    assert [entry.kind for entry in laptop.history.entries(ident)[len(before) :]] == [
        "boot",
        "fault",
    ]


def test_a_board_that_was_wiped_is_noticed_by_its_usb_serial(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(), tmp_path)
    laptop.meet(usb_serial="E66118C4E3")
    laptop.meet(usb_serial="E66118C4E3")
    other = Laptop(Box.bare(battery_clock=True, files=None), tmp_path)
    other.box.app.box.device_id = "0123456789abcdef"
    other.meet(usb_serial="E66118C4E3")
    assert (laptop.notes, other.notes) == (
        [],
        [
            "This board was erased since this laptop last met it: it has forgotten its schedule"
            " and its journal. What it had noted before is still in the history here."
        ],
    )


def _used(box: Box) -> Box:
    for count in range(400):
        box.request("dose.stock", dose="d3k2", count=count)
        box.wait(6)
    return box
