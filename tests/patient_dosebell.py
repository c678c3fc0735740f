"""The `dosebell` command for a board that computes thirty times slower than a real one.

Started as a program of its own, as a person starts it; only its timeouts are longer.
"""

from dosebell_host import flash_target, raw_repl, reach
from dosebell_host.box import link

TIMES_SLOWER = 40


def be_patient() -> None:
    """Wait for an emulated board as long as its own time would ask for."""
    link.TIMEOUT_S *= TIMES_SLOWER
    link.SLOW_TIMEOUT_S *= TIMES_SLOWER
    raw_repl.SILENCE_S *= TIMES_SLOWER
    raw_repl.WRITE_TIMEOUT_S *= TIMES_SLOWER
    raw_repl.ENTRY_S = (raw_repl.ENTRY_S[0] * TIMES_SLOWER, raw_repl.ENTRY_S[1] * TIMES_SLOWER)
    reach.REPL_S *= TIMES_SLOWER
    reach.HELLO_S *= TIMES_SLOWER
    reach.HELLO_TIMEOUT_S *= TIMES_SLOWER
    reach.GONE_S *= TIMES_SLOWER
    flash_target.FIND_S *= TIMES_SLOWER


if __name__ == "__main__":
    from dosebell_host.cli import main

    be_patient()
    main()
