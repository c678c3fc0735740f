"""Writes a file that is not there yet: what a person wrote is never written over."""

from pathlib import Path

from dosebell_host.errors import UserError

_RIGHTS = "look at the folder, your rights to it and its free space"


def write_new(path: Path, data: bytes, fix: str) -> None:
    """Write a new file. Raises `UserError` where there is one already, or it can't be written.

    `fix` is what a person can do about one that is there.
    """
    try:
        _write(path, data)
    except FileExistsError:
        raise already_there(path, fix) from None
    except OSError as error:
        message = f"cannot be written ({error.strerror})"
        raise UserError(message, where=str(path), fix=_RIGHTS, code="file") from None


def already_there(path: Path, fix: str) -> UserError:
    """That there is such a file, and that it stays as it is."""
    return UserError("is there already and was left alone", where=str(path), fix=fix, code="file")


def _write(path: Path, data: bytes) -> None:
    file = path.open("xb")
    try:
        with file:
            file.write(data)
    except OSError:
        # Half a schedule is none, and it would be in the way of the next attempt.
        path.unlink(missing_ok=True)
        raise
