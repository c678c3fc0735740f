"""When somebody is told: rules as a person writes them, `unanswered 2h` or `clock lost`."""

import difflib
from collections.abc import Iterable
from typing import NamedTuple

from dosebell_host.schedule.limits import DAY_S, MINUTE_S
from dosebell_host.schedule.values import Wrong, duration, duration_value, show
from dosebell_host.watch.attention import NOT_HEARD_S

UNANSWERED = "unanswered"
MISSED = "missed"
LOW = "low"
SILENT = "silent"
CLOCK_LOST = "clock lost"

# Each by its word, with the shortest and longest time that may follow, and a usual one; None where
# none does.
_TIMES_S: dict[str, tuple[int, int, int] | None] = {
    UNANSWERED: (MINUTE_S, 14 * DAY_S, 7200),
    MISSED: None,
    LOW: None,
    SILENT: (NOT_HEARD_S, 30 * DAY_S, 1800),
    CLOCK_LOST: None,
}
KINDS = tuple(_TIMES_S)


class TellRule(NamedTuple):
    """One rule: what is told, and after how long, 0 where it is told at once."""

    kind: str
    after_s: int = 0


def rule_of(value: object) -> TellRule:
    """The rule that somebody wrote. Raises `Wrong`."""
    words = value.split() if isinstance(value, str) else []
    for count in (2, 1):
        kind, rest = " ".join(words[:count]), words[count:]
        if kind in _TIMES_S:
            return TellRule(kind, _after_s(kind, rest))
    raise Wrong(f"{show(value)} is no rule", _nearest(words))


def rules_of(values: object) -> tuple[TellRule, ...]:
    """Some rules, one of a kind. Raises `Wrong`."""
    if not isinstance(values, list) or not values:
        fix = f"write a list in [ ], of {', '.join(map(show, examples()))}"
        raise Wrong(f"{show(values)} is no list of rules", fix)
    rules = tuple(map(rule_of, values))
    return _once(rules, [rule.kind for rule in rules])


def kind_of(value: object) -> str:
    """The word of a rule without its time. Raises `Wrong`."""
    if isinstance(value, str) and value in KINDS:
        return value
    words = value.split() if isinstance(value, str) else []
    near = difflib.get_close_matches(" ".join(words)[:64], KINDS, n=1, cutoff=0.5)
    fix = f'did you mean "{near[0]}"?' if near else f"write of {', '.join(map(show, KINDS))}"
    raise Wrong(f"{show(value)} is not known here", fix)


def examples() -> list[str]:
    """Every rule, with a usual time."""
    return [_written(kind) for kind in KINDS]


USUAL_RULES = tuple(TellRule(kind, span[2] if span else 0) for kind, span in _TIMES_S.items())


def _after_s(kind: str, rest: list[str]) -> int:
    span = _TIMES_S[kind]
    if span is None:
        if rest:
            raise Wrong(f'"{kind}" is told at once', f'write "{kind}" alone')
        return 0
    if not rest:
        raise Wrong(f'"{kind}" does not say after how long', f'write "{_written(kind)}"')
    # People leave a blank between a number and its unit.
    return duration("".join(rest), low_s=span[0], high_s=span[1])


def _written(kind: str) -> str:
    span = _TIMES_S[kind]
    return f"{kind} {duration_value(span[2])}" if span else kind


def _nearest(words: list[str]) -> str:
    """What was meant, as far as the letters tell."""
    for text, rest in ((" ".join(words), []), (" ".join(words[:1]), words[1:])):
        if near := difflib.get_close_matches(text[:64], KINDS, n=1, cutoff=0.6):
            [kind] = near
            meant = " ".join([kind, *rest]) if rest and _TIMES_S[kind] else _written(kind)
            return f"did you mean {show(meant)}?"
    return f"known here: {', '.join(map(show, examples()))}"


def _once(rules: tuple[TellRule, ...], kinds: Iterable[str]) -> tuple[TellRule, ...]:
    found = list(kinds)
    for kind in found:
        if found.count(kind) > 1:
            raise Wrong(f'"{kind}" stands there twice', "name it once, or in another [[tell]]")
    return rules
