"""What others chose drives no terminal: names of files, of USB devices, and what boxes say."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk import Desk
from domain import D3K2, Box
from dosebell_host import cli
from dosebell_host.box.reach import Target
from dosebell_host.errors import JOINERS
from dosebell_host.terminal.options import Settings
from dosebell_host.terminal.output import escaped
from lying_box import NASTY_TEXTS

CLEAR = "\x1b[2J"
# What no file name of this system can hold.
NAMES = [text[:60].replace("\x00", "") for text in NASTY_TEXTS if "\ud800" not in text]


def is_harmless(printed: bytes) -> bool:
    """Whether a terminal that reads UTF-8 only shows it."""
    return all(c.isprintable() or c in f"\n\t\xa0{JOINERS}" for c in printed.decode())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", ["check", "preview", "push", "demo"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_file_may_have_any_name(
    name: str, command: str, form: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(D3K2.replace("07:30", "25:30"), encoding="utf-8")
    result = Desk().types(command, file, *form)
    assert isinstance(result.exception, SystemExit), result.exc_info
    printed = result.stdout_bytes + result.stderr_bytes
    assert (result.exit_code, is_harmless(printed), b"25:30" in printed) == (1, True, True)


@pytest.mark.parametrize("product", NASTY_TEXTS)
@pytest.mark.parametrize("command", ["ports", "doctor"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_usb_device_may_say_what_it_likes(
    product: str, command: str, form: tuple[str, ...]
) -> None:
    desk = Desk()
    evil = Target("/dev/ttyACM3", "/dev/ttyACM3", product, product, is_board=False)
    desk.reach = replace(desk.reach, plugged=lambda: [evil])
    result = desk.types(command, *form)
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    assert is_harmless(result.stdout_bytes + result.stderr_bytes)


def test_the_document_says_just_what_the_device_says() -> None:
    desk = Desk()
    evil = Target(
        "/dev/ttyACM3", "/dev/ttyACM3", "\u202e\x1b[2J\x9b\ud800\U000e0041", is_board=False
    )
    desk.reach = replace(desk.reach, plugged=lambda: [evil])
    assert desk.gets("ports")["items"][0]["description"] == evil.description
    assert (
        rb"\u202e\u001b[2J\u009b\ud800\udb40\udc41" in desk.types("ports", "--json").stdout_bytes
    )


def test_text_is_shown_with_what_nobody_sees_written_out() -> None:
    assert escaped("a\x1b[2J\r\n\tb\x00\x7f\x9b \u202e\u200b\ufeff\u2028\ud800") == (
        "a\\x1b[2J\\r\n\tb\\x00\\x7f\\x9b \\u202e\\u200b\\ufeff\\u2028\\ud800"
    )
    plain = "12\xa0µg µ ✓ D₃ Βιταμίνη 維生素\u3000π \N{PILL}"
    assert escaped(plain) == plain


def pulled(desk: Desk, on_terminal: bool) -> bytes:
    settings = Settings(reach=lambda: desk.reach, on_terminal=lambda: on_terminal)
    return CliRunner().invoke(cli.main, ["pull"], obj=settings).stdout_bytes


def test_a_pulled_file_is_made_safe_for_a_terminal_and_for_nothing_else(tmp_path: Path) -> None:
    written = f"# \u202eevil\r\n{D3K2}".encode()
    file = tmp_path / "mine.toml"
    file.write_bytes(written)
    desk = Desk(Box.with_schedule(D3K2))
    assert desk.types("push", file).exit_code == 0
    assert pulled(desk, on_terminal=False) == written
    assert pulled(desk, on_terminal=True).decode() == f"# \\u202eevil\n{D3K2}"
    copy = tmp_path / "copy.toml"
    desk.types("pull", "-o", copy)
    assert copy.read_bytes() == written


def test_a_question_is_made_safe_too(tmp_path: Path) -> None:
    desk = Desk(Box.with_schedule(D3K2))
    file = tmp_path / f"{CLEAR}.toml"
    file.write_text("mine")
    settings = Settings(reach=lambda: desk.reach, attended=lambda: True)
    result = CliRunner().invoke(cli.main, ["pull", "-o", str(file)], input="n\n", obj=settings)
    assert (result.exit_code, is_harmless(result.output_bytes)) == (1, True)
    assert "\\x1b[2J.toml would be overwritten" in result.stderr
