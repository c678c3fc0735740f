"""What `dosebell flash` did, or would do: for a person and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dosebell_host.box.hello import NO_BATTERY_CLOCK


@dataclass(frozen=True)
class FlashReport:
    """`board` and `micropython` as the board names them; versions are "" where there are none."""

    board: str
    micropython: str
    version: str
    before: str
    fallback: str
    uploaded: Mapping[str, int]
    copied: int = 0
    kept: int = 0
    saved: Path | None = None
    # Bytes of documents and journal that are on the board, where nothing was saved of it.
    to_save: int | None = None
    # The MicroPython that was put on it, or would be.
    new_micropython: str = ""
    dry_run: bool = False
    device_id: str = ""
    battery_clock: bool | None = None

    @property
    def changes(self) -> bool:
        return bool(self.uploaded or self.copied) or self.before != self.version

    def to_json(self) -> dict[str, Any]:
        return {
            "board": self.board,
            "micropython": self.new_micropython or self.micropython,
            "version": self.version,
            "before": self.before or None,
            "previous": self.fallback or None,
            "uploaded": list(self.uploaded),
            "uploaded_bytes": sum(self.uploaded.values()),
            "copied": self.copied,
            "kept": self.kept,
            "saved": str(self.saved) if self.saved else None,
            "dry_run": self.dry_run,
            "device_id": self.device_id or None,
            "battery_clock": self.battery_clock,
        }


def report_lines(report: FlashReport) -> Iterator[str]:
    """The report for a person."""
    yield f"{report.board}, MicroPython {report.micropython}."
    if report.dry_run:
        yield from _would(report)
        return
    yield _done(report)
    if report.fallback:
        yield f"Version {report.fallback} stays, and starts if the new one does not."
    if report.battery_clock:
        yield "It has a battery clock, and knows the time after a power cut."
    elif report.battery_clock is not None:
        yield f"It has {NO_BATTERY_CLOCK}."


def _done(report: FlashReport) -> str:
    if not report.changes:
        return f"Version {report.version} was on it already, whole; nothing had to be sent."
    was = f", instead of {report.before}" if report.before not in ("", report.version) else ""
    return f"Version {report.version} runs{was}. {_sent(report)}"


def _sent(report: FlashReport) -> str:
    there = report.copied + report.kept
    rest = f"; {_files(there)} {'was' if there == 1 else 'were'} there already" if there else ""
    return f"{_upload(report)} sent{rest}."


def _would(report: FlashReport) -> Iterator[str]:
    if report.new_micropython:
        yield f"It would get MicroPython {report.new_micropython}."
    if report.changes:
        instead = f", instead of {report.before}" if report.before else ""
        yield f"It would get version {report.version}{instead}: {_upload(report)} to send."
    else:
        yield f"Version {report.version} is on it already."
    if report.to_save is not None:
        yield f"What it has noted would be saved here first ({_kb(report.to_save)})."
    yield "Nothing was changed."


def _upload(report: FlashReport) -> str:
    return f"{_files(len(report.uploaded))}, {_kb(sum(report.uploaded.values()))}"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


def _kb(count: int) -> str:
    return f"{-(-count // 1000)} kB"
