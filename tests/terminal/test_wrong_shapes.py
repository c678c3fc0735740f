"""Every field of every answer replaced by what it cannot be, for every command in both forms:
no traceback, no end that never comes, and one valid document.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from domain import DROPS_DOSE, IRON_DOSE, Box, dose, plan
from lying_box import NASTY_TEXTS, Json, LyingDesk, Says
from replayed_box import Lie, overheard

STOCKED = dose("d3k2", 'with = ["breakfast", "lunch"]', "stock = { count = 90 }")
FILE = "other.toml"
COMMANDS = (
    "status",
    "log",
    "log --records",
    "log --csv",
    "take",
    "take drops --date 2026-11-22 --slot 0",
    "skip",
    "snooze",
    "undo",
    "stock d3k2",
    "stock d3k2 +5",
    f"push {FILE} --yes",
    "push --timezone Europe/Rome --yes",
    "pull",
    "clock",
    "clock --set --yes",
    "ports",
    "doctor",
)
# Of each kind of JSON some, and those that pass for another kind.
WRONG: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    10**30,
    7.5,
    1e300,
    float("nan"),
    float("inf"),
    "",
    "7",
    "x" * 900,
    *NASTY_TEXTS[:4],
    [],
    [[]],
    ["x"] * 90,
    {},
    {"0": None},
    json.loads("[" * 400 + "]" * 400),
)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LyingDesk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / "data"))
    Path(FILE).write_text(plan(STOCKED, IRON_DOSE), encoding="utf-8")
    desk = LyingDesk()
    desk.reach = replace(desk.reach, pause=lambda seconds: None)
    return desk


def ringing() -> Box:
    """A box with a day behind it, on which a dose rings."""
    box = Box.with_schedule(plan(STOCKED, DROPS_DOSE), at="2026-11-22 07:00").until("07:31")
    box.press()
    return box.until("2026-11-23 07:31")


def lies_of(desk: LyingDesk, command: str) -> Iterator[Lie]:
    """Every lie that the box could tell to a command."""
    desk.box = box = ringing()
    return overheard(box, lambda says: desk.ends(command, says)).lies(WRONG)


def told_badly(desk: LyingDesk, command: str, says: Says) -> str:
    """What is wrong with how a command ends on these answers, in both forms; "" for nothing."""
    for form in ((), ("--json",)):
        result = desk.ends(command, says, *form)
        if not isinstance(result.exception, SystemExit | None):
            return f"{form}: {result.exception!r}"
        if result.exit_code not in range(5):
            return f"{form}: exit code {result.exit_code}"
        if form:
            try:
                json.loads(result.stdout, parse_constant=refuse)
            except ValueError as error:
                return f"no document: {error}"
    return ""


def refuse(constant: str) -> None:
    raise ValueError(constant)


def tried(desk: LyingDesk, command: str, every: int) -> None:
    wrong: Counter[str] = Counter()
    # Another place in each command, so that the sample is not the same fields everywhere.
    lies = list(islice(lies_of(desk, command), COMMANDS.index(command), None, every))
    for lie in lies:
        if bad := told_badly(desk, command, lie.says):
            wrong[f"{lie.method} {lie.path} {str(lie.value)[:30]}: {bad}"] += 1
    assert not wrong, "\n".join(list(wrong)[:20])
    assert len(lies) > 10


@pytest.mark.parametrize("command", COMMANDS)
def test_a_sample_of_all_wrong_answers(command: str, desk: LyingDesk) -> None:
    tried(desk, command, every=23)


@pytest.mark.soak
@pytest.mark.parametrize("command", COMMANDS)
def test_all_wrong_answers(command: str, desk: LyingDesk) -> None:
    tried(desk, command, every=1)
