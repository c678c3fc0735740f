"""A schedule to read and to spoil, and what the person is told about it."""

import pytest

from dosebell_host.errors import UserError
from dosebell_host.schedule.read_file import Schedule, parse

PLAN = """\
version = 1
title = "With breakfast"
timezone = "Europe/Berlin"
[meals]
breakfast = { at = "07:30", sun = "09:00", fat_g = 12, eat = "two eggs" }
lunch = "12:30"
dinner = "18:30"
[alerts]
nag = "10m"
[[dose]]
id = "d3k2"
name = "Vitamin D3"
with = ["breakfast", "lunch"]
food = "fat"
days = "daily"
start = 2026-01-01
late = "3h"
contents = [{ nutrient = "vitamin-d3", amount = 1000, unit = "IU" }]
stock = { count = 90 }
[[dose]]
id = "drops"
name = "Eye drops"
at = ["20:00", "08:00"]
days = ["thu", "mon"]
[[except]]
from = 2026-12-24
to = 2027-01-02
meals = { breakfast = "10:00" }
[person]
age = 52
medicines = [{ name = "levothyroxine", at = "06:30" }]
[[accept]]
rule = "D3-UL"
reason = "agreed with my doctor"
until = 2026-12-31
"""


def edited(old: str, new: str) -> str:
    """The plan with one piece of text changed."""
    assert PLAN.count(old) == 1, f"{old!r} is not there once"
    return PLAN.replace(old, new)


def read(text: str | bytes) -> Schedule:
    return parse(text, "plan.toml")


def sentences(text: str | bytes) -> list[str]:
    """What the person is told about this text."""
    with pytest.raises(UserError) as caught:
        read(text)
    return str(caught.value).split("\n")
