"""Where files lie: those that the host carries but does not import, and those it keeps.

In a checkout the former lie in firmware/ and schedules/; the wheel carries them inside
`dosebell_host`, put there by pyproject.toml. Nobody else needs to know the difference.
"""

import os
import stat
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import dosebell
from dosebell_host.errors import UserError

_HERE = Path(__file__).parent
_CHECKOUT = _HERE.parent.parent


def device_files() -> dict[str, Path]:
    """The source files of the device package, by the name they have on the board."""
    package = Path(dosebell.__file__).parent
    return {f"dosebell/{path.name}": path for path in sorted(package.glob("*.py"))}


def main_py() -> Path:
    """What the board starts with; it becomes /main.py there."""
    return _own(_HERE / "board" / "main.py", _CHECKOUT / "firmware" / "main.py")


def boot_py() -> Path:
    """What MicroPython runs before that; it becomes /boot.py there."""
    return _own(_HERE / "board" / "boot.py", _CHECKOUT / "firmware" / "boot.py")


def schedules_dir() -> Path:
    """The folder with the ready-made schedules."""
    return _own(_HERE / "schedules", _CHECKOUT / "schedules")


def _own(installed: Path, checkout: Path) -> Path:
    for path in (installed, checkout):
        if path.exists():
            return path
    raise UserError(
        f"{installed} is missing, so this copy of dosebell is damaged.",
        fix="Install dosebell again.",
        code="damaged",
    )


FILE_NAME = "history.sqlite3"
SAVED = "saved"
VIRTUALS = "virtual"
WEB = "web"
TOLD = "told"
ANNOUNCED = "announced"
STANDING = "standing"
# Locked by the loop that watches boxes, by a command that follows one of them, and by one that
# wants their ports for itself.
LOOP = "watching"
FOLLOWED = "following"
WANTED = "ports-wanted"
# What dosebell keeps in its folder; anything else there is somebody else's.
KEPT = (
    FILE_NAME,
    f"{FILE_NAME}-wal",
    f"{FILE_NAME}-shm",
    SAVED,
    VIRTUALS,
    WEB,
    TOLD,
    ANNOUNCED,
    STANDING,
    LOOP,
    FOLLOWED,
    WANTED,
)
_OTHERS = 0o077
FOLDER_VARIABLE = "DOSEBELL_DATA"


def history_file() -> Path:
    """Where the history is, which `DOSEBELL_DATA` may change."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:
        return Path(folder) / FILE_NAME
    from platformdirs import user_data_path

    return user_data_path("dosebell", appauthor=False) / FILE_NAME


CONFIG_NAME = "config.toml"
CONFIG_VARIABLE = "DOSEBELL_CONFIG"


def config_file() -> Path:
    """What this user's watcher is told to do, a file that `DOSEBELL_CONFIG` may name."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("dosebell", appauthor=False) / CONFIG_NAME


def is_special(path: Path) -> bool:
    """Whether it is a pipe or a device: that may never end, or wait for ever for somebody else."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        # Opening it says why.
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def write_private(path: Path, text: str) -> None:
    """Write a file that only this user can read: whole, beside the old one, whose place it then
    takes, so that a power cut leaves one of both. OSError where that cannot be.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    try:
        new.unlink(missing_ok=True)
        number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def keep_private(folder: Path, ours: Collection[str] = KEPT) -> None:
    """Let no other user of this machine into what is ours in a folder, whatever lets them now.

    The folder itself is closed only where nothing else is in it: it may be somebody's home.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        inside = list(folder.iterdir())
        for path in inside:
            if path.name in ours:
                _close(path)
        if all(path.name in ours for path in inside):
            _close(folder, below=False)


def _close(path: Path, below: bool = True) -> None:
    """Close a file, or a folder with all below it; what is below a closed one is closed."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & _OTHERS:
            return
        path.chmod(mode & ~_OTHERS)
        if below and path.is_dir():
            for each in path.iterdir():
                if not each.is_symlink():
                    _close(each)
