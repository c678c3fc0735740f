"""The table of a ward: whoever needs somebody most on top, and nothing fine that nobody knows."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.ward.residents import Home, home_of
from dosebell_host.watch import attention
from dosebell_host.web.ward.view import (
    CLOCK,
    KINDS,
    MISSED,
    OTHER,
    RINGS,
    ROWS,
    STOCK,
    UNKNOWN,
    AskedWard,
    KindCount,
    NeedShown,
    PageLink,
    needs_of,
    ward_of,
)
from ward_people import NOW, Person, ward_of_people

LOW = (attention.STOCK_LOW, "D3: 3 left, time to buy more.", "d3")
LATE = (attention.UNANSWERED, "D3 of 05:30 is not answered, 45 min later.", "d3")
YESTERDAY_22 = "2026-11-22T22:00:00+01:00"
# By each word that a gateway has for what needs somebody, what the page makes of it.
KIND_OF = {
    "unanswered": MISSED,
    "missed": MISSED,
    "unknown": UNKNOWN,
    "never-heard": UNKNOWN,
    "not-heard": UNKNOWN,
    "clock-unset": CLOCK,
    "clock-off": CLOCK,
    "stock-low": STOCK,
    "stock-empty": STOCK,
    "fault": OTHER,
    "no-schedule": OTHER,
    "schedule-unreadable": OTHER,
    "zone-ends": OTHER,
}

HOME = [
    Person("fine", "Carl", since=50),
    Person("low", "Dora", since=50, needs=[LOW], gateway="trolley-2"),
    Person("silent", "Emil", since=50, heard_ago_s=7200, needs=[LATE], rings=["d3"]),
    Person("rings", "Frieda", since=50, rings=["d3"]),
    Person("missed", "Anna", since=50, missed=["Drops"]),
    Person("twice", "Berta", since=50, missed=["Drops", "D3"], gateway="trolley-2"),
]


def home(*people: Person) -> Home:
    return home_of(ward_of_people(people), NOW)


def shown(**asked: str) -> list[str]:
    return [row.called for row in ward_of(home(*HOME), AskedWard(**asked), NOW).rows]


def needs(person: Person, now: float = NOW) -> tuple[NeedShown, ...]:
    [each] = home(person).residents
    return needs_of(each, now)


def test_whoever_needs_somebody_most_is_on_top() -> None:
    assert shown() == ["Berta", "Anna", "Emil", "Frieda", "Dora", "Carl"]


def test_the_filters_are_of_need_gateway_and_words() -> None:
    assert shown(need="missed") == ["Berta", "Anna"]
    assert shown(need="missed", gateway="trolley-2") == ["Berta"]
    assert shown(gateway="trolley-2") == ["Berta", "Dora"]
    assert shown(text="FRIEDA") == ["Frieda"]
    assert shown(text="silent") == ["Emil"]
    assert shown(need="rings", gateway="trolley-2") == []


def test_an_id_is_found_by_its_first_letters_and_no_number_of_a_room_inside_of_it() -> None:
    found = ward_of(home(*HOME), AskedWard(text="6669"), NOW).rows
    assert [row.called for row in found] == ["Carl"]
    assert shown(text="696e") == []


def test_a_large_home_is_told_in_pages_whoever_needs_somebody_first() -> None:
    calm = [Person(f"room-{n}", f"Zoe {n:02}", since=50) for n in range(2 * ROWS)]
    large = home(*calm, *HOME)
    pages = [ward_of(large, AskedWard(page=str(n)), NOW) for n in (1, 2, 3)]
    called = [[row.called for row in page.rows] for page in pages]
    everybody = [*shown(), *(each.person for each in calm)]
    assert called == [everybody[:ROWS], everybody[ROWS : 2 * ROWS], everybody[2 * ROWS :]]
    assert [(page.shown, page.more) for page in pages] == [
        ("1 to 25 of 56 shown", 0),
        ("26 to 50 of 56 shown", 0),
        ("51 to 56 of 56 shown", 0),
    ]
    assert pages[1].pages == (
        PageLink(1, "page=1", is_chosen=False),
        PageLink(2, "page=2", is_chosen=True),
        PageLink(3, "page=3", is_chosen=False),
    )
    # Whatever else stands in an address leads to the nearest page that there is.
    for asked, number in {"0": 1, "": 1, "-2": 1, "x": 1, "99": 3, "9" * 5000: 3}.items():
        found = ward_of(large, AskedWard(page=asked), NOW).pages
        assert [each.number for each in found if each.is_chosen] == [number]


def test_those_on_later_pages_who_need_somebody_are_counted() -> None:
    many = [Person(f"room-{n}", f"Zoe {n:02}", since=50, rings=["d3"]) for n in range(ROWS)]
    page = ward_of(home(*many, *HOME), AskedWard(), NOW)
    assert ([row.called for row in page.rows[:4]], page.more) == (
        ["Berta", "Anna", "Emil", "Frieda"],
        5,
    )
    found = ward_of(home(*many, *HOME), AskedWard(need="rings", page="2"), NOW)
    assert (found.shown, found.more) == ("26 to 26 of 26 found", 0)
    # Other people begin at page one.
    assert found.all_query == ""
    assert [each.query for each in found.pages] == ["need=rings&page=1", "need=rings&page=2"]


def test_the_counts_are_of_whoever_is_meant_and_lead_to_them() -> None:
    page = ward_of(home(*HOME), AskedWard(need="stock", gateway="trolley-2"), NOW)
    assert page.counts == (
        KindCount(MISSED, 1, "need=missed&gateway=trolley-2", is_chosen=False),
        KindCount(STOCK, 1, "need=stock&gateway=trolley-2", is_chosen=True),
    )
    assert (page.fine, page.of, page.all_query) == (0, 6, "gateway=trolley-2")
    assert page.gateways == ("trolley-1", "trolley-2")


def test_what_each_needs_is_said_in_words() -> None:
    assert needs(HOME[4]) == (NeedShown(MISSED, "missed: Drops, due 04:00"),)
    assert needs(HOME[3]) == (NeedShown(RINGS, "rings: D3, due 05:30"),)
    assert needs(HOME[1]) == (NeedShown(STOCK, "D3: 3 left, time to buy more"),)
    assert needs(HOME[2]) == (NeedShown(UNKNOWN, "unknown since 04:00"),)
    assert needs(HOME[0]) == ()


def test_what_rang_before_a_box_fell_silent_is_not_known_and_what_was_missed_is() -> None:
    both = replace(HOME[2], missed=["Drops"], needs=[LATE, LOW])
    assert needs(both) == (
        NeedShown(MISSED, "missed: Drops, due 04:00"),
        NeedShown(UNKNOWN, "unknown since 04:00"),
        NeedShown(STOCK, "D3: 3 left, time to buy more"),
    )


def test_a_box_that_was_never_heard_is_not_known() -> None:
    new = Person("new", "Gustav", since=1, heard_ago_s=None)
    assert needs(new) == (NeedShown(UNKNOWN, "unknown: no gateway has heard it yet"),)


def test_what_is_noted_and_said_by_the_gateway_is_told_once() -> None:
    said = (attention.MISSED, "Drops of 04:00 was missed.", "drops")
    assert needs(Person("a", missed=["Drops"], needs=[said])) == (
        NeedShown(MISSED, "missed: Drops, due 04:00"),
    )
    # Before the record of it has come.
    assert needs(Person("a", needs=[said])) == (NeedShown(MISSED, "Drops of 04:00 was missed"),)


def test_what_another_missed_before_somebody_had_the_box_is_none_of_theirs() -> None:
    said = (attention.MISSED, "Drops of Sun 22 Nov 22:00 was missed.", "drops", YESTERDAY_22)
    told = {since: needs(Person("a", "Anna", since=since, needs=[said])) for since in (0, 1)}
    assert told == {0: (), 1: (NeedShown(MISSED, "Drops of Sun 22 Nov 22:00 was missed"),)}


def test_each_time_of_a_dose_that_was_missed_is_told_as_it_comes() -> None:
    said = (attention.MISSED, "Drops of Sun 22 Nov 22:00 was missed.", "drops", YESTERDAY_22)
    assert needs(Person("a", missed=["Drops"], needs=[said])) == (
        NeedShown(MISSED, "missed: Drops, due 04:00"),
        NeedShown(MISSED, "Drops of Sun 22 Nov 22:00 was missed"),
    )


def test_every_word_of_a_gateway_is_told_also_of_a_later_release() -> None:
    assert KIND_OF.keys() == set(attention._ORDER)
    kinds = {**KIND_OF, "of-tomorrow": OTHER}
    assert {code: needs(Person("a", needs=[(code, "So.", "")])) for code in kinds} == {
        code: (NeedShown(kind, "So"),) for code, kind in kinds.items()
    }


@given(
    ago_s=st.one_of(st.none(), st.integers(-100_000, 100_000)),
    codes=st.lists(st.sampled_from(sorted(KIND_OF)), max_size=3),
    missed=st.booleans(),
)
def test_nothing_is_fine_that_nobody_knows(
    ago_s: int | None, codes: list[str], missed: bool
) -> None:
    told = [(code, "So.", "") for code in codes]
    person = Person("a", heard_ago_s=ago_s, needs=told, missed=["Drops"] * missed)
    found = needs(person)
    is_known = ago_s is not None and abs(ago_s) < 600
    # What is said of it is fine, or its needs; and never less than that nobody knows.
    assert bool(found) or (is_known and not codes and not missed)
    assert is_known or UNKNOWN in [each.kind for each in found]
    assert [KINDS.index(each.kind) for each in found] == sorted(
        KINDS.index(each.kind) for each in found
    )


def test_the_link_leads_to_the_days_of_that_person() -> None:
    rows = ward_of(
        home(Person("new", "Anna", since=2), Person("old", "Berta", since=200), Person("any")),
        AskedWard(),
        NOW,
    ).rows
    assert [(row.called, row.more, row.href.partition("/history")[2]) for row in rows] == [
        ("Anna", "new, at trolley-1", "?from=2026-11-21"),
        ("any", "at trolley-1", ""),
        ("Berta", "old, at trolley-1", ""),
    ]
