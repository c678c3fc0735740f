"""The demo as it is seen: short sentences, and a light that blinks as the real one would."""

import textwrap
import time
from collections.abc import Iterable
from typing import NamedTuple

from rich.console import Console
from rich.live import Live
from rich.text import Text

from dosebell import pattern

FRAME_S = 0.05
# So many moments are shown blinking; the others have been understood by then.
MAX_BLINKS = 5

LIT, DARK, NOTE = "●", "○", "♪"
PLAIN = str.maketrans({LIT: "*", DARK: ".", NOTE: "~", "✓": "+", "×": "x", "…": ".", "µ": "u"})
INDENT = "   "


class DemoPace(NamedTuple):
    """How long is waited after a headline and a line, and a light blinks at most, in seconds."""

    read_s: float
    line_s: float
    blink_s: float


# On a terminal a person reads along, so it takes its time.
READING = DemoPace(read_s=0.9, line_s=0.25, blink_s=2.2)


def _below(text: str) -> str:
    """How the second line of a long one begins: a step to the right of the first."""
    return " " * (len(INDENT) + len(text) - len(text.lstrip()) + 2)


class Screen(Console):
    """A console whose reader may go, which is no failure."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Stage:
    """Prints at a pace for reading on a terminal, and at once elsewhere."""

    def __init__(self, console: Console, pace: DemoPace = READING) -> None:
        self._console = console
        self._pace = pace
        self._slow = console.is_terminal and not console.is_dumb_terminal
        self._blinks_left = MAX_BLINKS if self._slow else 0

    @property
    def encoding(self) -> str:
        return self._console.encoding

    @property
    def width(self) -> int:
        """How many characters fit on a line below a headline."""
        return self._console.width - len(INDENT) if self._console.is_terminal else 10_000

    def act(self, title: str) -> None:
        """The headline of what comes now."""
        self._print(Text())
        self._print(Text(self._folded(title, "", ""), style="bold"))
        self._wait(self._pace.read_s)

    def lines(self, texts: Iterable[str]) -> None:
        """Plain lines below a headline."""
        for text in texts:
            self._print(Text(self._folded(text, INDENT, _below(text)).rstrip()))
            self._wait(self._pace.line_s)

    def moment(self, at: str, text: str, light: str, sound: str) -> None:
        """One moment: when, what the box shows (names of patterns), and what that means."""
        at, text = self._writable(at), self._writable(text)
        if self._blinks_left and light != pattern.OFF:
            self._blinks_left -= 1
            self._blink(at, text, light, sound)
        on, sounds = light != pattern.OFF, sound != pattern.SILENT
        self._print(self._picture(at, text, on, sounds))
        self._wait(self._pace.line_s)

    def _blink(self, at: str, text: str, light: str, sound: str) -> None:
        """The light and the tones in real time, for a while."""
        length_s = self._pace.blink_s
        if not pattern.LIGHTS[light][0]:
            length_s = min(self._pace.blink_s, pattern.length_ms(light) / 1000)
        began_s = time.monotonic()
        with Live(console=self._console, auto_refresh=False, transient=True) as live:
            while (elapsed_s := time.monotonic() - began_s) < length_s:
                ms = int(elapsed_s * 1000)
                lit, hz = pattern.lit(light, ms), pattern.tone_hz(sound, ms)
                live.update(self._picture(at, text, lit, hz > 0), refresh=True)
                time.sleep(FRAME_S)

    def _picture(self, at: str, text: str, lit: bool, sounds: bool) -> Text:
        lamp = (self._writable(LIT if lit else DARK), "bold yellow" if lit else "dim")
        note = (self._writable(NOTE) if sounds else " ", "bold cyan")
        head = f"{INDENT}{at}  "
        # The light and the tones take a column each, with a blank between them.
        beside = " " * (len(head) + len("● ♪  "))
        told = self._folded(text, beside, beside).removeprefix(beside)
        return Text.assemble(head, lamp, " ", note, f"  {told}")

    def _folded(self, text: str, first: str, below: str) -> str:
        """The text in lines no wider than the terminal, behind what they begin with."""
        line = f"{first}{self._writable(text)}"
        width = self.width + len(INDENT)
        if len(line) <= width:
            return line
        return textwrap.fill(line, width, subsequent_indent=below, break_long_words=False)

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)

    def _wait(self, seconds: float) -> None:
        if self._slow:
            time.sleep(seconds)

    def _writable(self, text: str) -> str:
        """The text in characters that the output can take."""
        try:
            text.encode(self._console.encoding)
        except UnicodeError:
            return text.translate(PLAIN).encode("ascii", "replace").decode("ascii")
        return text
