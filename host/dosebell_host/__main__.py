"""`python -m dosebell_host` is the same as `dosebell`, which begins here, too."""

import signal
import sys

from dosebell_host import INTERRUPTED


def run() -> None:
    """The command that was typed. A Ctrl-C that comes while it is still loading is no error."""
    try:
        from dosebell_host.cli import main

        main()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    finally:
        # A later one finds Python taking itself down, and would be told as a mistake there.
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    run()
