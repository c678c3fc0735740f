"""The lines a schedule becomes on the device, and the way back from them."""

import hashlib
import re

import pytest
from hypothesis import given, settings

from dosebell import schedule as device
from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.schedule.compiler import Compiled, compile_schedule, decompile, number_text
from dosebell_host.schedule.lines import read_lines
from dosebell_host.schedule.read_file import parse
from dosebell_host.schedule.zones import shifts
from strategies import Written, schedules

SMALLEST = """
version = 1
timezone = "UTC"
[[dose]]
id = "d3"
name = "Vitamin D3"
at = ["08:00"]
days = "daily"
"""

FULL = """
version = 1
title = "Vitamin D3 + K2"
timezone = "Europe/Berlin"

[meals]
breakfast = { at = "07:30", sat = "09:00", sun = "09:00", fat_g = 12.50 }
lunch = { at = "12:30", eat = "soup = bread" }

[alerts]
nag = "5m"
snooze = "1h"
quiet = "22:00-06:30"
max_sound = "0m"
long_press = "3s"

[[except]]
from = 2026-12-24
to = 2027-01-02
meals = { lunch = "14:00", breakfast = "10:00" }
reason = "holidays"

[[except]]
from = 2026-12-30
to = 2026-12-31
off = true

[[dose]]
id = "d3k2"
name = "D3 + K2 µg"
take = "1 capsule"
with = ["breakfast", "lunch"]
days = { on = 21, off = 7 }
start = 2026-01-01
end = 2026-12-31
early = "0m"
late = "1h30m"
contents = [
  { nutrient = "vitamin-d3", amount = 1000.0, unit = "IU" },
  { nutrient = "vitamin-k2", form = "MK-7", amount = 0.00001, unit = "µg" },
]
stock = { count = 90 }

[person]
age = 52
medicines = []

[[accept]]
rule = "D3-UL"
reason = "agreed with my doctor"
until = 2026-12-31
"""

FULL_LINES = [
    "plan|v=1|title=Vitamin D3 + K2|zone=Europe/Berlin|nag=300|snooze=3600|quiet=1320-390"
    "|max_sound=0|long_press=3000",
    "meal|name=breakfast|at=450,450,450,450,450,540,540|fat_g=12.5",
    "meal|name=lunch|at=750,750,750,750,750,750,750|eat=soup = bread",
    "except|from=2026-12-24|to=2027-01-02|meals=0:600,1:840|reason=holidays",
    "except|from=2026-12-30|to=2026-12-31|off=1",
    "dose|id=d3k2|name=D3 + K2 µg|take=1 capsule|with=0,1|food=any|days=cycle:21/7"
    "|start=2026-01-01|end=2026-12-31|early=0|late=5400|stock=90/1/7"
    "|contents=vitamin-d3:1000 IU;vitamin-k2/MK-7:0.00001 mcg",
]


def compiled(text: str) -> Compiled:
    return compile_schedule(parse(text, "plan.toml"))


def dose_with(line: str) -> str:
    """The smallest schedule with a line more."""
    return compiled(f"{SMALLEST}{line}\n").lines[1].replace("\t", "|")


def sha16(lines: list[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()[:16]


def test_the_smallest_schedule() -> None:
    assert [line.replace("\t", "|") for line in compiled(SMALLEST).lines] == [
        "plan|v=1|zone=UTC|nag=600|snooze=900|max_sound=1200|long_press=2000",
        "dose|id=d3|name=Vitamin D3|at=480|days=daily|early=3600|late=10800",
        "zone|hash=4c791ffb536c1e8b|count=1|until=1577923200",
        "shift|789004800:0",
    ]


def test_every_key_has_its_place_and_the_person_stays_at_home() -> None:
    lines = compiled(FULL).lines
    zone = next(number for number, line in enumerate(lines) if line.startswith("zone"))
    assert [line.replace("\t", "|") for line in lines[:zone]] == FULL_LINES


def test_the_hashes_are_of_what_they_say() -> None:
    result = compiled(FULL)
    shift_lines = [line for line in result.lines if line.startswith("shift")]
    assert result.revision == sha16(result.lines[:6])
    assert result.hash == sha16(result.lines)
    assert result.zone_hash == sha16(shift_lines)
    assert result.lines[6] == f"zone\thash={result.zone_hash}\tcount=51\tuntil=1577923200"


def test_the_zone_table_is_cut_into_lines_that_fit() -> None:
    _zone, *shift_lines = compiled(FULL).lines[6:]
    pairs = [pair for line in shift_lines for pair in line.removeprefix("shift\t").split(",")]
    assert pairs == [f"{at}:{offset}" for at, offset in shifts("Europe/Berlin")]
    assert [600 < len(line) <= 640 for line in shift_lines] == [True, False]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('days = "daily"', "days=daily"),
        ('days = ["thu", "mon"]', "days=week:mon,thu"),
        ("days = { every = 3 }\nstart = 2026-01-01", "days=every:3|start=2026-01-01"),
        ("days = { on = 21, off = 7 }\nstart = 2026-01-01", "days=cycle:21/7|start=2026-01-01"),
        ("days = { monthdays = [-1, 15, 1] }", "days=month:1,15,-1"),
        ('days = "daily"\nat = ["20:00", "08:00"]', "at=480,1200|days=daily"),
        ('days = "daily"\nfood = "empty"', "food=empty|days=daily"),
    ],
)
def test_ways_to_say_when(line: str, field: str) -> None:
    text = SMALLEST.replace('days = "daily"\n', "")
    text = text.replace('at = ["08:00"]\n', "") if "at =" in line else text
    assert f"|{field}|" in compiled(f"{text}{line}\n").lines[1].replace("\t", "|")


def test_comments_order_of_keys_and_ways_of_writing_do_not_change_the_revision() -> None:
    other = FULL.replace("nag = ", "# ring again\nnag = ").replace('"1h30m"', '"90m"')
    other = other.replace("1000.0", "1_000").replace('"µg"', '"ug"').replace("\n", "\r\n")
    other = other.replace('"Vitamin D3 + K2"', "'Vitamin D3 + K2'")
    other = other.replace("stock = { count = 90 }", "stock = { low = 7, count = 90 }")
    assert compiled(other) == compiled(FULL)


def test_person_and_accepted_findings_do_not_change_the_revision() -> None:
    assert compiled(FULL.split("[person]")[0]) == compiled(FULL)


def test_empty_texts_and_lists_are_as_good_as_none() -> None:
    assert dose_with('take = ""\ncontents = []') == compiled(SMALLEST).lines[1].replace("\t", "|")


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1"), (0.5, "0.5"), (1e-7, "0.0000001"), (1e22, "10000000000000000000000")],
)
def test_numbers_have_no_exponent(number: float, text: str) -> None:
    assert number_text(number) == text


def test_a_dose_line_may_have_640_bytes_and_no_more() -> None:
    entry = '{ nutrient = "n", form = "%s", amount = 1, unit = "g" },'
    room = 640 - len(dose_with("contents = []").encode()) - len("|contents=")
    # "n/ffffffffffff:1 g;" has 19 bytes; the form of one last entry takes up the rest.
    many = entry % ("f" * 12) * ((room - 8) // 19)
    rest = room - (room - 8) // 19 * 19 - len("n/:1 g")
    assert len(dose_with(f"contents = [{many}{entry % ('f' * rest)}]").encode()) == 640
    with pytest.raises(ManyErrors) as caught:
        dose_with(f"contents = [{many}{entry % ('f' * (rest + 1))}]")
    assert str(caught.value) == (
        'dose[1] "d3": takes 641 bytes of the 640 that the device reads at once; '
        "shorten its name or its contents, or make two doses of it."
    )


def test_the_rebuilt_document_says_what_it_is_and_what_it_lacks() -> None:
    text = decompile(compiled(FULL).lines)
    assert text.splitlines()[0] == "# Rebuilt by dosebell from what the device holds."
    assert "person" in text.split("\n\n")[0]
    assert "levothyroxine" not in text


def test_the_rebuilt_document_reads_well() -> None:
    assert decompile(compiled(FULL).lines, "One line.\nAnother.") == (
        """\
# One line.
# Another.

version = 1
title = "Vitamin D3 + K2"
timezone = "Europe/Berlin"

[meals]
breakfast = { at = "07:30", sat = "09:00", sun = "09:00", fat_g = 12.5 }
lunch = { at = "12:30", eat = "soup = bread" }

[alerts]
nag = "5m"
snooze = "1h"
quiet = "22:00-06:30"
max_sound = "0m"
long_press = "3s"

[[dose]]
id = "d3k2"
name = "D3 + K2 µg"
take = "1 capsule"
with = ["breakfast", "lunch"]
food = "any"
days = { on = 21, off = 7 }
start = 2026-01-01
end = 2026-12-31
early = "0m"
late = "1h30m"
stock = { count = 90, per_intake = 1, low = 7 }
contents = [
  { nutrient = "vitamin-d3", amount = 1000, unit = "IU" },
  { nutrient = "vitamin-k2", form = "MK-7", amount = 0.00001, unit = "mcg" },
]

[[except]]
from = 2026-12-24
to = 2027-01-02
meals = { breakfast = "10:00", lunch = "14:00" }
reason = "holidays"

[[except]]
from = 2026-12-30
to = 2026-12-31
off = true
"""
    )


@pytest.mark.parametrize("text", [SMALLEST, FULL])
def test_rebuilding_keeps_the_revision(text: str) -> None:
    result = compiled(text)
    assert compiled(decompile(result.lines)) == result


@settings(max_examples=100)
@given(schedules())
def test_rebuilding_any_schedule_keeps_the_revision(plan: Written) -> None:
    result = compiled(plan.text)
    assert compiled(decompile(result.lines)) == result


@settings(max_examples=60)
@given(schedules(max_doses=8))
def test_lines_taken_apart_are_all_there(plan: Written) -> None:
    lines = [line for line in compiled(plan.text).lines if not line.startswith("shift")]
    apart = read_lines(lines)
    assert ["\t".join([kind, *map("=".join, fields.items())]) for kind, fields in apart] == lines


def test_lines_that_no_compiler_wrote_are_taken_apart_as_well() -> None:
    assert read_lines(["dose\tid=a=b\t\tlate", "shift\t1:2,3:4\n", ""]) == [
        ("dose", {"id": "a=b", "": "", "late": ""}),
        ("shift", {}),
        ("", {}),
    ]


@settings(max_examples=60)
@given(schedules(max_doses=8))
def test_the_device_reads_what_the_host_compiles(plan: Written) -> None:
    result = compiled(plan.text)
    read = device.parse(result.lines)
    assert max(len(line.encode()) for line in result.lines) <= 640
    assert read.zone_name == plan.document["timezone"]
    assert [dose.id for dose in read.doses] == [dose["id"] for dose in plan.document["dose"]]
    assert len(read.exceptions) == len(plan.document.get("except", []))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("v=1", "v=2"),
        ("plan\tv=1", "plan"),
        ("meal\t", "feast\t"),
        ("with=0,1", "with=0,9"),
        ("days=cycle:21/7", "days=cycle:21"),
        ("start=2026-01-01", "start=2026-02-30"),
        ("name=breakfast", "name=break fast"),
        ("at=750,750", "at=750"),
        ("quiet=1320-390", "quiet=late"),
        ("stock=90/1/7", "stock=ninety/1/7"),
        ("0.00001 mcg", "some mcg"),
        ("nag=300", "nag"),
        ("name=D3 + K2 µg", "name"),
    ],
)
def test_lines_that_are_no_schedule_are_refused_in_a_sentence(old: str, new: str) -> None:
    text = "\n".join(compiled(FULL).lines)
    assert old in text
    with pytest.raises(UserError) as caught:
        decompile(text.replace(old, new).split("\n"))
    assert str(caught.value) == (
        "what the device holds is no schedule that this release reads; "
        "upgrade dosebell on this laptop, or push a schedule again."
    )


@pytest.mark.parametrize("lines", [[], [""], ["zone"], ["plan\tv=1", "plan\tv=1"]])
def test_too_few_or_too_many_lines_are_refused(lines: list[str]) -> None:
    with pytest.raises(UserError):
        decompile(lines)


def test_lines_may_end_in_newlines() -> None:
    lines = compiled(FULL).lines
    assert decompile([f"{line}\n" for line in lines]) == decompile(lines)


def test_texts_with_quotes_and_backslashes_come_back() -> None:
    text = SMALLEST.replace('"Vitamin D3"', r"""'''say "a\b" = c'd'''""")
    result = compiled(text)
    assert re.search(r'name=say "a\\b" = c\'d\t', result.lines[1])
    assert compiled(decompile(result.lines)) == result
