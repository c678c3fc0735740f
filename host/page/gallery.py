"""The gallery of the report: `make gallery` draws it, and the tests measure it.

`python -m page.gallery FOLDER` writes a report a case, and every picture of it as a file.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dosebell_host.report.contents import Material, contents
from dosebell_host.report.page import page
from page.lives import Habit, Reign, life, nothing, often, unknown, varied

_HEAD = """version = 1
title = "{title}"
timezone = "{zone}"
[meals]
breakfast = {{ at = "07:30", sat = "09:00", sun = "09:00" }}
lunch = "12:30"
dinner = "18:30"
"""
_D3K2 = """[[dose]]
id = "d3k2"
name = "Vitamin D3 1000 IU + K2 (MK-7) 100 µg"
take = "1 capsule"
with = ["breakfast", "lunch"]
food = "fat"
days = "daily"
stock = { count = 120, per_intake = 1, low = 7 }
"""
_DROPS = """[[dose]]
id = "drops"
name = "Eye drops for dry eyes"
take = "1 drop in each eye"
at = ["10:00", "15:00", "20:00"]
days = "daily"
late = "2h"
"""
_MAGNESIUM = """[[dose]]
id = "magnesium"
name = "Magnesium citrate 200 mg"
take = "2 tablets"
with = ["dinner"]
days = "daily"
"""
_B12 = """[[dose]]
id = "b12"
name = "Vitamin B12 1000 µg"
at = ["08:00"]
days = ["mon", "thu"]
"""
# 64 bytes, which is as long as a name may be.
LONGEST_NAME = "Überlanges Öl mit Äpfeln, Süßholz & Größe <XL> für alles"
_WEEK_OFF = "[[except]]\nfrom = 2026-10-12\nto = 2026-10-18\noff = true\n"


def text(*parts: str, zone: str = "Europe/Berlin", title: str = "Vitamins and drops") -> str:
    """A schedule as TOML, with three meals."""
    return _HEAD.format(zone=zone, title=title) + "".join(parts)


FOUR = text(_D3K2, _DROPS, _MAGNESIUM, _B12)
FIRST, LAST = "2026-09-01", "2026-11-29"


def many(count: int) -> str:
    """So many doses, each at its own time."""
    return text(
        *(
            f'[[dose]]\nid = "d{n}"\nname = "Tablet {n + 1}"\ndays = "daily"\n'
            f'at = ["{6 + n % 16:02}:{n // 16 * 30:02}"]\n'
            for n in range(count)
        )
    )


def _renamed() -> str:
    return re.sub('(name|title) = "[^"]*"', rf'\1 = "{LONGEST_NAME}"', FOUR)


def _alone(schedule: str, habit: Habit = varied, first: str = FIRST) -> Callable[[], Material]:
    return lambda: life([Reign(first, schedule)], LAST, habit)


def _moved() -> Material:
    far = text(_D3K2, _DROPS, zone="America/New_York")
    home = text(_D3K2, _DROPS)
    return life(
        [Reign(FIRST, home), Reign("2026-10-05", far), Reign("2026-11-02", home)], LAST, varied
    )


CASES: dict[str, Callable[[], Material]] = {
    "one dose for a month": _alone(text(_D3K2), first="2026-11-01"),
    "four for three months": _alone(FOUR),
    "four for a year": _alone(FOUR, first="2025-12-01"),
    "sixteen doses": _alone(many(16), often(0.08)),
    "a week off": _alone(text(_D3K2, _DROPS, _WEEK_OFF), often(0.05)),
    "everything unknown": _alone(text(_D3K2, _DROPS), unknown),
    "nothing at all": _alone(text(_D3K2), nothing),
    "a zone change": _moved,
    "the longest names": _alone(_renamed()),
}


def written(folder: Path) -> Iterator[Path]:
    """Every file of the gallery, as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        told = contents(case())
        stem = name.replace(" ", "-")
        file = folder / f"{stem}.html"
        file.write_text(page(told, ["Made up, for the gallery."]), encoding="utf-8")
        yield file
        pictures = [each for dose in told.doses for each in (*dose.pictures, *dose.more)]
        for number, picture in enumerate(pictures, 1):
            file = folder / f"{stem}-{number}.svg"
            file.write_text(picture.alone, encoding="utf-8")
            yield file


def main(folder: Path) -> None:
    files = list(written(folder))
    print(f"{len(files)} files in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
