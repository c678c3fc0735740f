"""Every single value of a schedule that can be wrong, and the sentence it gets."""

import pytest

from schedule_texts import edited, sentences


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("version = 1\n", "", "plan.toml: version: is missing; add version = 1."),
        (
            "version = 1",
            "version = 2",
            "plan.toml:1: version: 2 is not a format this release reads; write version = 1.",
        ),
        (
            "version = 1",
            "version = true",
            "plan.toml:1: version: true is not a format this release reads; write version = 1.",
        ),
        (
            'timezone = "Europe/Berlin"\n',
            "",
            'plan.toml: timezone: is missing; add timezone = "Europe/Berlin", or where you live.',
        ),
        (
            '"Europe/Berlin"',
            '"Berlin"',
            'plan.toml:3: timezone: "Berlin" is no time zone; write "Europe/Berlin".',
        ),
        (
            '"Europe/Berlin"',
            "1",
            'plan.toml:3: timezone: 1 is no time zone; write a name such as "Europe/Berlin".',
        ),
        (
            'lunch = "12:30"',
            'lunch = "12.30 pm"',
            'plan.toml:6: meals.lunch: "12.30 pm" is not a time of day; write "12:30".',
        ),
        (
            'at = "07:30"',
            'at = "7:30"',
            'plan.toml:5: meals.breakfast.at: "7:30" is not a time of day; write "07:30".',
        ),
        (
            'lunch = "12:30"',
            "lunch = 12:30:00",
            'plan.toml:6: meals.lunch: the time 12:30 is not in quotes; write "12:30".',
        ),
        (
            'lunch = "12:30"',
            'lunch = "24:00"',
            'plan.toml:6: meals.lunch: "24:00" is not a time of day; '
            'write "HH:MM" from "00:00" to "23:59", such as "07:30".',
        ),
        (
            "dinner =",
            '"Late dinner" =',
            'plan.toml:7: meals.Late dinner: "Late dinner" is not a short name; '
            'write 1 to 16 of a-z, 0-9 and "-", such as "late-dinner".',
        ),
        (
            'at = "07:30", sun',
            'mon = "07:30", sun',
            "plan.toml:5: meals.breakfast: has no time on tue, wed, thu, fri, sat; "
            'add at = "07:30" for the days without a time of their own.',
        ),
        (
            "fat_g = 12",
            "fat_g = nan",
            "plan.toml:5: meals.breakfast.fat_g: nan does not fit here; "
            "write a number from 0 to 1000.",
        ),
        (
            'nag = "10m"',
            'nag = "10 min"',
            'plan.toml:9: alerts.nag: "10 min" is not a duration such as "90m" or "1h30m"; '
            'write a duration from "1m" to "3h".',
        ),
        (
            'late = "3h"',
            'late = "5m"',
            'plan.toml:17: dose[1] "d3k2" late: "5m" is too short; '
            'write a duration from "10m" to "14d".',
        ),
        (
            'nag = "10m"',
            'quiet = "22:00-22:00"',
            'plan.toml:9: alerts.quiet: "22:00-22:00" ends where it begins; '
            'write two different times, or "none".',
        ),
        (
            'nag = "10m"',
            'quiet = "at night"',
            'plan.toml:9: alerts.quiet: "at night" is not a span of hours; '
            'write "22:00-06:30", or "none".',
        ),
        (
            'id = "d3k2"',
            'id = "D3 & K2"',
            'plan.toml:11: dose[1] "D3 & K2" id: "D3 & K2" is not a short name; '
            'write 1 to 16 of a-z, 0-9 and "-", such as "d3-k2".',
        ),
        (
            'nutrient = "vitamin-d3"',
            'nutrient = "Folsäure"',
            'plan.toml:18: dose[1] "d3k2" contents[1].nutrient: "Folsäure" is not a short name; '
            'write 1 to 24 of a-z, 0-9 and "-", such as "folsaure".',
        ),
        (
            'nutrient = "vitamin-d3"',
            'nutrient = "維生素"',
            'plan.toml:18: dose[1] "d3k2" contents[1].nutrient: "維生素" is not a short name; '
            'write 1 to 24 of a-z, 0-9 and "-", such as "vitamin-d3".',
        ),
        (
            'name = "Vitamin D3"\n',
            "",
            'plan.toml:10: dose[1] "d3k2" name: is missing; add name = "Vitamin D3 1000 IU".',
        ),
        (
            '"Vitamin D3"',
            '" "',
            'plan.toml:12: dose[1] "d3k2" name: " " is empty; write 1 to 64 bytes of text.',
        ),
        (
            '"Vitamin D3"',
            '"Vitamin\\tD3"',
            'plan.toml:12: dose[1] "d3k2" name: there is a control character (U+0009) in it; '
            "take it out.",
        ),
        (
            '"Vitamin D3"',
            f'"{"µ" * 33}"',
            f'plan.toml:12: dose[1] "d3k2" name: "{"µ" * 33}" has 66 bytes in UTF-8; '
            "shorten it to 64.",
        ),
        (
            'food = "fat"',
            'food = "fatty"',
            'plan.toml:14: dose[1] "d3k2" food: "fatty" is not known here; '
            'write one of "fat", "any", "empty".',
        ),
        (
            "start = 2026-01-01",
            'start = "2026-01-01"',
            'plan.toml:16: dose[1] "d3k2" start: the date "2026-01-01" is in quotes; '
            "write 2026-01-01 without them.",
        ),
        (
            "start = 2026-01-01",
            "start = 2026-01-01 08:00:00",
            'plan.toml:16: dose[1] "d3k2" start: 2026-01-01 08:00:00 has a time of day; '
            "write 2026-01-01.",
        ),
        (
            "start = 2026-01-01",
            'start = "tomorrow"',
            'plan.toml:16: dose[1] "d3k2" start: "tomorrow" is not a date; '
            "write it as 2026-01-31, without quotes.",
        ),
        (
            "start = 2026-01-01",
            "start = 2100-01-01",
            'plan.toml:16: dose[1] "d3k2" start: 2100-01-01 is too far away; '
            "write a date in the years 2025 to 2099.",
        ),
        (
            "amount = 1000",
            "amount = 0",
            'plan.toml:18: dose[1] "d3k2" contents[1].amount: 0 is not an amount; '
            "write a number above 0, at most 1000000000.",
        ),
        (
            'unit = "IU"',
            'unit = "iu"',
            'plan.toml:18: dose[1] "d3k2" contents[1].unit: "iu" is not known here; write "IU".',
        ),
        (
            'unit = "IU"',
            'unit = "I.E."',
            'plan.toml:18: dose[1] "d3k2" contents[1].unit: "I.E." is not known here; write "IU".',
        ),
        (
            'unit = "IU"',
            'unit = "drops"',
            'plan.toml:18: dose[1] "d3k2" contents[1].unit: "drops" is not known here; '
            'write one of "IU", "mcg", "µg", "ug", "mg", "g".',
        ),
        (
            'amount = 1000, unit = "IU"',
            'amount = 1000, unit = "IU", form = "MK/7"',
            'plan.toml:18: dose[1] "d3k2" contents[1].form: "MK/7" is not the name of a form; '
            'write 1 to 24 letters, digits, spaces and ".()+-", such as "MK-7".',
        ),
        (
            "stock = { count = 90 }",
            "stock = 90",
            'plan.toml:19: dose[1] "d3k2" stock: 90 is not a table; write { ... }.',
        ),
        (
            "count = 90",
            "count = 90.0",
            'plan.toml:19: dose[1] "d3k2" stock.count: 90.0 does not fit here; '
            "write a whole number from 0 to 1000000.",
        ),
        (
            "count = 90",
            "low = 7",
            'plan.toml:19: dose[1] "d3k2" stock.count: is missing; add count = 90.',
        ),
        (
            '["20:00", "08:00"]',
            '["20:00", "8am"]',
            'plan.toml:23: dose[2] "drops" at[2]: "8am" is not a time of day; '
            'write "HH:MM" from "00:00" to "23:59", such as "07:30".',
        ),
        (
            '["20:00", "08:00"]',
            '"08:00"',
            'plan.toml:23: dose[2] "drops" at: "08:00" is not a list; '
            "write a list of 1 to 8 in [ ].",
        ),
        (
            '["20:00", "08:00"]',
            '["08:00", "08:00"]',
            'plan.toml:23: dose[2] "drops" at: 08:00 stands there twice; name it once.',
        ),
        (
            'meals = { breakfast = "10:00" }',
            "off = false",
            "plan.toml:28: except[1].off: false does not fit here; "
            "write true, or take the line out.",
        ),
        (
            "age = 52",
            "age = -1",
            "plan.toml:30: person.age: -1 does not fit here; write a whole number from 0 to 130.",
        ),
        (
            '{ name = "levothyroxine", at = "06:30" }',
            "5",
            "plan.toml:31: person.medicines[1]: 5 is not a table; write { ... }.",
        ),
        (
            "until = 2026-12-31\n",
            "",
            "plan.toml:32: accept[1].until: is missing; add until = 2026-12-31.",
        ),
    ],
)
def test_a_wrong_value_gets_its_place_and_what_would_be_right(
    old: str, new: str, sentence: str
) -> None:
    assert sentences(edited(old, new)) == [sentence]


DAYS_FORMS = (
    'write "daily", ["mon", "thu"], { every = 3 }, { on = 21, off = 7 } or { monthdays = [1, -1] }'
)
DAYS_NAMES = 'write the days as "mon", "tue", "wed", "thu", "fri", "sat", "sun"'
MONTH_DAYS = "write days of the month from 1 to 31, or -1 for the last, such as [1, -1]"


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ('"weekly"', f'"weekly" is not a rule for days; {DAYS_FORMS}'),
        ("7", f"7 is not a rule for days; {DAYS_FORMS}"),
        ('["Monday", "tue"]', f'"Monday": no such day of the week; {DAYS_NAMES}'),
        ("[]", f'the list of days is empty; {DAYS_NAMES}, or "daily"'),
        ('["tue", "mon", "tue"]', "tue stands there twice; name each day once"),
        ("{}", f"a table with no key is not a rule for days; {DAYS_FORMS}"),
        (
            "{ every = 3, on = 1 }",
            f"a table with every, on is not a rule for days; {DAYS_FORMS}",
        ),
        ("{ on = 3 }", f"a table with on is not a rule for days; {DAYS_FORMS}"),
        ("{ every = 0 }", "every = 0 does not fit here; write a whole number from 1 to 3650"),
        (
            "{ on = 3651, off = 7 }",
            "on = 3651 does not fit here; write a whole number from 1 to 3650",
        ),
        ("{ on = 3, off = 0 }", "off = 0 does not fit here; write a whole number from 1 to 3650"),
        ("{ monthdays = 1 }", f"monthdays = 1 names no day; {MONTH_DAYS}"),
        ("{ monthdays = [] }", f"monthdays = a list names no day; {MONTH_DAYS}"),
        ("{ monthdays = [0] }", f"monthdays: 0 is no day of the month; {MONTH_DAYS}"),
        ("{ monthdays = [1, 32] }", f"monthdays: 32 is no day of the month; {MONTH_DAYS}"),
        ("{ monthdays = [true] }", f"monthdays: true is no day of the month; {MONTH_DAYS}"),
        ("{ monthdays = [-1, 3, -1] }", "-1 stands there twice; name each day once"),
    ],
)
def test_a_wrong_rule_for_days_gets_the_right_ones(days: str, problem: str) -> None:
    text = edited('days = "daily"', f"days = {days}")
    assert sentences(text) == [f'plan.toml:15: dose[1] "d3k2" days: {problem}.']
