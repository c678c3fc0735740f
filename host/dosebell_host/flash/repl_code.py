"""The code that is sent to a board's REPL, as text."""

import ast
from functools import cache
from pathlib import Path

# The scratch register that tells the next start of service mode, as firmware/boot.py knows it, and
# the watchdog's control register, whose bits are cleared at another address.
#
# Whoever takes over an app that answers nothing must see to its watchdog at once; and if this
# laptop goes away, the board starts again by itself. Nobody keeps the time up meanwhile, so the
# mark of the time that a reset carries over is taken away: better unset than wrong.
TAKE_OVER = """
import os, sys
_chip = getattr(sys.implementation, "_machine", "") or os.uname()[4]
_base = 0x400D8000 if "RP2350" in _chip else 0x40058000
if "RP2" in _chip:
    import machine
    machine.mem32[_base + 0x3000] = 1 << 30
    _asked = machine.mem32[_base + 0x14]
    if _asked & 0xFFFF == 0x5E8:
        machine.mem32[_base + 0x14] = _asked & 0xFFFFFF
    else:
        machine.mem32[_base + 0x14] = 0x5E8
        machine.mem32[_base + 0x0C] = 0
        def _leave(timer):
            machine.mem32[_base + 0x14] = 0
            machine.reset()
        _dead_man = machine.Timer(
            -1, period=600000, mode=machine.Timer.ONE_SHOT, callback=_leave)
"""

FACTS = """
_i = sys.implementation
_f = os.statvfs("/")
print(repr((tuple(_i.version)[:3], _chip, getattr(_i, "_mpy", 0), _f[1], _f[2], _f[4])))
"""

# The failed starts that main.py has counted are those of what was there before. A moment's delay,
# so that the answer to this still leaves the board.
RESTART = """
import machine, time
if "RP2" in _chip:
    machine.mem32[_base + 0x14] = 0
    machine.mem32[_base + 0x18] = 0
time.sleep_ms(100)
machine.reset()
"""

# How long it stays a drive nobody counts, so the kept time goes.
BOOTLOADER = """
import machine, time
if "RP2" in _chip:
    machine.mem32[_base + 0x0C] = 0
time.sleep_ms(100)
machine.bootloader()
"""


@cache
def functions() -> str:
    """`on_board.py`, without what only people read."""
    tree = ast.parse((Path(__file__).parent / "on_board.py").read_text())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            del body[0]
    return ast.unparse(tree)


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
