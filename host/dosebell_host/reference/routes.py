"""Words that say that a medicine is not swallowed, and which rules then say nothing of it.

What meets a mineral in the gut has to come there: drops for the eyes, a cream or an injection do
not. What acts in the blood, as a blood thinner or digoxin does, acts by any way.
"""

import re
from typing import NamedTuple

from dosebell_host.reference.medicines import (
    ANTIBIOTIC,
    BISPHOSPHONATE,
    CEPHALOSPORIN,
    HEART_CALCIUM,
    LESS_CLOTTING,
    LEVOTHYROXINE,
    MINERAL,
    MINERAL_BOUND,
    MINERAL_OIL,
    ORLISTAT,
    QUINOLONE,
    RESIN,
    RETINOID,
    STEROID,
    TETRACYCLINE,
    THIAZIDE,
    VITAMIN_D,
)
from dosebell_host.reference.nearest import key_of

_IN_THE_GUT = frozenset(
    {
        *(QUINOLONE, TETRACYCLINE, MINERAL, STEROID, BISPHOSPHONATE, LEVOTHYROXINE),
        *(ORLISTAT, RESIN, MINERAL_OIL, MINERAL_BOUND),
    }
)
ON_THE_OUTSIDE = _IN_THE_GUT | {
    *(ANTIBIOTIC, CEPHALOSPORIN, HEART_CALCIUM, RETINOID, VITAMIN_D),
    # Aquaphor is a thiazide in Germany and an ointment in America.
    THIAZIDE,
    LESS_CLOTTING,
}
# Drops of these are for eyes and ears; drops of iron, levothyroxine or vitamin D are swallowed.
_AS_DROPS = frozenset({QUINOLONE, TETRACYCLINE, STEROID})
# A gel of an antacid is swallowed, and so are sprays of minerals, unless the skin is named.
_AS_GEL = ON_THE_OUTSIDE - {MINERAL, VITAMIN_D}

_OUTSIDE = frozenset(
    """

    ophthalmic ocular otic aural oftalmico cream creams ointment ointments lotion patch patches
    plaster shampoo bath mouthwash eyedrops
    eardrops inhaler inhaled inhalation inhalator nebuliser
    nebulizer accuhaler turbohaler evohaler diskus respimat dosieraerosol topical
    vaginal pessary rectal suppository suppositories enema implant coil creme salbe augensalbe
    pflaster zapfchen pommade collyre suppositoire inhalateur peau crema pomada colirio
    parche supositorio inhalador unguento pomata collirio cerotto supposta aerosol zalf
    oogdruppels oordruppels neusspray zetpil pleister salva salve ogondroppar nasspray krem masc
    maz merhem glaznie glaznaia ushnie

    """.split()
)
# Where on the body it goes, which says something only beside a form: whoever takes tablets for an
# ear swallows them.
_PLACES = frozenset(
    """eye eyes ear ears nose nasal nostril skin scalp haut peau piel pelle glaza goz kulak burun
    oczu ucha ojos olhos occhi yeux""".split()
)
# Tablets of these are swallowed as little.
_NEVER_SWALLOWED = frozenset("vaginal pessary rectal suppository suppositories enema".split())
_INJECTED = frozenset(
    """
    injection injections injectable injected injecting inject infusion infusions iv intravenous
    intramuscular subcutaneous syringe prefilled pen jab shot drip infused
    injektion injektionslosung injektionslosungen infusionslosung spritze fertigspritze fertigpen
    perfusion perfusions injectables inyeccion inyectable iniezione iniezioni infusione infuus
    injectie injeksjon zastrzyk ukol ukoli inektsiia enjeksiyon i.v. i.m. s.c.
    """.split()
)
# Of iron, magnesium and levothyroxine they are drunk as well.
_IN_GLASS = frozenset(
    """vial vials ampoule ampoules ampola ampolas ampolla ampollas ampulle ampullen fiala
    fiale""".split()
)
_STARTS_OUTSIDE = ("augen", "ohren", "nasen", "inhal", "transderm", "ogon", "collyr", "vaginal")
_STARTS_INJECTED = (
    "inject",
    "injekt",
    "inyec",
    "iniez",
    "infus",
    "perfus",
    "intraven",
    "intramusk",
)
_DROPS = frozenset(
    """drop drops tropfen gouttes gotas gocce druppels droppar draper krople kapli damla
    damlasi""".split()
)
_GELS = frozenset("gel spray foam mousse".split())
# What stands behind the "bath" of a maker's name.
_SHOPS = frozenset({"body", "beyond"})
_SWALLOWED = frozenset(
    """

    tablet tablets tab tabs pill pills cap caps softgel softgels gelcaps capsule capsules caplet
    caplets oral orally swallowed syrup sachet sachets chewable effervescent tabletten tablette
    filmtabletten kapseln comprime comprimes comprimidos compresse tabletter

    """.split()
)

# With points, or in capitals behind a name: "im" is also a word of German.
_SHORT = r"\b(?:i\.\s?v|i\.\s?m|s\.\s?c)\b|\bIV\b|(?<=\w[ (])(?:IM|SC)\b"
# What each of them has in it: most names have none, and need no pattern.
_IN_SHORT = (".v", ". v", ".m", ". m", ".c", ". c", "IV", "IM", "SC")

Route = tuple[str, frozenset[str]]
SWALLOWED: Route = ("", frozenset())


def route_of(words: list[str], several: bool) -> Route:
    """How it is taken, where it is not swallowed, and the classes that do not count then.

    `several`: the words name more than one thing, so that one of them may be swallowed.
    """
    words = _without_shops(words)
    if _SWALLOWED.intersection(words):
        word = "" if several else _first(words, _NEVER_SWALLOWED)
        return (word, ON_THE_OUTSIDE) if word else SWALLOWED
    has_form = bool(_first(words, _DROPS | _GELS))
    found = (
        (_first(words, _OUTSIDE, _STARTS_OUTSIDE), ON_THE_OUTSIDE),
        (_first(words, _PLACES) if has_form else "", ON_THE_OUTSIDE),
        (_first(words, _INJECTED, _STARTS_INJECTED), _IN_THE_GUT),
        (_first(words, _IN_GLASS), _IN_THE_GUT - {LEVOTHYROXINE, MINERAL}),
        (_first(words, _DROPS), _AS_DROPS),
        (_first(words, _GELS), _AS_GEL),
    )
    return next(((word, gone) for word, gone in found if word), SWALLOWED)


def _without_shops(words: list[str]) -> list[str]:
    """The words without the bath of a shop: "Bath & Body vitamins" are swallowed."""
    if "bath" not in words:
        return words
    behind = [[each for each in words[n + 1 : n + 3] if each != "and"] for n in range(len(words))]
    return [
        word
        for word, after in zip(words, behind, strict=True)
        if not (word == "bath" and _SHOPS.intersection(after[:1]))
    ]


def _first(words: list[str], known: frozenset[str], starts: tuple[str, ...] = ("\0",)) -> str:
    return next((word for word in words if word in known or word.startswith(starts)), "")


def short_ways(written: str) -> list[str]:
    """The short words for an injection: `i.v.` of `ibandronate i. v.` and of `ibandronate IV`."""
    if not any(each in written for each in _IN_SHORT):
        return []
    return [f"{found[0].lower()}.{found[-1].lower()}." for found in re.findall(_SHORT, written)]


class Way(NamedTuple):
    """How what a dose holds gets into the body, by the word of its name that says so.

    `word` is "" where it is swallowed; `outside` says that it only touches the body.
    """

    word: str = ""
    outside: bool = False


SWALLOWED_WAY = Way()
# Of a supplement these words say something else: an ampoule is drunk, and zinc is for the skin.
_NO_WAY = frozenset(
    """pen shot drip syringe prefilled peau masc krem maz coil
    infused""".split()
)
# What is eaten or drunk, whatever else its name says: cream may be its flavour.
_EATEN = _SWALLOWED | frozenset(
    """gummy gummies chews lozenge lozenges powder pulver drink shake bar crackers granulat
    granules flavour flavours flavoured flavor flavored taste geschmack lutschtabletten
    brausetabletten brausetablette kautabletten""".split()
)
_ON_THE_SKIN = frozenset(
    """bath baths flakes footbath fussbad badesalz deodorant deo rollon augentropfen
    augensalbe nasenspray nasentropfen ohrentropfen nasal""".split()
)
_SKIN_OUTSIDE = (_OUTSIDE | _ON_THE_SKIN) - _NO_WAY
_BY_NEEDLE = _INJECTED - _NO_WAY
_EYES_AND_EARS = frozenset("eye eyes ear ears nose nostril".split())
# Behind what it is of, in one word of German.
_ENDS_OUTSIDE = ("salbe", "creme", "lotion", "badesalz", "pflaster")
_ENDS_INJECTED = ("infusion", "infusionen", "injektion", "injektionen", "spritze")
_SKIN = frozenset("skin haut piel pelle huid hud".split())
# What is called magnesium oil is a brine for the skin.
_OIL = r"\bmagnesium ?(?:oil|ol|oel|olie|olja|butter|balm)\b|\b(?:huile|aceite|olio) d[ei] magnesi"
_OILS = ("magnesium o", "magnesium b", "magnesiumo", " de magnesi", " di magnesi")


def way_of(written: str) -> Way:
    """How what is in a dose gets into the body, by its name."""
    key = key_of(written)
    words = [*_without_shops(key.split()), *short_ways(written)]
    if _EATEN.intersection(words):
        never = _first(words, _NEVER_SWALLOWED)
        return Way(never, outside=bool(never))
    oil = re.search(_OIL, key) if any(each in key for each in _OILS) else None
    outside = oil[0] if oil else "roll on" * ("roll on" in key)
    outside = outside or _first(words, _SKIN_OUTSIDE, ("transderm", "vaginal"))
    outside = outside or _ending(words, _ENDS_OUTSIDE)
    if not outside and _first(words, _DROPS | _GELS):
        outside = _first(words, _EYES_AND_EARS)
    if not outside and _first(words, _GELS):
        outside = _first(words, _SKIN)
    needles = [word for word in words if word not in _NO_WAY]
    injected = _first(needles, _BY_NEEDLE, _STARTS_INJECTED) or _ending(words, _ENDS_INJECTED)
    return Way(outside or injected, outside=bool(outside))


def _ending(words: list[str], ends: tuple[str, ...]) -> str:
    return next((word for word in words if word.endswith(ends)), "")
