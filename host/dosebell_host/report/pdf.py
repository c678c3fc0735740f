"""A PDF of a report, printed by a browser that is on this machine."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dosebell_host.errors import UserError

Which = Callable[[str], str | None]

_PRINTS_WITHIN_S = 120
_COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
_OF_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_OF_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")

# Where zones are called so, paper is Letter.
_LETTER_ZONES = ("America/", "US/", "Canada/", "Pacific/Honolulu")


def find_browser(which: Which = shutil.which) -> str | None:
    """A Chromium, Chrome or Edge of this machine, or None."""
    found = next(filter(None, map(which, _COMMANDS)), None)
    if found:
        return found
    return next((str(path) for path in _usual_places() if path.is_file()), None)


def paper_of(zone: str) -> str:
    """The paper that is usual where a zone is, as CSS calls it."""
    return "letter" if zone.startswith(_LETTER_ZONES) else "A4"


def on_paper(page: str, paper: str) -> str:
    """The page for that paper: a browser without a dialogue asks nobody."""
    return page.replace("</head>", f"<style>@page {{ size: {paper}; }}</style></head>", 1)


def print_pdf(browser: str, page: str, beside: Path) -> bytes:
    """What a browser makes of a page on paper. It works in the folder `beside`, which need not be
    there yet, for some browsers see no other. Raises `UserError` where it makes nothing.
    """
    try:
        beside.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="dosebell-", dir=beside.resolve()) as folder:
            source, made = Path(folder, "report.html"), Path(folder, "report.pdf")
            source.write_text(page, encoding="utf-8")
            _run([browser, *_OPTIONS, f"--user-data-dir={folder}/profile"], source, made)
            return made.read_bytes()
    except (OSError, subprocess.TimeoutExpired):
        fix = "open the report in a browser and print it"
        raise UserError(f"{browser} made no PDF", fix=fix, code="pdf") from None


_OPTIONS = ("--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer")


def _run(command: list[str], source: Path, made: Path) -> None:
    # Chromium has no sandbox for root, and the page holds no script.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    words = [*command, *alone, f"--print-to-pdf={made}", source.as_uri()]
    quiet: dict[str, Any] = {"capture_output": True, "stdin": subprocess.DEVNULL}
    subprocess.run(words, check=False, timeout=_PRINTS_WITHIN_S, **quiet)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "darwin":
        yield from map(Path, _OF_MAC)
    for variable in _WINDOWS_FOLDERS if sys.platform == "win32" else ():
        folder = os.environ.get(variable)
        if folder:
            yield from (Path(folder, name) for name in _OF_WINDOWS)
