"""The boards that dosebell knows, and where each one's MicroPython is to be had."""

from dataclasses import dataclass

# Older ones can hang when a laptop goes away.
OLDEST = (1, 27, 0)
# The newest release when this dosebell was made. A release moves it.
NEWEST = (1, 29, 0)
NEWEST_DAY = "20260824"

RP2040 = "RP2040"
RP2350 = "RP2350"

Version = tuple[int, int, int]


@dataclass(frozen=True)
class Kind:
    """A sort of board. `machine` is what its MicroPython calls it, `build` the download's name."""

    name: str
    machine: str
    build: str
    chip: str

    @property
    def page(self) -> str:
        return f"https://micropython.org/download/{self.build}/"

    @property
    def file_name(self) -> str:
        """The file that was the newest when this dosebell was made."""
        return f"{self.build}-{NEWEST_DAY}-v{version_text(NEWEST)}.uf2"


KINDS = (
    Kind("Pico", "Raspberry Pi Pico with RP2040", "RPI_PICO", RP2040),
    Kind("Pico W", "Raspberry Pi Pico W with RP2040", "RPI_PICO_W", RP2040),
    Kind("Pico 2", "Raspberry Pi Pico2 with RP2350", "RPI_PICO2", RP2350),
    Kind("Pico 2 W", "Raspberry Pi Pico 2 W with RP2350", "RPI_PICO2_W", RP2350),
)


def chip_of(machine: str) -> str:
    """The chip in what a board calls itself; "" where it is none that dosebell runs on."""
    return next((chip for chip in (RP2040, RP2350) if chip in machine), "")


def kinds_of(machine: str) -> list[Kind]:
    """The kinds that a board calling itself so may be: one that is known, else all of its chip."""
    known = [kind for kind in KINDS if kind.machine.replace(" ", "") == machine.replace(" ", "")]
    return known or of_chip(chip_of(machine))


def of_chip(chip: str) -> list[Kind]:
    return [kind for kind in KINDS if kind.chip == chip]


def where_to_get_it(kinds: list[Kind]) -> str:
    """Page and file, for every kind that it may be."""
    many = len(kinds) > 1
    return ", or ".join(
        f"{kind.file_name}{f' for a {kind.name}' if many else ''} from {kind.page}"
        for kind in kinds
    )


def version_text(version: Version) -> str:
    return ".".join(map(str, version))
