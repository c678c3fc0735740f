"""A log as one JSON document.

It has every record and every occurrence of maybe fifty years, so what is many is written row by
row: no row is built as a value first, only to be taken apart again by an encoder, and what most
rows say alike is spelled once. The rows are what `Entry.to_json` and `outcome_json` say, letter
for letter as `json.dumps` writes those.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from dosebell_host.history.box_log import BoxLog, Choice
from dosebell_host.history.measures import by_dose
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.records import DUE, Entry, json_value
from dosebell_host.json_text import as_list
from dosebell_host.schedule.local_time import LocalTime, day_iso, from_unix

# How many words, and how many parts of a detail, are remembered as they are spelled: there are a
# few of most, such as what a dose is called, and one for each second of some.
_REMEMBERED = 1024


def to_json(log: BoxLog, choice: Choice) -> dict[str, Any]:
    """The records chosen, the days that they make, and how often each dose was taken."""
    local, shown = log.local, choice.outcomes(log)
    return {
        "device_id": log.device_id,
        "read_at": None if log.read_at is None else local.iso(from_unix(log.read_at)),
        "missing": log.missing,
        "items": as_list([record_text(entry, local) for entry in choice.entries(log)]),
        "days": as_list(_days(shown, local)),
        "adherence": [each.to_json() for each in by_dose(shown)],
    }


def record_text(entry: Entry, local: LocalTime) -> str:
    """A record, as `Entry.to_json` tells it."""
    journal, seq, boot, utc_s, trust, kind, dose, day, slot, detail, _, due_s = entry
    place = '"date": null, "slot": null'
    if day is not None:
        place = f'"date": "{day_iso(day)}", "slot": {slot}'
    said = ", ".join([_pair(key, value) for key, value in detail.items() if key != DUE])
    return (
        f'{{"journal": {_word(journal)}, "seq": {seq}, "boot": {boot},'
        f' "at": {_moment(utc_s, local)}, "trust": {_word(trust)}, "kind": {_word(kind)},'
        f' "dose": {_word(dose or None)}, {place},'
        f' "due": {_moment(due_s, local)}, "detail": {{{said}}}}}'
    )


def outcome_text(each: Outcome, local: LocalTime) -> str:
    """How one occurrence ended, as `outcome_json` tells it."""
    return (
        f'{{"dose": {_word(each.dose)}, "slot": {each.slot},'
        f' "due": {_moment(each.due_s, local)}, "status": {_word(each.status)},'
        f' "taken_at": {_moment(each.taken_s, local)},'
        f' "late_s": {"null" if each.late_s is None else each.late_s}}}'
    )


def _days(shown: Iterable[Outcome], local: LocalTime) -> Iterator[str]:
    for day, group in groupby(shown, key=lambda each: each.day):
        doses = ", ".join([outcome_text(each, local) for each in group])
        yield f'{{"date": "{day_iso(day)}", "doses": [{doses}]}}'


def _moment(utc_s: int | None, local: LocalTime) -> str:
    """There is nothing to escape in it."""
    return "null" if utc_s is None else f'"{local.iso(utc_s)}"'


@lru_cache(_REMEMBERED)
def _pair(key: str, value: str) -> str:
    return f"{_word(key)}: {json.dumps(json_value(key, value), ensure_ascii=False)}"


@lru_cache(_REMEMBERED)
def _word(word: str | None) -> str:
    return json.dumps(word, ensure_ascii=False)
