"""`check --explain RULE`: the reasoning, the sources with their level, where others differ."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dosebell_host.advice.findings import Rule
from dosebell_host.advice.limit_words import with_limits
from dosebell_host.advice.reasons import NOT_RULES, REASONS, Reason
from dosebell_host.advice.rules.table import RULES
from dosebell_host.errors import UsageError
from dosebell_host.reference import published_limits
from dosebell_host.reference.foods import BREAKFASTS
from dosebell_host.reference.nearest import nearest
from dosebell_host.reference.sources import LEVELS, SOURCES, Source
from dosebell_host.schedule.values import show
from dosebell_host.wording import PAGE

_CONFIDENCE = {"H": "strong", "M": "moderate", "L": "weak", "-": "a house rule"}
# What a message fills in from the file.
_BLANK = re.compile(r"\{\w+\}")
_FAT_RULES = ("D3-FAT", "K2-FAT")
_COUNTS = {"yes": "yes", "some": "not quite", "no": "no"}


@dataclass(frozen=True)
class Explanation:
    """One rule with the words behind it; `rule` is None for what is no rule, and why not."""

    name: str
    rule: Rule | None
    reason: Reason

    @property
    def sources(self) -> list[Source]:
        keys = (*self.rule.sources, *self.rule.against) if self.rule else ()
        return [SOURCES[key] for key in keys]

    def to_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"rule": self.name, "reasoning": self.reason.why}
        shown["popular_advice"] = self.reason.popular
        if self.rule:
            shown |= {
                "severities": self.rule.severities.split(", "),
                "confidence": self.rule.confidence,
                "condition": with_limits(self.rule.condition),
                "message": with_limits(self.rule.message),
                "sources": [source.to_json() for source in self.sources],
                "against": list(self.rule.against),
            }
        if self.name in _FAT_RULES:
            shown["fat_table"] = [
                {"breakfast": row.name, "fat_g": row.fat_tenths_g / 10, "counts": row.verdict}
                for row in BREAKFASTS
            ]
        return shown


def explained(name: str) -> Explanation:
    """The rule of this name, in capitals or not. Raises `UsageError` with the nearest known."""
    wanted = name.strip().upper()
    if wanted in RULES:
        return Explanation(wanted, RULES[wanted], REASONS[wanted])
    if wanted in NOT_RULES:
        return Explanation(wanted, None, NOT_RULES[wanted])
    near = nearest(wanted.lower(), [each.lower() for each in (*RULES, *NOT_RULES)])
    fix = f"did you mean {near.upper()}?" if near else f"known: {', '.join(RULES)}"
    raise UsageError(f"{show(name)} is no rule", where="--explain", fix=fix)


def explanation_lines(found: Explanation) -> Iterator[str]:
    """The explanation for a person to read."""
    rule = found.rule
    if rule:
        sure = _CONFIDENCE[rule.confidence]
        yield from _block(f"{found.name}: {rule.severities}; how sure: {sure}", "")
        yield from _block(f"When: {with_limits(rule.condition)}.", "  ")
        yield from _block(f'It says: "{_BLANK.sub("…", with_limits(rule.message))}"', "  ")
    else:
        yield f"{found.name}: no rule"
    yield from _section("Why", found.reason.why)
    if found.name in _FAT_RULES:
        yield from _fat_lines()
    yield from _section("Where popular advice differs", found.reason.popular)
    if rule:
        yield from _source_lines(found)


def _section(head: str, text: str) -> Iterator[str]:
    if text:
        yield ""
        yield head
        for paragraph in text.split("\n"):
            yield from _block(paragraph, "  ")


def _source_lines(found: Explanation) -> Iterator[str]:
    yield ""
    yield "Sources"
    for source in found.sources:
        other = ", against it" if found.rule and source.key in found.rule.against else ""
        shown = "" if source.level in ("house", "article") else f" ({LEVELS[source.level]})"
        yield from _block(f"{source.title}{shown}{other}", "  ")
        yield from (f"    {url}" for url in source.urls)


def _fat_lines() -> Iterator[str]:
    """The table of breakfasts, what counts, and what to add."""
    yield ""
    yield "Fat in a breakfast (USDA SR28; brands differ)"
    for row in BREAKFASTS:
        yield f"  {row.fat_tenths_g / 10:5.1f} g  {_COUNTS[row.verdict]:<9}  {row.name}"
    low, high = published_limits.FAT_COMFORTABLE_G
    yield ""
    yield "What counts"
    yield from _block(
        f"{published_limits.FAT_ENOUGH_G} g of fat or more count as a meal with fat, {low} to"
        f" {high} g are comfortable, less than {published_limits.FAT_FREE_BELOW_G} g count as"
        " none.",
        "  ",
    )
    yield ""
    yield "What to add"
    yield "  With eggs, nuts, avocado, cheese or whole milk."
    yield "  Just toast and juice? Lunch is fine too."
    yield "  Nobody should eat extra fat for a pill."


def _block(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        PAGE.get(),
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
