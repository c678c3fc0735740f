"""Requests about parts: what their file says, another one, and a test of each lamp.

Imported at the first of them, for few boxes are ever asked.
"""

from dosebell import TYPE_CHECKING, parts, presses, schedule, wiring
from dosebell.params import BAD_PARAMS, Refusal, text

if TYPE_CHECKING:
    from dosebell.app import App
    from dosebell.store import Files
    from dosebell.typed import Callable, Params, Result

_NEW = wiring.PARTS + ".new"
# So much fits into one reply, with every character escaped; what can be used is shorter by far.
_MOST_CHARS = 450


def parts_read(app: "App", params: "Params") -> "Result":
    """The text of the file, "" where there is none; of one that is no text, what can be said."""
    said = _content(app.box.store.files, wiring.PARTS) or b""
    plain = "".join([_plain(byte) for byte in said[: parts.MAX_BYTES]])
    return {"text": " ".join(plain.split())[:_MOST_CHARS]}


def _plain(byte: int) -> str:
    return " " if byte < 32 else chr(byte) if byte < 127 else "?"


def parts_write(app: "App", params: "Params") -> "Result":
    """Put a text in place of the file, for the next start; "" is no file."""
    if presses.ringing(app.box.reminder):
        raise Refusal("ringing")
    said = text(params, "text")
    if schedule.digest([said])[1] != text(params, "hash"):
        raise Refusal("params", "hash", BAD_PARAMS)
    files = app.box.store.files
    try:
        if said:
            parts.check_pins(parts.checked(said), wiring.read(files)[0])
    except ValueError as error:
        raise Refusal("parts", str(error))
    _write(files, said.encode())
    return {"ok": True}


def _write(files: "Files", said: bytes) -> None:
    """A cut leaves the old file or the new one: nothing but a rename puts this one in force."""
    there = _content(files, wiring.PARTS)
    if not said and there is not None:
        files.remove(wiring.PARTS)
    if not said or said == there:
        return
    with files.open(_NEW, "wb") as file:
        file.write(said)
    if _content(files, _NEW) != said:
        raise OSError("read back otherwise")
    files.rename(_NEW, wiring.PARTS)


def _content(files: "Files", path: str) -> "bytes | None":
    try:
        with files.open(path, "rb") as file:
            found: bytes = file.read()
            return found
    except OSError:
        return None


def parts_test(app: "App", params: "Params") -> "Result":
    """Let one lamp blink, as "lamps:3" names it."""
    if presses.ringing(app.box.reminder) or app.practice.rings:
        raise Refusal("ringing")
    name, _, place = text(params, "which").partition(":")
    lamps = app.board.lamps
    if lamps is None or name != "lamps":
        raise Refusal("no-part", name)
    if place not in ["%d" % n for n in range(1, len(lamps.shows) + 1)]:
        raise Refusal("params", "which", BAD_PARAMS)
    lamps.test(int(place))
    return {"ok": True}


METHODS: "dict[str, Callable[[App, Params], Result]]" = {
    "parts.read": parts_read,
    "parts.write": parts_write,
    "parts.test": parts_test,
}
