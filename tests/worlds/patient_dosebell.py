"""The `dosebell` command for a board that computes thirty times slower than a real one.

Started as a program of its own, as a person starts it; only its timeouts are longer.
"""

from dosebell_host.box import link
from dosebell_host.flash import raw_repl, restart, target

TIMES_SLOWER = 40


def be_patient() -> None:
    """Wait for an emulated board as long as its own time would ask for."""
    link.TIMEOUT_S *= TIMES_SLOWER
    link.SLOW_TIMEOUT_S *= TIMES_SLOWER
    raw_repl.SILENCE_S *= TIMES_SLOWER
    raw_repl.WRITE_TIMEOUT_S *= TIMES_SLOWER
    raw_repl.ENTRY_S = (raw_repl.ENTRY_S[0] * TIMES_SLOWER, raw_repl.ENTRY_S[1] * TIMES_SLOWER)
    restart.REPL_S *= TIMES_SLOWER
    restart.HELLO_S *= TIMES_SLOWER
    restart.HELLO_TIMEOUT_S *= TIMES_SLOWER
    restart.GONE_S *= TIMES_SLOWER
    target.FIND_S *= TIMES_SLOWER


if __name__ == "__main__":
    from dosebell_host.cli import main

    be_patient()
    main()
