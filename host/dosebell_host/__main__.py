"""`python -m dosebell_host` is the same as `dosebell`, which begins here, too."""

import gc
import signal
import sys

from dosebell_host import INTERRUPTED

# A log of years makes a million things that all stay: to look through them for circles after every
# few hundred new ones, as Python does, costs a fifth of the time.
LOOKED_THROUGH_AFTER = 50_000


def run() -> None:
    """The command that was typed. A Ctrl-C that comes while it is still loading is no error."""
    gc.set_threshold(LOOKED_THROUGH_AFTER)
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
