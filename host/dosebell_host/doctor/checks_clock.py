"""What `dosebell doctor` makes of a box's clock: its trust, its battery, how fast it runs."""

from collections.abc import Iterator

from dosebell_host.actions.status import TRUST
from dosebell_host.box import clock_verdict
from dosebell_host.box.clock_drift import DAY_S, Drift, drift
from dosebell_host.box.clock_verdict import judge_clock, set_command
from dosebell_host.box.hello import NO_BATTERY_CLOCK, UNSET
from dosebell_host.doctor.facts import BoxFacts, Facts
from dosebell_host.doctor.finding import Remark, bad, ok, unknown, warn
from dosebell_host.errors import DeviceRefused
from dosebell_host.wording import duration_text

RTC = "rtc"
HOST = "host"

# A DS3231 is right to 5 ppm, a Pico's own crystal to 30; what is beyond twice that is broken.
_BATTERY_PPM = 10
_CRYSTAL_PPM = 60
# Below a minute tenths of a second are told.
_FINE_S = 60


def clock(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """Whether it knows the time, and what the next command will do about it."""
    trust = TRUST.get(found.hello.trust, found.hello.trust)
    verdict = judge_clock(found.hello, found.laptop_s)
    if found.hello.trust == UNSET:
        yield bad(f"{trust}, so nothing rings and nothing is judged", set_command(facts.named))
    elif verdict.action == clock_verdict.LEFT_ALONE:
        yield ok(f"{trust}; a virtual box keeps a time of its own")
    elif verdict.action == clock_verdict.LAPTOP_WRONG:
        yield bad("this laptop shows a date before dosebell was made", "put its date right")
    elif verdict.action == clock_verdict.TOO_FAR:
        yield bad(
            f"{trust}, {_apart(found)}; either may be wrong",
            f"if this laptop is right: {set_command(facts.named)}",
        )
    elif verdict.action == clock_verdict.SET:
        yield warn(f"{trust}, {_apart(found)}", "the next command that asks the box sets it")
    else:
        yield ok(f"{trust}, {_apart(found)}")


def _apart(found: BoxFacts) -> str:
    """The difference, as exactly as it is known."""
    offset = found.offset
    if offset is None or abs(offset.ahead_s) >= _FINE_S:
        return clock_verdict.difference_text(clock_verdict.ahead_of(found.hello, found.laptop_s))
    where = "ahead of" if offset.ahead_s > 0 else "behind"
    return f"{abs(offset.ahead_s):.1f} s {where} this laptop's"


def battery_clock(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """Whether it will know the time after a power cut."""
    if not found.hello.battery_clock:
        yield warn(NO_BATTERY_CLOCK, "a DS3231 with its cell, on GP4 and GP5")
    elif found.hello.trust in (RTC, HOST) and not _disagrees(found):
        yield ok("there")
    else:
        yield warn("there, but it had lost the time", "is its cell empty?")


def drift_of(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """How fast the clock runs, as far as the time since it was set tells."""
    known = _drift(found)
    if isinstance(known, str):
        yield unknown(known)
        return
    limit_ppm = _BATTERY_PPM if found.hello.battery_clock else _CRYSTAL_PPM
    if known.at_least_ppm > limit_ppm:
        yield warn(f"{drift_text(known)}: more than such a clock should", _broken(found))
    else:
        yield ok(drift_text(known))


def _broken(found: BoxFacts) -> str:
    return "is its cell empty?" if found.hello.battery_clock else "a DS3231 keeps better time"


def _drift(found: BoxFacts) -> Drift | str:
    """The drift, or why it can't be told."""
    hello, since, offset = found.hello, found.last_set, found.offset
    if hello.virtual:
        return "a virtual box keeps a time of its own"
    if hello.trust == UNSET or since is None:
        return "waits for a clock that was set"
    if offset is None:
        return "this laptop's clock was moved while it was measured"
    if abs(offset.ahead_s) > clock_verdict.LARGEST_STEP_IN_PASSING_S or _disagrees(found):
        return "waits for clocks that agree"
    if not hello.battery_clock and since.boot != hello.boot:
        return "too soon to tell: the box started again since its clock was set"
    known = drift(offset, hello, since, found.laptop_s)
    return known if known.days >= 1 else f"too soon to tell: {_since(known)} since it was set"


def drift_text(known: Drift) -> str:
    """`lost 1.8 s in 21 days, about -1 ppm (±0.6)`; only what can be told for certain."""
    days = f"{round(known.days)} day{'' if round(known.days) == 1 else 's'}"
    if abs(known.ppm) <= known.within_ppm:
        return f"none seen in {days}, less than {abs(known.ppm) + known.within_ppm:.1f} ppm"
    verb = "gained" if known.gained_s > 0 else "lost"
    about = f"{known.ppm:+.1f} ppm (±{known.within_ppm:.1f})"
    return f"{verb} {abs(known.gained_s):.1f} s in {days}, about {about}"


def _since(known: Drift) -> str:
    return duration_text(known.days * DAY_S)


def _disagrees(found: BoxFacts) -> bool:
    status = found.status
    return not isinstance(status, DeviceRefused) and "battery-clock" in status.faults
