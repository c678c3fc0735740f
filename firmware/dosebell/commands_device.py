"""Requests about the device beneath the box: what it is, its last crash, and starting it again.

Imported at the first of them: they are asked when a box is set up, mended or looked over.
"""

from dosebell import TYPE_CHECKING
from dosebell.store import CRASH, STATE

if TYPE_CHECKING:
    from dosebell.app import App
    from dosebell.typed import Params, Result

# So much of the end of a traceback fits into one reply, with every character escaped but its own.
_CRASH_BYTES = 700


def device_info(app: "App", params: "Params") -> "Result":
    version, is_fallback = app.board.app()
    free, size = app.box.store.files.room()
    crash = _crash_text(app)
    return {
        "system": app.board.system(),
        "machine": app.board.hardware(),
        "app": version,
        "fallback": is_fallback,
        "limp": app.limp,
        "flash_free": free,
        "flash_size": size,
        "crash": crash.strip().split("\n")[-1] if crash else None,
    }


def device_crash(app: "App", params: "Params") -> "Result":
    if params.get("clear") and _crash_text(app) is not None:
        app.box.store.files.remove(STATE + CRASH)
        if "crash" in app.box.faults:
            app.box.faults.remove("crash")
    return {"text": _crash_text(app)}


def device_service(app: "App", params: "Params") -> "Result":
    app.board.service()
    return {"ok": True}


def device_reset(app: "App", params: "Params") -> "Result":
    app.board.reset()
    return {"ok": True}


def _crash_text(app: "App") -> str | None:
    """The end of the last traceback, in ASCII; None where nothing has crashed."""
    try:
        with app.box.store.files.open(STATE + CRASH, "rb") as file:
            end = file.read()[-_CRASH_BYTES:]
    except OSError:
        return None
    return "".join([chr(byte) if byte == 10 or 32 <= byte < 127 else "?" for byte in end])


METHODS = {
    "device.info": device_info,
    "device.crash": device_crash,
    "device.service": device_service,
    "device.reset": device_reset,
}
