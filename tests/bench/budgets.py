"""The budgets, all in one place: what each figure may be at most, or must be at least."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """One bound of a figure in its own unit, or of the ratio to the alternative.

    `given_up` says why a first figure can't be reached; what stands instead is a budget too.
    """

    most: float | None = None
    least: float | None = None
    least_ratio: float | None = None
    given_up: str = ""


HEAP = Budget(
    most=64 * 1024,
    given_up="all modules alone take more, and stock MicroPython can't run them from flash",
)
HEAP_REVISED = Budget(most=119_500)
HEAP_OF_A_DOSE = Budget(most=700)
IDLE_ALLOCATION = Budget(most=0)
BOOT = Budget(most=1.5)
ERASES_OF_A_RECORD = Budget(most=1.2)
YEARS_OF_FLASH = Budget(least=50)
YEAR_OF_FOUR_DOSES = Budget(most=1.0)
CHECK_AT_EVERY_LIMIT = Budget(most=0.3)
CHECK_OF_A_READY_MADE_ONE = Budget(most=0.03)
FASTER = Budget(least_ratio=1.0)
REPORT_OF_A_YEAR = Budget(most=0.5)
MISSED_NOW = Budget(most=0.1)
A_PERSONS_MONTH = Budget(most=0.05)
NO_MORE_THAN_TWICE = Budget(least_ratio=0.5)
NO_MORE_THAN_FOUR_TIMES = Budget(least_ratio=0.25)
# From a press to whoever is told of it.
TOLD_SOON = Budget(most=2.0)
