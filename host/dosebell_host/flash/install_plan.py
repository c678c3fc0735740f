"""What must happen on a board so that a version is installed there: from what lies there, a plan.

Nothing here speaks with a board. `steps.py` carries a plan out, in an order in which a cut
at any moment leaves the old version or the new one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dosebell_host.flash.bundle import Bundle
from dosebell_host.flash.raw_repl import BoardFacts, Found
from dosebell_host.flash.room import Room, blocks, needed_blocks

APP = "/app"
CURRENT = "/app/current"
PREVIOUS = "/app/previous"
PACKAGE = "dosebell"
BOOT_PY = "/boot.py"
MAIN_PY = "/main.py"
CRASH = "/crash.txt"
# What a write leaves behind that was cut off.
HALF = ".new"

# How a line begins that only our start files have, whatever release they are of.
OURS = {BOOT_PY: b'"""dosebell\'s service mode', MAIN_PY: b"from dosebell import pico"}


@dataclass(frozen=True)
class Installed:
    """What lies on a board: files and folders by their path, and the names of versions."""

    files: Mapping[str, Found]
    current: str = ""
    previous: str = ""
    # Whether the current version crashes, so that the one before is what runs.
    fell_back: bool = False

    def versions(self) -> set[str]:
        """The versions that have a folder, whole or not."""
        names = (path.removeprefix(f"{APP}/") for path in self.files if path.startswith(f"{APP}/"))
        return {name.partition("/")[0] for name in names if "/" in name}

    def ours(self) -> set[str]:
        """The folders below /app that hold a version of dosebell, or part of one, and no more."""
        return {
            name
            for name in self.versions()
            if all(
                path.startswith(f"{APP}/{name}/{PACKAGE}/")
                for path in self.files
                if path.startswith(f"{APP}/{name}/") and path != f"{APP}/{name}/"
            )
        }

    def starts(self, version: str) -> bool:
        """Whether a version is there to be started."""
        pico = f"{APP}/{version}/{PACKAGE}/pico"
        return bool(version) and (f"{pico}.mpy" in self.files or f"{pico}.py" in self.files)

    def sizes_below(self, version: str) -> list[int]:
        """The bytes of each file of a version."""
        folder = f"{APP}/{version}/"
        return [found.size for path, found in self.files.items() if path.startswith(folder)]


@dataclass(frozen=True)
class InstallPlan:
    """What to do, by path on the board."""

    version: str
    # The version that starts if this is cut off early; "" where none does.
    before: str
    # The version that starts where the new one does not.
    fallback: str
    remove: list[str]
    # A version before that makes room, since another one becomes the version before; or "".
    give_up: str
    upload: Mapping[str, bytes]
    # path -> (path of a file with the same content, digest)
    copy: Mapping[str, tuple[str, str]]
    kept: int
    # /app/previous and then /app/current, where they change.
    names: Mapping[str, bytes]
    # The start files that change.
    start: Mapping[str, bytes]
    # What nothing points to in the end.
    afterwards: list[str]


def is_foreign(path: str, content: bytes) -> bool:
    """Whether a start file is somebody else's."""
    lines = content.strip().splitlines()
    return bool(lines) and not any(line.strip().startswith(OURS[path]) for line in lines)


def plan_install(
    bundle: Bundle, start: Mapping[str, bytes], lying: Installed, facts: BoardFacts
) -> InstallPlan:
    """The plan; `start` are the start files as they must be that differ from those on the board.

    Raises `UserError` where there is no room.
    """
    versions = _Versions(bundle.version, lying)
    upload, copy, kept = _files(bundle, lying, {versions.new, lying.current, versions.fallback})
    copied = [lying.files[source].size for source, _ in copy.values()]
    room = _room([*map(len, upload.values()), *copied], versions, facts)
    give_up = versions.outgoing if room.is_short() else ""
    return InstallPlan(
        version=versions.new,
        before=lying.current if lying.starts(lying.current) else "",
        fallback=versions.fallback,
        remove=[*_folders(versions.stale), *_leftovers(bundle, lying)],
        give_up=give_up,
        upload=upload,
        copy=copy,
        kept=kept,
        names=versions.new_names(),
        start=start,
        afterwards=_folders(versions.unnamed - versions.stale - {give_up}),
    )


@dataclass(frozen=True)
class _Versions:
    """What becomes of the versions that lie on a board when the `new` one comes."""

    new: str
    lying: Installed

    @cached_property
    def fallback(self) -> str:
        """What /app/previous should name: the last version that is known to run."""
        lying = self.lying
        stays = lying.previous if lying.starts(lying.previous) else ""
        if self.new == lying.current or (lying.fell_back and stays not in ("", self.new)):
            return stays
        return lying.current if lying.starts(lying.current) else stays

    @cached_property
    def unnamed(self) -> set[str]:
        """Those that nothing points to in the end."""
        # Where nothing says which version is the current one, none of them is to spare.
        spare = self.lying.ours() if self.lying.current else set()
        return spare - {self.new, self.fallback}

    @property
    def stale(self) -> set[str]:
        """Those of them that nothing points to even now."""
        return self.unnamed - {self.lying.current, self.lying.previous}

    @property
    def outgoing(self) -> str:
        """The version before, where the current one takes its place, so that it goes anyway."""
        old = self.lying.previous
        goes = self.fallback == self.lying.current and old in self.lying.ours()
        return old if goes and old not in (self.fallback, self.new) else ""

    def new_names(self) -> dict[str, bytes]:
        """/app/previous and then /app/current, where they change."""
        now = {PREVIOUS: self.lying.previous, CURRENT: self.lying.current}
        then = {PREVIOUS: self.fallback, CURRENT: self.new}
        changed = {path: name for path, name in then.items() if name not in ("", now[path])}
        return {path: name.encode() for path, name in changed.items()}


def _room(new_bytes: list[int], versions: _Versions, facts: BoardFacts) -> Room:
    """The room for new files of these sizes, where the stale versions have gone."""

    def held(version: str) -> int:
        return blocks(versions.lying.sizes_below(version), facts.block_bytes)

    return Room(
        need=needed_blocks(new_bytes, facts.block_bytes),
        free=facts.free_bytes // facts.block_bytes + sum(map(held, versions.stale)),
        spare=held(versions.outgoing) if versions.outgoing else 0,
        block_bytes=facts.block_bytes,
    )


def _files(
    bundle: Bundle, lying: Installed, staying: set[str]
) -> tuple[dict[str, bytes], dict[str, tuple[str, str]], int]:
    """(files to upload, files to copy on the board, number of files that are there already).

    Only from versions that stay is anything copied, and from files that are whole.
    """
    whole = {
        found.digest: path
        for path, found in lying.files.items()
        if found.digest
        and not path.endswith(HALF)
        and path.removeprefix(f"{APP}/").partition("/")[0] in staying
    }
    upload, copy, kept = {}, {}, 0
    for name, content in bundle.files.items():
        path, digest = f"{APP}/{bundle.version}/{name}", bundle.digests[name]
        there = lying.files.get(path)
        if there and there.digest == digest:
            kept += 1
        elif digest in whole:
            copy[path] = (whole[digest], digest)
        else:
            upload[path] = content
    return upload, copy, kept


def _leftovers(bundle: Bundle, lying: Installed) -> list[str]:
    """What was left half written, and what is in the way in the new version's own folder."""
    folder = f"{APP}/{bundle.version}/"
    wanted = {f"{folder}{name}" for name in bundle.files}
    halves = [path for path in lying.files if path.endswith(HALF)]
    stray = [
        path
        for path in lying.files
        if path.startswith(folder) and not path.endswith("/") and path not in wanted
    ]
    return sorted({*halves, *stray})


def _folders(versions: Iterable[str]) -> list[str]:
    return [f"{APP}/{version}" for version in sorted(versions)]
