"""Schedules whose windows, days and quiet hours were worked out on paper."""

from domain import D3K2, dose, plan


def one(*lines: str, days: str = '"daily"') -> str:
    return plan(dose("one", *lines, days=days))


AT_8 = 'at = ["08:00"]'


# Berlin is one hour ahead of UTC in November, two in July. Monday is 23 November 2026.
WINDOWS = {
    "breakfast, else lunch": (
        D3K2,
        "2026-11-23",
        0,
        ("23 05:30", ["23 06:30", "23 11:30"], ["23 09:30", "23 14:30"]),
    ),
    "the same in summer": (
        D3K2,
        "2026-07-20",
        0,
        ("20 04:30", ["20 05:30", "20 10:30"], ["20 08:30", "20 13:30"]),
    ),
    "a window ends where the next meal is due": (
        one('with = ["breakfast", "lunch"]', 'late = "6h"'),
        "2026-11-23",
        0,
        ("23 05:30", ["23 06:30", "23 11:30"], ["23 11:30", "23 17:30"]),
    ),
    "early and late can be set": (
        one(AT_8, 'early = "15m"', 'late = "10m"'),
        "2026-11-23",
        0,
        ("23 06:45", ["23 07:00"], ["23 07:10"]),
    ),
    # 08:00 and 20:00 lie 12 h apart, so nothing opens more than 6 h early.
    "a window opens no earlier than half way": (
        one('at = ["08:00", "20:00"]', 'early = "12h"'),
        "2026-11-23",
        1,
        ("23 13:00", ["23 19:00"], ["23 22:00"]),
    ),
    "and the one before closes there": (
        one('at = ["08:00", "20:00"]', 'early = "12h"', 'late = "12h"'),
        "2026-11-23",
        0,
        ("23 01:00", ["23 07:00"], ["23 13:00"]),
    ),
    # From lunch at 12:30 to the next breakfast at 07:30 it is 19 h; half way is 22:00.
    "the last meal counts for the half way": (
        one('with = ["breakfast", "lunch"]', 'early = "14d"', 'late = "1d"'),
        "2026-11-23",
        0,
        ("22 21:00", ["23 06:30", "23 11:30"], ["23 11:30", "23 21:00"]),
    ),
    "a weekly dose can be late for days": (
        one(AT_8, 'late = "5d"', days='["mon"]'),
        "2026-11-23",
        0,
        ("23 06:00", ["23 07:00"], ["28 07:00"]),
    ),
    "the last one of all closes by itself": (
        one(AT_8, "end = 2026-11-23"),
        "2026-11-23",
        0,
        ("23 06:00", ["23 07:00"], ["23 10:00"]),
    ),
    # 29 March 2026: from 02:00 to 03:00 there is no local time.
    "a time that the spring skips is due after the gap": (
        one('at = ["02:30"]'),
        "2026-03-29",
        0,
        ("29 00:00", ["29 01:00"], ["29 04:00"]),
    ),
    # 25 October 2026: 02:00 to 03:00 comes twice, first at 00:00 UTC.
    "a time that the autumn repeats is due at its first passing": (
        one('at = ["02:30"]'),
        "2026-10-25",
        0,
        ("24 23:30", ["25 00:30"], ["25 03:30"]),
    ),
}

# From Monday 23 November 2026; the months ahead end on 30, 31, 31, 28.
DAYS = {
    "daily": ('"daily"', ["11-23", "11-24", "11-25", "11-26", "11-27"]),
    "weekdays": ('["mon", "thu"]', ["11-23", "11-26", "11-30", "12-03", "12-07"]),
    "every third day": ("{ every = 3 }", ["11-25", "11-28", "12-01", "12-04", "12-07"]),
    # The cycle began on 1 November: on from 1 to 3, off 4 to 7, on from 8, 15, 22.
    "on and off": ("{ on = 3, off = 4 }", ["11-23", "11-24", "11-29", "11-30", "12-01"]),
    "days of the month": ("{ monthdays = [31, 1] }", ["12-01", "12-31", "01-01", "01-31"]),
    "the last of the month": ("{ monthdays = [-1] }", ["11-30", "12-31", "01-31", "02-28"]),
    "both, named once": ("{ monthdays = [30, -1] }", ["11-30", "12-30", "12-31", "01-30"]),
}

WEEKEND = '[meals]\nbreakfast = { at = "07:30", sat = "09:00", sun = "09:00" }\nlunch = "12:30"\n'
HOLIDAY = (
    '[[except]]\nfrom = 2026-11-24\nto = 2026-11-25\nmeals = { breakfast = "10:00" }\n'
    "[[except]]\nfrom = 2026-11-25\nto = 2026-11-26\noff = true\n"
)

QUIET = {
    "over midnight": (
        "22:00-06:30",
        [
            ("2026-11-23 21:59:59", "", "23 21:00"),
            ("2026-11-23 22:00:00", "24 05:30", "24 21:00"),
            ("2026-11-24 00:00:00", "24 05:30", "24 21:00"),
            ("2026-11-24 06:29:59", "24 05:30", "24 21:00"),
            ("2026-11-24 06:30:00", "", "24 21:00"),
        ],
    ),
    "at noon": (
        "12:00-14:00",
        [
            ("2026-11-23 11:59:59", "", "23 11:00"),
            ("2026-11-23 12:00:00", "23 13:00", "24 11:00"),
            ("2026-11-23 13:59:59", "23 13:00", "24 11:00"),
            ("2026-11-23 14:00:00", "", "24 11:00"),
        ],
    ),
    # The wall shows 02:30 twice in that night; quiet ends when it does so first.
    "to an hour that comes twice": (
        "22:00-02:30",
        [
            ("2026-10-25 00:29:59Z", "25 00:30", "25 21:00"),
            ("2026-10-25 00:30:00Z", "", "25 21:00"),
            ("2026-10-25 01:10:00Z", "", "25 21:00"),
        ],
    ),
    "from an hour that comes twice": (
        "02:30-06:30",
        [
            ("2026-10-25 00:29:59Z", "", "25 00:30"),
            ("2026-10-25 00:30:00Z", "25 05:30", "26 01:30"),
            ("2026-10-25 01:10:00Z", "25 05:30", "26 01:30"),
        ],
    ),
    # 02:30 does not come in that night; 03:00 does instead.
    "to an hour that is skipped": (
        "22:00-02:30",
        [("2026-03-29 01:59:59", "29 01:00", "29 20:00"), ("2026-03-29 03:00", "", "29 20:00")],
    ),
}
