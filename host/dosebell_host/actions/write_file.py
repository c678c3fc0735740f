"""Write a file that a person named, and never over another one unasked."""

from pathlib import Path

from dosebell_host.errors import UserError
from dosebell_host.resources import is_special
from dosebell_host.talk import Talk


def write_file(path: Path, data: bytes, talk: Talk) -> None:
    """Write it, and say so. Asks before another file is overwritten.

    Raises `UserError` where that is not agreed to, or the file can't be written.
    """
    if is_special(path):
        raise _unwritable(path, "is not a regular file")
    try:
        if path.exists() and path.read_bytes() != data:
            talk.agree([f"{path} would be overwritten"], "Overwrite it")
        path.write_bytes(data)
    except OSError as error:
        raise _unwritable(path, f"cannot be written ({error.strerror})") from None
    talk.note(f"Written to {path}.")


def _unwritable(path: Path, message: str) -> UserError:
    return UserError(message, where=str(path), fix="name another file", code="file")
