"""Writes a schedule document from the lines a device holds.

Law, tested: compiling the document gives the revision of the lines again. What the lines do not
hold (the person, what was accepted, comments) is not in it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from dosebell_host.errors import UserError
from dosebell_host.schedule.days import WEEKDAYS, Days, days_field
from dosebell_host.schedule.limits import MAX_NAME_CHARS
from dosebell_host.schedule.lines import OF_ZONE, CompiledLine, Fields, read_lines, weeks_of
from dosebell_host.schedule.values import duration_value, slug, time_text

REBUILT = """Rebuilt by dosebell from what the device holds.
The device knows neither the person, nor what was accepted, nor your comments: they are missing
here, and so the checks know less than they did."""


_REBUILT_HEAD = f"# {REBUILT.splitlines()[0]}".encode()


def is_rebuilt(data: bytes) -> bool:
    """Whether a file was made from what a box holds."""
    return data.lstrip().startswith(_REBUILT_HEAD)


def decompile(lines: Iterable[str], note: str = REBUILT) -> str:
    """The schedule of these lines as a TOML document, headed by the note as a comment.

    Raises `UserError` if the lines are not ones that this release writes.
    """
    try:
        return _document(read_lines(lines), note)
    except (ValueError, KeyError, IndexError):
        raise UserError(
            "what the device holds is no schedule that this release reads",
            fix="upgrade dosebell on this laptop, or push a schedule again",
            code="lines",
        ) from None


def _document(lines: list[CompiledLine], note: str) -> str:
    unknown = {kind for kind, _ in lines} - {"plan", "meal", "except", "dose", *OF_ZONE}
    # A field without a value is left out by the compiler.
    empty = any("" in fields.values() for _, fields in lines)
    plans, meals, exceptions, doses = (
        [fields for kind, fields in lines if kind == wanted]
        for wanted in ("plan", "meal", "except", "dose")
    )
    if unknown or empty or len(plans) != 1 or plans[0]["v"] != "1":
        raise ValueError("not the lines of one schedule of version 1")
    names = [slug(meal["name"], length=MAX_NAME_CHARS) for meal in meals]
    parts = [
        "".join(f"# {line}".rstrip() + "\n" for line in note.splitlines()),
        _head(plans[0]),
        _section("[meals]", list(zip(names, map(_meal, meals), strict=True))) if meals else "",
        _section("[alerts]", _alerts(plans[0])),
        *(_section("[[dose]]", _dose(dose, names)) for dose in doses),
        *(_section("[[except]]", _except_days(entry, names)) for entry in exceptions),
    ]
    return "\n".join(part for part in parts if part)


Pairs = list[tuple[str, str]]


def _section(header: str, pairs: Pairs) -> str:
    return f"{header}\n{_pairs(pairs)}"


def _pairs(pairs: Pairs) -> str:
    return "".join(f"{key} = {value}\n" for key, value in pairs)


def _present(fields: Fields, *readers: tuple[str, Callable[[str], str]]) -> Pairs:
    """The fields that are there, in this order, each turned into TOML by its reader."""
    return [(key, to_toml(fields[key])) for key, to_toml in readers if key in fields]


def _head(plan: Fields) -> str:
    title = _present(plan, ("title", _quoted))
    return _pairs([("version", plan["v"]), *title, ("timezone", _quoted(plan["zone"]))])


def _alerts(plan: Fields) -> Pairs:
    quiet = _present(plan, ("quiet", _quiet)) or [("quiet", '"none"')]
    return [
        ("nag", _duration(plan["nag"])),
        ("snooze", _duration(plan["snooze"])),
        *quiet,
        ("max_sound", _duration(plan["max_sound"])),
        ("long_press", _duration_ms(plan["long_press"])),
        *_present(plan, ("answer", _quoted)),
    ]


def _meal(meal: Fields) -> str:
    week = dict(zip(WEEKDAYS, map(_time, meal["at"].split(",")), strict=True))
    usual = Counter(week.values()).most_common(1)[0][0]
    others = [(day, time) for day, time in week.items() if time != usual]
    extras = _present(meal, ("fat_g", _number), ("eat", _quoted))
    if not others and not extras:
        return usual
    return _inline([("at", usual), *others, *extras])


def _dose(dose: Fields, meals: list[str]) -> Pairs:
    def names(places: str) -> str:
        return _list(_quoted(meals[int(place)]) for place in places.split(","))

    return _present(
        dose,
        ("id", _quoted),
        ("name", _quoted),
        ("take", _quoted),
        ("at", _times),
        ("with", names),
        ("place", _place),
        ("food", _quoted),
        ("days", _days),
        ("start", _date),
        ("end", _date),
        ("early", _duration),
        ("late", _duration),
        ("stock", _stock),
        ("contents", _contents),
        ("medicine", _quoted),
        ("route", _quoted),
        ("prescribed", lambda _: "true"),
        ("review", _date),
    )


def _except_days(entry: Fields, meals: list[str]) -> Pairs:
    def moved(text: str) -> str:
        pairs = (pair.split(":") for pair in text.split(","))
        return _inline([(meals[int(place)], _time(minute)) for place, minute in pairs])

    return _present(
        entry,
        ("from", _date),
        ("to", _date),
        ("meals", moved),
        ("off", lambda _: "true"),
        ("reason", _quoted),
    )


def days_toml(days: Days) -> str:
    """A rule for days as a file has it."""
    return _days(days_field(days))


def _days(rule: str) -> str:
    kind, _, numbers = rule.partition(":")
    if kind == "daily":
        return _quoted(rule)
    if kind == "week":
        return _list(map(_quoted, numbers.split(",")))
    if kind == "month":
        return _inline([("monthdays", _list(map(_number, numbers.split(","))))])
    if kind == "every":
        return _inline([("every", _number(numbers))])
    on, off = map(_number, numbers.split("/"))
    return _inline([("on", on), ("off", off)])


def _place(places: str) -> str:
    """One number or seven for all times, else a list of such, never of seven plain numbers:
    those would be the days of the week.
    """
    weeks = weeks_of(places)
    first, *others = map(_week, weeks)
    if len(weeks) == len(WEEKDAYS) and "[" not in "".join(others):
        first = _list(map(_number, weeks[0]))
    return _list([first, *others]) if others else first


def _week(numbers: list[str]) -> str:
    return _number(numbers[0]) if len(set(numbers)) == 1 else _list(map(_number, numbers))


def _stock(stock: str) -> str:
    count, per_intake, low = map(_number, stock.split("/"))
    return _inline([("count", count), ("per_intake", per_intake), ("low", low)])


def _contents(contents: str) -> str:
    lines = "".join(f"  {_content(content)},\n" for content in contents.split(";"))
    return f"[\n{lines}]"


def _content(content: str) -> str:
    what, _, how_much = content.partition(":")
    nutrient, _, form = what.partition("/")
    label, _, iu = how_much.partition("=")
    amount, unit, *basis = [*label.split(" "), *iu.split(" ")[2:]]
    pairs = [("nutrient", _quoted(nutrient)), ("amount", _number(amount)), ("unit", _quoted(unit))]
    if form:
        pairs.insert(1, ("form", _quoted(form)))
    if iu:
        pairs.append(("iu", _number(iu.split(" ")[0])))
    pairs += [("basis", _quoted(each)) for each in basis]
    return _inline(pairs)


def _number(text: str) -> str:
    float(text)  # A ValueError here means: not one of our lines.
    return text


def _date(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _time(minute: str) -> str:
    return _quoted(time_text(int(minute)))


def _times(minutes: str) -> str:
    return _list(map(_time, minutes.split(",")))


def _quiet(span: str) -> str:
    return _quoted("-".join(time_text(int(minute)) for minute in span.split("-")))


def _duration(seconds: str) -> str:
    return _quoted(duration_value(int(seconds)))


def _duration_ms(milliseconds: str) -> str:
    return _quoted(duration_value(int(milliseconds) // 1000))


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _inline(pairs: Pairs) -> str:
    return f"{{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
