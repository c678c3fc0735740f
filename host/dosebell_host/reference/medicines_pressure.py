"""Medicines for blood pressure that come together with a thiazide, and how their names say so.

`Ramipril comp`, `Candesartan plus`, `Bisoprolol 5/12.5`: the labels of such combinations name
hydrochlorothiazide as the other half, and most have it nowhere in the name [71].
"""

import re

from dosebell_host.reference.nearest import key_of

_ENDINGS = ("pril", "sartan", "olol", "alol")
BRANDS_FOR_PRESSURE = frozenset(
    """

    atacand blopress amias diovan cozaar lorzaar micardis kinzal kinzalmono pritor benicar olmetec
    votum aprovel avapro karvea teveten zestril prinivil acerbon renitec vasotec xanef pres delix
    triatec tritace altace vesdil accupro accupril acuitel lotensin cibacen capoten lopirin
    inhibace dynorm concor zebeta emconcor beloc lopressor tenormin nebilet bystolic hypoloc
    tekturna rasilez exforge sevikar azor copalia dafiro dociton bisohexal bisocard metohexal
    ramilich polpril prestarium edarbi aliskiren ednyt berlipril
    coversyl coversum prexum aceon twynsta kinzalmono loortan hyperium lozap lorista enap diroton
    valsacor triamteren triamterene amilorid amiloride kalpress miten openvas ixia parapres
    renitecmax bitensil neotensin baripril inocar lidaltrin
    telma telmikind dabonal cesplon fosinil losacor
    candecor provas cordinate lisilich lisodura bisolich lobivon emestar belsar tolura prenessa
    atehexal coverex renitek losar

    """.split()
)
# Right behind such a name, as in Losartan-D and Telma-H, a letter for the diuretic.
_LETTERS = frozenset("d h".split())
_OF_D = frozenset("2 3".split())
# What a name that hides it ends with, as Zestoretic does, or names it with.
_HIDES_IT = tuple(
    "oretic eretic thiazid tiazid thiazida tiazida thiazide tiazide hct hctz".split()
)
_SUFFIXES = frozenset("comp compositum plus plius hct hctz zid diu diuretic combi komb co".split())
# 12.5, 25 and 6.25 mg are the strengths of hydrochlorothiazide in these labels.
_STRENGTHS = re.compile(r"\d\s*(?:mg)?\s*[/+]\s*(?:12[.,]5|25|6[.,]25)(?![\d.,]*\d)")
_SEVERAL = frozenset("comp compositum plus plius combi komb duo kombi".split())


# Potassium stays in the blood beside these [81b], and beside those with these endings [81] and
# their brands, but for the brands of beta blockers.
_KEEP_POTASSIUM = frozenset(
    """spironolactone spironolacton spironolattone espironolactona aldactone eplerenone eplerenon
    inspra finerenone kerendia amiloride amilorid triamterene triamteren trimethoprim
    entresto""".split()
)
_BETA_BLOCKERS = frozenset(
    """concor zebeta emconcor beloc lopressor tenormin nebilet bystolic hypoloc dociton bisohexal
    bisocard metohexal bisolich lobivon atehexal""".split()
)
_KEEPING_ENDINGS = ("pril", "sartan")


def keeps_potassium(written: str) -> bool:
    """Whether the words name a medicine beside which potassium may become too much."""
    words = set(key_of(written).split())
    ends = any(word.removesuffix("e").endswith(_KEEPING_ENDINGS) for word in words)
    return ends or bool(words & (BRANDS_FOR_PRESSURE - _BETA_BLOCKERS | _KEEP_POTASSIUM))


def is_for_pressure(word: str) -> bool:
    """Whether a word names a medicine that comes with a thiazide, too."""
    return word in BRANDS_FOR_PRESSURE or word.removesuffix("e").endswith(_ENDINGS)


def names_a_thiazide(written: str, words: list[str]) -> bool:
    """Whether the words name such a medicine, and say that there is something else in it."""
    if any(word.endswith(_HIDES_IT) for word in words):
        return True
    # The D of "losartan D3" is the vitamin.
    behind = zip(words, words[1:], [*words[2:], ""], strict=False)
    lettered = (
        other for word, other, digit in behind if is_for_pressure(word) and digit not in _OF_D
    )
    said = _SUFFIXES.intersection(words) or _LETTERS.intersection(lettered)
    return bool(said or _STRENGTHS.search(written)) and any(map(is_for_pressure, words))


def names_another_half(words: list[str]) -> bool:
    """Whether the words say that there is something else in it, and not what."""
    return bool(_SEVERAL.intersection(words))
