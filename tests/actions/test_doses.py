"""Take, skip, snooze, undo, stock: what a person says, and what the box then holds."""

from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from domain import D3K2, DROPS, DROPS_DOSE, IRON_DOSE, Box, dose, plan
from dosebell_host.actions import answers
from dosebell_host.actions.doses.undo import undo
from dosebell_host.actions.occurrences import WhichOne
from dosebell_host.box.patience import LINK_PATIENCE, LinkPatience
from dosebell_host.errors import DeviceRefused, UsageError, UserError
from dosebell_host.sim.wire import Faults
from laptop import Laptop
from older_box import meet_older

STOCKED = plan(dose("d3k2", 'at = ["07:30"]', "stock = { count = 9, per_intake = 2, low = 7 }"))
SEVERAL = plan(IRON_DOSE, DROPS_DOSE)


class Person:
    """Somebody at the laptop; what was told in answer is returned."""

    def __init__(
        self,
        box: Box,
        folder: Path,
        faults: Faults | None = None,
        patience: LinkPatience = LINK_PATIENCE,
    ) -> None:
        self.laptop = Laptop(box, folder, faults, patience=patience)
        self.warned: list[str] = []

    def says(
        self,
        what: str,
        *named: str,
        date: str | None = None,
        slot: int | None = None,
        at: str = "",
        time: str | None = None,
    ) -> list[str]:
        wishes = answers.AnswerWishes(what, named, date, slot, at or None, time)
        return self._told(answers.answer(self.laptop.meet(), wishes))

    def undoes(
        self,
        dose: str | None = None,
        date: str | None = None,
        slot: int | None = None,
        time: str | None = None,
    ) -> list[str]:
        return self._told(undo(self.laptop.meet(), dose, WhichOne(date, slot, time)))

    def counts(self, dose: str, amount: str | None = None) -> str:
        return answers.stock_text(answers.stock(self.laptop.meet(), dose, amount))

    def _told(self, done: answers.Answered) -> list[str]:
        self.warned = done.warnings
        return done.lines


def test_take_without_a_name_takes_all_that_rings(tmp_path: Path) -> None:
    box = Box.with_schedule(SEVERAL).until("08:05")
    person = Person(box, tmp_path)
    assert person.says("take") == [
        "iron of 2026-11-23: taken at 2026-11-23 08:05.",
        "drops of 2026-11-23: taken at 2026-11-23 08:05.",
    ]
    assert box.light == "off"


@pytest.mark.parametrize(
    ("at", "fix"),
    [
        ("07:01", "open is iron (due 2026-11-23 07:30): dosebell take iron"),
        ("06:00", "the next is due on 2026-11-23 07:30"),
    ],
)
def test_where_nothing_rings_it_says_what_is_open(at: str, fix: str, tmp_path: Path) -> None:
    box = Box.with_schedule(plan(IRON_DOSE), at="2026-11-23 05:00").until(at)
    with pytest.raises(UserError) as nothing:
        Person(box, tmp_path).says("take")
    assert (nothing.value.message, nothing.value.fix) == ("nothing rings now", fix)
    assert nothing.value.exit_code == 1


def test_where_nothing_rings_it_says_what_was_skipped_and_what_was_taken(tmp_path: Path) -> None:
    box = Box.with_schedule(SEVERAL).until("08:05")
    person = Person(box, tmp_path)
    person.says("skip", "drops")
    person.says("take", "iron")
    with pytest.raises(UserError) as nothing:
        person.says("take")
    told = "nothing rings now: iron was taken today at 08:05, drops was skipped at 08:05"
    assert nothing.value.message == told


def test_one_that_is_open_but_does_not_ring_yet_is_taken_by_its_name(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(IRON_DOSE), at="2026-11-23 05:00").until("07:01")
    assert Person(box, tmp_path).says("take", "iron") == [
        "iron of 2026-11-23: taken at 2026-11-23 07:01."
    ]


def test_one_that_is_not_open_says_how_to_put_an_earlier_one_right(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(IRON_DOSE)).until("2026-11-24 06:00")
    with pytest.raises(UserError) as closed:
        Person(box, tmp_path).says("take", "iron")
    assert str(closed.value) == (
        "iron is not open now; it is next due on 2026-11-24 07:30;"
        " for an earlier one: dosebell take iron --date 2026-11-23."
    )


def test_one_that_was_skipped_says_when_and_how_to_take_that_back(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(IRON_DOSE)).until("07:40")
    person = Person(box, tmp_path)
    person.says("skip", "iron")
    box.until("07:45")
    with pytest.raises(UserError) as closed:
        person.says("take", "iron")
    assert str(closed.value) == (
        "iron was skipped at 07:40; it is next due on 2026-11-24 07:30;"
        " to take that back: dosebell undo iron."
    )
    person.undoes("iron")
    assert person.says("take", "iron") == ["iron of 2026-11-23: taken at 2026-11-23 07:45."]


def test_a_missed_one_is_taken_afterwards(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("2026-11-24 06:00")
    person = Person(box, tmp_path)
    assert person.says("take", "d3k2", date="2026-11-23") == [
        "d3k2 of 2026-11-23: taken at 2026-11-23 07:30."
    ]


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        ("2026-11-23T08:10", "d3k2 of 2026-11-23: taken at 2026-11-23 08:10."),
        ("2026-11-23 13:10", "d3k2 of 2026-11-23: taken at 2026-11-23 13:10."),
        ("2026-11-22T23:10:00-08:00", "d3k2 of 2026-11-23: taken at 2026-11-23 08:10."),
    ],
)
def test_the_time_says_which_one_was_taken(at: str, taken: str, tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("2026-11-24 06:00")
    assert Person(box, tmp_path).says("take", "d3k2", at=at) == [taken]


def test_a_time_of_day_means_today_or_the_date_named(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("2026-11-24 08:00")
    person = Person(box, tmp_path)
    assert person.says("take", "d3k2", at="7:45") == [
        "d3k2 of 2026-11-24: taken at 2026-11-24 07:45."
    ]
    assert person.says("take", "d3k2", date="2026-11-23", at="09:00") == [
        "d3k2 of 2026-11-23: taken at 2026-11-23 09:00."
    ]


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("today 7:45", "d3k2 of 2026-11-24: taken at 2026-11-24 07:45."),
        ("1 pm", "d3k2 of 2026-11-24: taken at 2026-11-24 13:00."),
        ("yesterday at 9am", "d3k2 of 2026-11-23: taken at 2026-11-23 09:00."),
        ("monday 9:00", "d3k2 of 2026-11-23: taken at 2026-11-23 09:00."),
    ],
)
def test_when_it_was_taken_may_be_said_in_words(said: str, taken: str, tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("2026-11-24 21:00")
    assert Person(box, tmp_path).says("take", "d3k2", at=said) == [taken]


def test_a_time_at_which_it_was_not_open_asks_for_the_date(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("2026-11-24 06:00")
    with pytest.raises(UserError) as closed:
        Person(box, tmp_path).says("take", "d3k2", at="2026-11-23T22:00")
    assert str(closed.value) == (
        "d3k2 was not open at 2026-11-23 22:00; say which one is meant: --date YYYY-MM-DD."
    )


def test_a_time_to_come_is_refused(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    with pytest.raises(DeviceRefused) as refused:
        Person(box, tmp_path).says("take", "d3k2", at="09:00")
    assert refused.value.code == "future"


def test_of_several_a_day_the_slot_says_which(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:30").until("2026-11-24 06:00")
    person = Person(box, tmp_path)
    with pytest.raises(UserError) as unclear:
        person.says("take", "drops", date="2026-11-23")
    assert str(unclear.value) == (
        "drops is planned 2 times on 2026-11-23; say which: --time 08:00 or --time 20:00."
    )
    assert person.says("take", "drops", date="2026-11-23", slot=1) == [
        "drops of 2026-11-23: taken at 2026-11-23 20:00."
    ]
    with pytest.raises(UserError) as none:
        person.says("take", "drops", date="2026-11-23", slot=5)
    assert none.value.message == "drops has no slot 5 on 2026-11-23"


def test_of_several_a_day_a_person_says_which_by_its_time(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:30").until("2026-11-24 08:05")
    person = Person(box, tmp_path)
    for time, due in (("8:00", "08:00"), (" 20:00", "20:00")):
        assert person.says("take", "drops", date="2026-11-23", time=time) == [
            f"drops of 2026-11-23: taken at 2026-11-23 {due}."
        ]
    # Without a date it is today's.
    assert person.says("skip", "drops", time="08:00") == ["drops of 2026-11-24: skipped."]
    with pytest.raises(UserError) as none:
        person.says("take", "drops", date="2026-11-23", time="15:00")
    assert str(none.value) == (
        "drops is not due at 15:00 on 2026-11-23; say which: --time 08:00 or --time 20:00."
    )


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ({"time": "3pm"}, '--time: "3pm" is no time of day; write it as 15:00.'),
        ({"time": "25:00"}, '--time: "25:00" is no time of day; write it as 15:00.'),
        (
            {"time": "08:00", "slot": 0},
            "--time and --slot both say which one; leave out --slot.",
        ),
    ],
)
def test_what_is_no_time_of_day_is_told(which: dict[str, Any], says: str, tmp_path: Path) -> None:
    person = Person(Box.with_schedule(DROPS), tmp_path)
    for ask in (person.undoes, lambda *named, **said: person.says("take", *named, **said)):
        with pytest.raises(UsageError) as wrong:
            ask("drops", **which)
        assert str(wrong.value) == says
    with pytest.raises(UsageError) as alone:
        person.says("take", time="08:00")
    assert str(alone.value) == "a date or a time alone says nothing; name the dose, too."


def test_names_and_dates_that_are_not_there(tmp_path: Path) -> None:
    person = Person(
        Box.with_schedule(plan(dose("iron", 'at = ["07:30"]', days='["mon"]'))), tmp_path
    )
    with pytest.raises(UserError) as unknown:
        person.says("take", "irn")
    assert str(unknown.value) == 'the box has no dose "irn"; did you mean iron?'
    with pytest.raises(UserError) as other_day:
        person.says("take", "iron", date="2026-11-24")
    assert str(other_day.value) == "iron is not planned on 2026-11-24."
    with pytest.raises(UserError, match="iron is not planned on 2026-11-22"):
        person.says("take", "iron", date="yesterday")
    with pytest.raises(UsageError):
        person.says("take", date="2026-11-23")
    with pytest.raises(UsageError):
        person.says("take", "iron", date="soon")


HALVES = plan(
    dose("metformin-1", 'at = ["07:30"]', "stock = { count = 9 }"),
    dose("metformin-2", 'at = ["18:30"]'),
    DROPS_DOSE.replace('name = "DROPS"', 'name = "Eye drops"'),
)


@pytest.mark.parametrize("words", [("drops",), ("eye drops",), ("Eye",), ("eye", "drops")])
def test_a_dose_is_called_by_its_name_as_in_a_move(words: tuple[str, ...], tmp_path: Path) -> None:
    person = Person(Box.with_schedule(HALVES).until("08:01"), tmp_path)
    [told] = person.says("take", *words)
    assert told.startswith("drops of 2026-11-23: taken")
    [told] = person.undoes(words[0])
    assert told.startswith("drops of 2026-11-23: ")
    desk = Desk(person.laptop.box)
    assert desk.gets("log", "--dose", words[0]) == desk.gets("log", "--dose", "drops")
    assert desk.gets("stock", "metformin-1") == desk.gets("stock", "metFORMIN-1")


@pytest.mark.parametrize("words", ["take", "skip", "undo", "stock", "remove", "log --dose"])
def test_a_name_of_two_halves_is_asked_back_with_both(words: str) -> None:
    refused = Desk(Box.with_schedule(HALVES).until("07:31")).types(*words.split(), "metformin")
    assert (refused.exit_code, refused.stderr.splitlines()[-1]) == (
        1,
        '"metformin" may be metformin-1 or metformin-2; write which one.',
    )


def test_a_date_behind_a_dose_is_told_as_one(tmp_path: Path) -> None:
    person = Person(Box.with_schedule(HALVES), tmp_path)
    with pytest.raises(UserError) as refused:
        person.says("take", "drops", "yesterday")
    assert str(refused.value) == (
        'the box has no dose "yesterday"; if that is the date: --date yesterday.'
    )
    with pytest.raises(UserError, match="the box has no dose"):
        person.says("take", "d")


def test_taking_twice_is_noted_once(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    person = Person(box, tmp_path)
    first = person.says("take", "d3k2", date="2026-11-23")
    assert first == ["d3k2 of 2026-11-23: taken at 2026-11-23 07:31."]
    assert person.says("take", "d3k2", date="2026-11-23") == [
        "d3k2 of 2026-11-23: is noted already, at 07:31."
    ]
    assert box.story("taken") == ["07:31 taken d3k2/0 host"]


def test_another_time_for_what_is_taken_is_refused(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    person = Person(box, tmp_path)
    person.says("take", "d3k2", at="06:45")
    with pytest.raises(UserError) as refused:
        person.says("take", "d3k2", date="2026-11-23", at="07:10")
    assert (refused.value.exit_code, str(refused.value)) == (
        1,
        "d3k2 is already noted at 06:45; undo that first: dosebell undo d3k2 --date 2026-11-23.",
    )
    again = ["d3k2 of 2026-11-23: is noted already, at 06:45."]
    assert person.says("take", "d3k2", date="2026-11-23", at="06:45") == again
    assert person.says("take", "d3k2", date="2026-11-23") == again


def test_one_taken_today_is_said_to_be(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-22 06:00").until("2026-11-23 07:31")
    person = Person(box, tmp_path)
    person.says("take")
    with pytest.raises(UserError) as nothing:
        person.says("take", "d3k2")
    assert str(nothing.value) == (
        "d3k2 was taken today at 07:31; it is next due on 2026-11-24 07:30;"
        " for an earlier one: dosebell take d3k2 --date 2026-11-22."
    )


def test_a_second_intake_soon_after_is_warned_about(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(dose("drops", 'at = ["08:00", "12:00"]')), at="2026-11-23 07:30")
    box.until("09:50").press()
    box.until("11:10")
    person = Person(box, tmp_path)
    assert person.says("take", "drops") == ["drops of 2026-11-23: taken at 2026-11-23 11:10."]
    assert person.warned == [
        "drops: this is sooner than half the usual time after the intake before, at"
        " 2026-11-23 09:50. It is noted; take no more for now."
    ]


def test_a_refusal_says_what_was_noted_before_it(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(IRON_DOSE, dose("late", 'at = ["20:00"]'))).until("07:31")
    person = Person(box, tmp_path)
    with pytest.raises(DeviceRefused) as refused:
        person.says("take", "iron", "late", date="2026-11-23")
    assert str(refused.value) == (
        "late: it is too early for that one."
        " iron of 2026-11-23: taken at 2026-11-23 07:31. Wait until its time has come nearer."
    )


def test_skip_and_snooze(tmp_path: Path) -> None:
    box = Box.with_schedule(SEVERAL).until("08:05")
    person = Person(box, tmp_path)
    assert person.says("snooze", "iron") == ["iron of 2026-11-23: snoozed for up to 15 min."]
    assert person.says("skip", "drops") == ["drops of 2026-11-23: skipped."]
    assert person.says("skip") == ["iron of 2026-11-23: skipped."]


def test_undo_takes_back_the_whole_last_answer(tmp_path: Path) -> None:
    box = Box.with_schedule(SEVERAL).until("08:05")
    box.press()
    person = Person(box, tmp_path)
    assert person.undoes() == [
        "iron of 2026-11-23: no longer taken, and asks again.",
        "drops of 2026-11-23: no longer taken, and asks again.",
    ]
    assert box.wait(3).light == "due"
    with pytest.raises(UserError) as nothing:
        person.undoes()
    assert nothing.value.message == "drops of 2026-11-23 is taken back already"


def test_before_any_answer_there_is_nothing_to_undo(tmp_path: Path) -> None:
    person = Person(Box.with_schedule(SEVERAL).until("08:05"), tmp_path)
    for dose_id in (None, "iron"):
        with pytest.raises(UserError) as nothing:
            person.undoes(dose_id)
        assert str(nothing.value) == ("nothing is noted as taken or skipped; see `dosebell log`.")
    assert person.undoes("iron", "2026-11-23") == ["iron of 2026-11-23: is not answered yet."]


def test_undo_leaves_what_another_command_of_that_second_said(tmp_path: Path) -> None:
    box = Box.with_schedule(SEVERAL).until("08:05")
    person = Person(box, tmp_path)
    person.says("take", "iron")
    person.says("take", "drops")
    assert person.undoes() == ["drops of 2026-11-23: no longer taken, and asks again."]
    assert person.undoes() == ["iron of 2026-11-23: no longer taken, and asks again."]


def test_undo_of_one_dose_or_date(tmp_path: Path) -> None:
    box = Box.with_schedule(SEVERAL).until("08:05")
    box.press()
    box.until("2026-11-24 08:05").press()
    person = Person(box, tmp_path)
    assert person.undoes("iron") == ["iron of 2026-11-24: no longer taken, and asks again."]
    assert person.undoes("iron", "2026-11-23") == [
        "iron of 2026-11-23: no longer taken.",
        "iron of 2026-11-23: missed.",
    ]


def test_undo_without_a_name_does_not_reach_back_to_another_day(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.press()
    box.until("2026-11-24 06:00")
    with pytest.raises(UserError) as old:
        Person(box, tmp_path).undoes()
    assert str(old.value) == (
        "the last answer is older than 10 min: d3k2 of 2026-11-23, taken at 2026-11-23 07:31;"
        " to take that back all the same: dosebell undo d3k2 --date 2026-11-23."
    )
    assert box.story("undone") == []


def test_undo_of_a_dose_does_not_walk_back_a_day_at_each_call(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2)
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        box.until(f"{day} 07:31").press()
    person = Person(box, tmp_path)
    assert person.undoes("d3k2") == ["d3k2 of 2026-11-25: no longer taken, and asks again."]
    for _ in range(3):
        with pytest.raises(UserError) as old:
            person.undoes("d3k2")
        assert str(old.value) == (
            "d3k2 of 2026-11-25 is taken back already, and the answer before is older than 10 min:"
            " d3k2 of 2026-11-24, taken at 2026-11-24 07:31;"
            " to take that back all the same: dosebell undo d3k2 --date 2026-11-24."
        )
    assert box.story("undone") == ["wed 07:31 undone d3k2/0 was taken"]
    assert person.undoes("d3k2", "2026-11-24") == [
        "d3k2 of 2026-11-24: no longer taken.",
        "d3k2 of 2026-11-24: missed.",
    ]


@pytest.mark.parametrize(("minutes", "goes_back"), [(10, True), (11, False)])
def test_undo_has_the_limit_of_the_button(minutes: int, goes_back: bool, tmp_path: Path) -> None:
    for dose_id in (None, "d3k2"):
        box = Box.with_schedule(D3K2).until("07:31")
        box.press()
        person = Person(box.wait(minutes=minutes), tmp_path / str(dose_id))
        if goes_back:
            person.undoes(dose_id)
        else:
            with pytest.raises(UserError, match="older than 10 min"):
                person.undoes(dose_id)
        assert bool(box.story("undone")) == goes_back


def test_all_of_an_older_press_is_named_in_the_exact_words(tmp_path: Path) -> None:
    box = Box.with_schedule(SEVERAL).until("08:05")
    box.press()
    with pytest.raises(UserError) as old:
        Person(box.until("09:00"), tmp_path).undoes()
    assert (old.value.code, old.value.fix) == (
        "old",
        "to take that back all the same: dosebell undo iron --date 2026-11-23"
        " and dosebell undo drops --date 2026-11-23 --time 08:00",
    )


def test_undoing_what_is_undone_says_so(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.press()
    person = Person(box.until("07:40"), tmp_path)
    person.undoes("d3k2", "2026-11-23")
    for _ in range(2):
        assert person.undoes("d3k2", "2026-11-23") == [
            "d3k2 of 2026-11-23: is taken back already, and asks again."
        ]
        box.wait(minutes=1)
    box.until("2026-11-24 06:00")
    person.says("take", "d3k2", date="2026-11-23")
    assert person.undoes("d3k2", "2026-11-23")[-1] == "d3k2 of 2026-11-23: missed."
    assert person.undoes("d3k2", "2026-11-23") == [
        "d3k2 of 2026-11-23: is taken back already, and counts as missed."
    ]


def test_stock_is_counted_and_warned_about(tmp_path: Path) -> None:
    box = Box.with_schedule(STOCKED).until("07:31")
    person = Person(box, tmp_path)
    assert person.counts("d3k2") == "d3k2: 9 left, enough for 4 intakes."
    assert person.says("take") == ["d3k2 of 2026-11-23: taken at 2026-11-23 07:31, 7 left."]
    assert person.warned == ["d3k2: only 7 left."]
    assert person.counts("d3k2", "+90") == "d3k2: 97 left, enough for 48 intakes."
    assert person.counts("d3k2", "-7") == "d3k2: 90 left, enough for 45 intakes."
    assert person.counts("d3k2", "6") == "d3k2: 6 left, enough for 3 intakes. Time to buy more."
    with pytest.raises(UserError):
        person.counts("d3k2", "-7")
    with pytest.raises(UsageError):
        person.counts("d3k2", "many")


def test_adding_a_packet_over_a_bad_line_adds_it_once(tmp_path: Path) -> None:
    box = Box.with_schedule(STOCKED).until("07:31")
    person = Person(box, tmp_path, Faults(delay_ms=5500), patience=LinkPatience(tries=40))
    assert person.counts("d3k2", "+90") == "d3k2: 99 left, enough for 49 intakes."
    assert box.row("d3k2")["stock"] == 99


def test_a_dose_without_stock_says_how_to_count_it(tmp_path: Path) -> None:
    with pytest.raises(UserError) as uncounted:
        Person(Box.with_schedule(D3K2), tmp_path).counts("d3k2")
    assert str(uncounted.value) == (
        "the schedule does not count the stock of d3k2; to begin with it, in your file:"
        " dosebell stock d3k2 90 --file my.toml, then push that."
    )


# After a push that moved a dose, its date and slot are those of another occurrence.

EVENING = plan(dose("drops", 'at = ["20:00"]'))
MORNING = plan(dose("drops", 'at = ["09:00"]'))


@pytest.fixture
def moved() -> Box:
    """The drops of 08:00 were taken; at noon they were moved to 20:00."""
    box = Box.with_schedule(DROPS).until("08:05")
    box.press()
    box.until("12:00").push(EVENING)
    return box.until("12:30")


@pytest.mark.parametrize(
    "named", [("drops", "2026-11-23", 0), ("drops", "2026-11-23", None, "08:00")]
)
def test_undo_takes_back_the_one_that_was_taken(
    named: tuple[Any, ...], moved: Box, tmp_path: Path
) -> None:
    assert Person(moved, tmp_path).undoes(*named) == [
        "drops of 2026-11-23: no longer taken.",
        "drops of 2026-11-23: missed.",
    ]
    assert moved.until("20:01").light == "due"


def test_without_a_date_the_one_before_a_push_is_named(moved: Box, tmp_path: Path) -> None:
    for dose_id in (None, "drops"):
        with pytest.raises(UserError) as old:
            Person(moved, tmp_path).undoes(dose_id)
        words = "dosebell undo drops --date 2026-11-23"
        assert old.value.fix == f"to take that back all the same: {words} --time 08:00"


def test_take_means_the_one_of_the_schedule_in_force(moved: Box, tmp_path: Path) -> None:
    moved.until("23:30")
    person = Person(moved, tmp_path)
    said = "drops of 2026-11-23: taken at 2026-11-23 20:10."
    assert person.says("take", "drops", date="2026-11-23", slot=0, at="20:10") == [said]
    assert moved.story("taken") == ["08:05 taken drops/0", "23:30 taken drops/0 was missed"]
    # Now both are taken; the later one goes first.
    person.undoes("drops", "2026-11-23", 0)
    assert moved.story("undone") == ["23:30 undone drops/0 was taken"]


def test_what_was_missed_before_a_push_can_be_noted_after_it(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-22 07:30").until("2026-11-23 07:00")
    box.push(MORNING)
    person = Person(box, tmp_path)
    # This laptop never saw the schedule of that time; the records name what was due.
    with pytest.raises(UserError) as unclear:
        person.says("take", "drops", date="2026-11-22")
    assert unclear.value.fix == "say which: --time 08:00 or --time 20:00"
    assert person.says("take", "drops", date="2026-11-22", slot=1, at="20:30") == [
        "drops of 2026-11-22: taken at 2026-11-22 20:30."
    ]
    assert box.until("09:01").light == "due"


def test_a_time_before_a_push_means_the_schedule_of_that_time(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-22 07:30").until("2026-11-22 20:30")
    person = Person(box, tmp_path)
    person.laptop.meet()
    box.until("2026-11-23 07:00").push(MORNING)
    for at in ("2026-11-22 08:10", "2026-11-22 20:30"):
        assert person.says("take", "drops", at=at) == [f"drops of 2026-11-22: taken at {at}."]
    box.until("09:01")
    assert person.says("take", "drops", at="08:55") == [
        "drops of 2026-11-23: taken at 2026-11-23 08:55."
    ]
    # How late says of what was due when.
    taken = [entry.detail["late_s"] for entry in box.entries() if entry.kind == "taken"]
    assert taken == ["600", "1800", "-300"]


def test_a_box_of_release_010_cannot_be_told_of_another_schedule(
    moved: Box, tmp_path: Path
) -> None:
    laptop = Laptop(moved, tmp_path)
    with pytest.raises(UserError) as older:
        undo(meet_older(laptop), "drops")
    assert (older.value.exit_code, str(older.value)) == (
        1,
        "drops of 2026-11-23 is of an older schedule, which this box cannot name; `dosebell flash`"
        " puts dosebell on a Pico, which also upgrades it.",
    )
    assert moved.story("undone") == []


def test_a_box_of_release_010_is_told_of_its_own_by_date_and_slot(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS).until("08:05")
    laptop = Laptop(box, tmp_path)
    wishes = answers.AnswerWishes(answers.TAKE)
    taken = ["drops of 2026-11-23: taken at 2026-11-23 08:05."]
    assert answers.answer(meet_older(laptop), wishes).lines == taken
    assert undo(meet_older(laptop)).lines == [
        "drops of 2026-11-23: no longer taken, and asks again."
    ]
