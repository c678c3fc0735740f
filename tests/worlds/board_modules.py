"""The modules that code finds on a simulated board, as MicroPython has them."""

import builtins
import types
from collections.abc import Callable, Mapping
from typing import Any

from board_flash import BoardFlash

WATCHDOG_CLEAR = {0x4005B000, 0x400DB000}
SERVICE = {0x40058014, 0x400D8014}


class Restart(BaseException):
    """`machine.reset()`."""


class Bootloader(BaseException):
    """`machine.bootloader()`."""


class AppStarts(BaseException):
    """`pico.run(limp)` of a version whose files are whole."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


def board_globals(imports: Callable[..., Any], **own: Any) -> dict[str, Any]:
    """What a program on a board starts with: `imports` is its `__import__`, and `own` are other
    functions that are not as on this laptop.
    """
    return {
        "__name__": "__main__",
        "__builtins__": {**vars(builtins), **own, "__import__": imports},
    }


def no_module(name: str, *_: Any) -> Any:
    raise ImportError(f"no module named '{name}'")


def importing(
    modules: Mapping[str, Any], otherwise: Callable[..., Any] = no_module
) -> Callable[..., Any]:
    """An `__import__` that finds these modules, and all others as `otherwise` does."""

    def found(name: str, *how: Any) -> Any:
        return modules[name] if name in modules else otherwise(name, *how)

    return found


class Registers(dict[int, int]):
    """`machine.mem32`; stopping the watchdog is a write like any other."""

    def __init__(self, stop_watchdog: Callable[[], None]) -> None:
        super().__init__()
        self._stop_watchdog = stop_watchdog

    def __missing__(self, address: int) -> int:
        return 0

    def __setitem__(self, address: int, value: int) -> None:
        if address in WATCHDOG_CLEAR and value == 1 << 30:
            self._stop_watchdog()
        super().__setitem__(address, value)


class Timer:
    """Timers are remembered, not run: no test waits ten minutes."""

    ONE_SHOT, PERIODIC = 0, 1

    def __init__(self, _: int = -1, **options: Any) -> None:
        self.period_ms = options["period"]
        self.callback = options["callback"]


def machine_module(mem32: Registers, feed_watchdog: Callable[..., None]) -> Any:
    def pin(*_: Any, **__: Any) -> None:
        pass

    pin.OUT = 1  # type: ignore[attr-defined]
    return types.SimpleNamespace(
        mem32=mem32,
        reset=_raiser(Restart),
        bootloader=_raiser(Bootloader),
        Timer=Timer,
        Pin=pin,
        WDT=feed_watchdog,
    )


def os_module(flash: BoardFlash, machine: str) -> Any:
    names = "rename remove mkdir rmdir ilistdir listdir stat statvfs".split()
    return types.SimpleNamespace(
        **{name: getattr(flash, name) for name in names},
        uname=lambda: ("rp2", "rp2", "1", "1", machine),
    )


def sys_module(version: tuple[int, int, int], machine: str, mpy: int, path: list[str]) -> Any:
    implementation = types.SimpleNamespace(
        name="micropython", version=(*version, ""), _machine=machine, _mpy=mpy
    )
    return types.SimpleNamespace(
        implementation=implementation,
        platform="rp2",
        path=path,
        print_exception=lambda error, file: file.write(
            traceback_of(error).decode().replace("\r", "")
        ),
    )


def _raiser(error: type[BaseException]) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


def traceback_of(error: BaseException) -> bytes:
    number = getattr(error, "errno", None)
    text = f"[Errno {number}] {error}" if number else str(error)
    name = type(error).__name__
    name = "OSError" if isinstance(error, OSError) else name
    lines = (
        "Traceback (most recent call last):",
        '  File "<stdin>", line 1',
        f"{name}: {text}",
        "",
    )
    return "\r\n".join(lines).encode()
