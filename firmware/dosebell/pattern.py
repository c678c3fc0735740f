"""Light and sound as data: a pattern is a name, and its level a function of elapsed time.

A pattern is a tuple of milliseconds, on and off in turn; a melody is a tuple of (Hz, ms), where
0 Hz is silence. Both come with whether they repeat. Melodies stay between 500 and 2500 Hz and are
pulsed, because low pulsed tones wake people with hearing loss best; they are inspired by
IEC 60601-1-8 and claim no conformance.
"""

OFF = "off"
SILENT = "silent"

# name: (repeats, (on_ms, off_ms, on_ms, ...))
LIGHTS = {
    OFF: (True, (0, 1000)),
    "due": (True, (500, 500)),
    "snoozed": (True, (100, 4900)),
    "unset": (True, (100, 150, 100, 1650)),
    "service": (True, (2500, 2500)),
    "fault": (True, (100, 100)),
    "limp": (True, (100, 150, 100, 150, 100, 3400)),
    "taken": (False, (2000, 1000)),
    "taken-low": (False, (2000, 500, 200, 300, 200, 300, 200, 300, 200, 800)),
    "not-yet": (False, (700, 500, 700, 500)),
    "all-taken": (False, (3000, 0)),
    "missed-today": (False, (150, 150, 150, 150, 150, 600)),
    "nothing": (False, (300, 700)),
    "no": (False, (150, 150, 150, 600)),
    "noted": (False, (600, 400)),
    "unsaved": (False, (100, 100) * 10),
    "tick": (False, (120, 80)),
    "test": (False, (500, 500, 500, 500, 500, 500)),
}

_EAT = ((880, 150), (0, 80), (660, 150), (0, 420))

# name: (repeats, ((hz, ms), ...))
MELODIES = {
    SILENT: (True, ((0, 1000),)),
    "due": (True, ((660, 200), (0, 1800))),
    "overdue": (True, ((660, 180), (0, 150), (660, 180), (0, 150), (660, 180), (0, 1160))),
    "last-call": (True, ((880, 150), (0, 100)) * 3 + ((0, 550),)),
    "due-eat": (True, _EAT + ((0, 1200),)),
    "overdue-eat": (True, _EAT * 2 + ((0, 400),)),
    "last-call-eat": (True, _EAT * 2),
    "taken": (False, ((523, 120), (659, 120), (784, 240))),
    "taken-low": (False, ((523, 120), (659, 120), (784, 240))),
    "not-yet": (False, ((587, 150), (0, 150), (587, 150))),
    "all-taken": (False, ((784, 300),)),
    "missed-today": (False, ((784, 150), (659, 150), (523, 300))),
    "nothing": (False, ((587, 120),)),
    "no": (False, ((659, 150), (523, 250))),
    "noted": (False, ((587, 80),)),
    "chirp": (False, ((988, 60),)),
    "test": (False, ((523, 300), (0, 100), (784, 300), (0, 100), (1047, 300), (0, 100))),
}


def lit(name: str, elapsed_ms: int) -> bool:
    """Whether the light is on, so long after the pattern began."""
    repeats, spans = LIGHTS[name]
    left_ms = _within(repeats, _length(spans), elapsed_ms)
    on = True
    for span_ms in spans:
        if left_ms < span_ms:
            return on
        left_ms -= span_ms
        on = not on
    return False


def tone_hz(name: str, elapsed_ms: int) -> int:
    """The frequency that sounds, so long after the melody began; 0 is silence."""
    repeats, notes = MELODIES[name]
    total_ms = 0
    for note in notes:
        total_ms += note[1]
    left_ms = _within(repeats, total_ms, elapsed_ms)
    for note in notes:
        if left_ms < note[1]:
            return note[0]
        left_ms -= note[1]
    return 0


def length_ms(name: str) -> int:
    """How long a light pattern takes once."""
    return _length(LIGHTS[name][1])


def _length(spans: tuple[int, ...]) -> int:
    total_ms = 0
    for span_ms in spans:
        total_ms += span_ms
    return total_ms


def _within(repeats: bool, total_ms: int, elapsed_ms: int) -> int:
    return elapsed_ms % total_ms if repeats else elapsed_ms
