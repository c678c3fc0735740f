"""A box on an emulated Pico: its flash as an installation and a life before leave it.

    box = EmulatedBox(uf2, lived(D3K2), at="2026-11-23 07:29:58")
    box.until_lit(within_ms=4000)
    box.pico.press(200)
    assert box.records() == ["ringing d3k2/0", "taken d3k2/0"]

Only the flash tells what was written; what the firmware says of itself is not asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from domain import Box, entry_of, journal_lines, utc_of
from dosebell_host.box.link import Link
from dosebell_host.box.patience import LinkPatience
from dosebell_host.flash import bundle
from dosebell_host.flash.steps import wanted_start_files
from emulated_pico import EmulatedPico, Wire
from littlefs_files import LittleFiles
from nor_flash import BLOCK_BYTES, PICO, NorFlash

ZONE = "Europe/Berlin"
# The laptop's clock runs on while the board computes.
PATIENT = LinkPatience(usual_s=60.0, slow_s=120.0)
# The file system is the end of the flash.
FILES_AT = (512 - PICO) * BLOCK_BYTES


def installed() -> LittleFiles:
    """The file system of a Pico as `dosebell flash` leaves it."""
    files = LittleFiles.formatted(PICO)
    app = bundle.compiled()
    for folder in ("/app", f"/app/{app.version}", f"/app/{app.version}/dosebell"):
        # Asking for what is in a folder makes it.
        files.names(folder)
    contents = {f"/app/{app.version}/{name}": data for name, data in app.files.items()}
    contents["/app/current"] = app.version.encode()
    for path, content in {**contents, **wanted_start_files()}.items():
        with files.open(path, "wb") as file:
            file.write(content)
    return files


def lived(schedule: str, at: str = "2026-11-23 07:00", until: str | None = None) -> LittleFiles:
    """An installed box to which this schedule was pushed, switched off some time later."""
    files = installed()
    box = Box.with_schedule(schedule, at, files=files)
    if until is not None:
        box.until(until)
    return files


class EmulatedBox:
    """The board with its parts and what is on it; `at` is what its DS3231 shows, None for none."""

    def __init__(self, uf2: Path, files: LittleFiles | None = None, at: str | None = None) -> None:
        self.pico = EmulatedPico(uf2, battery_clock=at is not None)
        if files is not None:
            self.pico.write_flash(FILES_AT, b"".join(files.flash.blocks))
            files.unmount()
        if at is not None and self.pico.battery_clock is not None:
            self.pico.battery_clock.set(utc_of(at, ZONE))

    def until_lit(self, within_ms: float) -> float:
        """Go on until the lamp is lit; when that was."""
        seen = self.pico.until(lambda: self.pico.lamp.high, within_ms)
        assert seen, f"no light within {within_ms} ms"
        return self.pico.lamp.rises()[-1]

    def request(self, method: str, **params: object) -> dict[str, Any]:
        """The box's answer to a request of the host's."""
        with self.link() as wire:
            result: dict[str, Any] = wire.call(method, params)
        return result

    @contextmanager
    def link(self) -> Iterator[Link]:
        opened = Link(Wire(self.pico), "the emulated box", PATIENT)
        try:
            yield opened
        finally:
            opened.close()

    def records(self, *kinds: str) -> list[str]:
        """The records on its flash, of these kinds if any are named."""
        flash = self.pico.flash[FILES_AT:]
        blocks = [flash[at : at + BLOCK_BYTES] for at in range(0, len(flash), BLOCK_BYTES)]
        files = LittleFiles(NorFlash(blocks))
        # Of two records with one number, as a cut leaves them, the first is believed.
        entries = {e.seq: e for e in (entry_of(x, ZONE) for x in reversed(journal_lines(files)))}
        files.unmount()
        return [
            f"{entry.kind} {entry.dose}/{entry.slot}" if entry.dose != "-" else entry.kind
            for _, entry in sorted(entries.items())
            if entry.kind != "snapshot" and (not kinds or entry.kind in kinds)
        ]
