"""What the checks say stands beside the field that it speaks of, whatever rule, whatever file."""

import re
from datetime import date

import pytest

from dosebell_host.advice.judge import judge
from dosebell_host.advice.rules.table import RULES
from dosebell_host.errors import UserError
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.read_file import load, parse
from dosebell_host.web.draft.beside import FIELD_OF_RULE, placed, problem_field

TODAY = date(2026, 11, 29)
SHOWN = {"name", "when", "food", "days", "end", "late", "contents", ""}
FILES = sorted(schedules_dir().glob("*.toml"), key=lambda path: path.name)


def test_every_rule_has_a_field_that_a_form_shows() -> None:
    assert set(FIELD_OF_RULE) == set(RULES)
    assert set(FIELD_OF_RULE.values()) <= SHOWN


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_finding_stands_beside_all_its_doses_or_at_the_top(path: object) -> None:
    schedule = load(str(path))
    findings = judge(schedule, TODAY, on_request=True).findings
    ids = [dose.id for dose in schedule.doses]
    beside = placed(findings, ids)
    for each in findings:
        at = {(dose, name) for dose in ids for name, found in beside.doses[dose].items()
              if each in found}  # fmt: skip
        field = FIELD_OF_RULE[each.rule]
        wanted = {(dose, field) for dose in each.doses} if field else set()
        assert (at, each in beside.top) == (wanted, not wanted)


TEXT = """\
version = 1
timezone = "Europe/Berlin"
[meals]
breakfast = "07:30"
lunch = "7"
[[dose]]
id = "one"
name = "One"
with = ["tea"]
days = "often"
place = 99
stock = { count = -1 }
[[dose]]
id = "two"
name = ""
at = ["25:00"]
days = { every = 2 }
late = "1m"
end = 1999-01-01
colour = "red"
"""


def problems() -> list[UserError]:
    with pytest.raises(UserError) as told:
        parse(TEXT, "mine.toml")
    return told.value.problems


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        (0, ["meals", "days", "place", "count"]),
        (1, ["name", "times", "start", "late", "end", "colour"]),
        (None, ["at.lunch"]),
    ],
)
def test_what_is_wrong_with_a_file_stands_beside_its_field(
    place: int | None, fields: list[str]
) -> None:
    found = [problem_field(each, place) for each in problems()]
    assert sorted(filter(None, found)) == sorted(fields)


def test_a_problem_of_no_key_stands_at_the_top() -> None:
    assert problem_field(UserError("the file is empty"), 0) == ""
    assert all(re.match(r"mine\.toml:\d+: ", each.where) for each in problems())
