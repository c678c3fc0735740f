"""Requests about the device under the box: its version, its flash, its crashes, its restarts."""

from dosebell.box import CRASH
from dosebell.store import STATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dosebell.app import App
    from dosebell.params import Params, Result

# So much of the end of a traceback fits into one answer, with every character escaped but its own.
_CRASH_BYTES = 700


def info(app: "App", params: "Params") -> "Result":
    version, is_fallback = app.board.app()
    free, size = app.box.store.files.room()
    text = _crash_text(app)
    return {
        "system": app.board.system(),
        "machine": app.board.hardware(),
        "app": version,
        "fallback": is_fallback,
        "limp": app.limp,
        "flash_free": free,
        "flash_size": size,
        "crash": text.strip().split("\n")[-1] if text else None,
    }


def crash(app: "App", params: "Params") -> "Result":
    if params.get("clear"):
        _forget_crash(app)
    return {"text": _crash_text(app)}


def service(app: "App", params: "Params") -> "Result":
    app.board.service()
    return {"ok": True}


def reset(app: "App", params: "Params") -> "Result":
    app.board.reset()
    return {"ok": True}


def _crash_text(app: "App") -> str | None:
    """The end of the last traceback, in ASCII; None where nothing has crashed."""
    try:
        with app.box.store.files.open(STATE + CRASH, "rb") as file:
            text = file.read()[-_CRASH_BYTES:]
    except OSError:
        return None
    return "".join([_plain(byte) for byte in text])


def _plain(byte: int) -> str:
    return chr(byte) if byte == 10 or 32 <= byte < 127 else "?"


def _forget_crash(app: "App") -> None:
    if _crash_text(app) is None:
        return
    app.box.store.files.remove(STATE + CRASH)
    if "crash" in app.box.faults:
        app.box.faults.remove("crash")
