"""One table of everything: what, ours, the alternative, their ratio, the budget, held or not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.budgets import Budget

HEADS = ("what", "ours", "alternative", "its figure", "ratio", "budget", "held")
# Numbers stand to the right.
ON_THE_RIGHT = ("ours", "its figure", "ratio", "budget")
SECONDS = ((1.0, 1.0, "s"), (1e-3, 1e3, "ms"), (0.0, 1e6, "µs"))
# From here on a number is shown without a fraction, and below the next with two places.
WHOLE, SMALL = 100, 10


@dataclass(frozen=True)
class Figure:
    """A measured number. `spread` is the median absolute deviation, where it was timed."""

    value: float
    unit: str = ""
    spread: float | None = None

    def __str__(self) -> str:
        if self.unit != "s":
            return f"{number(self.value)} {self.unit}".rstrip()
        _, times, unit = next(scale for scale in SECONDS if self.value >= scale[0])
        spread = "" if self.spread is None else f" ±{number(self.spread * times)}"
        return f"{number(self.value * times)}{spread} {unit}"


@dataclass(frozen=True)
class Row:
    """One line of the table. `note` is what the figure is made of.

    `ratio` is how many times better ours is; above 1 ours wins.
    """

    what: str
    ours: Figure
    alternative: str = ""
    theirs: Figure | None = None
    budget: Budget | None = None
    note: str = ""
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        if self.theirs is None or not (self.ours.value and self.theirs.value):
            return None
        ratio = self.theirs.value / self.ours.value
        return 1 / ratio if self.more_is_better else ratio

    @property
    def held(self) -> bool | None:
        """Whether the budget is; None where there is none."""
        if self.budget is None:
            return None
        bounds = self.budget
        return (
            (bounds.most is None or self.ours.value <= bounds.most)
            and (bounds.least is None or self.ours.value >= bounds.least)
            and (bounds.least_ratio is None or (self.ratio or 0) >= bounds.least_ratio)
        )

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{number(self.ratio)} x"
        held = {None: "", True: "held", False: "not held"}[self.held]
        theirs = "" if self.theirs is None else str(self.theirs)
        bound = "" if self.budget is None else bound_of(self.budget, self.ours.unit)
        return (self.what, str(self.ours), self.alternative, theirs, ratio, bound, held)

    def to_json(self) -> dict[str, Any]:
        theirs = None if self.theirs is None else vars(self.theirs)
        budget = None if self.budget is None else vars(self.budget)
        return {
            **vars(self),
            "ours": vars(self.ours),
            "theirs": theirs,
            "ratio": self.ratio,
            "budget": budget,
            "held": self.held,
        }


@dataclass
class Results:
    """What a run has found: rows by the group they belong to, and lines beside the table."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, group: str, found: Row | str) -> None:
        if isinstance(found, Row):
            self.rows.setdefault(group, []).append(found)
        else:
            self.remarks.append(f"{group}: {found}")

    @property
    def all_rows(self) -> list[Row]:
        return [row for rows in self.rows.values() for row in rows]

    @property
    def lost(self) -> list[Row]:
        """Those whose budget is not held, without what was given up by name."""
        return [r for r in self.all_rows if r.held is False and r.budget and not r.budget.given_up]


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its word: 1 dose, 8 doses."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def number(value: float) -> str:
    if value == int(value) or abs(value) >= WHOLE:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= SMALL else f"{value:.2f}"


def bound_of(budget: Budget, unit: str) -> str:
    if budget.least_ratio is not None:
        return f"≥ {number(budget.least_ratio)} x"
    sign, bound = ("≤", budget.most) if budget.least is None else ("≥", budget.least)
    return f"{sign} {Figure(bound or 0, unit) if bound else f'0 {unit}'.rstrip()}"


def text_lines(results: Results) -> Iterator[str]:
    """The table for a terminal; what a figure is made of stands below it."""
    cells = [HEADS, *(row.cells() for row in results.all_rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    yield _line(HEADS, widths)
    for group, rows in results.rows.items():
        yield f"-- {group} ".ljust(sum(widths) + 2 * len(widths) - 2, "-")
        for row in rows:
            yield _line(row.cells(), widths)
            yield from (f"    {text}" for text in (row.note, _given_up(row)) if text)
    yield ""
    yield from results.remarks


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(
        cell.rjust(width) if head in ON_THE_RIGHT else cell.ljust(width)
        for head, cell, width in zip(HEADS, cells, widths, strict=True)
    ).rstrip()


def _given_up(row: Row) -> str:
    return row.budget.given_up if row.budget and row.held is False else ""


def page_lines(results: Results) -> Iterator[str]:
    """A short page in Markdown: what has a budget or something to compare with."""
    yield "| " + " | ".join(HEADS) + " |"
    yield "| " + " | ".join("---:" if h in ON_THE_RIGHT else "---" for h in HEADS) + " |"
    for row in results.all_rows:
        if row.budget or row.theirs:
            yield "| " + " | ".join(row.cells()) + " |"
