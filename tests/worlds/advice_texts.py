"""Schedules for the checks: what is not named is clean.

    findings(a_dose(D3(25)))          {"D3-RDA": "note"}

An adult, a breakfast with 12 g of fat at 08:00, no medicines; one dose with breakfast.
"""

import datetime as dt
from typing import Any

from dosebell_host.advice.findings import Finding
from dosebell_host.advice.judge import Verdict, judge
from dosebell_host.schedule.read_file import parse

TODAY = dt.date(2026, 11, 22)  # A Sunday.

# Said of nearly every schedule; asserted only where they are the point.
USUAL = frozenset({"D3-RDA", "K-AI"})

CLEAN = 'age = 52\nmedicines = []\nbedtime = "22:30"\n'
MEALS = 'breakfast = { at = "08:00", fat_g = 12 }\n'


def content(nutrient: str, amount: float | str, unit: str = "mcg", **more: object) -> str:
    extras = "".join(f", {key} = {_toml(value)}" for key, value in more.items())
    return f'{{ nutrient = "{nutrient}", amount = {amount}, unit = "{unit}"{extras} }}'


def D3(amount: float | str, unit: str = "mcg", **more: object) -> str:
    return content("vitamin-d3", amount, unit, **more)


def MK7(amount: float | str = 100, unit: str = "mcg") -> str:
    return content("vitamin-k2", amount, unit, form="MK-7")


def MK4(amount: float | str, unit: str = "mcg") -> str:
    return content("vitamin-k2", amount, unit, form="MK-4")


def Mg(amount: float | str, basis: str | None = "elemental", **more: object) -> str:
    said = {"basis": basis} if basis else {}
    return content("magnesium", amount, "mg", **said, **more)


def retinol(amount: float | str, unit: str = "mcg") -> str:
    return content("vitamin-a", amount, unit, form="retinol")


def a_dose(*contents: str, ident: str = "pill", **keys: Any) -> str:
    """A dose with breakfast, every day, unless `keys` say otherwise; `with_` is `with`."""
    lines: dict[str, object] = {"id": ident, "name": ident.upper(), "days": "daily"}
    if "at" not in keys:
        lines["with"] = ["breakfast"]
    lines |= {key.rstrip("_"): value for key, value in keys.items()}
    inside = f"contents = [{', '.join(contents)}]\n" if contents else ""
    return "[[dose]]\n" + "".join(f"{k} = {_toml(v)}\n" for k, v in lines.items()) + inside


def at(time: str, *contents: str, ident: str = "pill", **keys: Any) -> str:
    """A dose at a time, with something fat to eat."""
    return a_dose(*contents, ident=ident, **({"at": [time], "food": "fat"} | keys))


def a_schedule(*parts: str, person: str | None = CLEAN, meals: str = MEALS) -> str:
    """The parts are doses, exceptions and acceptances as TOML."""
    head = f'version = 1\ntimezone = "Europe/Berlin"\n[meals]\n{meals}'
    return head + "".join(parts) + ("" if person is None else f"[person]\n{person}")


def takes(*medicines: str, and_: str = "") -> str:
    """A person with medicines, each `name` or `name HH:MM`."""
    entries = []
    for medicine in medicines:
        name, _, time = medicine.rpartition(" ")
        timed = name and ":" in time
        when = f', at = "{time}"' if timed else ""
        entries.append(f'{{ name = "{name if timed else medicine}"{when} }}')
    rest = CLEAN.replace("medicines = []\n", "")
    return f"{rest}medicines = [{', '.join(entries)}]\n{and_}"


def accepted(rule: str, until: str = "2027-06-30") -> str:
    return f'[[accept]]\nrule = "{rule}"\nreason = "agreed with my doctor"\nuntil = {until}\n'


def verdict(text: str, *, today: dt.date = TODAY, on_request: bool = False) -> Verdict:
    return judge(parse(text, "plan.toml"), today, on_request)


def findings(
    *parts: str, person: str | None = CLEAN, meals: str = MEALS, today: dt.date = TODAY
) -> set[tuple[str, str]]:
    """(rule, severity) of all that was found, without what is said of nearly every schedule."""
    found = verdict(a_schedule(*parts, person=person, meals=meals), today=today).findings
    return {(each.rule, each.severity) for each in found if each.rule not in USUAL}


def the_finding(rule: str, *parts: str, person: str | None = CLEAN, meals: str = MEALS) -> Finding:
    """The one finding of a rule."""
    found = verdict(a_schedule(*parts, person=person, meals=meals)).findings
    (only,) = [each for each in found if each.rule == rule]
    return only


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)


LEVO = takes("levothyroxine 07:00")

# Jam, then a lunch that nobody described, then fat.
DAY = 'breakfast = { at = "08:00", fat_g = 2 }\nlunch = "12:30"\n'

LEAN = f'{DAY}dinner = {{ at = "19:00", fat_g = 20 }}\n'

COMMENTED = """\
# Mine.
version = 1
timezone = "Europe/Berlin"   # at home
[meals]
breakfast = { at = "08:00", fat_g = 12 }
lunch = "12:30" # canteen

[[dose]] # the yellow box
id = "mg"
  name = "Magnesium # 1"
  with = [   # why breakfast?
    "breakfast",  # because
  ]   # with water
days = "daily"
contents = [{ nutrient = "magnesium", amount = 100, unit = "mg", basis = "elemental" }]
[person]
medicines = [{ name = "levothyroxine", at = "07:00" }]
# end
"""

# What the checks say of a dose that is called D3K2 and says nothing of its contents.
D3K2_ADVICE = """\
  WARNINGS (1)
    CONTENTS-NONE  d3k2: "D3K2" without contents; it reads like vitamin D and
      vitamin K
      How much of what is in it is not written, so no amount was checked. Ask
        your pharmacist whether it goes with the rest, or write what the label
        says in contents; an empty list says that it holds no vitamin and no
        mineral. (--explain CONTENTS-NONE)
""".splitlines()
