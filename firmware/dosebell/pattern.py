"""Light and sound as data: a pattern is a name, and its level a function of elapsed time.

An entry begins with whether it repeats. Then a light has milliseconds, on and off in turn, and a
melody has Hz and milliseconds of each note, where 0 Hz is silence. All of it stands in one row: a
pair of its own would take each note more memory. Melodies stay between 500 and 2500 Hz and are
pulsed, because low pulsed tones wake people with hearing loss best; they are inspired by
IEC 60601-1-8 and claim no conformance.
"""

OFF = "off"
SILENT = "silent"
# Before a number: a light that flashes so often, for people to count, and begins again.
COUNT = "count-"
# After so many flashes it pauses, so that nobody has to count far.
_GROUP = 6

# name: (repeats, on_ms, off_ms, on_ms, ...)
LIGHTS = {
    OFF: (True, 0, 1000),
    "due": (True, 500, 500),
    "snoozed": (True, 100, 4900),
    "unset": (True, 100, 150, 100, 1650),
    "service": (True, 2500, 2500),
    "fault": (True, 100, 100),
    "limp": (True, 100, 150, 100, 150, 100, 3400),
    "taken": (False, 2000, 1000),
    "taken-low": (False, 2000, 500, 200, 300, 200, 300, 200, 300, 200, 800),
    "taken-next": (False, 1000, 500),
    "taken-next-low": (False, 1000, 300, 200, 300, 200, 300, 200, 300, 200, 500),
    "not-yet": (False, 700, 500, 700, 500),
    "all-taken": (False, 3000, 0),
    "missed-today": (False, 150, 150, 150, 150, 150, 600),
    "nothing": (False, 300, 700),
    "no": (False, 150, 150, 150, 600),
    "noted": (False, 600, 400),
    "unsaved": (False,) + (100, 100) * 10,
    "tick": (False, 120, 80),
    "test": (False, 500, 500, 500, 500, 500, 500),
}

_EAT = (880, 150, 0, 80, 660, 150, 0, 420)
_TAKEN = (False, 523, 120, 659, 120, 784, 240)

# name: (repeats, hz, ms, hz, ms, ...)
MELODIES = {
    SILENT: (True, 0, 1000),
    "due": (True, 660, 200, 0, 1800),
    "overdue": (True, 660, 180, 0, 150, 660, 180, 0, 150, 660, 180, 0, 1160),
    "last-call": (True,) + (880, 150, 0, 100) * 3 + (0, 550),
    "due-eat": (True,) + _EAT + (0, 1200),
    "overdue-eat": (True,) + _EAT * 2 + (0, 400),
    "last-call-eat": (True,) + _EAT * 2,
    "taken": _TAKEN,
    "taken-low": _TAKEN,
    "not-yet": (False, 587, 150, 0, 150, 587, 150),
    "all-taken": (False, 784, 300),
    "missed-today": (False, 784, 150, 659, 150, 523, 300),
    "nothing": (False, 587, 120),
    "no": (False, 659, 150, 523, 250),
    "noted": (False, 587, 80),
    "chirp": (False, 988, 60),
    "test": (False, 523, 300, 0, 100, 784, 300, 0, 100, 1047, 300, 0, 100),
}

# The light that counts which was asked for last, and its row.
_counted: "dict[str, tuple[int, ...]]" = {}


def lit(name: str, elapsed_ms: int) -> bool:
    """Whether the light is on, so long after the pattern began."""
    return _place(_light(name), 1, elapsed_ms) % 2 == 1


def tone_hz(name: str, elapsed_ms: int) -> int:
    """The frequency that sounds, so long after the melody began; 0 is silence."""
    notes = MELODIES[name]
    place = _place(notes, 2, elapsed_ms)
    return notes[place - 1] if place else 0


def length_ms(name: str) -> int:
    """How long a light pattern takes once."""
    return _length_ms(_light(name), 1)


def _light(name: str) -> "tuple[int, ...]":
    """The row of a light. One that counts is made when it is first asked for, not in each pass."""
    if name in LIGHTS:
        return LIGHTS[name]
    if name not in _counted:
        _counted.clear()
        _counted[name] = _count(int(name[len(COUNT) :]))
    return _counted[name]


def _count(flashes: int) -> "tuple[int, ...]":
    row: tuple[int, ...] = (True,)
    for flash in range(1, flashes):
        row += (350, 350 if flash % _GROUP else 1050)
    return row + (350, 2100)


def _place(row: "tuple[int, ...]", step: int, elapsed_ms: int) -> int:
    """Where in the row what holds then has its milliseconds, which stand `step` apart; 0 after
    the end.
    """
    left_ms = elapsed_ms % _length_ms(row, step) if row[0] else elapsed_ms
    place = step
    while place < len(row):
        if left_ms < row[place]:
            return place
        left_ms -= row[place]
        place += step
    return 0


def _length_ms(row: "tuple[int, ...]", step: int) -> int:
    total_ms, place = 0, step
    while place < len(row):
        total_ms += row[place]
        place += step
    return total_ms
