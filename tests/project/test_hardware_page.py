"""The hardware page and the firmware hold together: pins, drawings, commands and words."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from dosebell import parts, pattern, wiring
from dosebell_host.actions.parts.parts_text import pin_of, wiring_lines
from dosebell_host.actions.parts.set_parts import USUAL
from dosebell_host.box.replies import LampStrip
from dosebell_host.cli import SECTIONS, main
from dosebell_host.flash.board_kinds import KINDS
from page import plates, rhythms, which, words
from page.__main__ import DRAWINGS
from page.melodies import notes
from page.rhythms import lit_spans

FIRMWARE = Path(__file__).parents[2] / "firmware"
README = (FIRMWARE / "README.md").read_text(encoding="utf-8")
WIRING = (FIRMWARE / "page" / "wiring.svg").read_text(encoding="utf-8")
COMMANDS = {str(each.name): each for commands in SECTIONS.values() for each in commands}

# The Pico's pins 1 to 40, as in the data sheet "Raspberry Pi Pico" and printed on its back.
LEFT_SIDE = "GP0 GP1 GND GP2 GP3 GP4 GP5 GND GP6 GP7 GP8 GP9 GND GP10 GP11 GP12 GP13 GND GP14 GP15"
RIGHT_SIDE = (
    "GP16 GP17 GND GP18 GP19 GP20 GP21 GND GP22 RUN GP26 GP27 AGND GP28 ADC_VREF 3V3(OUT) "
    "3V3_EN GND VSYS VBUS"
)
PINOUT = dict(enumerate(f"{LEFT_SIDE} {RIGHT_SIDE}".split(), 1))

# Which leg of a part goes where, by the firmware's own pins.
LEGS = {
    "clock SDA": f"GP{wiring.STANDARD['sda']}",
    "clock SCL": f"GP{wiring.STANDARD['scl']}",
    "clock GND": "GND",
    "clock VCC": "3V3(OUT)",
    "button": f"GP{wiring.STANDARD['button']}",
    "buzzer +": f"GP{wiring.STANDARD['buzzer']}",
    "resistor, then light +": f"GP{wiring.STANDARD['led']}",
    "button, buzzer −, light −": "GND",
}


def table(head: str) -> list[list[str]]:
    """The rows of the table in the README whose first heading is `head`."""
    _, _, rest = README.partition(f"| {head} |")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def drawn_wires() -> list[tuple[int, str, str, tuple[float, float]]]:
    """(pin, name, leg, where it begins) of each wire in the drawing that begins at the Pico."""
    found = re.findall(r'data-from="(\d+) (\S+)" data-to="([^"]+)"[^>]* d="M(\d+) (\d+)', WIRING)
    return [(int(pin), name, leg, (float(x), float(y))) for pin, name, leg, x, y in found]


def drawn_pins() -> dict[int, tuple[str, tuple[float, float]]]:
    """Name and place of every pin of the Pico in the drawing."""
    found = re.findall(
        r'data-pin="(\d+)" data-name="([^"]+)"><circle cx="(\d+)" cy="(\d+)"', WIRING
    )
    return {int(pin): (name, (float(x), float(y))) for pin, name, x, y in found}


def wired_in_wokwi() -> set[tuple[str, str]]:
    """Every wire of the simulator's diagram, as (from, to)."""
    diagram = json.loads((FIRMWARE / "wokwi" / "diagram.json").read_text(encoding="utf-8"))
    return {(wire[0], wire[1]) for wire in diagram["connections"]}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_shows_what_the_firmware_does_now(name: str) -> None:
    drawn = (FIRMWARE / "page" / name).read_text(encoding="utf-8")
    assert drawn == DRAWINGS[name](), "`make pictures` draws it anew"


def test_rhythms_and_melodies_are_drawn_as_they_are_played() -> None:
    assert lit_spans("due", 2000) == [(0, 500), (1000, 1500)]
    assert lit_spans("all-taken", 6000) == [(0, 3000)]
    assert notes("taken") == [(0, 120, 523), (120, 240, 659), (240, 480, 784)]


def test_every_light_and_every_sound_has_its_words() -> None:
    assert set(words.LIGHTS) == set(pattern.LIGHTS) - {pattern.OFF}
    assert set(words.SOUNDS) == set(pattern.MELODIES) - {pattern.SILENT}


def test_the_page_says_how_high_the_melodies_are() -> None:
    tones = [hz for row in pattern.MELODIES.values() for hz in row[1::2] if hz]
    assert "between 500 and 1100 Hz" in README
    assert min(tones) > 500 and max(tones) < 1100


def test_the_drawn_pico_has_the_pins_of_a_pico() -> None:
    assert {pin: name for pin, (name, _) in drawn_pins().items()} == PINOUT


def test_every_drawn_wire_begins_at_the_pin_it_names() -> None:
    pins = drawn_pins()
    for pin, name, leg, (x, y) in drawn_wires():
        assert PINOUT[pin] == name, leg
        # Ground is one wire with branches, and the louder buzzer is drawn apart.
        if leg.startswith("louder") or x == 90:
            continue
        assert abs(x - pins[pin][1][0]) <= 5 and y == pins[pin][1][1], leg


def test_drawing_and_table_wire_what_the_firmware_drives() -> None:
    said = {row[0]: (int(row[1]), row[2]) for row in table("leg")}
    assert {leg: name for leg, (_, name) in said.items()} == LEGS
    assert all(PINOUT[pin] == name for pin, name in said.values())
    drawn = {(pin, name) for pin, name, leg, _ in drawn_wires() if not leg.startswith("louder")}
    assert drawn == set(said.values())


def test_the_strip_is_wired_as_the_box_takes_it() -> None:
    _, _, lamps = README.partition("## Lamps at the compartments")
    rows = dict(re.findall(r"^\| (.*) \| \d+ \| (\S+) \|$", lamps, re.M))
    assert rows["resistor, then strip DIN"] == f"GP{USUAL.pin}"
    assert all(
        PINOUT[int(pin)] == name for pin, name in re.findall(r"\| (\d+) \| (\S+) \|", lamps)
    )
    assert parts.checked(json.dumps({"lamps": USUAL.to_json()}))
    assert json.dumps({"lamps": USUAL.to_json()}) in README


def test_the_page_says_what_a_strip_draws() -> None:
    for count in (7, 28):
        drawn_ma = parts.current_ma({**USUAL.to_json(), "count": count})
        assert f"{drawn_ma} mA" in README
    assert f"may draw {parts.MAX_MA} mA" in README.replace("\n", " ")
    assert f"{parts.MAX_LAMPS} at most" in README


@pytest.mark.parametrize("count", plates.PLATES)
def test_a_plate_has_each_compartment_and_how_often_the_light_flashes_for_it(count: int) -> None:
    numbers = re.findall(r'font-size="84"[^>]*>(\d+)<', plates.drawing(count))
    assert numbers == [str(place) for place in range(1, count + 1)]
    for place in range(1, count + 1):
        groups = rhythms.flashes(place)
        assert sum(groups) == place and set(groups[:-1]) <= {6} and groups[-1] <= 6


def test_four_doses_due_at_once_are_drawn_as_the_box_asks_for_them() -> None:
    names = tuple(name for name, _ in which.DOSES)
    assert which.asked("all", 1) == [which.Pointing(names, "due", (1, 3, 6, 7))]
    assert which.asked("each", 4) == [
        which.Pointing((name,), f"count-{place}", (place,)) for name, place in which.DOSES
    ]


def test_the_strip_is_drawn_at_the_pin_where_a_pico_has_it() -> None:
    for gp in wiring.PINS:
        assert PINOUT[pin_of(gp)] == f"GP{gp}"
        drawn = " ".join("\n".join(wiring_lines(LampStrip(gp, 7, 32))).split())
        assert f"pin {pin_of(gp)} GP{gp} " in drawn


def test_the_simulator_is_wired_as_the_drawing_is() -> None:
    # Its ground pins are numbered among themselves: GND.2 is pin 8, and GND.4 is pin 18.
    grounds = [pin for pin, name in PINOUT.items() if name in ("GND", "AGND")]
    assert (grounds[1], grounds[3]) == (8, 18)
    assert wired_in_wokwi() == {
        ("clock:SDA", f"pico:{LEGS['clock SDA']}"),
        ("clock:SCL", f"pico:{LEGS['clock SCL']}"),
        ("clock:GND", "pico:GND.2"),
        ("clock:5V", "pico:3V3"),
        ("button:1.r", f"pico:{LEGS['button']}"),
        ("button:2.r", "pico:GND.4"),
        ("buzzer:2", f"pico:{LEGS['buzzer +']}"),
        ("buzzer:1", "pico:GND.4"),
        ("resistor:2", f"pico:{LEGS['resistor, then light +']}"),
        ("led:A", "resistor:1"),
        ("led:C", "pico:GND.4"),
    }


def test_every_wire_of_the_simulator_ends_at_a_part_that_is_there() -> None:
    diagram = json.loads((FIRMWARE / "wokwi" / "diagram.json").read_text(encoding="utf-8"))
    parts = {part["id"] for part in diagram["parts"]}
    assert {end.partition(":")[0] for wire in wired_in_wokwi() for end in wire} == parts


def test_the_board_file_of_the_page_holds_the_standard_pins() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", README, re.S)
    assert json.loads(example) == wiring.STANDARD


def test_other_pins_that_the_page_names_can_be_used() -> None:
    for sda, scl in ((4, 5), (8, 9), (6, 7)):
        assert f"{sda} and {scl}" in README
        wiring.Wiring({"sda": sda, "scl": scl})


@pytest.mark.parametrize("typed", sorted(set(re.findall(r"^ *(dosebell .*)$", README, re.M))))
def test_every_command_of_the_page_can_be_typed(typed: str) -> None:
    tokens = shlex.split(typed)[1:]
    context = click.Context(main, info_name="dosebell")
    # The file that a person downloads is not there.
    known = [str(FIRMWARE / "README.md") if token.endswith(".uf2") else token for token in tokens]
    COMMANDS[known[0]].make_context(known[0], known[1:], parent=context)


def test_the_micropython_that_the_page_names_is_the_newest_known() -> None:
    assert set(re.findall(r"RPI_PICO-\S+?\.uf2", README)) == {KINDS[0].file_name}


def test_every_file_and_heading_that_the_page_links_to_is_there() -> None:
    files = re.findall(r'\]\(([^)#]+)\)|src="([^"]+)"', README)
    local = [name for pair in files for name in pair if name and "://" not in name]
    assert [name for name in local if not (FIRMWARE / name).exists()] == []
    headings = re.findall(r"^## (.*)$", README, re.M)
    anchors = {re.sub(r"[^a-z -]", "", each.lower()).replace(" ", "-") for each in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors
