"""What must happen on a board so that a version is installed there: from what lies there, a plan.

Nothing here speaks with a board. `flash_steps.py` carries a plan out, in an order in which a cut
at any moment leaves the old version or the new one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dosebell_host.errors import UserError
from dosebell_host.flash.bundle import Bundle
from dosebell_host.flash.raw_repl import BoardFacts, Found

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

# A file of up to so many bytes lies beside its name and takes no block of its own.
INLINE_BYTES = 512
FOLDER_BLOCKS = 2
# Left free, so that the journal can go on.
SPARE_BLOCKS = 8


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

    def below(self, version: str) -> list[Found]:
        folder = f"{APP}/{version}/"
        return [found for path, found in self.files.items() if path.startswith(folder)]


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
    version, fallback = bundle.version, _fallback(bundle.version, lying)
    upload, copy, kept = _files(bundle, lying, {version, lying.current, fallback})
    # Where nothing says which version is the current one, none of them is to spare.
    spare = lying.ours() if lying.current else set()
    stale = sorted(spare - {version, lying.current, lying.previous})
    names = {PREVIOUS: fallback, CURRENT: version}
    differ = {
        path: name.encode()
        for path, name in names.items()
        if name and name != (lying.current if path == CURRENT else lying.previous)
    }
    give_up = _room(upload, copy, stale, fallback, version, lying, facts)
    gone = {*stale, give_up}
    return InstallPlan(
        version=version,
        before=lying.current if lying.starts(lying.current) else "",
        fallback=fallback,
        remove=[*_folders(stale), *_leftovers(bundle, lying)],
        give_up=give_up,
        upload=upload,
        copy=copy,
        kept=kept,
        names=differ,
        start=start,
        afterwards=_folders(sorted(spare - {version, fallback} - gone)),
    )


def _fallback(version: str, lying: Installed) -> str:
    """What /app/previous should name: the last version that is known to run."""
    stays = lying.previous if lying.starts(lying.previous) else ""
    if version == lying.current or (lying.fell_back and stays not in ("", version)):
        return stays
    return lying.current if lying.starts(lying.current) else stays


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


def _room(
    upload: Mapping[str, bytes],
    copy: Mapping[str, tuple[str, str]],
    stale: list[str],
    fallback: str,
    version: str,
    lying: Installed,
    facts: BoardFacts,
) -> str:
    """The version before that must make room, or ""."""
    block = facts.block_bytes
    sizes = [len(content) for content in upload.values()]
    sizes += [lying.files[source].size for source, _ in copy.values()]
    if not sizes:
        return ""
    need = _blocks(sizes, block) + 2 * FOLDER_BLOCKS + SPARE_BLOCKS
    free = facts.free_bytes // block
    free += sum(_blocks_of(lying.below(name), block) for name in stale)
    if need <= free:
        return ""
    old = lying.previous
    # The current one becomes the version before, so this one goes anyway.
    may_go = fallback == lying.current and old in lying.ours() - {fallback, version}
    if may_go and need <= free + _blocks_of(lying.below(old), block):
        return old
    raise UserError(
        f"the board's flash is full: dosebell needs {_kb(need * block)} of it, and"
        f" {_kb(free * block)} are free. Nothing was changed.",
        fix="To see what fills it, and to remove that: `mpremote ls`, `mpremote rm`",
        code="full",
    )


def _blocks_of(found: Iterable[Found], block: int) -> int:
    return _blocks([each.size for each in found], block)


def _blocks(sizes: Iterable[int], block: int) -> int:
    return sum(-(-size // block) for size in sizes if size > INLINE_BYTES)


def _folders(versions: Iterable[str]) -> list[str]:
    return [f"{APP}/{version}" for version in versions]


def _kb(count: int) -> str:
    return f"{count // 1000} kB"
