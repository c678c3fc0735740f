"""Start-up on the board, as /main.py: picks the app and lets it run.

A crash is written down and the board starts again; Ctrl-C is no crash, and the watchdog, which
no one feeds any more, brings the reminder back within ten seconds.
"""

import sys

import machine


def find_app() -> None:
    """Put the app that /app/current names on the path."""
    with open("/app/current") as file:
        sys.path.insert(0, "/app/" + file.read().strip())


def start() -> None:
    find_app()
    from dosebell import pico

    if pico.in_service():
        pico.serve()
        return
    try:
        pico.run()
    except Exception as error:
        with open("/state/crash.txt", "w") as file:
            sys.print_exception(error, file)
        machine.reset()


if __name__ == "__main__":
    start()
