"""The report as one HTML file that needs nothing else."""

from collections.abc import Iterable, Iterator

from dosebell_host import __version__
from dosebell_host.pictures.legend import legend
from dosebell_host.pictures.markup import Markup, element, joined
from dosebell_host.pictures.period import weekday_words
from dosebell_host.pictures.picture import Numbers, Picture
from dosebell_host.report.contents import Contents, DoseShown
from dosebell_host.report.measures_table import measures_table
from dosebell_host.report.style import PAPER, SCREEN
from dosebell_host.report.summary import LATE_IS

_PRESSED = "The box knows that its button was pressed, not that anything was swallowed."
_DEFINITIONS = (
    "Due: what was taken, missed or skipped; what is off by plan, not answered yet or not known is"
    " in no share.",
    f"Late: taken {LATE_IS}, or with a later meal than the first.",
    "Missed: nobody answered as long as the box reminded. Skipped: somebody told the box to leave"
    " it out.",
    "Extra: one more, in less than half of the least time that lies between two by plan.",
    "Days as planned: those on which exactly what was due was taken, nothing extra; days of which"
    " anything is not known are left out.",
    "Delay: how long after it was due. Noted later: somebody said afterwards when it was taken; it"
    " counts, but not for the delay.",
    "Times of day are those of the zone that was set then.",
)
_NOTHING = Markup()


def page(told: Contents, foot: Iterable[str] = (), advice: Markup = _NOTHING) -> str:
    """The whole file. `foot` says where it comes from, `advice` what the rules say."""
    who = told.person or told.title or "What was taken"
    title = f"{who}: {told.period.text}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content=f"dosebell {__version__}"),
        element("title", title),
        element("style", Markup(SCREEN + PAPER)),
    )
    body = element("body", *_body(told, who, foot, advice))
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _body(told: Contents, who: str, foot: Iterable[str], advice: Markup) -> Iterator[Markup]:
    yield _header(told, who)
    yield _legend(told)
    for dose in told.doses:
        yield _dose(dose)
    yield element("div", html_table(measures_table(told)), class_="scroll measures")
    yield advice
    yield element("section", *_more(told.doses), class_="screen")
    yield _foot(told, foot)


def _header(told: Contents, who: str) -> Markup:
    title = f"{told.title}. " if told.person and told.title else ""
    days = len(told.period.days)
    head = f"{title}What was taken, {told.period.text} ({days} {'day' if days == 1 else 'days'})."
    made = f" Made on {weekday_words(told.made_day)}. {_PRESSED}"
    sentences = [element("li", sentence) for sentence in told.summary]
    parts = (element("h1", who), element("p", head, made), element("ul", *sentences))
    return element("header", *parts)


def _legend(told: Contents) -> Markup:
    """What the marks mean that stand in the first pictures of the doses."""
    signs = legend(picture for dose in told.doses for picture in dose.pictures)
    items = (element("li", drawn, element("span", words)) for drawn, words in signs)
    return element("ul", *items, class_="legend")


def _dose(dose: DoseShown) -> Markup:
    rules = [element("p", rule, class_="rules") for rule in dose.rules]
    shown = element("div", *map(figure, dose.pictures), class_="pictures")
    if not dose.pictures:
        shown = element("p", "Nothing is noted of it in that time.")
    return element("section", element("h2", dose.name), *rules, shown, class_="dose")


def _more(doses: Iterable[DoseShown]) -> Iterator[Markup]:
    for dose in doses:
        if dose.more:
            yield element("h2", f"More of {dose.name}")
            yield element("div", *map(figure, dose.more), class_="pictures")


def figure(picture: Picture) -> Markup:
    """A picture, and its numbers for whoever opens them."""
    numbers = element(
        "details",
        element("summary", "The numbers"),
        element("div", html_table(picture.numbers), class_="scroll"),
    )
    caption = element("figcaption", picture.caption)
    return element("figure", caption, picture.svg, numbers)


def html_table(numbers: Numbers) -> Markup:
    """The table as HTML."""
    head = element("tr", *(element("th", words, scope="col") for words in numbers.head))
    rows = (_row(row) for row in numbers.rows)
    return element(
        "table",
        element("caption", numbers.caption),
        element("thead", head),
        element("tbody", *rows),
    )


def _row(row: tuple[str | int, ...]) -> Markup:
    first, *others = map(str, row)
    return element(
        "tr", element("th", first, scope="row"), joined(element("td", cell) for cell in others)
    )


def _foot(told: Contents, foot: Iterable[str]) -> Markup:
    meals = f"Meals: {'; '.join(told.meals)}." if told.meals else ""
    known = [each for each in (meals, *told.notes) if each]
    lines = [element("p", " ".join(known))] if known else []
    lines += [element("p", " ".join(_DEFINITIONS)), element("p", " ".join(foot))]
    return element("footer", *lines, class_="foot")
