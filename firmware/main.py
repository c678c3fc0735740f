"""dosebell's start-up, as /main.py: counts boots, picks the app, writes down a crash."""

import sys

import machine

# Watchdog scratch registers survive a reset and not a power cut; the Pico 2 has them elsewhere.
IS_RP2350 = "RP2350" in getattr(sys.implementation, "_machine", "")
SERVICE, BOOTS = (0x400D8014, 0x400D8018) if IS_RP2350 else (0x40058014, 0x40058018)
ASKED, SERVING, COUNTED = 0x5E7, 0x5E8, 0xB007
# So many boots without a healthy minute: the version before, and as many again: limp mode.
TRIES = 3

service = machine.mem32[SERVICE] & 0xFFFFFFFF
kept = machine.mem32[BOOTS] & 0xFFFFFFFF
if service & 0xFFFF == ASKED:
    machine.mem32[SERVICE] = service - ASKED + SERVING
elif service & 0xFFFF == SERVING:
    machine.mem32[SERVICE] = 0
    machine.reset()
else:
    # The way back from everything below: a crash, a hang, a Ctrl-C.
    machine.WDT(timeout=8000)
    boots = (kept & 0xFF) + 1 if kept >> 16 == COUNTED else 1
    machine.mem32[BOOTS] = COUNTED << 16 | min(boots, 255)
    try:
        for name in ("current", "previous") if boots > TRIES else ("current",):
            try:
                with open("/app/" + name) as file:
                    sys.path.insert(0, "/app/" + file.read().strip())
            except OSError:
                continue
        from dosebell import pico

        pico.run(boots > 2 * TRIES)
    except KeyboardInterrupt:
        machine.mem32[BOOTS] = 0
    except Exception as error:
        with open("/crash.txt", "w") as file:
            sys.print_exception(error, file)
