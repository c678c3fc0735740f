"""The history: its periods, its weeks, its days, and the report, in the words of the report."""

import re
from urllib.parse import urlencode

import pytest

from domain import D3K2_DOSE, Box, plan
from dosebell_host.web.pages.asked_days import AskedDays
from visits import Visit

BOX = "f67213b122a5d442"
DROPS = '[[dose]]\nid = "drops"\nname = "DROPS"\nat = ["08:00", "20:00"]\n'
TWO = plan(D3K2_DOSE, DROPS)


def three_weeks() -> Visit:
    """In the second week from Monday on, nobody took anything on four days."""
    box = Box.with_schedule(TWO, at="2026-11-02 06:00")
    for day in range(2, 23):
        for at in ("07:40", "08:05", "20:10"):
            box.until(f"2026-11-{day:02} {at}")
            if day not in (10, 11, 12, 13):
                box.press()
    visit = Visit(box.until("2026-11-23 07:00"))
    visit.reads("/")
    return visit


def one_morning() -> Visit:
    visit = Visit(Box.with_schedule(TWO, at="2026-11-23 06:00"))
    visit.reads("/")
    return visit


def test_the_worst_week_is_found_at_a_glance_and_leads_to_its_days() -> None:
    visit = three_weeks()
    page = visit.reads(f"/box/{BOX}/history?month=2026-11")
    assert "Mon 9 Nov 2026 to Sun 15 Nov 2026 ▼ worst week 9 of 21 (43 %)" in page.words.replace(
        "week9", "week 9"
    )
    week = visit.reads(page.links["Mon 9 Nov 2026 to Sun 15 Nov 2026"])
    assert "9 Nov 2026 to 15 Nov 2026" in week.words
    assert [name for name in week.links if re.match(r"\w{3} \d+ Nov", name)][-1] == (
        "Mon 9 Nov 2026"
    )


def test_the_measures_are_those_of_the_report_and_the_log() -> None:
    visit = three_weeks()
    page = visit.reads(f"/box/{BOX}/history?month=2026-11")
    code, headers, content = visit.gets(f"/box/{BOX}/report?month=2026-11")
    report = content.decode()
    assert (code, headers["content-disposition"]) == (
        200,
        'attachment; filename="report-2026-11-02-to-2026-11-23.html"',
    )
    own = re.findall(r"<table><caption>What it adds up to.*?</table>", page.html)
    assert own == re.findall(r"<table><caption>What it adds up to.*?</table>", report)
    # Every picture is the same, too.
    figures = re.compile("<figure>.*?</figure>")
    assert sorted(figures.findall(page.html)) == sorted(figures.findall(report))
    [each] = [
        each
        for each in visit.terminal.gets("log", "--month", "2026-11")["adherence"]
        if each["dose"] == "drops"
    ]
    assert f"DROPS{each['taken']} of {each['planned']}" in page.words


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "from=2026-11-20&until=2026-11-10",
            "Until: 2026-11-10 is before 2026-11-20; write the earlier date behind From.",
        ),
        ("from=2026-11-24", "From: 2026-11-24 has not come yet; name days that are over."),
        ("from=tomorrow", "From: 2026-11-24 has not come yet; name days that are over."),
        (
            "from=soon",
            'From: "soon" is no date; write it as "24.12.2026", "24 Dec 2026" or "2026-12-24".',
        ),
        (
            "until=now",
            'Until: "now" is no date; write it as "24.12.2026", "24 Dec 2026" or "2026-12-24".',
        ),
        (
            "until=last+friday",
            'Until: "last friday" may be Fri 20 Nov or Fri 13 Nov; write the date, as "20 Nov".',
        ),
        ("month=2026-13", 'Month: "2026-13" is no month; write it as 2026-11.'),
    ],
)
def test_days_that_make_no_sense_are_told_in_the_words_of_the_form(asked: str, told: str) -> None:
    assert told in one_morning().reads(f"/box/{BOX}/history?{asked}", 400).words


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("from=2+Nov&until=sunday", "from=2026-11-02&until=2026-11-22"),
        ("from=9.11.&until=yesterday", "from=2026-11-09&until=2026-11-22"),
        ("until=10+november", "until=2026-11-10"),
    ],
)
def test_both_fields_take_a_day_in_words_and_show_it_as_it_was_typed(
    words: str, dates: str
) -> None:
    visit = three_weeks()
    said, meant = (visit.reads(f"/box/{BOX}/history?{each}") for each in (words, dates))
    assert said.words == meant.words
    fields = {field["name"]: field["value"] for tag, field in said.elements if tag == "input"}
    assert urlencode({name: value for name, value in fields.items() if value}) == words
    _, _, report = visit.gets(f"/box/{BOX}/report?{words}")
    assert report == visit.gets(f"/box/{BOX}/report?{dates}")[2]


def test_a_field_with_nothing_but_a_blank_in_it_says_nothing() -> None:
    visit = three_weeks()
    blank, empty = (visit.reads(f"/box/{BOX}/history?from={each}&until=") for each in ("+", ""))
    assert blank.words == empty.words


def test_a_day_shows_what_the_box_wrote_on_it() -> None:
    visit = three_weeks()
    page = visit.reads(f"/box/{BOX}/day/2026-11-22")
    assert page.headings == [
        (1, "Sun 22 Nov 2026"),
        (2, "What became of each dose"),
        (2, "What the box wrote"),
    ]
    assert "D3K2, due 07:30: ✓ taken, 07:40" in page.words
    assert "2026-11-22 07:40:00D3K2taken 10 min after it was due" in page.words
    assert page.links["Day before"] == f"/box/{BOX}/day/2026-11-21"
    assert "Day after" not in visit.reads(f"/box/{BOX}/day/2026-11-23").links


def test_one_dose_can_be_shown_alone() -> None:
    visit = three_weeks()
    page = visit.reads(f"/box/{BOX}/history?month=2026-11&dose=drops")
    assert [words for level, words in page.headings if level == 3] == ["DROPS"]
    assert "month=2026-11&dose=drops" in page.links["DROPS"]
    _, _, report = visit.gets(f"/box/{BOX}/report?month=2026-11&dose=drops")
    assert b"D3K2" not in report


@pytest.mark.parametrize(
    "path",
    [
        "history?month=2026-13",
        "history?days=some",
        "history?from=2026-11-20&until=2026-11-02",
        "history?from=2036-01-01",
        "history?month=2026-11&days=30d",
        "history?dose=%3Cscript%3E",
        "report?month=1999",
        "day/yesterday",
        "day/2026-02-30",
    ],
)
def test_what_makes_no_sense_is_told_where_other_days_can_be_chosen(path: str) -> None:
    page = one_morning().reads(f"/box/{BOX}/{path}", code=400)
    assert page.headings[0] == (1, f"History of {BOX}")
    assert "That did not work" in page.words
    assert "last 30 days" in page.links
    assert "<script>" not in page.html.replace('<script src="/static/live.js" defer></script>', "")


def test_what_was_typed_stays_in_the_form_and_the_wrong_field_is_marked() -> None:
    page = one_morning().reads(f"/box/{BOX}/history?from=soon&until=today&dose=drops", code=400)
    fields = {field["name"]: field for tag, field in page.elements if tag == "input"}
    assert {name: field["value"] for name, field in fields.items()} == {
        "from": "soon",
        "until": "today",
        "dose": "drops",
    }
    assert [name for name, field in fields.items() if "aria-invalid" in field] == ["from"]
    assert fields["from"]["aria-describedby"].split() == ["dates", "wrong"]


def test_a_dose_that_there_is_not_is_asked_for_no_more() -> None:
    page = one_morning().reads(f"/box/{BOX}/history?from=today&dose=zinc", code=400)
    assert 'the log has no dose "zinc"' in page.words
    names = [field["name"] for tag, field in page.elements if tag == "input"]
    assert names == ["from", "until"]


def test_a_month_may_be_said_in_words() -> None:
    said, meant = (
        one_morning().reads(f"/box/{BOX}/history?month={month}")
        for month in ("November", "2026-11")
    )
    assert said.words == meant.words


def test_a_box_that_nobody_met_is_told() -> None:
    page = one_morning().reads("/box/nobody/history", code=400)
    assert "this laptop never met a box nobody" in page.words


def test_without_the_box_the_history_says_that_it_is_as_last_read() -> None:
    visit = three_weeks()
    visit.terminal.box = None
    page = visit.reads(f"/box/{BOX}/history")
    assert f"The box {BOX} does not answer." in page.words
    assert "51 of 63 taken (81 %)" in page.words


def test_the_address_of_other_days_keeps_the_dose() -> None:
    asked = AskedDays(month="2026-11", dose="drops")
    assert (asked.query(), asked.query(days="90d"), asked.query(dose=None)) == (
        "month=2026-11&dose=drops",
        "dose=drops&days=90d",
        "month=2026-11",
    )
