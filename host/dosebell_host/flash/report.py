"""What `dosebell flash` did, or would do: for a person and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from dosebell_host.box.hello import NO_BATTERY_CLOCK, Hello
from dosebell_host.box.replies import DeviceInfo
from dosebell_host.flash.board_kinds import version_text
from dosebell_host.flash.bootsel import Drive
from dosebell_host.flash.bundle import Bundle
from dosebell_host.flash.checks import SYSTEM
from dosebell_host.flash.install_plan import InstallPlan
from dosebell_host.flash.steps import Survey
from dosebell_host.flash.uf2 import Uf2


@dataclass(frozen=True)
class Delivery:
    """A version on its way onto a board; other versions are "" where there are none.

    `uploaded` is bytes by file; so many files more are `copied` there, and so many `kept`.
    """

    version: str
    before: str
    fallback: str
    uploaded: Mapping[str, int]
    copied: int = 0
    kept: int = 0

    @property
    def changes(self) -> bool:
        return bool(self.uploaded or self.copied) or self.before != self.version

    @classmethod
    def of_plan(cls, made: InstallPlan) -> Self:
        sent = {path: len(data) for path, data in {**made.upload, **made.start}.items()}
        return cls(
            made.version, made.before, made.fallback, sent, copied=len(made.copy), kept=made.kept
        )

    @classmethod
    def onto(cls, bundle: Bundle, runs: str) -> Self:
        """Onto a board of which is known only which version runs there; "" for none."""
        if runs == bundle.version:
            return cls(bundle.version, runs, "", {}, kept=len(bundle.files))
        sizes = {name: len(data) for name, data in bundle.files.items()}
        return cls(bundle.version, runs, runs, sizes)


@dataclass(frozen=True)
class FlashReport:
    """`board` and `micropython` as the board names them; `hello` where it answers as a box."""

    board: str
    micropython: str
    delivery: Delivery
    hello: Hello | None = None
    saved: Path | None = None
    # Bytes of documents and journal that are on the board, where somebody looked.
    to_save: int | None = None
    dry_run: bool = False
    # The MicroPython that a dry run would put on it.
    new_micropython: str = ""

    @classmethod
    def of_drive(cls, drive: Drive, bundle: Bundle) -> Self:
        board = f"{' or '.join(kind.name for kind in drive.kinds)} in BOOTSEL mode"
        return cls(board, "unknown", Delivery.onto(bundle, ""))

    @classmethod
    def of_running(cls, hello: Hello, info: DeviceInfo, bundle: Bundle) -> Self:
        """Of a box that answers, from what it says; it is not disturbed."""
        micropython = info.system.removeprefix(SYSTEM)
        return cls(info.machine, micropython, Delivery.onto(bundle, info.app), hello)

    @classmethod
    def of_survey(cls, seen: Survey, made: InstallPlan) -> Self:
        return cls(
            seen.facts.machine,
            version_text(seen.facts.micropython),
            Delivery.of_plan(made),
            to_save=sum(each.size for each in seen.own.values()),
        )

    def as_dry_run(self, wanted: Uf2 | None) -> Self:
        """The same where nothing is done; `wanted` is the MicroPython that was asked for."""
        new = version_text(wanted.version) if wanted else ""
        return replace(self, dry_run=True, new_micropython=new)

    @property
    def device_id(self) -> str:
        return self.hello.device_id if self.hello else ""

    def to_json(self) -> dict[str, Any]:
        delivery = self.delivery
        return {
            "board": self.board,
            "micropython": self.new_micropython or self.micropython,
            "version": delivery.version,
            "before": delivery.before or None,
            "previous": delivery.fallback or None,
            "uploaded": list(delivery.uploaded),
            "uploaded_bytes": sum(delivery.uploaded.values()),
            "copied": delivery.copied,
            "kept": delivery.kept,
            "saved": str(self.saved) if self.saved else None,
            "dry_run": self.dry_run,
            "device_id": self.device_id or None,
            "battery_clock": self.hello.battery_clock if self.hello else None,
        }


def report_lines(report: FlashReport) -> Iterator[str]:
    """The report for a person."""
    yield f"{report.board}, MicroPython {report.micropython}."
    if report.dry_run:
        yield from _would(report)
        return
    yield _done(report.delivery)
    if report.delivery.fallback:
        yield f"Version {report.delivery.fallback} stays, and starts if the new one does not."
    if report.hello:
        yield _clock(report.hello)


def _clock(hello: Hello) -> str:
    if hello.battery_clock:
        return "It has a battery clock, and knows the time after a power cut."
    return f"It has {NO_BATTERY_CLOCK}."


def _done(delivery: Delivery) -> str:
    if not delivery.changes:
        return f"Version {delivery.version} was on it already, whole; nothing had to be sent."
    was = f", instead of {delivery.before}" if _is_another(delivery) else ""
    return f"Version {delivery.version} runs{was}. {_sent(delivery)}"


def _is_another(delivery: Delivery) -> bool:
    return delivery.before not in ("", delivery.version)


def _sent(delivery: Delivery) -> str:
    there = delivery.copied + delivery.kept
    rest = f"; {_files(there)} {'was' if there == 1 else 'were'} there already" if there else ""
    return f"{_upload(delivery)} sent{rest}."


def _would(report: FlashReport) -> Iterator[str]:
    delivery = report.delivery
    if report.new_micropython:
        yield f"It would get MicroPython {report.new_micropython}."
    if delivery.changes:
        instead = f", instead of {delivery.before}" if delivery.before else ""
        yield f"It would get version {delivery.version}{instead}: {_upload(delivery)} to send."
    else:
        yield f"Version {delivery.version} is on it already."
    if report.to_save is not None:
        yield f"What it has noted would be saved here first ({_kb(report.to_save)})."
    yield "Nothing was changed."


def _upload(delivery: Delivery) -> str:
    return f"{_files(len(delivery.uploaded))}, {_kb(sum(delivery.uploaded.values()))}"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


def _kb(count: int) -> str:
    return f"{-(-count // 1000)} kB"
