"""Four mornings with one dose, as the firmware itself lives them: what each press does."""

from dataclasses import dataclass

from dosebell import civil
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.sim.observed import Observer, Shown
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from page import svg

# A Monday in winter in Berlin, where 07:30 is 06:30 UTC.
MIDNIGHT_S = civil.day_of(2026, 11, 23) * civil.DAY_S - civil.HOUR_S
START_S = 7 * 3600
SHORT_MS, LONG_MS, VERY_LONG_MS = 200, 2500, 8500
HELD = {SHORT_MS: "short", LONG_MS: "long", VERY_LONG_MS: "very long"}

LEFT, WIDE = 250, 680
TOP, SCALE, ROW, BAR = 58, 44, 102, 20

Press = tuple[int, int]
Span = tuple[float, float, str]


@dataclass(frozen=True)
class Morning:
    """`presses` are (minute of the day, milliseconds held)."""

    title: str
    told: tuple[str, ...]
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Mornings on one scale, in minutes of the day, with a mark every so many."""

    from_min: int
    to_min: int
    mark_min: int
    mornings: tuple[Morning, ...]

    def x(self, second_of_day: float) -> float:
        share = (second_of_day / 60 - self.from_min) / (self.to_min - self.from_min)
        return round(LEFT + share * WIDE, 1)


def at(hour: int, minute: int) -> int:
    return hour * 60 + minute


PANELS = (
    Panel(
        at(7, 28),
        at(7, 58),
        5,
        (
            Morning("A short press", ("takes what rings",), ((at(7, 34), SHORT_MS),)),
            Morning(
                "A long press, 2 s",
                ("puts it off for 15 minutes",),
                ((at(7, 34), LONG_MS), (at(7, 51), SHORT_MS)),
            ),
            Morning(
                "A very long press, 8 s",
                ("undoes the last press,", "and it rings again"),
                ((at(7, 34), SHORT_MS), (at(7, 40), VERY_LONG_MS), (at(7, 52), SHORT_MS)),
            ),
        ),
    ),
    Panel(
        at(7, 15),
        at(10, 45),
        30,
        (Morning("Nobody presses", ("more urgent with time;", "at lunch it begins anew")),),
    ),
)

STAGES = {"due": "due", "overdue": "overdue", "last-call": "last call"}
ANSWERS = {"taken": "taken"}


def drawing() -> str:
    """The whole sheet as SVG."""
    rows = sum(len(panel.mornings) for panel in PANELS)
    height = TOP + len(PANELS) * SCALE + rows * ROW + 12
    sheet = svg.Drawing(LEFT + WIDE + 50, height, "Four mornings: what each press does")
    sheet.text(24, 34, "Breakfast at 07:30: what each press does", 20, bold=True)
    sheet.box(LEFT + 330, 20, 22, 14, svg.LIGHT)
    sheet.text(LEFT + 358, 32, "light", 13, svg.MUTED)
    sheet.box(LEFT + 420, 20, 22, 14, svg.SOUND)
    sheet.text(LEFT + 448, 32, "sound", 13, svg.MUTED)
    sheet.text(LEFT + 516, 32, "▲ the button", 13, svg.MUTED)
    y = TOP
    for panel in PANELS:
        _scale(sheet, panel, y)
        y += SCALE
        for morning in panel.mornings:
            _row(sheet, panel, morning, y)
            y += ROW
    return str(sheet)


def lived(morning: Morning, until_min: int) -> list[Shown]:
    """What the box showed and sounded, from before breakfast until a minute of the day."""
    world = World(MIDNIGHT_S + START_S, seed="morning")
    world.power_on()
    text = (schedules_dir() / "d3-k2-breakfast.toml").read_text(encoding="utf-8")
    compiled = compile_schedule(read_file.parse(text, "d3-k2-breakfast.toml"))
    transfer(Client(Link(Wire(world), "the box of the drawing")), compiled)
    observer = Observer(world)
    for minute, held_ms in morning.presses:
        world.run_until(MIDNIGHT_S + minute * 60)
        world.press(held_ms)
    world.run_until(MIDNIGHT_S + until_min * 60)
    return observer.changes()


def spans(changes: list[Shown], output: str, until_min: int) -> list[Span]:
    """(from, to, pattern) of the "light" or the "sound", in seconds of the day, neighbours that
    show the same as one.
    """
    found: list[Span] = []
    ends_s = [change.at_ms / 1000 - MIDNIGHT_S for change in changes[1:]] + [until_min * 60]
    for change, end_s in zip(changes, ends_s, strict=True):
        name = str(getattr(change, output))
        from_s = change.at_ms / 1000 - MIDNIGHT_S
        if found and found[-1][2] == name:
            from_s = found.pop()[0]
        found.append((from_s, end_s, name))
    return found


def _scale(sheet: svg.Drawing, panel: Panel, y: int) -> None:
    bottom = y + SCALE + len(panel.mornings) * ROW
    first = -(-panel.from_min // panel.mark_min) * panel.mark_min
    for minute in range(first, panel.to_min + 1, panel.mark_min):
        x = panel.x(minute * 60)
        clock = f"{minute // 60:02}:{minute % 60:02}"
        sheet.text(x, y + 28, clock, 12, svg.MUTED, anchor="middle")
        sheet.line(x, y + 36, x, bottom)


def _row(sheet: svg.Drawing, panel: Panel, morning: Morning, y: int) -> None:
    sheet.line(12, y, LEFT + WIDE + 38, y)
    sheet.text(24, y + 38, morning.title, 15, bold=True)
    for at_line, told in enumerate(morning.told):
        sheet.text(24, y + 58 + 18 * at_line, told, 13, svg.MUTED)
    changes = lived(morning, panel.to_min)
    for from_s, to_s, name in spans(changes, "light", panel.to_min):
        _light(sheet, name, panel.x(from_s), panel.x(to_s), y + 26)
    said: set[str] = set()
    for from_s, to_s, name in spans(changes, "sound", panel.to_min):
        stage = STAGES.get(name.removesuffix("-eat"), "")
        if stage:
            x = panel.x(from_s)
            sheet.box(x, y + 50, round(panel.x(to_s) - x, 1), BAR, svg.SOUND)
            if stage not in said:
                said.add(stage)
                _label(sheet, x, y + 20, stage)
    for minute, held_ms in morning.presses:
        sheet.text(panel.x(minute * 60) - 5, y + 90, f"▲ {HELD[held_ms]}", 12)


def _label(sheet: svg.Drawing, x: float, y: int, words: str) -> None:
    """Small words, with the lines of the scale left out behind them."""
    sheet.box(x + 1, y - 12, 8 * len(words), 15, svg.PAPER)
    sheet.text(x + 4, y, words, 12, svg.MUTED)


def _light(sheet: svg.Drawing, name: str, x: float, to_x: float, y: int) -> None:
    """Blinking is a full bar on this scale, a flash now and then a row of strokes."""
    if name == "due":
        sheet.box(x, y, round(to_x - x, 1), BAR, svg.LIGHT)
    elif name == "snoozed":
        for stroke in range(int(to_x - x) // 6):
            sheet.box(round(x + stroke * 6 + 3, 1), y, 2, BAR, svg.LIGHT)
    elif name in ANSWERS:
        sheet.box(x, y - 5, 3, BAR + 10, svg.LIGHT_EDGE)
        _label(sheet, x + 5, y + 15, ANSWERS[name])
