"""Vitamin K: amounts, forms, and medicines that work through it."""

from collections.abc import Iterator
from fractions import Fraction

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen, worst
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import Item, Part, Phase
from dosebell_host.advice.moments import DAY_MIN, EVERY_WEEKDAY
from dosebell_host.advice.words import days_words, drug_words, ids_of, phase_words
from dosebell_host.reference import published_limits
from dosebell_host.reference.foods import is_natto
from dosebell_host.reference.medicines import ANTIBIOTIC, CEPHALOSPORIN, DOAC, VITAMIN_K, VKA
from dosebell_host.reference.nutrients import K1, MK4, MK7, D, K
from dosebell_host.reference.units import mcg_text, number
from dosebell_host.wording import and_list

_ZERO = Fraction(0)
# Of a medicine that only may be one: how to say that it is not.
_PERHAPS = (
    "You listed {drug}. Beside a vitamin K antagonist even {MK7_INR_MCG} mcg of vitamin K2 matter:"
    " do not start, stop or change vitamin K without your anticoagulant clinic. If it is another"
    ' medicine, write its own name, or name = "{written} (not a vitamin K antagonist)".'
)
# NIH ODS: it has to be the same every day [1].
_K1 = (
    "You listed {drug}. Vitamin K1 works against it, so the same amount every day matters. Do not"
    " start, stop or change K1 without your anticoagulant clinic."
)
_ANY_K = (
    "You listed {drug}. Vitamin K can change how it works, of K2 even {MK7_INR_MCG} mcg. Do not"
    " start, stop or change it without your anticoagulant clinic."
)


def high(intake: Intake) -> Iterator[Seen]:
    """K2-HIGH. What looks like a slip of units is no amount anyone takes, so it is left out."""
    checked = intake.accepts("UNIT-SLIP")
    return worst(seen for phase in intake.phases(K) if (seen := _high(phase, checked)))


def _high(phase: Phase, checked: bool) -> Seen | None:
    """`checked`: somebody has looked at the label, and no unit is a slip."""
    credible = {item: item.single(K) if checked else _credible(item) for item in phase.items}
    amounts = {item.id: each * item.intakes_per_day for item, each in credible.items()}
    total = sum(amounts.values(), _ZERO)
    prescribed = sum((amounts[item.id] for item in phase.items if item.prescribed), _ZERO)
    limit = published_limits.K_UNLIKELY_HARM_MCG
    if total <= limit or (prescribed > limit and total - prescribed <= limit):
        return None
    seen = f"{mcg_text(total)} of vitamin K a day{phase_words(phase)}"
    return Seen(WARNING, phase.ids, seen, weight=total)


def _credible(item: Item) -> Fraction:
    """µg of vitamin K in one intake without what UNIT-SLIP takes for a slip."""
    amount = item.single(K)
    if (mk7 := item.in_form(K, MK7)) > published_limits.MK7_SLIP_MCG:
        amount -= mk7
    if (mk4 := item.in_form(K, MK4)) * item.intakes_per_day > published_limits.MK4_SLIP_MCG:
        amount -= mk4
    other = item.single(K) - item.in_form(K, MK7) - item.in_form(K, MK4)
    return amount - other if other > published_limits.MK4_SLIP_MCG else amount


def adequate(intake: Intake) -> Iterator[Seen]:
    """K-AI."""
    items = [item for item, _ in intake.k2_parts()]
    if items:
        most = max((phase.total for phase in intake.phases(K)), default=_ZERO)
        seen = f"{mcg_text(most)} of vitamin K a day" if most else "in a unit that says no amount"
        yield Seen(NOTE, ids_of(items), seen)


def without_form(intake: Intake) -> Iterator[Seen]:
    """K2-FORM."""
    for item, part in intake.k2_parts():
        if part.form not in (MK4, MK7):
            yield Seen(NOTE, (item.id,), f"{_written(part)}, not said whether MK-7 or MK-4")


def _written(part: Part) -> str:
    content = part.content
    return f"{content.nutrient} {content.amount} {content.unit}"


def topical(intake: Intake) -> Iterator[Seen]:
    """K2-TOPICAL."""
    for item in intake.items:
        k2 = [part for part in item.parts if part.short == K and part.form != K1]
        if k2 and not item.taken_in:
            yield Seen(NOTE, (item.id,), f"{_written(k2[0])} on the skin")


def _by_moment(intake: Intake, form: str) -> Iterator[tuple[Phase, dict[int, Fraction]]]:
    """How much of a form is taken at each moment of a usual week."""
    for phase in intake.phases(K):
        amounts: dict[int, Fraction] = {}
        for item in phase.items:
            if amount := item.in_form(K, form):
                for moment in item.usual_moments:
                    amounts[moment] = amounts.get(moment, _ZERO) + amount
        yield phase, amounts


def mk4_at_once(intake: Intake) -> Iterator[Seen]:
    """MK4-SPLIT: a day's MK-4 in a single dose that is as large as the drug."""
    return worst(
        Seen(NOTE, _with_form(phase, MK4), f"{mcg_text(day[0])} of MK-4 in one dose a day")
        for phase, amounts in _by_moment(intake, MK4)
        for day in _days(amounts)
        if len(day) == 1 and day[0] >= published_limits.MK4_SPLIT_MCG
    )


def mk4_small(intake: Intake) -> Iterator[Seen]:
    """MK4-MCG."""
    for item in intake.holding(K):
        amount = item.in_form(K, MK4)
        if 0 < amount <= published_limits.MK4_UNSEEN_MCG:
            yield Seen(NOTE, (item.id,), f"{mcg_text(amount)} of MK-4")


def mk7_often(intake: Intake) -> Iterator[Seen]:
    """MK7-ONCE."""
    return worst(
        Seen(
            NOTE, _with_form(phase, MK7), f"MK-7 {len(day)} times a day", weight=Fraction(len(day))
        )
        for phase, amounts in _by_moment(intake, MK7)
        for day in _days(amounts)
        if len(day) > 1
    )


def _days(amounts: dict[int, Fraction]) -> Iterator[list[Fraction]]:
    for weekday in EVERY_WEEKDAY:
        yield [amount for moment, amount in amounts.items() if moment // DAY_MIN == weekday]


def _with_form(phase: Phase, form: str) -> tuple[str, ...]:
    return ids_of([item for item in phase.items if item.in_form(K, form)])


def pair(intake: Intake) -> Iterator[Seen]:
    """K2-PAIR: only for who asked for it."""
    if not (intake.person and intake.person.want_pair):
        return
    k2 = [item for item, _ in intake.k2_parts()]
    for item in intake.holding(D):
        beside = [other for other in k2 if set(item.usual_moments) <= set(other.usual_moments)]
        if item not in k2 and not beside:
            yield Seen(NOTE, (item.id,), f"{item.id} has vitamin D, and no K2 at the same time")


def antagonist(intake: Intake) -> Iterator[Seen]:
    """K2-VKA: any vitamin K beside a vitamin K antagonist."""
    for taken in intake.listed(VKA):
        drug = drug_words(taken)
        names = {"drug": drug, "written": taken.written}
        for severity, ids, what, message in _vitamin_k(intake):
            told = _PERHAPS if taken.medicine.doubt else message
            yield Seen(severity, ids, f"{drug}, and {what}", names, message=told)


def _vitamin_k(intake: Intake) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Where vitamin K is, how grave that is beside an antagonist, and the words for its kind.

    How much of it comes through the skin is not known, nor how much is in a meal.
    """
    if items := intake.holding(K):
        amounts = " + ".join(sorted(f"{item.id} {_amount(item)}" for item in items))
        yield ERROR, ids_of(items), f"vitamin K: {amounts}", _words_for(items)
    for each in intake.listed(VITAMIN_K):
        holds = (WARNING, "may hold") if each.medicine.doubt else (ERROR, "is")
        yield holds[0], (), f"{each.written}, which {holds[1]} vitamin K", _ANY_K
    outside = [item for item in intake.items if not item.taken_in and _is_k(item)]
    if outside:
        where = f"vitamin K on the skin: {and_list(ids_of(outside))}"
        yield WARNING, ids_of(outside), where, _ANY_K
    for meal in intake.schedule.meals:
        if is_natto(meal.eat):
            yield WARNING, (), f"{meal.name} ({meal.eat}), which is rich in vitamin K2", ""


def _words_for(items: list[Item]) -> str:
    """The sentence for K1 alone, for K2 alone (the rule's own), or for what may be either."""
    forms = {part.form for item in items for part in item.of(K)}
    if forms <= {K1}:
        return _K1
    return _ANY_K if forms & {K1, ""} else ""


def _is_k(item: Item) -> bool:
    return any(part.short == K for part in item.parts)


def _amount(item: Item) -> str:
    """What one intake holds, in the words of the file where its unit says nothing of vitamin K."""
    if mcg := item.single(K):
        return mcg_text(mcg)
    contents = [part.content for part in item.of(K)]
    return " + ".join(f"{number(each.amount)} {each.unit}" for each in contents)


def unsteady(intake: Intake) -> Iterator[Seen]:
    """K2-VKA-STEADY: what the clinic agreed to is to be the same every day."""
    if not (intake.accepts("K2-VKA") and intake.listed(VKA)):
        return
    items = intake.holding(K)
    why = [reason for item in items for reason in _unsteady(item)]
    if len({phase.total for phase in intake.phases(K)}) > 1:
        why.append("the amount changes with the dates")
    if any(entry.off for entry in intake.schedule.exceptions):
        why.append("an exception leaves days out")
    if items and why:
        yield Seen(WARNING, ids_of(items), "; ".join(sorted(why)))


def _unsteady(item: Item) -> Iterator[str]:
    if not item.daily:
        yield f"{item.id} is taken {days_words(item.dose.days)}"
    if len(item.meals) > 1:
        later = and_list([meal.name for meal in item.meals[1:]])
        yield f"{item.id} asks for a catch-up with {later}; the box gets it without"


def not_antagonist(intake: Intake) -> Iterator[Seen]:
    """K2-DOAC."""
    items = intake.holding(K)
    for taken in intake.listed(DOAC) if items else ():
        yield Seen(NOTE, ids_of(items), f"{drug_words(taken)}, and vitamin K")


def long_antibiotic(intake: Intake) -> Iterator[Seen]:
    """K-ABX."""
    for taken in intake.listed(ANTIBIOTIC):
        first, last = taken.span
        # One without an end has lasted until today.
        days = ((last or intake.today) - (first or intake.today)).days + 1
        if days > published_limits.ANTIBIOTIC_LONG_ABOVE_DAYS:
            kind = ", a cephalosporin" if taken.is_a(CEPHALOSPORIN) else ""
            yield Seen(NOTE, (), f"{drug_words(taken)} for {days} days{kind}")
        elif intake.listed(VKA):
            yield Seen(NOTE, (), f"{drug_words(taken)} beside a vitamin K antagonist")


def pregnancy(intake: Intake) -> Iterator[Seen]:
    """PREG-K2."""
    items = [item for item, _ in intake.k2_parts()]
    if intake.expecting and items:
        yield Seen(NOTE, ids_of(items), "pregnant or breastfeeding, and vitamin K2")


def without_list(intake: Intake) -> Iterator[Seen]:
    """K2-NO-LIST: nobody said which medicines there are."""
    items = intake.holding(K)
    if items and (intake.person is None or intake.person.medicines is None):
        yield Seen(WARNING, ids_of(items), "vitamin K, and no list of medicines")
