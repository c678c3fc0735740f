"""The test schedules of the evidence, row by row: what is found, and nothing else."""

import datetime as dt
from typing import Any

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MK4,
    MK7,
    Mg,
    a_dose,
    a_schedule,
    at,
    content,
    findings,
    retinol,
    takes,
    verdict,
)

SUNDAYS: dict[str, Any] = {"days": ["sun"], "start": dt.date(2026, 11, 22), "prescribed": True}

ERROR, WARNING, NOTE = "error", "warning", "note"


def test_d3_and_mk7_with_breakfast() -> None:
    found = verdict(a_schedule(a_dose(D3(25), MK7(100)))).findings
    assert [(each.rule, each.severity) for each in found] == [("D3-RDA", NOTE), ("K-AI", NOTE)]


def test_4000_iu_is_just_the_upper_level() -> None:
    found = verdict(a_schedule(a_dose(D3(4000, "IU")))).findings
    assert [(each.rule, each.severity) for each in found] == [
        ("D3-RDA", NOTE),
        ("D3-CALCIUM", NOTE),
    ]


ROWS = {
    "D3 15 mcg, toast and jam": (
        [a_dose(D3(15))],
        {"meals": 'breakfast = { at = "08:00", eat = "toast and jam" }\n'},
        {("D3-FAT", WARNING)},
    ),
    "D3 5,000 IU": ([a_dose(D3(5000, "IU"))], {}, {("D3-UL", ERROR)}),
    "4,000 IU and a multivitamin": (
        [a_dose(D3(4000, "IU")), a_dose(D3(400, "IU"), ident="multi")],
        {},
        {("D3-SUM", NOTE), ("D3-UL", ERROR)},
    ),
    "10,000 IU prescribed, no dates": (
        [a_dose(D3(10_000, "IU"), prescribed=True)],
        {},
        {("D3-UL", WARNING), ("D3-LOAEL", ERROR), ("D3-COURSE", ERROR)},
    ),
    "50,000 IU weekly, no end": (
        [a_dose(D3(50_000, "IU"), **SUNDAYS)],
        {},
        {
            ("D3-COURSE", ERROR),
            ("D3-UL", WARNING),
            ("D3-CALCIUM", NOTE),
            ("D3-INTERVAL", NOTE),
        },
    ),
    "50,000 IU weekly, 6 doses": (
        [a_dose(D3(50_000, "IU"), **SUNDAYS, end=dt.date(2026, 12, 27))],
        {},
        {("D3-UL", WARNING), ("D3-INTERVAL", NOTE)},
    ),
    "50,000 IU weekly, 8 doses": (
        [a_dose(D3(50_000, "IU"), **SUNDAYS, end=dt.date(2027, 1, 10))],
        {},
        {("D3-UL", WARNING), ("D3-INTERVAL", NOTE), ("D3-COURSE", WARNING)},
    ),
    "50,000 IU marked daily": (
        [a_dose(D3(50_000, "IU"), prescribed=True)],
        {},
        {
            ("D3-WEEKDAY", ERROR),
            ("D3-LOAEL", ERROR),
            ("D3-COURSE", ERROR),
            ("D3-UL", WARNING),
        },
    ),
    "50,000 IU marked daily, not prescribed": (
        [a_dose(D3(50_000, "IU"))],
        {},
        {
            ("D3-WEEKDAY", ERROR),
            ("D3-LOAEL", ERROR),
            ("D3-SINGLE", ERROR),
            ("D3-UL", ERROR),
        },
    ),
    "MK-7 10 mcg and warfarin": (
        [a_dose(MK7(10))],
        {"person": takes("warfarin")},
        {("K2-VKA", ERROR)},
    ),
    "MK-7 and apixaban": ([a_dose(MK7(100))], {"person": takes("apixaban")}, set()),
    "doxycycline 12:00 and Mg 09:00": (
        [at("09:00", Mg(100))],
        {"person": takes("doxycycline 12:00")},
        {("MIN-TETRA", ERROR)},
    ),
    "MK-7 120 mg": ([a_dose(MK7(120, "mg"))], {}, {("UNIT-SLIP", ERROR)}),
    "MK-4 45 mg once": ([a_dose(MK4(45, "mg"))], {}, {("MK4-SPLIT", NOTE), ("K2-HIGH", WARNING)}),
    "MK-7 twice a day": (
        [a_dose(MK7(100), at=["08:00", "20:00"], food="fat")],
        {},
        {("MK7-ONCE", NOTE)},
    ),
    "Mg 400 mg": ([a_dose(Mg(400))], {}, {("MG-UL", WARNING)}),
    "Mg 400 mg of what?": ([a_dose(Mg(400, "unknown"))], {}, {("MG-ELEM", ERROR)}),
    "Mg 400 mg, not said": ([a_dose(Mg(400, None))], {}, {("MG-ELEM", ERROR)}),
    "Mg 300 mg": ([a_dose(Mg(300))], {}, {("MG-UL", NOTE)}),
    "Mg 08:00 and levothyroxine 07:00": (
        [a_dose(Mg(100))],
        {"person": takes("levothyroxine 07:00")},
        {("MIN-LEVO", ERROR)},
    ),
    "D3 and K2 08:00 and levothyroxine 07:00": (
        [a_dose(D3(10), MK7(100))],
        {"person": takes("levothyroxine 07:00")},
        set(),
    ),
    "ciprofloxacin 10:00 and Mg 08:00": (
        [a_dose(Mg(100))],
        {"person": takes("ciprofloxacin 10:00")},
        {("MIN-QUIN", ERROR)},
    ),
    "alendronate 07:00 and D3 07:15": (
        [at("07:15", D3(10))],
        {"person": takes("alendronate 07:00")},
        {("BP-FIRST", ERROR)},
    ),
    "orlistat 08:00 and D3 22:30, no food": (
        [a_dose(D3(10), at=["22:30"], food="empty")],
        {"person": takes("orlistat 08:00")},
        set(),
    ),
    "orlistat 08:00 and D3 08:00": (
        [a_dose(D3(10))],
        {"person": takes("orlistat 08:00")},
        {("VIT-ORLISTAT", ERROR)},
    ),
    "D3 at 22:00, bed 22:30, no food": (
        [a_dose(D3(10), at=["22:00"], food="empty")],
        {},
        {("D3-LATE", NOTE), ("D3-FAT", WARNING)},
    ),
    "D3 at 19:30 with dinner, bed 22:00": (
        [a_dose(D3(10), with_=["dinner"])],
        {
            "meals": 'dinner = { at = "19:30", fat_g = 20 }\n',
            "person": CLEAN.replace("22:30", "22:00"),
        },
        set(),
    ),
    "pregnant and cod-liver oil": (
        [a_dose(content("cod-liver-oil", 5, "g"), retinol(800))],
        {"person": CLEAN + "pregnant = true\n"},
        {("PREG-A", ERROR)},
    ),
    "kidney stones and D3": (
        [a_dose(D3(10))],
        {"person": CLEAN + 'conditions = ["kidney stones"]\n'},
        {("D3-CONTRA", ERROR)},
    ),
    "25(OH)D 60-80 ng/mL every 6 months": (
        [a_dose(D3(10))],
        {
            "person": CLEAN
            + 'labs = [{ every_months = 6, target_low = 60, target_high = 80, unit = "ng/mL" }]\n'
        },
        {("D3-TARGET", WARNING), ("D3-TEST", NOTE)},
    ),
}


@pytest.mark.parametrize(("parts", "where", "expected"), ROWS.values(), ids=ROWS)
def test_the_rows_of_the_evidence(
    parts: list[str], where: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    assert findings(*parts, **where) == expected
