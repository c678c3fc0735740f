"""Looks at what lies on a board, and carries a plan out there.

The order makes every moment a good one for a power cut: a version is whole before its name is
written, the names come before the start files, and on a fresh board main.py comes last of all.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash.bundle import Bundle
from dosebell_host.flash.install_plan import (
    APP,
    BOOT_PY,
    CRASH,
    CURRENT,
    HALF,
    MAIN_PY,
    PREVIOUS,
    Installed,
    InstallPlan,
    is_foreign,
)
from dosebell_host.flash.raw_repl import BoardFacts, FlashFullError, Found, RawBoard
from dosebell_host.resources import boot_py, main_py
from dosebell_host.talk import Progress, no_progress

KEPT_FOLDERS = ("/state", "/log")
START_FILES = (BOOT_PY, MAIN_PY)
AGAIN = "Plug it in again and repeat `dosebell flash`: it goes on where it stopped"


@dataclass(frozen=True)
class Survey:
    """A board as it is."""

    facts: BoardFacts
    lying: Installed
    # What is to be saved. That is what is nobody's but the person's: documents, journal, and start
    # files that are not as ours; or just everything, where that was asked for.
    own: Mapping[str, Found]
    # Start files that are there, but not as we write them.
    other_start: Mapping[str, bytes]
    # Our start files that are not there as they must be, main.py last.
    missing_start: Mapping[str, bytes]

    @property
    def foreign(self) -> list[str]:
        """The start files that are another program's."""
        return [path for path, content in self.other_start.items() if is_foreign(path, content)]

    @property
    def readable(self) -> dict[str, Found]:
        """Those of its own files that can be saved."""
        return {path: found for path, found in self.own.items() if found.digest}

    @property
    def unreadable(self) -> list[str]:
        return [path for path, found in self.own.items() if not found.digest]


def survey(board: RawBoard, fell_back: bool = False, whole: bool = False) -> Survey:
    """Look at everything that matters; nothing is changed.

    `fell_back` says that the version before is known to run because the current one crashes;
    `whole` that all there is will be saved, as where another program goes.
    """
    halves = [path + HALF for path in START_FILES]
    found = {
        **board.tree(APP, *KEPT_FOLDERS),
        **board.look_at(*START_FILES, *halves, CRASH),
    }
    start = {path: board.read(path) for path in START_FILES if _readable(found, path)}
    wanted = wanted_start_files()
    other = {path: data for path, data in start.items() if data != wanted[path]}
    return Survey(
        facts=board.facts(),
        lying=Installed(
            {path: each for path, each in found.items() if path.startswith(APP) or path in halves},
            current=_name_in(board, CURRENT, found),
            previous=_name_in(board, PREVIOUS, found),
            fell_back=fell_back or CRASH in found,
        ),
        own=board.whole_tree()
        if whole
        else {
            path: each
            for path, each in found.items()
            if _is_kept(path) or path in other or path == CRASH
        },
        other_start=other,
        missing_start={path: data for path, data in wanted.items() if start.get(path) != data},
    )


def put_back(board: RawBoard, saved: Mapping[str, bytes], seen: Survey) -> bool:
    """Write the documents and the journal that were saved and are there no more; whether any."""
    lost = [path for path in saved if _is_kept(path) and path not in seen.own]
    if lost:
        board.make_folders(*KEPT_FOLDERS)
    for path in lost:
        board.write(path, saved[path])
    return bool(lost)


def wanted_start_files() -> dict[str, bytes]:
    return {BOOT_PY: boot_py().read_bytes(), MAIN_PY: main_py().read_bytes()}


def carry_out(
    board: RawBoard, plan: InstallPlan, bundle: Bundle, progress: Progress = no_progress
) -> None:
    """Do what the plan says. Where the board goes away, the error tells what it starts now."""
    before, after = _states(plan)
    with _explaining(before):
        try:
            _bring_files(board, plan, bundle, progress)
        except FlashFullError as error:
            _make_room_again(board, plan)
            raise _full(error, before) from None
    with _explaining(f"{before} Or else: {after[0].lower()}{after[1:]}"):
        for path, name in plan.names.items():
            board.write(path, name)
        for path, content in plan.start.items():
            board.write(path, content)
    with _explaining(after):
        for path in plan.afterwards:
            board.remove(path)
        _check(board, plan, bundle)


def _bring_files(board: RawBoard, plan: InstallPlan, bundle: Bundle, progress: Progress) -> None:
    for path in plan.remove:
        board.remove(path)
    if plan.give_up:
        # It is the version before no longer once this is written, and may go.
        board.write(PREVIOUS, plan.fallback.encode())
        board.remove(f"{APP}/{plan.give_up}")
    folder = f"{APP}/{plan.version}"
    board.make_folders(APP, folder, *_below(folder, bundle))
    for path, (source, digest) in plan.copy.items():
        board.copy(source, path, digest)
    sent, total = 0, sum(map(len, plan.upload.values()))
    for path, content in plan.upload.items():
        board.write(path, content)
        sent += len(content)
        progress(sent, total)
    _check_files(board, plan, bundle)


def _below(folder: str, bundle: Bundle) -> list[str]:
    return sorted({f"{folder}/{name.rpartition('/')[0]}" for name in bundle.files})


def _check_files(board: RawBoard, plan: InstallPlan, bundle: Bundle) -> None:
    """Every file of the new version is there, byte for byte."""
    folder = f"{APP}/{plan.version}"
    there = {path: each.digest for path, each in board.tree(folder).items() if each.digest}
    if there != {f"{folder}/{name}": digest for name, digest in bundle.digests.items()}:
        raise UserError(
            f"the files on {board.name} are not those that were sent. Nothing starts otherwise"
            " than before.",
            fix="Repeat the command",
            code="read-back",
        )


def _check(board: RawBoard, plan: InstallPlan, bundle: Bundle) -> None:
    """What the board will start is what was wanted."""
    _check_files(board, plan, bundle)
    for path, content in {**plan.names, **plan.start}.items():
        if board.read(path) != content:
            raise UserError(
                f"{path} on {board.name} reads back otherwise than it was written",
                fix="repeat the command",
                code="read-back",
            )


def _make_room_again(board: RawBoard, plan: InstallPlan) -> None:
    """Half a version must not take the room that the journal needs."""
    if CURRENT in plan.names:
        with suppress(UserError):
            board.remove(f"{APP}/{plan.version}")


def _full(error: UserError, state: str) -> UserError:
    return UserError(
        f"{error.message}. {state}",
        fix="To see what fills it, and to remove that: `mpremote ls`, `mpremote rm`",
        code=error.code,
    )


def _states(plan: InstallPlan) -> tuple[str, str]:
    """What the board starts if it goes away before the names are written, and after."""
    before = (
        f"It still starts the version that was on it ({plan.before})."
        if plan.before
        else "Nothing of dosebell starts on it yet."
    )
    return before, f"It starts the new version ({plan.version})."


@contextmanager
def _explaining(state: str) -> Iterator[None]:
    try:
        yield
    except NoDevice as error:
        raise NoDevice(f"{error.message}. {state}", fix=AGAIN, code=error.code) from None


def _is_kept(path: str) -> bool:
    """Whether it is a file of the box, as no version of the app is."""
    return path.startswith(tuple(f"{folder}/" for folder in KEPT_FOLDERS)) and path[-1] != "/"


def _readable(found: Mapping[str, Found], path: str) -> bool:
    return path in found and bool(found[path].digest)


def _name_in(board: RawBoard, path: str, found: Mapping[str, Found]) -> str:
    if not _readable(found, path):
        return ""
    return board.read(path).decode(errors="replace").strip()
