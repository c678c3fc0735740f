"""What `check` says of the schedule that a report is about, for whoever asks for it."""

from datetime import date

from dosebell_host.errors import UserError
from dosebell_host.pictures.markup import Markup, element

_HEAD = "What the rules of dosebell say of it"
_NO_FILE = "This laptop does not have the file that was pushed, so nothing is said of it."


def advice(file: bytes | None, today: date) -> Markup:
    """Every finding on that day, the gravest first; accepted ones say so."""
    return element("section", element("h2", _HEAD), *_found(file, today), class_="advice")


def _found(file: bytes | None, today: date) -> list[Markup]:
    # Rules and schedules are long to load, and only asked for here.
    from dosebell_host.advice.findings import Finding
    from dosebell_host.advice.judge import judge
    from dosebell_host.schedule.read_file import parse

    if file is None:
        return [element("p", _NO_FILE)]
    try:
        schedule = parse(file, "the file")
    except UserError as error:
        return [element("p", f"The file that was pushed cannot be read any more: {error}")]

    verdict = judge(schedule, today, on_request=True)
    names = {dose.id: dose.name for dose in schedule.doses}

    def item(found: Finding) -> Markup:
        accepted = f' (accepted: "{found.accepted.reason}")' if found.accepted else ""
        doses = "".join(f"{names.get(dose, dose)}: " for dose in found.doses)
        source = f" ({found.sources[0].title})" if found.sources else ""
        said = f"{doses}{found.seen}. {found.message}{source}{accepted}"
        return element("li", element("b", f"{found.severity}: "), said)

    if not verdict.findings:
        return [element("p", "Nothing.")]
    return [element("ul", *map(item, verdict.findings))]
