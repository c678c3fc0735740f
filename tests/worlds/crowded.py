"""A schedule file that uses every limit of the format, and the check of any file."""

from datetime import date

from advice_texts import D3, MK4, TODAY, Mg, a_dose
from dosebell_host.advice.judge import judge
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.limits import MAX_DOSES, MAX_EXCEPTS, MAX_MEALS, MAX_MEDICINES
from dosebell_host.schedule.read_file import parse

MEDICINES = (
    "levothyroxine doxycycline alendronate orlistat cholestyramine warfarin metformin blimp"
)


def crowded() -> str:
    """As many doses, meals, exceptions and medicines as a file may have."""
    head = 'version = 1\ntimezone = "Europe/Berlin"\n[meals]\n'
    meals = [
        f'm{n} = {{ at = "{n * 2:02d}:00", sat = "{n * 2:02d}:30" }}' for n in range(MAX_MEALS)
    ]
    doses = [
        a_dose(
            *(D3(1 + n % 3), MK4(10), Mg(5)),
            ident=f"d{n}",
            with_=[f"m{n % 6}", f"m{6 + n % 6}"],
            start=date(2026 + n % 9, 1 + n % 12, 1),
        )
        for n in range(MAX_DOSES)
    ]
    moved = [
        f"[[except]]\nfrom = {2026 + n}-12-01\nto = {2026 + n}-12-30\n"
        f'meals = {{ m0 = "00:{n:02d}", m7 = "14:{n:02d}" }}\n'
        for n in range(MAX_EXCEPTS)
    ]
    names = MEDICINES.split()
    listed = [
        f'{{ name = "{names[n % len(names)]}", at = ["{n % 24:02d}:10", "{n % 7:02d}:50"] }}'
        for n in range(MAX_MEDICINES)
    ]
    person = f"[person]\nage = 60\nmedicines = [{', '.join(listed)}]\n"
    return head + "\n".join(meals) + "\n" + "".join(doses + moved) + person


def checked(text: str) -> None:
    """Read, compile and judge a file, as `dosebell check` does."""
    schedule = parse(text, "plan.toml")
    compile_schedule(schedule)
    judge(schedule, TODAY, on_request=True)
