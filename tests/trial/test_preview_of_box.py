"""`preview` without a file: what the box has, or what this laptop knows of one that is away."""

from pathlib import Path

import pytest

from desk import Desk
from domain import D3K2, Box

SUNDAY = ("--from", "2026-11-29", "--days", "1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(D3K2, encoding="utf-8")
    return path


@pytest.fixture
def desk(file: Path) -> Desk:
    return Desk.that_pushed(file)


def ident(desk: Desk) -> str:
    [box] = desk.gets("boxes")["items"]
    return str(box["device_id"])


def without_stock(lines: list[str]) -> list[str]:
    """What is left is the box's to count."""
    return [line for line in lines if "if there are" not in line]


def test_it_is_the_preview_of_the_file_that_was_pushed(desk: Desk, file: Path) -> None:
    of_file = desk.types("preview", file, *SUNDAY).stdout.splitlines()
    head, *lines = desk.types("preview", *SUNDAY).stdout.splitlines()
    assert head == f"The schedule of the box {ident(desk)}, pushed as mine.toml."
    assert lines == without_stock(of_file)
    assert desk.gets("preview", *SUNDAY) == desk.gets("preview", file, *SUNDAY) | {
        "stock": [],
        "device_id": ident(desk),
        "file_name": "mine.toml",
        "rebuilt": False,
        "read_at": None,
    }


def test_of_a_box_that_is_away_it_says_from_when_that_is(desk: Desk, file: Path) -> None:
    there = desk.gets("preview", *SUNDAY)
    desk.types("name", ident(desk), "mother")
    desk.box = None
    head = desk.types("preview", *SUNDAY).stdout.splitlines()[0]
    assert (
        head
        == "The schedule that the box mother had on Mon 23 Nov 2026 06:00, pushed as mine.toml."
    )
    away = desk.gets("preview", "--device", "mother", *SUNDAY)
    assert away | {"read_at": None} == there
    assert away["read_at"].startswith("2026-11-23T06:00")


def test_where_the_file_is_not_known_it_is_rebuilt_from_the_box() -> None:
    desk = Desk(Box.with_schedule(D3K2, at="2026-11-23 06:00"))
    head = desk.types("preview", *SUNDAY).stdout.splitlines()[0]
    assert head == f"The schedule of the box {ident(desk)}, rebuilt from the box."
    assert desk.gets("preview", *SUNDAY)["rebuilt"]


@pytest.mark.parametrize(
    ("words", "is_there", "code", "said"),
    [
        ([], False, 4, "or to look at a file: dosebell preview my.toml."),
        (["--port", "nowhere"], False, 4, "or to look at a file: dosebell preview my.toml."),
        ([], True, 1, "the box has no schedule yet; `dosebell push FILE` gives it one."),
        (["--days", "0"], True, 2, "--days: 0 days cannot be previewed; write 1 to 3660."),
        (["my.toml", "--device", "mother"], False, 2, "FILE and --device both say whose schedule"),
    ],
)
def test_where_there_is_nothing_to_show_it_says_so(
    words: list[str], is_there: bool, code: int, said: str
) -> None:
    desk = Desk(Box.bare("2026-11-23 06:00") if is_there else None)
    done = desk.types("preview", *words)
    assert (done.exit_code, said in done.stderr) == (code, True), done.output
