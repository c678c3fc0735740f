"""What a schedule may hold at most. One list, so that checks, tests and pages agree."""

# What the device itself refuses; the rest is refused on the laptop only.
from dosebell.schedule import MAX_DOSES, MAX_EXCEPTS, MAX_MEALS, MAX_PLACE, MAX_TIMES
from dosebell.schedule import MAX_LINE as MAX_LINE_BYTES

__all__ = [
    "MAX_DOSES",
    "MAX_EXCEPTS",
    "MAX_LINE_BYTES",
    "MAX_MEALS",
    "MAX_PLACE",
    "MAX_TIMES",
]

MINUTE_S = 60
HOUR_S = 3_600
DAY_S = 86_400

# Compartments, the first of which is 1.
PLACE = (1, MAX_PLACE)

MAX_FILE_BYTES = 256 * 1024
# Of `a.b.c`, far more than any schedule has: what `tomllib` does with a key grows as the square.
MAX_KEY_DEPTH = 16
MAX_PROBLEMS_SHOWN = 100

MAX_CONTENTS = 32
MAX_MEDICINES = 64
MAX_ACCEPTS = 64
MAX_CONDITIONS = 32
MAX_LABS = 8
MAX_NAME_CHARS = 16
MAX_NUTRIENT_CHARS = 24
MAX_TEXT_BYTES = 64

FIRST_YEAR = 2025
LAST_YEAR = 2099

EARLY_S = (0, 14 * DAY_S)
EARLY_DEFAULT_S = HOUR_S
LATE_S = (10 * MINUTE_S, 14 * DAY_S)
LATE_DEFAULT_S = 3 * HOUR_S

NAG_S = (MINUTE_S, 3 * HOUR_S)
NAG_DEFAULT_S = 10 * MINUTE_S
SNOOZE_S = (MINUTE_S, 3 * HOUR_S)
SNOOZE_DEFAULT_S = 15 * MINUTE_S
# Zero is allowed besides: it means light only.
MAX_SOUND_S = (MINUTE_S, DAY_S)
MAX_SOUND_DEFAULT_S = 20 * MINUTE_S
LONG_PRESS_S = (1, 5)
LONG_PRESS_DEFAULT_S = 2

# Days of `every`, and of `on` and `off` alike: ten years.
CYCLE_DAYS = (1, 3_650)

FAT_G = (0, 1_000)
AMOUNT_AT_MOST = 1_000_000_000
STOCK_COUNT = (0, 1_000_000)
STOCK_PER_INTAKE = (1, 1_000)
STOCK_PER_INTAKE_DEFAULT = 1
STOCK_LOW = (0, 1_000_000)
STOCK_LOW_DEFAULT = 7
AGE_YEARS = (0, 130)
EVERY_MONTHS = (1, 120)
LAB_AT_MOST = 10_000
