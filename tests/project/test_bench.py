"""The benchmark compares like with like, and says so loudly where it does not.

Nothing is timed here. The libraries that dosebell is compared with are there after `make bench`.
"""

import json
from collections.abc import Callable

import pytest

from bench import budgets, flash, occurrences, wire
from bench.__main__ import GROUPS, document, main
from bench.alternatives import ALTERNATIVES, Instants, Task
from bench.budgets import Budget
from bench.effort import Effort
from bench.occurrences import DifferentDatesError, require_same
from bench.table import Figure, Results, Row, bound_of, text_lines

LIBRARIES = {
    "dateutil.rrule": "dateutil",
    "croniter": "croniter",
    "recurring-ical-events": "recurring_ical_events",
}
A_YEAR = Task.years(occurrences.SIXTEEN, occurrences.ZONE, 2026, 1)


def given_by(name: str) -> Callable[[Task], Instants]:
    pytest.importorskip(LIBRARIES[name], reason=f"{name} is installed by `make bench`")
    return lambda task: ALTERNATIVES[name](task)()


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_every_alternative_gives_the_same_dates(name: str) -> None:
    require_same(name, occurrences.ours(A_YEAR)(), given_by(name)(A_YEAR))


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_every_alternative_is_asked_in_its_own_way_at_a_clock_change(name: str) -> None:
    task = Task.years(occurrences.IN_THE_GAP, occurrences.ZONE, 2026, 1)
    theirs = given_by(name)(task)
    said = {
        "dateutil.rrule": "03:30 / 02:30",
        "croniter": "03:00 / 02:30 and 02:30 again",
        "recurring-ical-events": "03:30 / 02:30",
    }
    assert occurrences.at_the_change(theirs) == said[name]


def test_ours_at_a_clock_change() -> None:
    task = Task.years(occurrences.IN_THE_GAP, occurrences.ZONE, 2026, 1)
    assert occurrences.at_the_change(occurrences.ours(task)()) == "03:00 / 02:30"


OURS: Instants = {"d3": [0.0, 86400.0], "k2": [3600.0]}


@pytest.mark.parametrize(
    ("theirs", "complaint"),
    [
        ({**OURS, "d3": [0.0, 86460.0]}, "d3: 2 instead of 2, first of all 1970-01-02 00:00 UTC"),
        ({**OURS, "k2": []}, "k2: 0 instead of 1, first of all 1970-01-01 01:00 UTC"),
        ({**OURS, "k2": [3600.0, 3600.0]}, "k2: 2 instead of 1, first of all one twice"),
    ],
)
def test_other_dates_are_told_with_the_first_that_differs(
    theirs: Instants, complaint: str
) -> None:
    with pytest.raises(DifferentDatesError) as caught:
        require_same("rival", OURS, theirs)
    start = "rival gives other dates than dosebell for the dose "
    assert str(caught.value) == start + complaint


def test_the_run_fails_where_dates_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def an_hour_late(task: Task) -> Callable[[], Instants]:
        found = occurrences.ours(task)()
        return lambda: {ident: [at + 3600 for at in times] for ident, times in found.items()}

    monkeypatch.setattr(occurrences, "ALTERNATIVES", {"rival": an_hour_late})
    assert main(["--quick", "--only", "occurrences"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "means nothing: rival gives other dates than dosebell" in said.err


def test_a_lost_budget_fails_the_run_and_one_given_up_is_told() -> None:
    results = Results()
    rows = [
        Row("fast", Figure(2.0, "s"), "rival", Figure(1.0, "s"), Budget(least_ratio=1.0)),
        Row("small", Figure(10, "B"), budget=Budget(most=10)),
        Row("long", Figure(49, "years"), budget=Budget(least=50)),
        Row("dreamt of", Figure(9, "B"), budget=Budget(most=1, given_up="it can't be")),
    ]
    for row in rows:
        results.add("group", row)
    assert [row.held for row in rows] == [False, True, False, False]
    assert [row.what for row in results.lost] == ["fast", "long"]
    assert "    it can't be" in list(text_lines(results))


def test_a_ratio_above_one_is_ours_to_win() -> None:
    faster = Row("time", Figure(0.5, "s"), "rival", Figure(1.0, "s"))
    longer = Row("life", Figure(4.0), "rival", Figure(2.0), more_is_better=True)
    nothing = Row("allocated", Figure(0, "B"), "rival", Figure(5, "B"))
    assert [row.ratio for row in (faster, longer, nothing)] == [2.0, 2.0, None]


def test_figures_are_told_in_a_unit_that_fits() -> None:
    figures = [Figure(2.5, "s"), Figure(0.0423, "s", 0.001), Figure(12e-6, "s"), Figure(0, "s")]
    assert [*map(str, figures)] == ["2.50 s", "42.3 ±1 ms", "12 µs", "0 µs"]
    assert str(Figure(119500, "B")) == "119,500 B"
    assert [bound_of(each, "B") for each in (budgets.IDLE_ALLOCATION, budgets.HEAP_OF_A_DOSE)] == [
        "≤ 0 B",
        "≤ 700 B",
    ]


def test_mpremote_and_the_product_push_the_same_lines_on_one_model() -> None:
    made = wire.of(1)
    ours, theirs = wire.pushed(made), wire.copied(made)
    assert 3 < ours.round_trips <= len(made.lines) + 3
    assert ours.frames == 2 * ours.round_trips
    assert min(ours.sent, theirs.sent) > len(wire.text_of(made))
    assert min(ours.flushes, theirs.flushes) >= 1


def test_wear_is_counted_for_ours_and_for_a_plain_file() -> None:
    ours, theirs = flash.of_journal(10, days=2), flash.of_one_file(count=20, days=2)
    assert theirs.count == 20
    assert ours.count >= 20
    assert min(ours.programs, theirs.programs) >= 20


def test_every_group_is_there_and_the_record_holds_every_row() -> None:
    pytest.importorskip("pyperf", reason="pyperf is installed by `make bench`")
    results = Results()
    for found in GROUPS["flash"](Effort(quick=True)):
        results.add("flash", found)
    whole = json.loads(json.dumps(document(results)))
    assert (whole["schema"], [*whole["groups"]]) == (1, ["flash"])
    assert len(whole["groups"]["flash"]) == len(results.all_rows) == 6
