"""A live box on a terminal: its light as it blinks, its sound as notes, and what it has noted."""

from rich.console import Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dosebell.board import Open
from dosebell.record import RINGING, SNOOZED
from dosebell_host.history.record_text import words
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import LocalTime, day_text
from dosebell_host.sim.observed import Observer
from dosebell_host.sim.signal_words import light_text, next_text, open_text, sound_text

# States in which a dose calls for an answer.
_CALLS = (RINGING, SNOOZED)

# Fast enough for the fastest pattern, 100 ms on and 100 ms off.
FRAME_S = 0.04

KEYS = "Space  press    l  long press    u  hold 8 s (undo)    q  quit"
WIDTH = 72


class Display:
    """Draws the box anew after a pass, if what is seen has changed. A context manager."""

    def __init__(self, observer: Observer, port: str, speed: float) -> None:
        self._observer = observer
        self._port = port
        self._speed = speed
        self._live = Live(auto_refresh=False)
        self._shown: tuple[object, ...] = ()

    def __enter__(self) -> "Display":
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def on_pass(self) -> None:
        observer = self._observer
        seen = (
            observer.lit(),
            observer.tone_hz(),
            observer.lamps(),
            observer.light,
            observer.sound,
            observer.world.now_s,
            observer.next_due(),
            len(observer.recent()),
        )
        if seen != self._shown:
            self._shown = seen
            self._live.update(self._picture(), refresh=True)

    def _picture(self) -> RenderableType:
        observer = self._observer
        local = observer.local()
        facts = Table.grid(padding=(0, 2))
        facts.add_column(style="dim", min_width=7)
        facts.add_column(overflow="fold")
        facts.add_row("light", self._light())
        facts.add_row("sound", self._sound())
        if lamps := observer.lamps():
            facts.add_row("lamps", _lamps(lamps))
        facts.add_row("time", self._time(local))
        facts.add_row("rings", self._rings())
        facts.add_row("next", next_text(observer.next_due(), local))
        parts: list[RenderableType] = [facts, Text()]
        parts += [_record(entry, local, self._live.console.width) for entry in observer.recent()]
        parts += [Text(), Text(KEYS, style="dim")]
        title = f"[bold]virtual Pico[/] at {self._port}"
        width = min(WIDTH, self._live.console.width)
        return Panel(Group(*parts), title=title, title_align="left", width=width, padding=(1, 2))

    def _light(self) -> Text:
        lamp = ("●", "bold bright_yellow") if self._observer.lit() else ("○", "dim")
        return Text.assemble(lamp, f"  {light_text(self._observer.light, bool(self._calling()))}")

    def _sound(self) -> Text:
        hz = self._observer.tone_hz()
        note = ("♪", "bold bright_cyan") if hz else ("·", "dim")
        return Text.assemble(note, f"  {sound_text(self._observer.sound)}", (_pitch(hz), "dim"))

    def _time(self, local: LocalTime) -> Text:
        moment = local.datetime(self._observer.world.now_s)
        speed = f", {self._speed:g} times as fast" if self._speed != 1 else ""
        text = Text.assemble(f"{day_text(moment.date(), True)} ", (f"{moment:%H:%M:%S}", "bold"))
        return text.append(speed, "dim")

    def _rings(self) -> str:
        return "\n".join(map(open_text, self._calling())) or "nothing"

    def _calling(self) -> list[Open]:
        """What rings, or is snoozed."""
        app = self._observer.world.app
        return [each for each in app.view.open if each.state in _CALLS] if app else []


def _lamps(lit: list[bool]) -> Text:
    """The strip, with the number of each compartment whose lamp is on."""
    shown = [
        (f"●{place} ", "bold bright_yellow") if is_lit else ("○ ", "dim")
        for place, is_lit in enumerate(lit, 1)
    ]
    return Text.assemble(*shown)


def _record(entry: Entry, local: LocalTime, columns: int) -> Text:
    """One record as a line of the journal, on a screen of so many columns."""
    at = "--:--:--" if entry.utc_s is None else f"{local.datetime(entry.utc_s):%a %H:%M:%S}"
    dose = f"{entry.dose} " if entry.dose else ""
    line = Text.assemble((f"{at:14}", "dim"), f"{dose}{words(entry, local)}")
    line.truncate(min(WIDTH, columns) - 6, overflow="ellipsis")
    return line


def _pitch(hz: int) -> str:
    return f"  {hz} Hz" if hz else ""
