"""Writes the drawings into a folder: `python -m page firmware/page`, or `make pictures`."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from page import box, card, history, melodies, morning, plates, rhythms, which

DRAWINGS: dict[str, Callable[[], str]] = {
    "box.svg": box.drawing,
    "rhythms.svg": rhythms.drawing,
    "melodies.svg": melodies.drawing,
    "morning.svg": morning.drawing,
    "which.svg": which.drawing,
    "quick-card.svg": card.drawing,
    "history.svg": history.drawing,
    **{f"plate-{count}.svg": partial(plates.drawing, count) for count in plates.PLATES},
}


def main(folder: Path) -> None:
    for name, drawing in DRAWINGS.items():
        (folder / name).write_text(drawing(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
