"""Every number of the rules from both sides, and a change of it by a hair is noticed."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MK4,
    MK7,
    Mg,
    a_dose,
    a_schedule,
    at,
    content,
    retinol,
    takes,
    verdict,
)
from dosebell_host.reference import published_limits
from moved_limits import move

ERROR, WARNING, NOTE, NOTHING = "error", "warning", "note", None

Severity = str | None


class Limit(NamedTuple):
    """One number: what is found just on this side of it and just on the other.

    `hair` is how far the number is moved to see that somebody notices.
    """

    fact: str
    rule: str
    here: tuple[str, Severity]
    there: tuple[str, Severity]
    hair: Any = Fraction(1, 20)


def on(fact: str, rule: str, of: Callable[[Any], str], *sides: tuple[Any, Severity]) -> Limit:
    """A limit between two values of one schedule."""
    (here, found_here), (there, found_there) = sides
    return Limit(fact, rule, (of(here), found_here), (of(there), found_there))


def minutes(fact: str, rule: str, of: Callable[[Any], str], *sides: tuple[Any, Severity]) -> Limit:
    return on(fact, rule, of, *sides)._replace(hair=1)


def d3(mcg: Any, person: str = CLEAN, **keys: Any) -> str:
    """In IU, as what is sold has it: so many mcg would be taken for a slip of units."""
    iu = float(Fraction(repr(mcg)) * 40)
    return a_schedule(a_dose(D3(iu, "IU"), **keys), person=person)


def d3_mcg(mcg: int) -> str:
    return a_schedule(a_dose(D3(mcg)))


def aged(years: int, mcg: Any = 10, **keys: Any) -> str:
    return d3(mcg, person=CLEAN.replace("52", str(years)), **keys)


def pregnant(mcg: Any, **keys: Any) -> str:
    return d3(mcg, person=CLEAN + "pregnant = true\n", **keys)


def target(high: Any, unit: str = "ng/mL") -> str:
    return d3(10, person=CLEAN + f'labs = [{{ target_high = {high}, unit = "{unit}" }}]\n')


def breakfast(fat_g: Any) -> str:
    meals = f'breakfast = {{ at = "08:00", fat_g = {fat_g} }}\n'
    return a_schedule(a_dose(D3(10)), meals=meals)


def course(last: dt.date, mcg: Any = 120) -> str:
    return d3(mcg, prescribed=True, start=dt.date(2026, 11, 22), end=last)


def weekly_course(mcg: Any) -> str:
    days: dict[str, Any] = {
        "days": ["sun"],
        "start": dt.date(2026, 11, 22),
        "end": dt.date(2026, 12, 27),
    }
    return d3(mcg, prescribed=True, **days)


def every(days: int, mcg: Any = 10, **keys: Any) -> str:
    rule: dict[str, Any] = {"days": {"every": days}, "start": dt.date(2026, 11, 22)}
    return d3(mcg, **rule, **keys)


def in_mg(mg: float) -> str:
    return a_schedule(a_dose(D3(mg, "mg"), prescribed=True, days=["sun"]))


def mineral(medicine: str) -> Callable[[str], str]:
    """Magnesium at a time, and a medicine at 12:00."""
    return lambda time: a_schedule(at(time, Mg(100)), person=takes(f"{medicine} 12:00"))


def vitamin(medicine: str) -> Callable[[str], str]:
    return lambda time: a_schedule(at(time, D3(10)), person=takes(f"{medicine} 12:00"))


def antibiotic(days: int) -> str:
    last = dt.date(2026, 11, 22) + dt.timedelta(days - 1)
    listed = f'medicines = [{{ name = "cefalexin", start = 2026-11-22, end = {last} }}]\n'
    return a_schedule(a_dose(MK7()), person="age = 52\n" + listed)


def label(iu: int) -> str:
    return a_schedule(a_dose(D3(25, iu=iu)))


def mg(amount: Any) -> str:
    return a_schedule(a_dose(Mg(amount)))


def a_with_iu(amount: Any) -> str:
    return a_schedule(a_dose(content("vitamin-a", amount, form="retinol", iu=100_000)))


def d3_iu(iu: Any) -> str:
    return a_schedule(a_dose(D3(iu, "IU")))


def a(amount: Any) -> str:
    return a_schedule(a_dose(retinol(amount)))


def mk4(amount: Any) -> str:
    return a_schedule(a_dose(MK4(amount)))


def mk7(amount: Any) -> str:
    return a_schedule(a_dose(MK7(amount)))


def before_bed(time: str) -> str:
    return a_schedule(a_dose(D3(10), at=[time], food="empty"))


def calcium(mg: Any) -> str:
    return a_schedule(a_dose(content("calcium", mg, "mg")))


def calcium_and_iron(time: str) -> str:
    """Calcium with breakfast at 08:00, and iron at a time."""
    iron = at(time, content("iron", 14, "mg"), ident="fe")
    return a_schedule(a_dose(content("calcium", 500, "mg")), iron)


def e_beside_a_thinner(mg: Any) -> str:
    return a_schedule(a_dose(content("vitamin-e", mg, "mg")), person=takes("warfarin"))


def biotin(mcg: Any) -> str:
    return a_schedule(a_dose(content("biotin", mcg)), person=takes("levothyroxine"))


def filtering(egfr: int) -> str:
    return d3(10, person=CLEAN + f'conditions = ["eGFR {egfr} ml/min"]\n')


LIMITS = [
    on("D_SLIP_MCG", "UNIT-SLIP", d3_mcg, (300, NOTHING), (400, ERROR))._replace(hair=1),
    on("D_SLIP_BELOW_MCG", "UNIT-SLIP", d3_iu, (100, NOTHING), (99.9, WARNING)),
    on("D_SLIP_STEP_MCG", "UNIT-SLIP", d3_mcg, (450, NOTHING), (500, ERROR))._replace(hair=25),
    on("D_RDA_MCG", "D3-RDA", d3, (15, NOTHING), (15.1, NOTE)),
    on("D_RDA_OLD_MCG", "D3-RDA", lambda x: aged(71, x), (20, NOTHING), (20.1, NOTE)),
    minutes("D_RDA_OLD_ABOVE_YEARS", "D3-RDA", lambda x: aged(x, 18), (70, NOTE), (71, NOTHING)),
    on("D_UPPER_MCG", "D3-UL", d3, (100.0, NOTHING), (100.1, ERROR)),
    on("D_UPPER_MCG", "D3-UL", lambda x: d3(x, prescribed=True), (100, NOTHING), (100.1, WARNING)),
    on("D_UPPER_MCG", "D3-RDA", d3, (100, NOTE), (100.1, NOTHING)),
    on("D_UPPER_MCG", "D3-COURSE", lambda x: d3(x, prescribed=True), (100, None), (100.1, ERROR)),
    on(
        "D_UPPER_MCG",
        "D3-DIGOXIN",
        lambda x: d3(x, person=takes("digoxin")),
        (100, WARNING),
        (100.1, ERROR),
    ),
    on("D_HARM_MCG", "D3-LOAEL", d3, (249.9, NOTHING), (250, ERROR)),
    on("D_CALCIUM_CHECK_ABOVE_MCG", "D3-CALCIUM", d3, (25, NOTHING), (25.1, NOTE)),
    minutes(
        "D_LONG_TERM_ABOVE_DAYS",
        "D3-CALCIUM",
        lambda x: d3(30, start=dt.date(2026, 11, 22), end=x),
        (dt.date(2027, 2, 13), NOTHING),
        (dt.date(2027, 2, 14), NOTE),
    ),
    minutes(
        "D_COURSE_AT_MOST_DAYS",
        "D3-COURSE",
        lambda x: course(x, 100.5),
        (dt.date(2027, 2, 14), WARNING),
        (dt.date(2027, 2, 15), ERROR),
    ),
    on("D_COURSE_TOTAL_MCG", "D3-COURSE", weekly_course, (1250, NOTHING), (1250.1, WARNING)),
    on("D_SINGLE_MCG", "D3-SINGLE", d3, (499.9, NOTHING), (500, ERROR)),
    on("D_SINGLE_MCG", "D3-WEEKDAY", d3, (499.9, NOTHING), (500, ERROR)),
    on(
        "D_SINGLE_MCG",
        "PREG-D",
        lambda x: every(7, x, person=CLEAN + "pregnant = true\n"),
        (499.9, WARNING),
        (500, ERROR),
    ),
    on(
        "D_NEVER_SINGLE_MCG",
        "D3-SINGLE",
        lambda x: every(365, x, prescribed=True),
        (12_499.9, NOTHING),
        (12_500, ERROR),
    ),
    on(
        "D_NEVER_SINGLE_MCG",
        "UNIT-SLIP",
        lambda x: every(365, x, prescribed=True),
        (12_500, NOTHING),
        (12_500.1, ERROR),
    ),
    on(
        "D_PRESCRIBED_CAPSULE_MCG",
        "UNIT-SLIP",
        in_mg,
        (1.25, NOTHING),
        (1.2501, WARNING),
    ),
    minutes("D_WEEKLY_DAYS", "D3-WEEKDAY", lambda x: every(x, 500), (7, NOTHING), (6, ERROR)),
    minutes("D_SPACED_DAYS", "D3-INTERVAL", every, (27, NOTE), (28, WARNING)),
    minutes(
        "D_SPACED_AGE_YEARS",
        "D3-INTERVAL",
        lambda x: every(28, person=CLEAN.replace("52", str(x))),
        (49, NOTE),
        (50, WARNING),
    ),
    on("PREGNANT_D_WARN_MCG", "PREG-D", pregnant, (50, NOTE), (50.1, WARNING)),
    on("PREGNANT_D_UPPER_MCG", "PREG-D", pregnant, (100, WARNING), (100.1, ERROR)),
    on("K_UNLIKELY_HARM_MCG", "K2-HIGH", mk4, (1000, NOTHING), (1000.1, WARNING)),
    on("MK4_SPLIT_MCG", "MK4-SPLIT", mk4, (14_999.9, NOTHING), (15_000, NOTE)),
    on("MK4_UNSEEN_MCG", "MK4-MCG", mk4, (1000, NOTE), (1000.1, NOTHING)),
    on("MK7_SLIP_MCG", "UNIT-SLIP", mk7, (1000, NOTHING), (1000.1, ERROR)),
    on("MK7_SLIP_MCG", "K2-HIGH", lambda x: mk7(f"{x}"), (1000, NOTHING), (1000.1, NOTHING)),
    on("MK4_SLIP_MCG", "UNIT-SLIP", mk4, (45_000, NOTHING), (45_000.1, ERROR)),
    on("MG_EU_MG", "MG-UL", mg, (250, NOTHING), (250.1, NOTE)),
    on("MG_US_MG", "MG-UL", mg, (350, NOTE), (350.1, WARNING)),
    on("MG_SLIP_MG", "UNIT-SLIP", mg, (2500, NOTHING), (2500.1, ERROR)),
    on(
        "GLYCINATE_ELEMENTAL",
        "MG-UL",
        lambda x: a_schedule(a_dose(content("magnesium-glycinate", x, "mg", basis="compound"))),
        (1773, NOTHING),
        (1774, NOTE),
    )._replace(hair=Fraction(1, 1000)),
    on("A_LONG_TERM_MCG", "VITA-UL", a, (1500, NOTHING), (1500.1, WARNING)),
    on("A_UPPER_MCG", "VITA-UL", a, (3000, WARNING), (3000.1, ERROR)),
    on("A_SLIP_MCG", "UNIT-SLIP", a_with_iu, (30_000, NOTHING), (30_000.1, ERROR)),
    on("A_SLIP_ROUND_MCG", "UNIT-SLIP", a, (4000, NOTHING), (5000, ERROR))._replace(hair=1),
    on("A_SLIP_STEP_MCG", "UNIT-SLIP", a, (5500, NOTHING), (6000, ERROR))._replace(hair=250),
    on("LAB_CONCERN_NG_ML", "D3-TARGET", target, (50, NOTHING), (50.1, WARNING)),
    on(
        "NMOL_L_PER_NG_ML",
        "D3-TARGET",
        lambda x: target(x, "nmol/L"),
        (125, NOTHING),
        (125.1, WARNING),
    )._replace(hair=Fraction(1, 1000)),
    on("LAB_ONLY_NMOL_ABOVE_NG_ML", "LAB-UNIT", target, (100, NOTHING), (100.1, ERROR)),
    on("FAT_ENOUGH_G", "D3-FAT", breakfast, (9.9, NOTE), (10, NOTHING)),
    on("FAT_FREE_BELOW_G", "D3-FAT", breakfast, (2.9, WARNING), (3, NOTE)),
    minutes("BEFORE_BED_MIN", "D3-LATE", before_bed, ("19:30", NOTHING), ("19:31", NOTE)),
    minutes("ADULT_YEARS", "AGE-ADULT", aged, (18, NOTHING), (17, ERROR)),
    on("LABEL_DISAGREES_ABOVE", "UNIT-IU", label, (1020, NOTHING), (1021, ERROR))._replace(
        hair=Fraction(1, 2000)
    ),
    on("LABEL_DISAGREES_ABOVE", "UNIT-IU", label, (980, NOTHING), (979, ERROR))._replace(
        hair=Fraction(1, 2000)
    ),
    minutes(
        "LEVOTHYROXINE_MINERAL_MIN",
        "MIN-LEVO",
        mineral("levothyroxine"),
        ("16:00", NOTHING),
        ("15:59", ERROR),
    ),
    minutes(
        "LEVOTHYROXINE_MINERAL_MIN",
        "MIN-LEVO",
        mineral("levothyroxine"),
        ("08:00", NOTHING),
        ("08:01", ERROR),
    ),
    minutes(
        "BISPHOSPHONATE_MINERAL_MIN",
        "MIN-BP",
        mineral("Fosamax"),
        ("14:00", NOTHING),
        ("13:59", WARNING),
    ),
    minutes(
        "BISPHOSPHONATE_FIRST_OTHER_MIN",
        "BP-FIRST",
        vitamin("clodronate"),
        ("14:00", NOTHING),
        ("13:59", ERROR),
    ),
    minutes(
        "QUINOLONE_OTHER_BEFORE_MINERAL_MIN",
        "MIN-QUIN",
        mineral("quinolone"),
        ("14:00", NOTHING),
        ("13:59", ERROR),
    ),
    minutes(
        "QUINOLONE_OTHER_AFTER_MINERAL_MIN",
        "MIN-QUIN",
        mineral("quinolone"),
        ("06:00", NOTHING),
        ("06:01", ERROR),
    ),
    minutes(
        "TETRACYCLINE_BEFORE_MINERAL_MIN",
        "MIN-TETRA",
        mineral("minocycline"),
        ("14:00", NOTHING),
        ("13:59", ERROR),
    ),
    minutes(
        "TETRACYCLINE_AFTER_MINERAL_MIN",
        "MIN-TETRA",
        mineral("tetracycline"),
        ("08:00", WARNING),
        ("08:01", ERROR),
    ),
    minutes(
        "TETRACYCLINE_AFTER_MINERAL_CAUTIOUS_MIN",
        "MIN-TETRA",
        mineral("doxycycline"),
        ("06:00", NOTHING),
        ("06:01", WARNING),
    ),
    minutes(
        "RESIN_AFTER_VITAMIN_MIN",
        "VIT-RESIN",
        vitamin("colestipol"),
        ("11:00", WARNING),
        ("11:01", ERROR),
    ),
    minutes(
        "RESIN_AFTER_VITAMIN_CAUTIOUS_MIN",
        "VIT-RESIN",
        vitamin("colesevelam"),
        ("08:00", NOTHING),
        ("08:01", WARNING),
    ),
    minutes(
        "RESIN_BEFORE_VITAMIN_MIN",
        "VIT-RESIN",
        vitamin("Questran"),
        ("16:00", WARNING),
        ("15:59", ERROR),
    ),
    minutes(
        "RESIN_BEFORE_VITAMIN_CAUTIOUS_MIN",
        "VIT-RESIN",
        vitamin("cholestyramine"),
        ("18:00", NOTHING),
        ("17:59", WARNING),
    ),
    minutes(
        "ORLISTAT_VITAMIN_MIN",
        "VIT-ORLISTAT",
        vitamin("orlistat"),
        ("14:00", WARNING),
        ("13:59", ERROR),
    ),
    minutes(
        "ORLISTAT_VITAMIN_CAUTIOUS_MIN",
        "VIT-ORLISTAT",
        vitamin("Xenical"),
        ("08:00", NOTHING),
        ("08:01", WARNING),
    ),
    minutes(
        "MINERAL_OIL_VITAMIN_MIN",
        "VIT-MINOIL",
        vitamin("mineral oil"),
        ("16:00", NOTHING),
        ("15:59", WARNING),
    ),
    minutes(
        "CALCIUM_IRON_MIN", "CA-IRON", calcium_and_iron, ("10:00", NOTHING), ("09:59", WARNING)
    ),
    on("CA_UNLIKELY_HARM_MG", "CA-UL", calcium, (1500, NOTHING), (1500.1, WARNING)),
    on("CA_UPPER_MG", "CA-UL", calcium, (2500, WARNING), (2500.1, ERROR)),
    on("E_BLEEDING_MG", "E-THINNER", e_beside_a_thinner, (179.9, NOTHING), (180, WARNING)),
    on(
        "E_MCG_PER_IU",
        "NUTR-UL",
        lambda x: a_schedule(a_dose(content("vitamin-e", x, "IU"))),
        (447, NOTHING),
        (448, NOTE),
    )._replace(hair=1),
    on("BIOTIN_QUIET_MCG", "BIOTIN-TEST", biotin, (30, NOTHING), (30.1, NOTE)),
    on("BIOTIN_MUCH_MCG", "BIOTIN-TEST", biotin, (999.9, NOTE), (1000, WARNING)),
    minutes("EGFR_MODERATE_BELOW", "D3-CAUTION", filtering, (60, NOTHING), (59, WARNING)),
    minutes("EGFR_SEVERE_BELOW", "D3-CONTRA", filtering, (30, NOTHING), (29, ERROR)),
    minutes("BEFORE_BED_MIN", "D3-LATE", before_bed, ("01:30", NOTHING), ("01:29", NOTE)),
    minutes("ANTIBIOTIC_LONG_ABOVE_DAYS", "K-ABX", antibiotic, (10, NOTHING), (11, NOTE)),
]
# One number of MG-UL changes only the wording; two are printed and never compared.
ONLY_WORDS = {"MG_UK_MG", "FAT_COMFORTABLE_G", "LAB_SUFFICIENT_NG_ML"} | {
    "D_HEALTHY_BELOW_YEARS",
    "K_ADEQUATE_EU_MCG",
    "K_ADEQUATE_US_MEN_MCG",
    "K_ADEQUATE_US_WOMEN_MCG",
    "MK4_STUDIED_MCG",
    "MK7_INR_MCG",
    "PREGNANT_D_USUAL_MCG",
}
# A table by medicine, tested further down, and units, in test_advice_units.py.
APART = {"BISPHOSPHONATE_FIRST_MIN", "CALCIFEDIOL_AS_D3", "D_IU_PER_MCG", "RETINOL_MCG_PER_IU"}
APART |= {"QUINOLONE_BEFORE_MINERAL_MIN", "QUINOLONE_AFTER_MINERAL_MIN"}
# In test_advice_slips.py.
APART |= {"SLIP_MG", "D_PRESCRIBED_MCG"}
# In test_advice_bound.py, test_advice_levels.py and test_advice_names.py.
APART |= {"KDIGO_MODERATE_STAGE"}
APART |= {"MINERAL_BOUND_MIN", "SALT_SHARES", "UPPER_LEVELS_EU_MG", "UPPER_LEVELS_US_MG"}
APART |= {"UPPER_LEVELS_ONE_DOSE_MG"}
# In test_advice_name_contents.py.
APART |= {"E_MCG_PER_IU_OF_ANY"}

IDS = [f"{each.rule}-{each.fact}" for each in LIMITS]


def severity(rule: str, text: str) -> Severity:
    found = {each.severity for each in verdict(text).findings if each.rule == rule}
    return min(found) if found else None


@pytest.mark.parametrize("limit", LIMITS, ids=IDS)
def test_both_sides_of_a_limit(limit: Limit) -> None:
    found = [severity(limit.rule, text) for text, _ in (limit.here, limit.there)]
    assert found == [limit.here[1], limit.there[1]]


@pytest.mark.parametrize("limit", LIMITS, ids=IDS)
def test_a_limit_moved_by_a_hair_is_noticed(limit: Limit, monkeypatch: pytest.MonkeyPatch) -> None:
    value = getattr(published_limits, limit.fact)
    expected = (limit.here[1], limit.there[1])
    noticed = 0
    for moved in (value - limit.hair * 2, value + limit.hair * 2):
        move(monkeypatch, **{limit.fact: moved})
        found = tuple(severity(limit.rule, text) for text, _ in (limit.here, limit.there))
        noticed += found != expected
    assert noticed or limit.here[1] == limit.there[1]


def test_every_number_has_its_limit_here() -> None:
    numbers = {name for name in vars(published_limits) if name.isupper()}
    assert numbers == {limit.fact for limit in LIMITS} | ONLY_WORDS | APART


@pytest.mark.parametrize("medicine", published_limits.BISPHOSPHONATE_FIRST_MIN)
def test_each_bone_medicine_has_a_wait_of_its_own(medicine: str) -> None:
    wait = published_limits.BISPHOSPHONATE_FIRST_MIN[medicine]
    times = [f"{12 + minute // 60}:{minute % 60:02d}" for minute in (wait, wait - 1)]
    found = [severity("BP-FIRST", vitamin(medicine)(time)) for time in times]
    assert (wait, found) == ({"a": 30, "r": 30, "i": 60, "e": 120}[medicine[0]], [None, ERROR])


# By labels: hours from the antibiotic to the mineral, and from the mineral to the antibiotic.
QUINOLONES = {
    "ciprofloxacin": (2, 6),
    "delafloxacin": (2, 6),
    "levofloxacin": (2, 2),
    "moxifloxacin": (4, 8),
    "norfloxacin": (2, 2),
    "ofloxacin": (2, 2),
}


@pytest.mark.parametrize("medicine", published_limits.QUINOLONE_AFTER_MINERAL_MIN)
def test_each_quinolone_has_the_hours_of_its_own_label(medicine: str) -> None:
    after, before = QUINOLONES[medicine]
    far = (f"{12 + after}:00", f"{12 - before:02}:00")
    near = ("12:00", f"{11 + after}:59", f"{12 - before:02}:01")
    found = {time: severity("MIN-QUIN", mineral(medicine)(time)) for time in (*far, *near)}
    assert found == {**dict.fromkeys(far), **dict.fromkeys(near, ERROR)}


def test_magnesium_over_every_guide_is_worded_so() -> None:
    def message(amount: float) -> str:
        (found,) = [each for each in verdict(mg(amount)).findings if each.rule == "MG-UL"]
        return found.message

    assert "Over every guide" not in message(400)
    assert "Over every guide" in message(400.1)
