"""Every limit of the schedule format, from both sides."""

import pytest

from schedule_texts import read, sentences


def a_dose(line: str) -> str:
    return f'version = 1\ntimezone = "UTC"\n[[dose]]\nid = "a"\nname = "A"\n{line}\n'


def an_alert(line: str) -> str:
    return a_dose('at = ["08:00"]\ndays = "daily"') + f"[alerts]\n{line}\n"


def a_daily_dose(line: str) -> str:
    return a_dose(f'at = ["08:00"]\ndays = "daily"\n{line}')


def many_doses(count: int) -> str:
    rest = 'name = "A"\nat = ["08:00"]\ndays = "daily"\n'
    doses = "".join(f'[[dose]]\nid = "a{n}"\n{rest}' for n in range(count))
    return f'version = 1\ntimezone = "UTC"\n{doses}'


def many_exceptions(count: int) -> str:
    entry = "[[except]]\nfrom = 2026-01-01\nto = 2026-01-01\noff = true\n"
    return many_doses(1) + entry * count


def many_meals(count: int) -> str:
    return many_doses(1) + "[meals]\n" + "".join(f'm{n} = "08:00"\n' for n in range(count))


def many_times(count: int) -> str:
    times = ", ".join(f'"{hour:02d}:00"' for hour in range(count))
    return a_dose(f'at = [{times}]\ndays = "daily"')


def a_meal(line: str) -> str:
    return many_doses(1) + f"[meals]\n{line}\n"


def a_person(line: str) -> str:
    return many_doses(1) + f"[person]\n{line}\n"


def text_of(size: int) -> str:
    """So many bytes of UTF-8."""
    return "µ" * (size // 2) + "x" * (size % 2)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (many_doses(64), many_doses(65)),
        (many_doses(1), many_doses(0)),
        (many_exceptions(32), many_exceptions(33)),
        (many_meals(12), many_meals(13)),
        (many_times(8), many_times(9)),
        (many_times(1), many_times(0)),
        (an_alert('nag = "1m"'), an_alert('nag = "59s"')),
        (an_alert('nag = "3h"'), an_alert('nag = "3h1s"')),
        (an_alert('snooze = "1m"'), an_alert('snooze = "59s"')),
        (an_alert('snooze = "180m"'), an_alert('snooze = "181m"')),
        (an_alert('max_sound = "0m"'), an_alert('max_sound = "59s"')),
        (an_alert('max_sound = "1m"'), an_alert('max_sound = "1s"')),
        (an_alert('max_sound = "24h"'), an_alert('max_sound = "24h1s"')),
        (an_alert('long_press = "1s"'), an_alert('long_press = "0s"')),
        (an_alert('long_press = "5s"'), an_alert('long_press = "6s"')),
        (an_alert('quiet = "00:00-23:59"'), an_alert('quiet = "00:00-24:00"')),
        (a_daily_dose('early = "0m"'), a_daily_dose('early = "-1m"')),
        (a_daily_dose('early = "14d"'), a_daily_dose('early = "14d1s"')),
        (a_daily_dose('late = "10m"'), a_daily_dose('late = "9m59s"')),
        (a_daily_dose('late = "336h"'), a_daily_dose('late = "15d"')),
        (a_daily_dose("start = 2025-01-01"), a_daily_dose("start = 2024-12-31")),
        (a_daily_dose("end = 2099-12-31"), a_daily_dose("end = 2100-01-01")),
        (
            a_daily_dose("start = 2026-01-02\nend = 2026-01-02"),
            a_daily_dose("start = 2026-01-02\nend = 2026-01-01"),
        ),
        (a_daily_dose(f'take = "{text_of(64)}"'), a_daily_dose(f'take = "{text_of(65)}"')),
        (a_daily_dose("stock = { count = 0 }"), a_daily_dose("stock = { count = -1 }")),
        (a_daily_dose("stock = { count = 1000000 }"), a_daily_dose("stock = { count = 1000001 }")),
        (
            a_daily_dose("stock = { count = 0, per_intake = 1 }"),
            a_daily_dose("stock = { count = 0, per_intake = 0 }"),
        ),
        (
            a_daily_dose("stock = { count = 0, low = 0 }"),
            a_daily_dose("stock = { count = 0, low = -1 }"),
        ),
        (
            a_daily_dose('contents = [{ nutrient = "a", amount = 0.001, unit = "g" }]'),
            a_daily_dose('contents = [{ nutrient = "a", amount = 0.0, unit = "g" }]'),
        ),
        (
            a_daily_dose('contents = [{ nutrient = "a", amount = 1000000000, unit = "g" }]'),
            a_daily_dose('contents = [{ nutrient = "a", amount = 1000000001, unit = "g" }]'),
        ),
        (
            a_daily_dose(f'contents = [{{ nutrient = "{"a" * 24}", amount = 1, unit = "g" }}]'),
            a_daily_dose(f'contents = [{{ nutrient = "{"a" * 25}", amount = 1, unit = "g" }}]'),
        ),
        (
            a_dose('at = ["00:00", "23:59"]\ndays = "daily"'),
            a_dose('at = ["00:00", "23:60"]\ndays = "daily"'),
        ),
        (
            a_dose('at = ["08:00"]\ndays = { every = 3650 }\nstart = 2026-01-01'),
            a_dose('at = ["08:00"]\ndays = { every = 3651 }\nstart = 2026-01-01'),
        ),
        (
            a_dose('at = ["08:00"]\ndays = { monthdays = [31] }'),
            a_dose('at = ["08:00"]\ndays = { monthdays = [-2] }'),
        ),
        (a_meal("m = { at = '08:00', fat_g = 0 }"), a_meal("m = { at = '08:00', fat_g = -0.1 }")),
        (
            a_meal("m = { at = '08:00', fat_g = 1e3 }"),
            a_meal("m = { at = '08:00', fat_g = 1001 }"),
        ),
        (a_meal(f"{'m' * 16} = '08:00'"), a_meal(f"{'m' * 17} = '08:00'")),
        (many_doses(1).replace("a0", "a" * 16), many_doses(1).replace("a0", "a" * 17)),
        (a_person("age = 0"), a_person("age = -1")),
        (a_person("age = 130"), a_person("age = 131")),
        (a_person('medicines = [{ name = "a" }]'), a_person('medicines = [{ name = "" }]')),
    ],
)
def test_a_limit_holds_from_both_sides(good: str, bad: str) -> None:
    assert read(good)
    assert len(sentences(bad)) == 1
