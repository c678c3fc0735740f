"""Days as the person sees them: what rang, what was answered, what the box believes in the end."""

from domain import D3K2, D3K2_DOSE, DROPS, DROPS_DOSE, IRON_DOSE, Box, dose, plan

WEEK = plan(
    dose("d3", 'at = ["08:00"]', 'late = "3d"', days='["mon"]'),
    D3K2_DOSE,
)


def test_a_good_morning() -> None:
    """At breakfast it rings "eat first"; one press, two seconds of light, and the day is done."""
    box = Box.with_schedule(D3K2).until("07:34:20")
    assert box.press() == "taken"
    box.until("23:59")
    assert box.story() == ["07:30 ringing d3k2/0 breakfast", "07:34:20 taken d3k2/0"]
    assert box.sounds() == [
        ("07:30:00", "due-eat"),
        ("07:31:00", "silent"),
        ("07:34:20", "taken"),
        ("07:34:23", "silent"),
    ]


def test_breakfast_was_missed_and_lunch_was_not() -> None:
    box = Box.with_schedule(D3K2).until("12:40")
    assert box.press() == "taken"
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "10:30 resting d3k2/0",
        "12:30 ringing d3k2/0 lunch",
        "12:40 taken d3k2/0",
    ]
    assert box.entries()[-1].detail == {"d": "1795415400", "late_s": "18600", "n": "1"}


def test_breakfast_remembered_at_eleven_is_taken_by_asking_twice() -> None:
    box = Box.with_schedule(D3K2).until("11:00")
    assert box.press() == "not-yet"
    assert box.wait(2).press() == "taken"
    box.until("18:00")
    assert box.story("ringing", "missed") == ["07:30 ringing d3k2/0 breakfast"]


def test_a_forgotten_day_is_missed_once_and_never_rings_late_at_night() -> None:
    box = Box.with_schedule(D3K2).until("2026-11-24 07:00")
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "10:30 resting d3k2/0",
        "12:30 ringing d3k2/0 lunch",
        "15:30 missed d3k2/0",
    ]
    assert box.sounds()[-1][0] < "15:31"


def test_a_quick_breakfast_before_the_alarm() -> None:
    """Up at half past six: asked, confirmed, and nothing rings at half past seven."""
    box = Box.with_schedule(D3K2, at="2026-11-23 06:00").until("06:35")
    assert box.press() == "not-yet"
    assert box.wait(2).press() == "taken"
    assert box.until("09:00").story() == ["06:35:02 taken d3k2/0"]
    assert [light for _, light in box.lights()] == ["not-yet", "off", "taken", "off"]


def test_did_i_take_it() -> None:
    """The question that the box is asked most."""
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00").until("06:00")
    assert box.press() == "nothing"
    box.until("07:31").press()
    assert box.wait(minutes=30).press() == "all-taken"
    assert box.until("2026-11-24 06:00").press() == "nothing"
    assert box.until("16:00").press() == "missed-today"


def test_not_now() -> None:
    """Snoozed twice, and taken when breakfast is on the table."""
    box = Box.with_schedule(D3K2).until("07:31")
    box.press_long()
    box.until("07:47").press_long()
    box.until("08:03")
    assert (box.light, box.press()) == ("due", "taken")
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "07:31:02 snoozed d3k2/0",
        "07:47:02 snoozed d3k2/0",
        "08:03 taken d3k2/0",
    ]


def test_pressed_and_then_dropped_on_the_floor() -> None:
    """Taken, undone, and taken again: one intake in the end."""
    box = Box.with_schedule(D3K2).until("07:31")
    box.press()
    box.wait(minutes=1).press_very_long()
    box.wait(minutes=1)
    assert box.press() == "taken"
    assert box.until("2026-11-24 07:00").story() == [
        "07:30 ringing d3k2/0 breakfast",
        "07:31 taken d3k2/0",
        "07:32:08 undone d3k2/0 was taken",
        "07:32:08 ringing d3k2/0 breakfast",
        "07:33:09 taken d3k2/0",
    ]


def test_the_bottle_runs_low_and_is_refilled() -> None:
    text = plan(dose("d3k2", 'at = ["08:00"]', "stock = { count = 3, per_intake = 2, low = 1 }"))
    box = Box.with_schedule(text).until("08:01")
    assert box.press() == "taken-low"
    assert box.light == "taken-low"
    assert box.row("d3k2")["stock"] == 1
    box.request("dose.stock", dose="d3k2", count=91)
    assert box.until("2026-11-24 08:01").press() == "taken"
    assert (box.row("d3k2")["stock"], box.story("stock")) == (89, ["08:01 stock d3k2 left 91"])


def test_a_weekly_dose_rings_for_days_but_not_for_nights() -> None:
    """Monday's dose may be late until Thursday; it sounds twenty minutes and shines on."""
    box = Box.with_schedule(WEEK).until("07:31")
    box.press()
    box.until("2026-11-25 12:00")
    assert box.light == "due"
    box.press()
    assert box.story("taken")[-1] == "wed 12:00 taken d3/0 of 11-23"
    minutes = {at for at, sound in box.sounds() if sound in ("due", "overdue")}
    assert 18 <= len(minutes) <= 22


def test_a_holiday() -> None:
    """Breakfast at ten for two days, then a day off; the box follows without being touched."""
    rest = (
        '[[except]]\nfrom = 2026-11-24\nto = 2026-11-25\nmeals = { breakfast = "10:00" }\n'
        "[[except]]\nfrom = 2026-11-26\nto = 2026-11-26\noff = true\n"
    )
    box = Box.with_schedule(D3K2 + rest).until("2026-11-27 07:31")
    assert box.story("ringing", "skipped")[0:8] == [
        "07:30 ringing d3k2/0 breakfast",
        "12:30 ringing d3k2/0 lunch",
        "tue 10:00 ringing d3k2/0 breakfast",
        "tue 12:30 ringing d3k2/0 lunch",
        "wed 10:00 ringing d3k2/0 breakfast",
        "wed 12:30 ringing d3k2/0 lunch",
        "thu 06:30 skipped d3k2/0 off",
        "fri 07:30 ringing d3k2/0 breakfast",
    ]


def test_a_dose_of_the_evening_taken_after_midnight_is_yesterday_s() -> None:
    text = plan(dose("late", 'at = ["23:00"]', 'late = "4h"'))
    box = Box.with_schedule(text, at="2026-11-23 22:00").until("2026-11-24 00:30")
    assert box.press() == "taken"
    assert box.story("taken") == ["tue 00:30 taken late/0 of 11-23"]
    assert box.until("22:30").press() == "not-yet"


def test_the_view_says_what_is_due_and_what_comes_next() -> None:
    box = Box.with_schedule(plan(D3K2_DOSE, IRON_DOSE, DROPS_DOSE)).until("07:31")
    view = box.app.view
    assert (box.due, view.next_dose) == (["D3K2", "IRON"], "drops")
    assert view.next_due_s == box.at("08:00")
    box.until("09:00")
    box.press()
    box.wait(5)
    assert (box.due, view.next_dose) == ([], "drops")
    assert view.next_due_s == box.at("20:00")


def test_the_view_says_of_all_that_is_open_which_it_is_and_where_it_lies() -> None:
    """On a Tuesday, with an organiser for the week, a bottle beside it, and breakfast skipped."""
    week = dose("d3k2", 'with = ["breakfast", "lunch"]', "place = [1, 2, 3, 4, 5, 6, 7]")
    both = dose("drops", 'at = ["20:00", "12:00"]', "place = [9, 8]")
    text = plan(week, IRON_DOSE, both)
    box = Box.with_schedule(text, at="2026-11-24 07:00").until("12:10")
    assert [tuple(each) for each in box.app.view.open] == [
        ("d3k2", "D3K2", "breakfast", 1, 2, "resting", False),
        ("drops", "DROPS", "", 3, 8, "ringing", True),
    ]
    box.until("12:31").press_long()
    assert [tuple(each) for each in box.app.view.open] == [
        ("d3k2", "D3K2", "lunch", 1, 2, "snoozed", True),
        ("drops", "DROPS", "", 3, 8, "snoozed", True),
    ]


def test_the_view_says_what_is_asked_about_while_the_question_stands() -> None:
    box = Box.with_schedule(plan(IRON_DOSE, DROPS_DOSE)).until("06:55")
    assert box.press() == "not-yet"
    assert [tuple(each) for each in box.app.view.open] == [
        ("iron", "IRON", "", 1, 0, "early", True),
    ]
    told: list[list[str]] = []
    box.world.board.on_show = lambda view: told.append([each.state for each in view.open])
    box.wait(7)
    assert (told[0], told[-1], box.app.view.open) == (["early"], [], [])


def test_what_is_switched_off_is_not_announced_as_next() -> None:
    off = "[[except]]\nfrom = 2026-11-23\nto = 2026-11-23\noff = true\n"
    box = Box.with_schedule(D3K2 + off, at="2026-11-23 05:00")
    assert box.request("status")["next"] is None
    box.until("07:00")
    assert box.app.view.next_due_s == box.at("2026-11-24 07:30")


def test_a_year_of_good_mornings() -> None:
    """Every day one ring and one intake, through both changes of the clocks."""
    box = Box.with_schedule(DROPS, at="2026-01-01 07:00")
    for _ in range(365 * 2):
        box.until("08:05" if box.now[11:] < "08:05" or box.now[11:] >= "20:05" else "20:05")
        assert box.press() == "taken"
        box.wait(10)
    kinds = [entry.kind for entry in box.entries() if entry.dose == "drops"]
    assert (kinds.count("ringing"), kinds.count("taken")) == (730, 730)
