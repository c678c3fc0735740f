"""Four doses due at once, as the firmware itself asks for them: together, and one at a time."""

from typing import NamedTuple

from dosebell import civil, wiring
from dosebell.board import View
from dosebell_host.actions.parts.set_parts import USUAL
from dosebell_host.box.client import Client, parts_text
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from page import svg
from page.rhythms import flashes, lit_spans

# A Monday in winter in Berlin, where 07:30 is 06:30 UTC.
BEFORE_S = civil.day_of(2026, 11, 23) * civil.DAY_S + 6 * civil.HOUR_S
DUE_S = BEFORE_S + 1800
# A press, and until the next question.
PRESS_MS, NEXT_S = 200, 3

DOSES = (("Vitamin D3 + K2", 1), ("Iron", 3), ("Zinc", 6), ("Eye drops", 7))
# Long enough that seven flashes begin again.
SHOWN_MS = 12_000
LIGHT, PER_SECOND, LAMP = 230, 36, 18
STRIP, LAMP_PITCH, RADIUS = 700, 46, 17
TOP, HEAD, ROW, SMALL = 76, 44, 62, 24
ALL = "As it comes: one press takes all of them"
EACH = 'One at a time (answer = "each"): a press takes one, and the box asks for the next'
SMALL_PRINT = (
    "An example: pills lie in compartments 1, 3, 6 and 7. Flashes say which, never how many.",
    "After each press the light is on for a second; then the box asks for the next, or is done.",
    "Not at hand? Hold the button for 2 seconds: that one is put off, and the next is asked for.",
    "Pressed by mistake? Within 10 minutes hold it for 8 seconds: only the last press is undone.",
)


class Pointing(NamedTuple):
    """What is asked for at a moment, and how: the light's rhythm, and the lamps that shine."""

    names: tuple[str, ...]
    light: str
    places: tuple[int, ...]


def drawing() -> str:
    """The whole sheet as SVG."""
    parts = {
        ALL: asked("all", 1),
        EACH: asked("each", len(DOSES)),
    }
    height = (
        TOP
        + sum(HEAD + ROW * len(rows) for rows in parts.values())
        + SMALL * len(SMALL_PRINT)
        + 24
    )
    width = STRIP + USUAL.count * LAMP_PITCH + 20
    sheet = svg.Drawing(width, height, "Four doses due at once: which one is meant")
    sheet.text(24, 36, "Four doses due at once: which one?", 20, bold=True)
    sheet.text(LIGHT, 66, "the light of the box", 13, svg.MUTED)
    sheet.text(STRIP, 66, "or the lamps at the compartments", 13, svg.MUTED)
    y = TOP
    for heading, rows in parts.items():
        sheet.text(24, y + 26, heading, 15, svg.MUTED, bold=True)
        y += HEAD
        for number, row in enumerate(rows, 1):
            _row(sheet, y, row, f"{number}. " if len(rows) > 1 else "")
            y += ROW
    for words in SMALL_PRINT:
        y += SMALL
        sheet.text(24, y, words, 14)
    return str(sheet)


def asked(answer: str, times: int) -> list[Pointing]:
    """What the box asks for, so often, with a press after each."""
    world = World(BEFORE_S, seed="which")
    with world.files.open(wiring.PARTS, "wb") as out:
        out.write(parts_text(USUAL).encode())
    world.power_on()
    text = _schedule(answer)
    compiled = compile_schedule(read_file.parse(text, "which.toml"))
    transfer(Client(Link(Wire(world), "the box of the drawing")), compiled)
    world.run_until(DUE_S)
    found = []
    for _ in range(times):
        found.append(_asked_now(world))
        world.press(PRESS_MS)
        world.run_for(NEXT_S)
    return found


def _schedule(answer: str) -> str:
    head = f'version = 1\ntimezone = "Europe/Berlin"\n[alerts]\nanswer = "{answer}"\n'
    doses = (
        f'[[dose]]\nid = "d{place}"\nname = "{name}"\nat = ["07:30"]\ndays = "daily"\n'
        f"place = {place}\n"
        for name, place in DOSES
    )
    return head + "".join(doses)


def _asked_now(world: World) -> Pointing:
    view = world.app.view if world.app is not None else View()
    names = tuple(each.name for each in view.open if each.asked)
    return Pointing(names, view.light, tuple(sorted(world.board.lamp_strip.shining)))


def _row(sheet: svg.Drawing, y: int, row: Pointing, number: str) -> None:
    middle = y + ROW / 2 - 8
    name = row.names[0] if len(row.names) == 1 else f"all {len(row.names)}"
    sheet.text(24, middle + 5, f"{number}{name}", 14, bold=True)
    if len(row.places) == 1:
        sheet.text(LIGHT, middle + 27, flashes_words(row.places[0]), 13, svg.MUTED)
    end = LIGHT + SHOWN_MS * PER_SECOND / 1000
    sheet.line(LIGHT, middle + LAMP / 2, end, middle + LAMP / 2, svg.MUTED)
    for on_ms, off_ms in lit_spans(row.light, SHOWN_MS):
        x, width = LIGHT + on_ms * PER_SECOND / 1000, (off_ms - on_ms) * PER_SECOND / 1000
        sheet.box(x, middle - LAMP / 2, width, LAMP, svg.LIGHT, svg.LIGHT_EDGE)
    for place in range(1, USUAL.count + 1):
        x = STRIP + (place - 1) * LAMP_PITCH
        is_lit = place in row.places
        fill = svg.LIGHT if is_lit else "none"
        edge = svg.LIGHT_EDGE if is_lit else svg.FAINT
        sheet.box(x, middle - RADIUS, 2 * RADIUS, 2 * RADIUS, fill, edge, RADIUS)
        ink = svg.INK if is_lit else svg.MUTED
        sheet.text(x + RADIUS, middle + 5, str(place), 14, ink, bold=is_lit, anchor="middle")


def flashes_words(place: int) -> str:
    """`6 flashes, a short pause, 1 more: compartment 7`."""
    first, *more = flashes(place)
    words = f"{first} flash{'es' if first > 1 else ''}"
    for count in more:
        words += f", a short pause, {count} more"
    return f"{words}: compartment {place}"
