"""What every command prints on a terminal: no line wider than that, and colour never alone."""

import io
import re
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import pytest

from desk import Desk
from domain import MEALS, Box, dose
from dosebell_host import cli
from dosebell_host.box.reach import Reach
from dosebell_host.terminal import screen
from dosebell_host.terminal.options import Settings
from dosebell_host.trial import demo, demo_stage

# Whatever moves the cursor, hides it or colours what follows.
_DRIVEN = re.compile("\x1b\\[[?0-9;]*[a-zA-Z]")
_COLOUR = re.compile("\x1b\\[[0-9;]*m")

MINE = (
    'version = 1\ntitle = "What the doctor, the dentist and the pharmacist said"\n'
    'timezone = "Europe/Berlin"\n'
    + MEALS
    + dose("d3k2", 'with = ["breakfast", "lunch"]', 'food = "fat"', "stock = { count = 3 }")
    + dose("eye-drops", 'at = ["08:00", "14:00", "20:00"]', 'take = "1 drop in the left eye"')
    + dose("magnesium-night", 'at = ["22:00"]', "stock = { count = 60, per_intake = 2 }")
).replace('"D3K2"', '"Vitamin D3 1000 IU + K2 (MK-7) 100 µg in olive oil"')

# With "+", what is moved, added and taken out; all are typed one after the other.
COMMANDS = [
    "status",
    "log",
    "log --records",
    "log --since 2026-11-24",
    "take",
    "take nosuch",
    "skip eye-drops",
    "snooze",
    "undo",
    "undo d3k2",
    "undo eye-drops --date 2026-11-23",
    "stock d3k2",
    "stock d3k2 +90",
    "clock",
    "clock --set",
    "ports",
    "boxes",
    "name nosuch mother",
    "doctor",
    "parts",
    "check FILE",
    "check FILE --verbose --fix",
    "check --explain D3-FAT",
    "preview FILE",
    "simulate FILE --from 2026-11-23 --days 2 --press 2026-11-23T07:41",
    "push OTHER --dry-run",
    "push OTHER",
    "push OTHER --yes",
    "push nosuch.toml",
    "move eye-drops 09:00 --file FILE",
    "add magnesium --when lunch --file FILE",
    "remove magnesium --file FILE",
    "away 2026-12-24 2027-01-02 --off --reason hospital --file FILE",
    "report -o REPORT",
    "new NEW --timezone Europe/Berlin --d3 none --k2 none --medicines apixaban",
    "edit FILE",
    "pull -o PULLED",
    "flash",
    "virtual --tcp 99999999",
]


class Terminal(io.StringIO):
    """What a person looks at."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Typist:
    """Somebody at a terminal of some columns, beside a box that has seen two days."""

    def __init__(self, folder: Path) -> None:
        box = Box.with_schedule(MINE, at="2026-11-23 06:00").until("07:40")
        box.press()
        box.until("2026-11-24 14:05")
        self._desk = Desk(box)
        names = ("FILE", "OTHER", "REPORT", "NEW", "PULLED")
        self._paths = {name: folder / f"{name.lower()}.toml" for name in names}
        self._paths["FILE"].write_text(MINE, encoding="utf-8")
        other = MINE.replace("14:00", "14:30").replace("magnesium-night", "magnesium")
        self._paths["OTHER"].write_text(other, encoding="utf-8")

    def types(self, command: str) -> str:
        """All that is printed of it, on stdout and stderr, in the colours that it has."""
        words = [str(self._paths.get(word, word)) for word in command.split()]
        settings = Settings(reach=lambda: self._desk.reach, attended=lambda: False)
        terminal = Terminal()
        with redirect_stdout(terminal), redirect_stderr(terminal), suppress(SystemExit):
            cli.main(words, obj=settings)
        return terminal.getvalue()


@pytest.fixture
def typist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typist:
    monkeypatch.setenv("TERM", "xterm")
    # An editor that changes nothing.
    monkeypatch.setenv("VISUAL", "true")
    return Typist(tmp_path)


def too_wide(text: str, columns: int) -> list[str]:
    """The lines that could have been folded, and are not. A command is copied in one piece."""
    wide = [line for line in text.splitlines() if len(line) > columns]
    return [
        line
        for line in wide
        if not line.lstrip().startswith("dosebell ")
        and (len(line.split()) > 2 or " " in line.strip()[:columns])
    ]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(
    columns: int, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    wide = {each: too_wide(_COLOUR.sub("", typist.types(each)), columns) for each in COMMANDS}
    assert {command: lines for command, lines in wide.items() if lines} == {}


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_of_the_demo_is_wider_either(columns: int) -> None:
    terminal = Terminal()
    shown = demo_stage.Screen(file=terminal, width=columns, highlight=False)
    stage = demo_stage.Stage(shown, demo_stage.DemoPace(read_s=0, line_s=0, blink_s=0))
    demo.run(None, stage, print, Reach())
    text = _DRIVEN.sub("", terminal.getvalue())
    assert ("The laptop reads" in text, too_wide(text, columns)) == (True, [])


def test_colour_says_nothing_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the same stands there, and with it every colour ends where it began."""
    shown: dict[str, list[str]] = {}
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "xterm")):
        with monkeypatch.context() as patch:
            patch.setenv("TERM", "xterm")
            patch.setenv("VISUAL", "true")
            patch.setenv(name, value)
            folder = tmp_path / f"{name}-{value}"
            folder.mkdir()
            typist = Typist(folder)
            # Tests share nothing of a laptop but what they put there themselves.
            patch.setenv("DOSEBELL_DATA", str(folder / "data"))
            told = [typist.types(command) for command in COMMANDS]
        shown[f"{name}-{value}"] = [each.replace(str(folder), "FOLDER") for each in told]
    coloured = shown["TERM-xterm"]
    assert shown["NO_COLOR-1"] == shown["TERM-dumb"] == [_COLOUR.sub("", t) for t in coloured]
    assert len([each for each in coloured if "\x1b" in each]) > len(COMMANDS) // 4
    for text in coloured:
        for line in text.splitlines():
            assert len(_COLOUR.findall(line)) == 2 * line.count("\x1b[0m")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("short", ["short"]),
        (
            "Power     no battery clock at all here",
            ["Power     no battery", "          clock at", "          all here"],
        ),
        ("! drops is open now and goes", ["! drops is open now", "  and goes"]),
        ("  - a line that stands in", ["  - a line that", "    stands in"]),
        ("https://example.org/a/long/address", ["https://example.org/a/long/address"]),
        ("  dosebell push my.toml --unchecked", ["  dosebell push my.toml --unchecked"]),
        ("none left: dosebell undo d3k2", ["none left:", "  dosebell undo d3k2"]),
        ("see `dosebell log` for it now", ["see `dosebell log`", "  for it now"]),
        ("✓ taken  ~ late  × missed", ["✓ taken  ~ late  ×", "  missed"]),
    ],
)
def test_a_line_is_folded_between_words(line: str, parts: list[str]) -> None:
    assert screen.folded(line, 20) == parts


def test_csv_is_for_a_program_and_never_folded(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    lines = typist.types("log --csv").splitlines()
    assert [line.count(",") for line in lines] == [6] * len(lines)
    assert "\x1b" not in "".join(lines)
