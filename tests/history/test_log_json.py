"""`log --json` is written row by row, letter for letter as the same values are dumped at once."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import Desk
from dosebell import civil
from dosebell_host.actions.shown_log import LogWishes, ShownLog, shown_log
from dosebell_host.history.box_log import outcome_json
from dosebell_host.history.log_json import outcome_text, record_text
from dosebell_host.history.measures import by_dose
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.records import DUE, Entry
from dosebell_host.schedule.local_time import from_unix, laptop_local_time
from kept_lives import JOURNAL, with_history
from listener import Listener

LOCAL = laptop_local_time(0)
INSTANTS = st.none() | st.integers(0, (1 << 32) - 1)
NUMBERS = st.integers(0, 10**9)
WORDS = st.text(max_size=8)
# Numbers, what is nearly one, and what is all digits and a name.
SAID = WORDS | NUMBERS.map(str) | st.sampled_from(["-0", "007", "-17", "٣", "9" * 16])
KEYS = st.sampled_from([DUE, "late_s", "meal", "board", "at", "é"]) | WORDS


def plainly(found: ShownLog) -> dict[str, Any]:
    """The document as values."""
    log, local = found.log, found.log.local
    return {
        "schema": 1,
        "device_id": log.device_id,
        "read_at": None if log.read_at is None else local.iso(from_unix(log.read_at)),
        "missing": log.missing,
        "items": [entry.to_json(local) for entry in found.entries],
        "days": [
            {"date": civil.iso(day), "doses": [outcome_json(each, local) for each in group]}
            for day, group in groupby(found.outcomes, lambda each: each.day)
        ],
        "adherence": [each.to_json() for each in by_dose(found.outcomes)],
    }


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def parts_of(found: ShownLog) -> list[LogWishes]:
    """All of a log, and parts of it as its options name them."""
    some = found.outcomes[len(found.outcomes) // 2 :][:1]
    of_it = [civil.iso(each.day) for each in some]
    return [
        LogWishes(),
        LogWishes(after=f"{JOURNAL}:{len(found.entries) // 2}"),
        LogWishes(since="2099-01-01"),
        *(LogWishes(dose=each.dose) for each in some),
        *(LogWishes(since=day) for day in of_it),
        *(LogWishes(until=day) for day in of_it),
        *(LogWishes(month=day[:7]) for day in of_it),
    ]


def typed(part: LogWishes) -> list[str]:
    """The words that a person types for it."""
    named = ((f"--{key}", getattr(part, key)) for key in ("since", "until", "month", "dose"))
    after = [] if part.after is None else ["--after", part.after]
    return [word for pair in named if pair[1] is not None for word in pair] + after


@pytest.mark.parametrize("seed", range(200, 230))
def test_of_any_life_the_same_is_printed(seed: int, data_folder: Path) -> None:
    data_folder.mkdir()
    with_history(data_folder, seed)
    desk = Desk()
    whole = shown_log(LogWishes(), Listener().talk, desk.reach)
    for part in parts_of(whole):
        found = shown_log(part, Listener().talk, desk.reach)
        printed = desk.types("log", "--json", *typed(part)).stdout
        assert printed == f"{dumped(plainly(found))}\n"


@given(
    st.builds(
        Entry,
        *(WORDS, NUMBERS, NUMBERS, INSTANTS, WORDS, WORDS, WORDS),
        *(st.none() | st.integers(0, 49_000), NUMBERS, st.dictionaries(KEYS, SAID), NUMBERS),
        INSTANTS,
    )
)
def test_whatever_a_record_says_is_spelled_as_json(entry: Entry) -> None:
    assert record_text(entry, LOCAL) == dumped(entry.to_json(LOCAL))


@given(
    st.builds(
        Outcome,
        *(WORDS, NUMBERS, NUMBERS, INSTANTS, WORDS, INSTANTS),
        st.none() | st.integers(-(10**9), 10**9),
        st.booleans(),
        st.booleans(),
    )
)
def test_however_a_dose_ended_it_is_spelled_as_json(each: Outcome) -> None:
    assert outcome_text(each, LOCAL) == dumped(outcome_json(each, LOCAL))
