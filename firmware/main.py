"""Start-up on the board, as /main.py: counts boots, picks the app, writes down a crash."""

import sys

import machine

# A watchdog scratch register: it survives a reset and not a power cut.
BOOTS = 0x40058018
MAGIC = 0xB007
# So many boots without a healthy minute: the version before, and as many again: limp mode.
TRIES = 3


def count_boot() -> int:
    kept = machine.mem32[BOOTS] & 0xFFFFFFFF
    boots = (kept & 0xFF) + 1 if kept >> 16 == MAGIC else 1
    machine.mem32[BOOTS] = MAGIC << 16 | min(boots, 255)
    return boots


def find_app(name: str) -> None:
    with open("/app/" + name) as file:
        sys.path.insert(0, "/app/" + file.read().strip())


boots = count_boot()
try:
    try:
        find_app("previous" if boots > TRIES else "current")
    except OSError:
        find_app("current")
    from dosebell import pico

    pico.run(boots > 2 * TRIES)
except KeyboardInterrupt:
    machine.mem32[BOOTS] = 0
except Exception as error:
    with open("/crash.txt", "w") as file:
        sys.print_exception(error, file)
    machine.reset()
