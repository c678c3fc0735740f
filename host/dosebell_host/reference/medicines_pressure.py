"""Medicines for blood pressure that come together with a thiazide, and how their names say so.

`Ramipril comp`, `Candesartan plus`, `Bisoprolol 5/12.5`: the labels of such combinations name
hydrochlorothiazide as the other half, and most have it nowhere in the name [71].
"""

import re

_ENDINGS = ("pril", "sartan", "olol", "alol")
_BRANDS = frozenset(
    """

    atacand blopress amias diovan cozaar lorzaar micardis kinzal kinzalmono pritor benicar olmetec
    votum aprovel avapro karvea teveten zestril prinivil acerbon renitec vasotec xanef pres delix
    triatec tritace altace vesdil accupro accupril acuitel lotensin cibacen capoten lopirin
    inhibace dynorm concor zebeta emconcor beloc lopressor tenormin nebilet bystolic hypoloc
    tekturna rasilez exforge sevikar azor copalia dafiro dociton bisohexal bisocard metohexal
    ramilich polpril prestarium edarbi aliskiren ednyt berlipril

    """.split()
)
_SUFFIXES = frozenset("comp compositum plus hct hctz zid diu diuretic combi komb co".split())
# 12.5, 25 and 6.25 mg are the strengths of hydrochlorothiazide in these labels.
_STRENGTHS = re.compile(r"\d\s*(?:mg)?\s*[/+]\s*(?:12[.,]5|25|6[.,]25)(?![\d.,]*\d)")
_SEVERAL = frozenset("comp compositum plus combi komb duo kombi".split())


def is_for_pressure(word: str) -> bool:
    """Whether a word names a medicine that comes with a thiazide, too."""
    return word in _BRANDS or word.removesuffix("e").endswith(_ENDINGS)


def names_a_thiazide(written: str, words: list[str]) -> bool:
    """Whether the words name such a medicine, and say that there is something else in it."""
    said = _SUFFIXES.intersection(words) or _STRENGTHS.search(written)
    return bool(said) and any(map(is_for_pressure, words))


def names_another_half(words: list[str]) -> bool:
    """Whether the words say that there is something else in it, and not what."""
    return bool(_SEVERAL.intersection(words))
