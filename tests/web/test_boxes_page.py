"""Boxes: what each is called, how it is, and what is left in it."""

import pytest

from domain import Box, dose, plan
from visits import Visit

BOX = "f67213b122a5d442"
COUNTED = plan(
    dose("d3k2", 'with = ["breakfast"]', "stock = { count = 30, low = 8 }"),
    dose("zinc", 'at = ["12:00"]'),
)
NAME_IT, NOTE_IT = f"Call it so {BOX}", "Note it for D3K2"


def at_breakfast(until: str = "07:20") -> Visit:
    return Visit(Box.with_schedule(COUNTED, at="2026-11-23 06:00").until(until))


def box_of(visit: Visit) -> Box:
    assert visit.terminal.box is not None
    return visit.terminal.box


def test_a_box_is_given_a_name_which_then_stands_on_every_page() -> None:
    visit = at_breakfast()
    assert visit.presses("/boxes", NAME_IT, name="mother") == ["It is called mother now."]
    assert (2, "mother") in visit.reads("/boxes").headings
    assert (1, "mother") in visit.reads("/").headings
    assert visit.reads(f"/box/{BOX}/history").headings[0] == (1, "History of mother")
    assert "dosebell status --port mother" in visit.reads("/boxes").words


@pytest.mark.parametrize("name", ["", "Mother", "a b", "com1", "<b>", "x" * 33])
def test_a_name_that_will_not_do_is_told_as_in_a_terminal(name: str) -> None:
    visit = at_breakfast()
    [told] = visit.presses("/boxes", NAME_IT, name=name)
    assert told == str(visit.terminal.types("name", BOX, name).stderr).strip().removeprefix(
        "error: "
    ).removeprefix("Error: ")


@pytest.mark.parametrize(
    ("amount", "told", "left"),
    [
        ("+30", "d3k2: 60 left, enough for 60 intakes.", 60),
        ("12", "d3k2: 12 left, enough for 12 intakes.", 12),
        ("-25", "d3k2: 5 left, enough for 5 intakes. Time to buy more.", 5),
        (
            "some",
            '"some" is no number of pieces; write +30 for a new box of 30, or 90 for what',
            30,
        ),
        ("-31", "that would leave -1; write how many there are.", 30),
    ],
)
def test_a_stock_is_counted_or_added_to(amount: str, told: str, left: int) -> None:
    visit = at_breakfast()
    [said] = visit.presses("/boxes", NOTE_IT, amount=amount)
    assert (said.startswith(told), box_of(visit).row("d3k2")["stock"]) == (True, left)


@pytest.mark.parametrize(
    ("action", "field"), [(f"/boxes/{BOX}/name", "name"), (f"/boxes/{BOX}/stock", "amount")]
)
def test_what_is_told_of_nonsense_turns_nothing_and_fills_no_page(action: str, field: str) -> None:
    visit = at_breakfast()
    visit.reads("/")
    [told] = visit.sends(action, dose="d3k2", **{field: "\u202e\U0001f600" * 3000})
    assert "\u202e" not in told
    assert len(told) <= 1000


def test_a_packet_that_is_sent_twice_is_counted_once() -> None:
    visit = at_breakfast()
    sent = {"dose": "d3k2", "left": "30", "amount": "+30"}
    action = f"/boxes/{BOX}/stock"
    assert visit.sends(action, **sent) == ["d3k2: 60 left, enough for 60 intakes."]
    assert visit.sends(action, **sent) == [
        "since that was shown, the stock of d3k2 has changed: 60 left; look again, and write it"
        " once more."
    ]
    assert box_of(visit).row("d3k2")["stock"] == 60


def test_a_practice_ring_is_told_of_from_its_beginning_to_its_end() -> None:
    visit = at_breakfast()
    box = box_of(visit)
    before = box.story()
    told = visit.presses("/boxes", f"Ring to practise at {BOX}")
    assert told == [
        "It rings now, as for a real dose, for a minute at most, and notes nothing.",
        "The light blinks, the buzzer sounds. Press the button.",
    ]
    assert "It rings to practise now: press its button." in visit.reads("/boxes").words
    box.press()
    assert "The last practice ring was answered: the press arrived." in visit.reads("/boxes").words
    assert box.story() == before


def test_a_practice_ring_that_nobody_answers_says_so() -> None:
    visit = at_breakfast()
    visit.presses("/boxes", f"Ring to practise at {BOX}")
    box_of(visit).wait(70)
    assert "The last practice ring: no press arrived within a minute;" in (
        visit.reads("/boxes").words
    )


def test_nobody_practises_while_a_real_dose_rings() -> None:
    visit = at_breakfast(until="07:31")
    assert f"Ring to practise at {BOX}" not in visit.reads("/boxes").buttons
    assert visit.sends(f"/boxes/{BOX}/practice") == [
        "a real dose rings now, or is snoozed; answer that one at the box first."
    ]


def test_a_box_that_is_away_keeps_its_name_and_its_stock_and_nothing_can_be_done_at_it() -> None:
    visit = at_breakfast()
    visit.presses("/boxes", NOTE_IT, amount="12")
    visit.terminal.box = None
    page = visit.reads("/boxes")
    assert page.buttons == [NAME_IT]
    assert "is not connected to this laptop" in page.words
    assert "D3K2: 12 left, runs out on Sat 5 Dec 2026" in page.words
    [told] = visit.sends(f"/boxes/{BOX}/stock", dose="d3k2", left="12", amount="+30")
    assert told.startswith(f"the box {BOX} is not there")
