"""`dosebell demo`: what it tells is what the box did, whatever the schedule and the output."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from dosebell import civil
from dosebell_host.box.reach import Reach
from dosebell_host.cli import main
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.plan_file import load
from dosebell_host.terminal.options import Settings
from dosebell_host.trial import demo
from dosebell_host.trial.demo_stage import Stage
from waiting import HANG_S

DEFAULT = schedules_dir() / demo.DEFAULT
SATURDAY = "2026-11-21T10:00"

HEAD = 'version = 1\ntimezone = "Asia/Kolkata"\n'


# A laptop on which it is always the same Saturday.
ON_SATURDAY = Reach(clock=lambda: load(DEFAULT).local.read(SATURDAY, "") + civil.UNIX_2000)


def told(path: Path | None = None) -> str:
    """What the demo prints where it is no terminal."""
    out, notes = io.StringIO(), list[str]()
    demo.run(path, Stage(Console(file=out, highlight=False)), notes.append, ON_SATURDAY)
    assert notes == []
    return out.getvalue()


def typed(*words: str) -> Result:
    settings = Settings(reach=lambda: ON_SATURDAY)
    return CliRunner().invoke(main, ["demo", *words], obj=settings)


def days(path: Path) -> list[str]:
    """The headlines and moments of the days."""
    text = told(path)
    return text[text.index("Day one") : text.index("The laptop reads")].split("\n\n")[:-1]


def schedule(folder: Path, *doses: str) -> Path:
    path = folder / "own.toml"
    path.write_text(HEAD + "".join(f"[[dose]]\n{dose}\n" for dose in doses), encoding="utf-8")
    return path


def test_three_days_are_told_from_the_push_to_the_log() -> None:
    text = re.sub(r"/dev/\S+(?=,)|socket:\S+(?=,)", "PORT", told())
    assert (
        re.sub(r"[0-9a-f]{16}", "ID", text)
        == """
A virtual Pico is switched on: the real firmware, on a simulated board.
   It answers at PORT, and has no schedule yet.

The laptop pushes d3-k2-breakfast.toml over the serial line.
   + schedule: Vitamin D3 + K2 with breakfast, Europe/Berlin
   + meal breakfast: 07:30, sat and sun 09:00
   + meal lunch: 12:30
   + dose d3k2: Vitamin D3 1000 IU + K2 (MK-7) 100 µg, breakfast, lunch, daily
     d3k2 first rings on Sun 22 Nov 2026 at 09:00
   Pushed to the box ID and read back (revision ID).

Day one, Sun 22 Nov 2026: someone is there.
   09:00  ● ♪  rings for breakfast: the light blinks, the melody says eat first
   09:04  ○    the button is pressed
   09:04  ● ♪  taken, and safe on its flash: solid light, rising notes; 89 left

Day two, Mon 23 Nov 2026: no time at breakfast, so it rings again at lunch.
   07:30  ● ♪  rings for breakfast: the light blinks, the melody says eat first
   10:30  ○    rests: no answer, so it waits for the next meal
   12:30  ● ♪  rings for lunch: the light blinks, the melody says eat first
   12:34  ○    the button is pressed
   12:34  ● ♪  taken, and safe on its flash: solid light, rising notes; 88 left

Day three, Tue 24 Nov 2026: nobody comes.
   07:30  ● ♪  rings for breakfast: the light blinks, the melody says eat first
   10:30  ○    rests: no answer, so it waits for the next meal
   12:30  ● ♪  rings for lunch: the light blinks, the melody says eat first
   15:30  ○    missed: it stops, and says so when asked

The laptop reads what the box noted, as `dosebell log` shows it.
                   d3k2
   2026-11-22 Sun  ✓ 09:04
   2026-11-23 Mon  ~ 12:34
   2026-11-24 Tue  ×

   ✓ taken  ~ late  × missed  ? unknown  - skipped  / cancelled  … not answered yet
   ~ late is taken when half of its time was over, or at a later meal.
   d3k2  2 of 3 taken (67 %), 1 of them late, 1 missed; longest time between two: 1 day 3 h

Now you:
   dosebell virtual                     a virtual Pico on your screen; Space is its button
   dosebell preview FILE                what a schedule will do, before anything rings
   dosebell push FILE --port virtual    from another terminal, give it a schedule
   dosebell web                         what it noted, live in your browser
"""
    )


def test_a_weekly_dose_has_its_days_a_week_apart() -> None:
    assert [day.split("\n")[0] for day in days(schedules_dir() / "d3-weekly.toml")] == [
        "Day one, Sun 22 Nov 2026: someone is there.",
        "Day two, Sun 29 Nov 2026: no time at lunch, so it rings again at dinner.",
        "Day three, Sun 6 Dec 2026: nobody comes.",
    ]


def test_a_dose_without_another_meal_is_put_off_on_day_two(tmp_path: Path) -> None:
    path = schedule(tmp_path, 'id = "a"\nname = "A"\nat = ["21:00"]\ndays = "daily"')
    assert days(path)[1] == (
        "Day two, Mon 23 Nov 2026: not now, but soon.\n"
        "   21:00  ● ♪  rings: the light blinks, the melody says it is time\n"
        "   21:04  ○    the button is held: a long press\n"
        "   21:04  ●    put off for 15 minutes: a flash every five seconds\n"
        "   21:19  ● ♪  rings again: the light blinks, the melody says it is time\n"
        "   21:23  ○    the button is pressed\n"
        "   21:23  ● ♪  taken, and safe on its flash: solid light, rising notes"
    )


def test_what_starts_years_from_now_is_told_then(tmp_path: Path) -> None:
    dose = 'id = "a"\nname = "A"\nat = ["08:00"]\ndays = { every = 40 }\nstart = 2031-05-05'
    assert [day.split(": ")[0] for day in days(schedule(tmp_path, dose))] == [
        "Day one, Mon 5 May 2031",
        "Day two, Sat 14 Jun 2031",
        "Day three, Thu 24 Jul 2031",
    ]


def test_days_that_an_exception_switches_off_are_left_out(tmp_path: Path) -> None:
    path = schedule(tmp_path, 'id = "a"\nname = "A"\nat = ["08:00"]\ndays = "daily"')
    off = "[[except]]\nfrom = 2026-11-22\nto = 2026-11-30\noff = true\n"
    path.write_text(path.read_text("utf-8") + off, "utf-8")
    assert [day.split(": ")[0] for day in days(path)] == [
        "Day one, Tue 1 Dec 2026",
        "Day two, Wed 2 Dec 2026",
        "Day three, Thu 3 Dec 2026",
    ]


@pytest.mark.parametrize(
    ("last", "people"),
    [
        ("2026-11-23", ["someone is there.", "nobody comes."]),
        ("2026-11-22", ["someone is there."]),
    ],
)
def test_a_schedule_that_ends_soon_has_fewer_days(
    tmp_path: Path, last: str, people: list[str]
) -> None:
    dose = f'id = "a"\nname = "A"\nat = ["08:00"]\ndays = "daily"\nend = {last}'
    found = [day.split("\n")[0].partition(": ")[2] for day in days(schedule(tmp_path, dose))]
    assert found == people


def test_in_quiet_hours_it_tells_of_no_sound(tmp_path: Path) -> None:
    path = schedule(tmp_path, 'id = "a"\nname = "A"\nat = ["23:00"]\ndays = "daily"')
    quiet = '[alerts]\nquiet = "22:00-06:30"\n'
    path.write_text(path.read_text("utf-8") + quiet, "utf-8")
    assert days(path)[0] == (
        "Day one, Sun 22 Nov 2026: someone is there.\n"
        "   23:00  ●    rings: the light blinks, and there is no sound in quiet hours\n"
        "   23:04  ○    the button is pressed\n"
        "   23:04  ●    taken, and safe on its flash: solid light"
    )


def test_a_crowded_day_is_told_in_part(tmp_path: Path) -> None:
    times = [f"{hour:02}:00" for hour in range(6, 22, 2)]
    path = schedule(tmp_path, f'id = "a"\nname = "A"\nat = {times}\ndays = "daily"\nlate = "10m"')
    assert days(path)[0].endswith("\n   ... and 12 moments more")


def test_a_schedule_that_is_over_is_told(tmp_path: Path) -> None:
    dose = 'id = "a"\nname = "A"\nat = ["08:00"]\ndays = "daily"\nend = 2026-11-21'
    done = typed(str(schedule(tmp_path, dose)))
    assert (done.exit_code, done.stdout, done.stderr) == (
        1,
        "",
        "nothing rings any more by this schedule; take one whose doses go on.\n",
    )


def test_a_wrong_schedule_is_told_as_by_check(tmp_path: Path) -> None:
    done = typed(str(tmp_path / "none.toml"))
    assert (done.exit_code, done.stdout, done.stderr) == (
        1,
        "",
        f"{tmp_path / 'none.toml'}: there is no such file; check the name and the folder.\n",
    )


def test_as_json_it_is_what_the_box_noted() -> None:
    done = typed("--json")
    assert (done.exit_code, done.stderr) == (0, "")
    kinds = [item["kind"] for item in json.loads(done.stdout)["items"] if item["date"]]
    assert kinds == (
        "ringing taken ringing resting ringing taken ringing resting ringing missed".split()
    )


def test_nothing_of_it_stays_on_the_laptop(data_folder: Path) -> None:
    told()
    assert not data_folder.exists()


def test_it_is_written_in_letters_that_the_output_has() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dosebell_host", "demo"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
        timeout=HANG_S,
    )
    assert b"* ~  rings for breakfast" in done.stdout
    assert b"K2 (MK-7) 100 ug" in done.stdout
