"""A Chromium that measures pages: what only a browser knows, such as how wide words are.

Where there is none a test that needs one is skipped, unless `DOSEBELL_NEEDS_BROWSER` is set, as
where the project is built.
"""

import html
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from dosebell_host.report.pdf import find_browser, print_pdf

_NEEDED = "DOSEBELL_NEEDS_BROWSER"
_NO_BROWSER = "no Chromium, Chrome or Edge is here to measure with: apt-get install chromium"
_WITHIN_S = 120
_MEASURES = """<pre id="measured"></pre><script>onload = () => {
  const pages = [...document.querySelectorAll("iframe")].map((each) => each.contentDocument);
  const found = pages.map((page) => SCRIPT);
  document.getElementById("measured").textContent = JSON.stringify(found); };</script>"""
_FOUND = re.compile(r'<pre id="measured">(.*?)</pre>', re.S)


def browser() -> str:
    """The command of a browser; without one the test ends here."""
    found = find_browser()
    if found is None:
        assert not os.environ.get(_NEEDED), _NO_BROWSER
        pytest.skip(_NO_BROWSER)
    return found


def measured(pages: Iterable[str], script: str, width: int = 900) -> list[Any]:
    """What the expression `script` comes to in each `page`, shown so many pixels wide."""
    style = f"border:0;width:{width}px;height:3000px"
    frames = "".join(
        f'<iframe style="{style}" srcdoc="{html.escape(one)}"></iframe>' for one in pages
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        text = f"<!DOCTYPE html><body>{frames}{_MEASURES.replace('SCRIPT', script)}</body>"
        file.write_text(text, encoding="utf-8")
        dom = _run("--dump-dom", f"--user-data-dir={folder}/profile", file.as_uri())
    (found,) = _FOUND.findall(dom)
    assert found, "the browser has measured nothing"
    made: list[Any] = json.loads(html.unescape(found))
    return made


def pages_printed(page: str, folder: Path) -> int:
    """How many sheets of paper a page takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", print_pdf(browser(), page, folder)))


def _run(*words: str) -> str:
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [browser(), "--headless", "--disable-gpu", "--no-first-run", *alone, *words]
    done = subprocess.run(command, capture_output=True, timeout=_WITHIN_S, check=True)
    return done.stdout.decode()
