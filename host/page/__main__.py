"""Writes the drawings into a folder: `python -m page firmware/page`, or `make pictures`."""

import sys
from pathlib import Path

from page import card, history, melodies, morning, rhythms

DRAWINGS = {
    "rhythms.svg": rhythms.drawing,
    "melodies.svg": melodies.drawing,
    "morning.svg": morning.drawing,
    "quick-card.svg": card.drawing,
    "history.svg": history.drawing,
}


def main(folder: Path) -> None:
    for name, drawing in DRAWINGS.items():
        (folder / name).write_text(drawing(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
