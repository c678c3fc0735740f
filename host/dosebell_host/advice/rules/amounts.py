"""Magnesium, vitamin A in pregnancy, and units that do not fit."""

from collections.abc import Iterator
from fractions import Fraction

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen, worst
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import (
    Item,
    Part,
    Phase,
    is_far_too_much,
    looks_like_iu,
    share_of_salt,
    unit_is_doubted,
)
from dosebell_host.advice.words import ids_of, phase_words
from dosebell_host.reference import published_limits, units
from dosebell_host.reference.labels import named_in
from dosebell_host.reference.nutrients import (
    CAROTENE,
    LIVER_OIL,
    MG,
    MINERALS,
    MK4,
    MK7,
    TITLES,
    A,
    D,
    K,
)
from dosebell_host.reference.units import (
    amount_in,
    d_text,
    exact,
    iu_of,
    mcg_of,
    mcg_text,
    number,
)

_OVER_EVERY_GUIDE = (
    "Over every guide: {MG_US_MG} mg a day from supplements (IOM), {MG_EU_MG} mg (Europe),"
    " {MG_UK_MG} mg (UK). More can cause diarrhoea."
)
_WHICH_SALT = (
    "Salts of magnesium hold very different amounts of it. Write which salt, as form, or how much"
    ' magnesium it is, with basis = "elemental".'
)


def magnesium(intake: Intake) -> Iterator[Seen]:
    """MG-UL. Where KIDNEY-MG is an error and names the amount, a note says nothing more."""
    graver = not intake.accepts("KIDNEY-MG") and any(magnesium_with_kidneys(intake))
    for seen in worst(seen for phase in intake.phases(MG) if (seen := _much_magnesium(phase))):
        if not (graver and seen.severity == NOTE):
            yield seen


def _much_magnesium(phase: Phase) -> Seen | None:
    mg = amount_in("mg", phase.total)
    severity = _severity(phase.total)
    if severity is None:
        return None
    message = _OVER_EVERY_GUIDE if mg > published_limits.MG_UK_MG else ""
    seen = f"{number(mg)} mg of magnesium a day{phase_words(phase)}"
    return Seen(severity, phase.ids, seen, weight=mg, message=message)


def _severity(mcg: Fraction) -> str | None:
    mg = amount_in("mg", mcg)
    if mg <= published_limits.MG_EU_MG:
        return None
    return WARNING if mg > published_limits.MG_US_MG else NOTE


def magnesium_with_kidneys(intake: Intake) -> Iterator[Seen]:
    """KIDNEY-MG."""
    if _filters_badly(intake) and (items := _not_prescribed(intake)):
        most = max((phase.total for phase in intake.phases(MG)), default=Fraction(0))
        amount = f"{number(amount_in('mg', most))} mg of magnesium a day" if most else "magnesium"
        yield Seen(ERROR, ids_of(items), f"{amount}, and kidney = {intake.kidney}")


def _filters_badly(intake: Intake) -> bool:
    return intake.kidney in ("moderate", "severe")


def _not_prescribed(intake: Intake) -> list[Item]:
    return [item for item in intake.holding(MG) if not item.prescribed]


def which_magnesium(intake: Intake) -> Iterator[Seen]:
    """MG-ELEM: only where it makes a difference whether an amount is the metal or its salt."""
    gravest: dict[Item, str] = {}
    for phase in intake.phases(MG):
        for item, severity in _open_readings(phase):
            if gravest.get(item) != WARNING:
                gravest[item] = severity
    for item, severity in gravest.items():
        part = max(item.of(MG), key=lambda part: (part.most_mcg or 0) - (part.mcg or 0))
        yield _which_magnesium(item, part, ERROR if severity == WARNING else NOTE)


def _open_readings(phase: Phase) -> Iterator[tuple[Item, str]]:
    """Whose other reading changes what MG-UL says: each that does so alone, else all of them."""
    more = {item: item.most_average(MG) - item.average(MG) for item in phase.items}
    severity = _severity(phase.total + sum(more.values()))
    if severity is None or severity == _severity(phase.total):
        return
    alone = [item for item in more if _severity(phase.total + more[item]) == severity]
    for item in alone or [item for item in more if more[item]]:
        yield item, severity


def _which_magnesium(item: Item, part: Part, severity: str) -> Seen:
    mcg = mcg_of(MG, part.content.amount, part.content.unit) or Fraction(0)
    written = number(amount_in("mg", mcg))
    share = share_of_salt(MG, part.form)
    metal = number(round(amount_in("mg", mcg) * share)) if share else ""
    as_metal = f"; as {part.form} about {metal} mg" if share else ""
    seen = f"{written} mg, basis {part.content.basis or 'not said'}{as_metal}"
    message = _WHICH_SALT if part.content.basis == "compound" else ""
    return Seen(severity, (item.id,), seen, {"x": written}, message=message)


_LISTED_A = (
    "Vitamin A supplements should not be taken in pregnancy. If it was prescribed, ask whether the"
    " pregnancy was known."
)


def a_in_pregnancy(intake: Intake) -> Iterator[Seen]:
    """PREG-A."""
    if not (intake.pregnant or intake.plans_pregnancy):
        return
    items = [item for item in intake.items if any(map(_is_preformed, item.of(A, LIVER_OIL)))]
    if items:
        yield Seen(ERROR, ids_of(items), f"vitamin A or liver oil in {', '.join(ids_of(items))}")
    for name in intake.listed_a:
        yield Seen(WARNING, (), f"{name} among the medicines", message=_LISTED_A)


def _is_preformed(part: Part) -> bool:
    return part.short == LIVER_OIL or part.form != CAROTENE


def units_disagree(intake: Intake) -> Iterator[Seen]:
    """UNIT-IU."""
    for item in intake.items:
        for part in item.parts:
            yield from _no_such_iu(item, part)
            yield from _two_numbers(item, part)


def _no_such_iu(item: Item, part: Part) -> Iterator[Seen]:
    content = part.content
    if content.unit != "IU" and content.iu is None:
        return
    title = TITLES.get(part.short, content.nutrient)
    if part.short == K or part.short in MINERALS:
        message = "The units do not agree: {title} is not measured in IU. Check the label."
    elif part.short == A and not part.form:
        message = (
            "The units do not agree: IU of vitamin A differ by form."
            ' Write form = "retinol" or "beta-carotene".'
        )
    else:
        return
    seen = f"{content.nutrient} in IU"
    yield Seen(ERROR, (item.id,), seen, {"title": title}, message=message)


def _two_numbers(item: Item, part: Part) -> Iterator[Seen]:
    """A label with both numbers: D and retinol can be held against each other."""
    content = part.content
    mcg = mcg_of(part.short, content.amount, content.unit)
    if (
        content.iu is None
        or not mcg
        or part.form == CAROTENE
        or (part.short == A and not part.form)
    ):
        return
    iu = iu_of(part.short, mcg)
    if (
        iu is not None
        and abs(units.exact(content.iu) - iu) > iu * published_limits.LABEL_DISAGREES_ABOVE
    ):
        names = {"a": number(mcg), "b": number(iu)}
        seen = f"{number(mcg)} mcg and {number(content.iu)} IU on one line"
        yield Seen(ERROR, (item.id,), seen, names)


_FAR_TOO_MUCH = "No product has as much in one dose. Check the label: unit and zeros."
_SALT = "No product has as much in one dose. Is it the weight of the salt? Check the label."
_ALGA = "No kelp has as much iodine in one dose. Is it the weight of the alga? Check the label."
_IU_AS_MCG = "This looks like IU typed as mcg: {iu} IU are {mcg} mcg. Check the label."
# Of a salt nobody swallows as many times the most of its metal.
_NO_SALT = 10
_MCG_AS_IU = "This looks like mcg typed as IU: {mcg} mcg are {iu} IU. Check the label."


def slips(intake: Intake) -> Iterator[Seen]:
    """UNIT-SLIP."""
    for item in (*intake.items, *_named_by_medicines(intake)):
        if item.taken_in:
            yield from _slips(item)
    yield from worst(seen for phase in intake.phases(K) if (seen := _much_mk4(phase)))


def _named_by_medicines(intake: Intake) -> Iterator[Item]:
    """What the names of the listed medicines that are not over say that they hold."""
    listed = intake.person.medicines if intake.person else None
    for each in listed or ():
        over = each.end is not None and each.end < intake.today
        if not over and any(named.amount for named in named_in(each.name)):
            from dosebell_host.advice.from_names import items_named

            yield from items_named(each)


def _much_mk4(phase: Phase) -> Seen | None:
    holding = [item for item in phase.items if item.in_form(K, MK4)]
    amounts = (item.in_form(K, MK4) * item.intakes_per_day for item in holding)
    total = sum(amounts, Fraction(0))
    if total <= published_limits.MK4_SLIP_MCG:
        return None
    seen = f"{mcg_text(total)} of MK-4 a day"
    return Seen(ERROR, ids_of(holding), seen, weight=total, message=_by_unit(holding[0], K))


def _slips(item: Item) -> Iterator[Seen]:
    mk7, retinol, single_d = item.in_form(K, MK7), item.single(A), item.single(D)
    other_k = item.single(K) - mk7 - item.in_form(K, MK4)
    magnesium_mg = sum((_magnesium_mg(part) for part in item.of(MG)), Fraction(0))
    for short, amount, limit, shown in (
        (K, mk7, published_limits.MK7_SLIP_MCG, f"{mcg_text(mk7)} of MK-7"),
        (K, other_k, published_limits.MK4_SLIP_MCG, f"{mcg_text(other_k)} of vitamin K"),
        (A, retinol, published_limits.A_SLIP_MCG, f"{mcg_text(retinol)} of retinol"),
        (MG, magnesium_mg, published_limits.MG_SLIP_MG, f"{number(magnesium_mg)} mg of magnesium"),
        (D, single_d, published_limits.D_NEVER_SINGLE_MCG, f"{d_text(single_d)} of vitamin D"),
    ):
        if amount > limit:
            meant = _iu_words(short, amount)
            yield Seen(
                ERROR, (item.id,), f"{shown} at one time", meant, message=_by_unit(item, short)
            )
    for part in item.parts:
        yield from _slip_of(item, part)
    yield from _d_in_mg(item)


def _slip_of(item: Item, part: Part) -> Iterator[Seen]:
    """A unit that is doubted by the amount alone."""
    content, doubted = part.content, unit_is_doubted(part.content, item.dose)
    amount = exact(content.amount)
    seen = f"{number(amount)} {content.unit} of {TITLES.get(part.short, '')} at one time"
    if doubted and is_far_too_much(content):
        message = "" if content.unit == "mg" else _FAR_TOO_MUCH
        message = _ALGA if content.nutrient == "kelp" else message
        yield Seen(ERROR, (item.id,), seen, message=message)
    elif doubted and looks_like_iu(content):
        if part.short == D:
            seen = f"{d_text(amount)} of vitamin D at one time"
        yield Seen(ERROR, (item.id,), seen, _iu_words(part.short, amount), message=_IU_AS_MCG)
    elif part.short == D and content.unit == "IU" and 0 < amount < _fewest_iu():
        meant = {"mcg": number(amount), "iu": number(iu_of(D, amount) or 0)}
        yield Seen(WARNING, (item.id,), seen, meant, message=_MCG_AS_IU)


def _fewest_iu() -> Fraction:
    return published_limits.D_SLIP_BELOW_MCG * published_limits.D_IU_PER_MCG


def _by_unit(item: Item, short: str) -> str:
    """What may have been meant, told by the unit of the greatest part; "" is the rule's words."""
    unit = max(item.of(short), key=lambda part: part.mcg or 0).content.unit
    if short == MG:
        # So many are no weight of a salt either.
        heaviest = max(map(_magnesium_mg, item.of(MG)))
        return _SALT if heaviest < published_limits.MG_SLIP_MG * _NO_SALT else ""
    if unit in ("mg", "g"):
        return ""
    return _IU_AS_MCG if short == A and unit == "mcg" else _FAR_TOO_MUCH


def _iu_words(short: str, typed: Fraction) -> dict[str, str]:
    """A number that was typed as mcg, as IU, and how many mcg those are."""
    meant = mcg_of(short, typed, "IU")
    return {"iu": number(typed), "mcg": number(meant)} if meant is not None else {}


def _magnesium_mg(part: Part) -> Fraction:
    mcg = mcg_of(MG, part.content.amount, part.content.unit)
    return Fraction(0) if mcg is None or part.content.basis == "compound" else amount_in("mg", mcg)


def _d_in_mg(item: Item) -> Iterator[Seen]:
    """Vitamin D in mg, which only capsules on prescription say: 50,000 IU are 1.25 mg."""
    for part in item.of(D):
        mcg = mcg_of(D, part.content.amount, part.content.unit) or Fraction(0)
        usual = item.prescribed and mcg <= published_limits.D_PRESCRIBED_CAPSULE_MCG
        if part.content.unit in ("mg", "g") and not usual:
            written = f"{number(part.content.amount)} {part.content.unit}"
            severity = ERROR if unit_is_doubted(part.content, item.dose) else WARNING
            yield Seen(severity, (item.id,), f"vitamin D as {written}, which is {d_text(mcg)}")
