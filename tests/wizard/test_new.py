"""`dosebell new`: what a person says becomes a schedule that can be used, and nothing is lost."""

import datetime as dt
import errno
import json
import os
import re
import select
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from advice_texts import TODAY
from dosebell_host.advice.findings import ERROR
from dosebell_host.advice.judge import judge
from dosebell_host.box.reach import Reach
from dosebell_host.cli import main
from dosebell_host.errors import UsageError, UserError
from dosebell_host.reference.units import mcg_of
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.local_time import day_number
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.new_file import write_new
from dosebell_host.schedule.plan_file import taken_without_ring
from dosebell_host.schedule.read_file import load, parse
from dosebell_host.talk import Talk
from dosebell_host.terminal.options import Settings
from dosebell_host.wizard.answers import read_d3, read_k2
from dosebell_host.wizard.mentions import read_mentions
from dosebell_host.wizard.new import new_schedule
from dosebell_host.wizard.questions import answered
from dosebell_host.wizard.title import title_after
from dosebell_host.wizard.written_file import text_of
from listener import Listener
from other_user import not_as_root
from waiting import HANG_S

# Seconds since 2000, on the day that the checks are asked of.
AT_S = day_number(TODAY) * 86_400
HOME = {"timezone": "Europe/Berlin"}
USUAL = HOME | {"d3": "1000 IU", "k2": "MK-7 100 mcg", "medicines": "none"}


def dosebell(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["new", *map(str, words)])


def options(said: dict[str, str]) -> list[str]:
    return [word for name, answer in said.items() for word in (f"--{name}", answer)]


def text(*doses: str, **said: str) -> str:
    """The file that these options make."""
    return text_of(answered(USUAL | said, Talk(print), AT_S, doses), TODAY)


def schedule(*doses: str, **said: str) -> Schedule:
    return parse(text(*doses, **said), "my.toml")


def errors(**said: str) -> set[str]:
    findings = judge(schedule(**said), TODAY).findings
    return {each.rule for each in findings if each.severity == ERROR}


def test_a_file_is_written_checked_and_what_comes_next_is_said(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    done = dosebell(file, *options(USUAL), "--eat", "two eggs")
    assert (done.exit_code, done.stderr) == (0, "")
    first, second, *rest = done.stdout.splitlines()
    assert first == f"Wrote {file}; it is yours to change."
    assert second.startswith(f"{file}: ok: 1 dose, zone Europe/Berlin, on the box it first rings ")
    assert rest == [
        f"  2 notes more: dosebell check {file} --verbose",
        f"Look at it: dosebell preview {file}",
        "The box does not know this yet. Plug it in and type:",
        f"  dosebell push {file}",
        "Until then nothing rings.",
        "If you do not press the button it rings again every 10 minutes."
        " What is missed at breakfast (d3k2) rings again at lunch.",
        "No box at hand? Try it in a virtual one, in two windows:",
        "  dosebell virtual --at-next",
        f"  dosebell push {file} --port virtual",
    ]
    assert file.read_text(encoding="utf-8") == text(eat="two eggs")


def test_what_was_said_stands_in_the_file() -> None:
    made = schedule(
        eat="two eggs", dinner="none", medicines="levothyroxine 6:30, apixaban", stock="90"
    )
    [dose] = made.doses
    assert (made.title, made.timezone) == ("Vitamin D3 + K2 with breakfast", "Europe/Berlin")
    assert [(meal.name, meal.minutes[0], meal.eat) for meal in made.meals] == [
        ("breakfast", 450, "two eggs"),
        ("lunch", 750, ""),
    ]
    assert (dose.id, dose.name) == ("d3k2", "Vitamin D3 1000 IU + K2 (MK-7) 100 mcg")
    assert (dose.with_meals, dose.food, dose.days.kind) == (("breakfast", "lunch"), "fat", "daily")
    assert [(c.nutrient, c.form, c.amount, c.unit) for c in dose.contents] == [
        ("vitamin-d3", "", 1000, "IU"),
        ("vitamin-k2", "MK-7", 100, "mcg"),
    ]
    assert dose.stock and dose.stock.count == 90
    assert made.person and made.person.medicines
    assert [(each.name, each.at) for each in made.person.medicines] == [
        ("levothyroxine", (390,)),
        ("apixaban", ()),
    ]


def test_the_lines_to_switch_on_are_good_too() -> None:
    switched = re.sub(r"^# (\[+\w+\]+|\w+ = )", r"\1", text(), flags=re.MULTILINE)
    made = parse(switched, "my.toml")
    assert made.exceptions[0].meals == {"breakfast": 540}
    assert made.person and made.person.age == 52
    assert (made.doses[0].take, made.doses[0].stock is None) == ("1 capsule", False)


@pytest.mark.parametrize(
    ("said", "meals"),
    [
        ({}, ("breakfast", "lunch")),
        ({"eat": "two eggs"}, ("breakfast", "lunch")),
        ({"eat": "what there is"}, ("breakfast", "lunch")),
        # Breakfast without fat: the next meal.
        ({"eat": "toast with jam"}, ("lunch", "dinner")),
        ({"eat": "3 g of fat", "lunch": "none"}, ("dinner",)),
        ({"eat": "toast with jam", "with": "breakfast"}, ("breakfast", "lunch")),
        ({"eat": "toast with jam", "lunch": "none", "dinner": "none"}, ("breakfast",)),
        ({"breakfast": "none"}, ("lunch", "dinner")),
        ({"breakfast": "none", "lunch": "none"}, ("dinner",)),
        # So late that two would come close together.
        ({"lunch": "none", "dinner": "20:00"}, ("breakfast",)),
        # A night's work: the meals come in another order.
        ({"breakfast": "17:00", "lunch": "22:00", "dinner": "06:30"}, ("breakfast", "lunch")),
        # With lunch it would be too near to a medicine.
        ({"medicines": "orlistat 12:30"}, ("breakfast",)),
    ],
)
def test_the_dose_hangs_on_a_meal_with_fat_and_falls_back_to_the_next(
    said: dict[str, str], meals: tuple[str, ...]
) -> None:
    assert schedule(**said).doses[0].with_meals == meals


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, set()),
        ({"medicines": "levothyroxine 06:30, metformin"}, set()),
        ({"medicines": "warfarin"}, {"K2-VKA"}),
        ({"medicines": "warfarin", "k2": "none"}, set()),
        ({"d3": "5000 IU"}, {"D3-UL"}),
        ({"d3": "10,000 IU"}, {"D3-UL", "D3-LOAEL"}),
        ({"k2": "MK-7 100 mg"}, {"UNIT-SLIP"}),
        ({"k2": "100 IU"}, {"UNIT-IU"}),
        ({"medicines": "alendronate 07:15"}, {"BP-FIRST"}),
    ],
)
def test_only_what_a_person_says_makes_an_error(said: dict[str, str], found: set[str]) -> None:
    assert errors(**said) == found


@pytest.mark.parametrize(
    ("sentence", "name", "take"),
    [
        ("levothyroxine 50 mcg; 06:30; daily; 1 tablet", "levothyroxine", "1 tablet (50 mcg)"),
        ("levothyroxine 50 mcg; 06:30; daily; 50mcg", "levothyroxine", "50mcg"),
        ("levothyroxine 50 mcg; 06:30", "levothyroxine", "50 mcg"),
        ("levothyroxine; 06:30; daily; 1 tablet", "levothyroxine", "1 tablet"),
    ],
)
def test_how_strong_it_is_stays_to_be_seen(sentence: str, name: str, take: str) -> None:
    [dose] = schedule(sentence, d3="none", k2="none").doses
    assert (dose.name, dose.take) == (name, take)


def test_what_does_not_ring_is_told_with_its_strength() -> None:
    made = schedule("ramipril; 8", medicines="levothyroxine 50 mcg 6:30, apixaban")
    silent = "Taken without a ring: levothyroxine 50 mcg, 06:30; apixaban"
    assert taken_without_ring(made) == silent
    assert taken_without_ring(schedule("ramipril; 8")) == ""


def test_it_never_says_that_it_rings_in_the_past(tmp_path: Path) -> None:
    """Whoever began before eight and thought about it until nine hears of the next day."""
    began = datetime(2026, 11, 23, 7, 55, tzinfo=ZoneInfo("Europe/Berlin"))
    clock = iter([began.timestamp(), (began + dt.timedelta(hours=1)).timestamp()])
    settings = Settings(reach=lambda: Reach(clock=lambda: next(clock)), attended=lambda: False)
    said = options(USUAL | {"breakfast": "8"})
    done = CliRunner().invoke(main, ["new", str(tmp_path / "mine.toml"), *said], obj=settings)
    assert "on the box it first rings Tue 24 Nov 08:00" in done.stdout


def test_an_error_is_shown_and_the_file_is_written_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    done = dosebell(file, *options(USUAL | {"medicines": "warfarin"}))
    assert done.exit_code == 0
    assert ": held back by 1 error: " in done.stdout
    assert "    K2-VKA  d3k2: warfarin, and vitamin K: d3k2 100 mcg\n" in done.stdout
    assert done.stdout.endswith(
        "A push waits until this is put right, or accepted: dosebell check --help\n"
        "First put right what K2-VKA says, for the box can't have it so:\n"
        f"  dosebell edit {file}   in your editor, or begin again: dosebell new\n"
        f"Then plug the box in: dosebell push {file}\n"
    )
    checked = CliRunner().invoke(main, ["check", str(file)])
    assert checked.stdout in done.stdout.replace(", on the box it first rings ", ", next rings ")


def test_how_to_put_it_right_is_said_before_the_push(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    rings = ("--dose", "levothyroxine; 06:30", "--dose", "calcium 500 mg; 8am")
    done = dosebell(file, *options(USUAL), *rings)
    assert done.stdout.splitlines()[-6:] == [
        "First put right what MIN-LEVO says, for the box can't have it so:",
        f"  dosebell check {file} --fix   writes another file, to push then",
        f"  dosebell move calcium TIME -f {file}",
        f"  dosebell remove calcium -f {file}",
        f"  dosebell edit {file}   in your editor, or begin again: dosebell new",
        f"Then plug the box in: dosebell push {file}",
    ]


def test_new_as_json_is_what_check_says(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    document = json.loads(dosebell(file, *options(USUAL), "--json").stdout)
    checked = CliRunner().invoke(main, ["check", str(file), "--json"])
    assert document == {"schema": 1, **json.loads(checked.stdout)["items"][0], "notes": []}


# Any answers: the file can be read and sent, and has no error that they do not explain.
D3 = [
    "none",
    "400 IU",
    "1000 IU",
    "25 µg",
    "4,000 IU",
    "5000 IE",
    "10000 I.U.",
    "0.5 mg",
    "1.25 mg",
]
K2 = ["none", "MK-7 100 mcg", "75 ug (MK7)", "100 mcg", "mk-4 15 mg", "MK-7 120 mg", "MK-4 90 mg"]
EATEN = ["", "two eggs", "toast with jam", "12.5 g", "0 g of fat", 'a "quiche"', "nothing \\ much"]
TIMES = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
MEDICINES = [
    "metformin",
    "warfarin",
    "calcitriol",
    "digoxin",
    "alendronate",
    "orlistat",
    "nonsense",
]
MEDICINES += ["cholestyramine", "levothyroxine", "doxycycline", 'x"y\\z', "Ωmega ÄÖ µ"]


@st.composite
def answers(draw: st.DrawFn) -> dict[str, str]:
    at = draw(st.lists(TIMES, min_size=3, max_size=3, unique=True))
    eaten = draw(st.sets(st.sampled_from(["breakfast", "lunch", "dinner"]), min_size=1))
    meals = dict(zip(["breakfast", "lunch", "dinner"], at, strict=True))
    said = {name: minute if name in eaten else "none" for name, minute in meals.items()}
    if "breakfast" in eaten:
        said["eat"] = draw(st.sampled_from(EATEN))
    said["d3"] = draw(st.sampled_from(D3))
    said["k2"] = draw(st.sampled_from(K2[1:] if said["d3"] == "none" else K2))
    if draw(st.booleans()):
        said["with"] = draw(st.sampled_from(sorted(eaten)))
    listed = draw(st.lists(st.sampled_from(MEDICINES), max_size=4, unique=True))
    timed = [f"{name} {draw(TIMES)}" if draw(st.booleans()) else name for name in listed]
    said["medicines"] = ", ".join(timed) or "none"
    said["stock"] = draw(st.sampled_from(["", "90"]))
    return said


def implied(said: dict[str, str]) -> tuple[set[str], set[str]]:
    """(errors that the answers make, errors that they may make)."""
    d3, k2 = read_d3(said["d3"]), read_k2(said["k2"])
    d3_mcg = (mcg_of("d", d3.number, d3.unit) if d3 else 0) or 0
    k2_mcg = (mcg_of("k", k2.number, k2.unit) if k2 else 0) or 0
    limits = {"D3-UL": 100.1, "D3-LOAEL": 250, "D3-SINGLE": 500, "D3-WEEKDAY": 500}
    sure = {rule for rule, limit in limits.items() if d3_mcg >= limit}
    if k2_mcg > {"MK-7": 1_000, "MK-4": 45_000}.get(k2.form if k2 else "", k2_mcg):
        sure.add("UNIT-SLIP")
    for medicine, rule, beside in (
        ("warfarin", "K2-VKA", k2_mcg > 0),
        ("calcitriol", "D3-ANALOG", d3_mcg > 0),
        ("digoxin", "D3-DIGOXIN", d3_mcg > 100),
    ):
        sure |= {rule} if medicine in said["medicines"] and beside else set()
    near = {"alendronate": "BP-FIRST", "orlistat": "VIT-ORLISTAT", "cholestyramine": "VIT-RESIN"}
    return sure, {rule for medicine, rule in near.items() if f"{medicine} " in said["medicines"]}


@settings(max_examples=150)
@given(answers())
def test_any_answers_make_a_schedule_that_can_be_used(said: dict[str, str]) -> None:
    made = schedule(**said)
    assert compile_schedule(made).revision
    assert title_after(made, replace(made, doses=())) == ""
    found = {each.rule for each in judge(made, TODAY).findings if each.severity == ERROR}
    sure, possible = implied(said)
    assert sure <= found <= sure | possible
    assert made.person and made.person.medicines is not None
    listed = [each.name for each in read_mentions(said["medicines"])]
    assert [each.name for each in made.person.medicines] == listed


def test_the_date_counts_for_the_advice_only() -> None:
    said = answered(USUAL, Talk(print), AT_S)
    assert text_of(said, TODAY) == text_of(said, dt.date(2031, 2, 3))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"breakfast": "7:3"},
            '--breakfast: "7:3" is not a time of day; write "HH:MM" from "00:00"',
        ),
        ({"d3": "1000"}, '--d3: "1000" is not an amount; write the number and the unit on the'),
        ({"k2": "MK-7 100"}, '--k2: "100" is not an amount; write the number and the unit on the'),
        ({"d3": "none", "k2": "none"}, "--medicines: there is nothing to ring for; name what you"),
        ({"timezone": "Berlni"}, '--timezone: "Berlni" is no time zone; write "Europe/Berlin".'),
        ({"with": "tea"}, '--with: "tea" is none of your meals; write breakfast or lunch or'),
        ({"lunch": "07:30"}, "--lunch: there is another meal at that time; write another time"),
        (
            {"breakfast": "none", "lunch": "none", "dinner": "none"},
            "--dinner: a dose needs a meal to hang on; write its time",
        ),
        ({"breakfast": "none", "eat": "eggs"}, "--eat: there is no breakfast."),
        ({"d3": "none", "k2": "none", "take": "2"}, "--take: there is no vitamin D3 or K2 to"),
        ({"days": "weekly"}, '--days: "weekly" does not say the day; write the day, as "sunday".'),
        ({"medicines": ""}, '--medicines: "" has a place without a name; write none if you take'),
    ],
)
def test_an_option_that_does_not_fit_is_told_with_what_would(
    tmp_path: Path, said: dict[str, str], sentence: str
) -> None:
    file = tmp_path / "mine.toml"
    done = dosebell(file, *options(USUAL | said))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert not file.exists()


def test_without_a_terminal_nothing_is_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    done = dosebell(tmp_path / "mine.toml")
    assert (done.exit_code, done.stderr) == (
        2,
        "there is nobody to ask, so these must be said: --timezone, --d3, --k2, --medicines;"
        " each may be none but the zone; `dosebell new --help` shows how.\n",
    )
    monkeypatch.setenv("TZ", "Europe/Vienna")
    with pytest.raises(UsageError, match="must be said: --medicines;"):
        answered({"d3": "1000 IU", "k2": "none"}, Talk(print), AT_S)


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("precious", encoding="utf-8")
    done = dosebell(file, *options(USUAL))
    sentence = f"{file}: is there already and was left alone; name another one.\n"
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", sentence)
    # Also where it came between the question and the answer.
    with pytest.raises(UserError, match="is there already and was left alone"):
        write_new(file, b"new", "name another one")
    assert file.read_text(encoding="utf-8") == "precious"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = dosebell(tmp_path / "nowhere" / "mine.toml", *options(USUAL))
    assert done.exit_code == 1
    assert done.stderr.endswith(
        f"mine.toml: cannot be written ({os.strerror(errno.ENOENT)});"
        " look at the folder, your rights to it and its free space.\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_folder_that_one_may_not_enter_is_told() -> None:
    # Not in `tmp_path`, which nobody else may enter.
    with TemporaryDirectory() as name:
        os.chmod(name, 0)
        with not_as_root(), pytest.raises(UserError, match="cannot be written"):
            new_schedule(Path(name) / "mine.toml", USUAL, AT_S, Talk(print))
        os.chmod(name, 0o755)


def test_a_full_disk_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no limits")
    file = tmp_path / "mine.toml"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file may grow beyond this: to whoever writes it is as if the disk were full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, limits[1]))
    try:
        with pytest.raises(UserError, match="cannot be written"):
            write_new(file, b"version = 1", "name another one")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not file.exists()


class Person:
    """Somebody at a terminal in Vienna who types one answer at every prompt."""

    def __init__(self, folder: Path, *words: str) -> None:
        pty = pytest.importorskip("pty", reason="Windows has no pty")
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.environ["TZ"] = "Europe/Vienna"
            # Tests that run in the background may ignore Ctrl-C; a person's terminal does not.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execv(sys.executable, [sys.executable, "-m", "dosebell_host", "new", *words])

    def types(self, answers: Sequence[str]) -> tuple[str, int]:
        """What is on the screen at the end, and the exit code."""
        screen, left = "", list(answers)
        while data := self._read():
            screen += data
            if screen.endswith(": ") and left:
                os.write(self._terminal, f"{left.pop(0)}\n".encode())
        _, status = os.waitpid(self._pid, 0)
        os.close(self._terminal)
        return re.sub(r" *\r\n", "\n", screen), os.waitstatus_to_exitcode(status)

    def _read(self) -> str:
        if not select.select([self._terminal], [], [], HANG_S)[0]:
            os.kill(self._pid, signal.SIGKILL)
            return ""
        try:
            return os.read(self._terminal, 4096).decode()
        except OSError:
            return ""


def test_at_a_terminal_it_asks_and_asks_again(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("precious", encoding="utf-8")
    typed = ["mine.toml", "vienna", "Anna", "7:3", "7.30", "sunday 9"]
    typed += ["toast with jam", "", "", "half past six", "", "1000"]
    typed += ["1000 units", "MK-7 100 mcg", "", "", "2 capsules", "90 capsules"]
    typed += ["", "levothyroxine 50 mcg 6:30 am and apixaban", "", "", "", "", "", "back", "60"]
    typed += ["no", "", ""]
    screen, code = Person(tmp_path).types(typed)
    asked, _, told = screen.partition("Wrote ")
    # Which week that is hangs on the day.
    asked = re.sub(r"A week of it, from .*:", "A week of it:", asked)
    assert (code, asked) == (
        0,
        """\
my.toml is there already and stays as it is.
Another name for the new file: mine.toml
Some questions; Enter takes what stands in [ ], and back goes to the one before.
Nothing is written before the last one.
Your time zone, or the city, as "Europe/Berlin" [Europe/Vienna]: vienna
  Europe/Vienna
Whose box it is; the name stays on this laptop (Enter: not said): Anna
Breakfast at, or none [07:30]: 7:3
  "7:3" is not a time of day; write "HH:MM" from "00:00" to "23:59", such as
    "07:30", or none.
Breakfast at, or none [07:30]: 7.30
  07:30
Breakfast at another time on some days, as "Sunday 9" (Enter for no): sunday 9
  09:00 on Sunday
What you eat for it, as "two eggs" or "12 g of fat" (Enter: not said): toast with jam
  2 g of fat, not much for vitamins D and K
Lunch at, or none [12:30]:
Lunch at another time on some days, as "Sunday 9" (Enter for no):
Dinner at, or none [18:30]: half past six
  18:30
Dinner at another time on some days, as "Sunday 9" (Enter for no):
Vitamin D3 in one intake, as on the label: "1000 IU", "25 mcg", or none: 1000
  "1000" is not an amount; write the number and the unit on the label, as "1000
    IU"; or none.
Vitamin D3 in one intake, as on the label: "1000 IU", "25 mcg", or none: 1000 units
  1000 IU
Vitamin K2 in one intake, as on the label: "100 mcg" or "MK-7 100 mcg", or none: MK-7 100 mcg
With which meal (with some fat in it) [lunch]:
On which days, as "daily", "sunday", "every 3 days" [daily]:
How much at a time, as "1 capsule" or "2 drops" (Enter: not said): 2 capsules
How many you have left, as 90 (Enter: not counted): 90 capsules
All else you take, medicines too, as "levothyroxine, calcium 500 mg"; or none:
  Nothing was typed; write none if you take none.
All else you take, medicines too, as "levothyroxine, calcium 500 mg"; or none: levothyroxine\
 50 mcg 6:30 am and apixaban
  understood: levothyroxine 50 mcg 06:30; apixaban
levothyroxine 50 mcg: shall the box ring for it [yes]:
When do you take levothyroxine, as "8 and 20", or with a meal: breakfast, lunch,
  dinner [06:30]:
levothyroxine, on which days: "daily", "mon and thu", "for 7 days" [daily]:
levothyroxine, how much at a time: "1 tablet", "1 drop" (Enter: 50 mcg):
levothyroxine, how many you have left, as 60 (Enter: not counted):
apixaban: shall the box ring for it [yes]: back
levothyroxine, how many you have left, as 60 (Enter: not counted): 60
apixaban: shall the box ring for it [yes]: no
When do you take apixaban, as 06:30 (Enter: not said):
A week of it:
  06:30  every day  levothyroxine, 50 mcg
  12:30  every day  Vitamin D3 1000 IU + K2 (MK-7) 100 mcg, 2 capsules
  Taken without a ring: apixaban
Write it (yes, or back) [yes]:
""",
    )
    assert told.startswith("mine.toml; it is yours to change.\nmine.toml: ok: 2 doses")
    said = {
        "breakfast": "7.30, sunday 9",
        "eat": "toast with jam",
        "medicines": "apixaban",
        "stock": "90",
        "name": "Anna",
    }
    rings = "levothyroxine 50 mcg; 06:30; daily; ; 60"
    said |= {"take": "2 capsules", "timezone": "Europe/Vienna"}
    assert load(tmp_path / "mine.toml") == schedule(rings, **said)
    assert (tmp_path / "my.toml").read_text(encoding="utf-8") == "precious"


def test_whoever_shows_it_a_question_is_one_call(tmp_path: Path) -> None:
    """A page asks as the terminal does: by a talk of its own."""
    file = tmp_path / "mine.toml"
    person = Listener(types=["", "none", "12:00", "", "6:30", "", "sat", "", "", "", "30", "yes"])
    said = {key: USUAL[key] for key in ("timezone", "d3", "k2", "medicines")} | {"with": "lunch"}
    made = new_schedule(file, said, AT_S, person.talk)
    assert person.heard == [
        (
            "noted",
            "Some questions; Enter takes what stands in [ ], and back goes to the one before.\n"
            "Nothing is written before the last one.",
        ),
        ("asked", "Whose box it is; the name stays on this laptop (Enter: not said)"),
        ("asked", "Breakfast at, or none [07:30]"),
        ("asked", "Lunch at, or none [12:30]"),
        ("asked", 'Lunch at another time on some days, as "Sunday 9" (Enter for no)'),
        ("asked", "Dinner at, or none [18:30]"),
        ("asked", "  06:30 is before lunch (12:00); dinner at [18:30]"),
        ("asked", 'Dinner at another time on some days, as "Sunday 9" (Enter for no)'),
        ("noted", '  "sat" has a day without a time; write it as "8, sunday 9".'),
        ("asked", 'Dinner at another time on some days, as "Sunday 9" (Enter for no)'),
        ("asked", 'On which days, as "daily", "sunday", "every 3 days" [daily]'),
        ("asked", 'How much at a time, as "1 capsule" or "2 drops" (Enter: not said)'),
        ("asked", "How many you have left, as 90 (Enter: not counted)"),
        ("noted", "A week of it, from Mon 23 Nov to Sun 29 Nov 2026:"),
        ("noted", "  12:00  every day  Vitamin D3 1000 IU + K2 (MK-7) 100 mcg"),
        ("asked", "Write it (yes, or back) [yes]"),
    ]
    assert (made.report.checked.ok, file.exists()) == (True, True)


def test_whoever_goes_away_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    person = Listener(types=["", "", "", ""])
    with pytest.raises(UsageError, match="must be said: --lunch;"):
        new_schedule(file, HOME, AT_S, person.talk)
    assert not file.exists()


def test_another_name_is_asked_for_until_it_is_free(tmp_path: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text("precious", encoding="utf-8")
    whole = USUAL | {"breakfast": "none", "lunch": "12:00", "dinner": "none", "with": "lunch"}
    whole |= {"name": "", "days": "", "take": "", "stock": "30"}
    person = Listener(types=[f"{tmp_path}/two.toml", f"{tmp_path}/three.toml", "yes"])
    new_schedule(tmp_path / "one.toml", whole, AT_S, person.talk)
    asked = [what for how, what in person.heard if how == "asked"]
    assert asked[:-1] == ["Another name for the new file"] * 2
    assert sorted(path.name for path in tmp_path.glob("*.toml")) == [
        "one.toml",
        "three.toml",
        "two.toml",
    ]


def test_options_answer_questions_that_are_then_not_asked(tmp_path: Path) -> None:
    said: dict[str, Any] = USUAL | {"breakfast": "none", "lunch": "12:00", "with": "lunch"}
    said |= {"name": "Anna", "days": "daily", "take": "1 capsule"}
    screen, code = Person(tmp_path, *options(said)).types(["", "", "30", ""])
    assert code == 0
    asked = [line.split()[0] for line in screen.partition("Wrote")[0].splitlines()]
    assert asked == ["Some", "Nothing", "Dinner", "Dinner", "How", "A", "12:00", "Write"]
    assert load(tmp_path / "my.toml") == schedule(**said, stock="30")


def test_stopping_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    screen, code = Person(tmp_path).types(["", "", "\x03"])
    assert (code, screen.endswith("Stopped.\n")) == (130, True)
    assert list(tmp_path.iterdir()) == []


WHEN = ["6.30", "8am and 8pm", "breakfast", "breakfast and dinner", "breakfast or lunch", "noon"]
WHEN += ["8:00 10:00 12:00 14:00", "with lunch, dinner"]
DAYS = [
    "",
    "daily",
    "sunday",
    "mon and thu",
    "every 3 days",
    "21 on, 7 off",
    "for 7 days",
    "the 1st",
]
NAMES = [
    *MEDICINES,
    "calcium 500 mg",
    "Vitamin D3 2000 IU",
    "magnesium citrate 300 mg",
    "eye drops",
]
NAMES += ["levothyroxine 50 mcg 06:30", "D3 1000 IU + K2 (MK-7) 75 µg", "Ωmega", "3", "a" * 64]
SENTENCES = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(WHEN),
    st.sampled_from(DAYS),
    st.sampled_from(["", "1 tablet", "2 capsules", 'one "spoon"']),
    st.sampled_from(["", "0", "61", "60 tablets"]),
)


@settings(max_examples=150)
@given(st.lists(SENTENCES, min_size=1, max_size=5, unique_by=lambda said: said[0].split()[0]))
def test_whatever_rings_can_be_sent(sentences: list[tuple[str, ...]]) -> None:
    made = schedule(*("; ".join(each) for each in sentences), d3="none", k2="none")
    assert compile_schedule(made).revision
    # The title was made of the doses, and would be of whatever else there is.
    assert title_after(made, replace(made, doses=())) == ""
    meals = [len(re.findall(r"breakfast|lunch|dinner", when)) for _, when, *_ in sentences]
    rings = [
        1 if " or " in each[1] else max(1, n) for each, n in zip(sentences, meals, strict=True)
    ]
    assert len(made.doses) == sum(rings)
    # One packet is counted once, whatever number of meals it is taken with.
    counted = [int(each[4].split()[0]) for each in sentences if each[4]]
    assert sum(dose.stock.count for dose in made.doses if dose.stock) == sum(counted)
    errors = {each.rule for each in judge(made, TODAY).findings if each.severity == ERROR}
    assert "MISS-DOUBLE" not in errors
