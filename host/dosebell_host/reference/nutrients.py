"""Which words on a label mean which nutrient, and which form of it."""

from typing import NamedTuple

from dosebell_host.reference.nearest import key_of, nearest
from dosebell_host.reference.published_limits import SALT_SHARES

# Short names of the nutrients that rules speak about.
D, K, A, E = "d", "k", "a", "e"
MG, CA, FE, ZN, AL = "mg", "ca", "fe", "zn", "al"
LIVER_OIL = "liver-oil"
SE, IODINE, B6, BIOTIN = "se", "iodine", "b6", "biotin"
OTHER = ""

MINERALS = frozenset({MG, CA, FE, ZN, AL})
FAT_SOLUBLE = frozenset({D, K, A, E})

# Forms that rules tell apart.
MK4, MK7, K1, K2 = "MK-4", "MK-7", "K1", "K2"
CALCIFEDIOL, RETINOL, CAROTENE = "calcifediol", "retinol", "carotene"
GLYCINATE = "glycinate"

TITLES = {
    D: "vitamin D",
    K: "vitamin K",
    A: "vitamin A",
    E: "vitamin E",
    MG: "magnesium",
    CA: "calcium",
    FE: "iron",
    ZN: "zinc",
    AL: "antacid",
    LIVER_OIL: "liver oil",
    SE: "selenium",
    IODINE: "iodine",
    B6: "vitamin B6",
    BIOTIN: "biotin",
}


class Nutrient(NamedTuple):
    """What a name means. `short` is "" for one that no rule speaks about; `form` is what the name
    itself says of the form, as "menaquinone-7" does.
    """

    short: str
    form: str = ""


def _named(short: str, names: str, form: str = "") -> dict[str, Nutrient]:
    return {name: Nutrient(short, form) for name in names.split()}


NUTRIENTS: dict[str, Nutrient] = {
    **_named(D, "vitamin-d3 d3 vitamin-d vit-d vit-d3 cholecalciferol colecalciferol"),
    **_named(D, "vitamin-d2 d2 vit-d2 ergocalciferol d"),
    **_named(D, "calcifediol calcidiol 25-hydroxyvitamin-d", CALCIFEDIOL),
    **_named(K, "vitamin-k vit-k k"),
    **_named(K, "vitamin-k2 k2 vit-k2 menaquinone menaquinones", K2),
    **_named(K, "mk-4 mk4 menaquinone-4 menatetrenone vitamin-k2-mk-4 vitamin-k2-mk4", MK4),
    **_named(K, "mk-7 mk7 menaquinone-7 vitamin-k2-mk-7 vitamin-k2-mk7", MK7),
    **_named(K, "vitamin-k1 k1 vit-k1 phylloquinone phytomenadione phytonadione", K1),
    **_named(A, "vitamin-a vit-a a"),
    **_named(A, "retinol retinyl-palmitate retinyl-acetate preformed-vitamin-a", RETINOL),
    **_named(A, "beta-carotene betacarotene carotene provitamin-a", CAROTENE),
    **_named(E, "vitamin-e vit-e e tocopherol alpha-tocopherol"),
    **_named(MG, "magnesium mg"),
    **{f"magnesium-{salt}": Nutrient(MG, salt) for salt in SALT_SHARES[MG]},
    **_named(MG, "magnesium-glycinate magnesium-bisglycinate", GLYCINATE),
    **_named(CA, "calcium ca"),
    **{f"calcium-{salt}": Nutrient(CA, salt) for salt in SALT_SHARES[CA]},
    **_named(FE, "iron fe ferrous-sulfate ferrous-sulphate ferrous-fumarate iron-bisglycinate"),
    **_named(ZN, "zinc zn zinc-picolinate zinc-gluconate zinc-citrate"),
    **_named(AL, "antacid aluminium aluminum aluminium-hydroxide"),
    **_named(LIVER_OIL, "cod-liver-oil fish-liver-oil liver-oil halibut-liver-oil"),
    **_named(SE, "selenium selenomethionine se"),
    **_named(IODINE, "iodine iodide potassium-iodide kelp"),
    **_named(B6, "vitamin-b6 b6 pyridoxine pyridoxal-5-phosphate p-5-p"),
    **_named(BIOTIN, "biotin vitamin-b7 b7 vitamin-h"),
    **_named(
        OTHER,
        "vitamin-b1 vitamin-b2 vitamin-b3 vitamin-b5 vitamin-b9 vitamin-b12"
        " vitamin-c ascorbic-acid thiamine thiamin riboflavin niacin niacinamide folate"
        " folic-acid cobalamin pantothenic-acid choline copper manganese chromium"
        " molybdenum potassium sodium boron fish-oil omega-3 epa dha coq10 coenzyme-q10"
        " melatonin probiotics collagen creatine protein fibre fiber psyllium lutein lycopene"
        " calcitriol alfacalcidol paricalcitol doxercalciferol dihydrotachysterol"
        " caffeine turmeric curcumin glucosamine chondroitin levothyroxine",
    ),
}

_FORMS = {
    K: {
        "mk4": MK4,
        "menaquinone4": MK4,
        "menatetrenone": MK4,
        "mk7": MK7,
        "menaquinone7": MK7,
        "k1": K1,
        "phylloquinone": K1,
        "phytomenadione": K1,
        "phytonadione": K1,
        "k2": K2,
    },
    D: {"calcifediol": CALCIFEDIOL, "calcidiol": CALCIFEDIOL},
    A: {
        "retinol": RETINOL,
        "retinyl": RETINOL,
        "preformed": RETINOL,
        "palmitate": RETINOL,
        "acetate": RETINOL,
        "rae": RETINOL,
        "carotene": CAROTENE,
        "betacarotene": CAROTENE,
        "provitamin": CAROTENE,
    },
    MG: {
        **{salt: salt for salt in SALT_SHARES[MG]},
        "sulphate": "sulfate",
        "glycinate": GLYCINATE,
        "bisglycinate": GLYCINATE,
        "diglycinate": GLYCINATE,
    },
    CA: {salt: salt for salt in SALT_SHARES[CA]},
}


def known(name: str) -> Nutrient | None:
    """The nutrient of this name, or None."""
    return NUTRIENTS.get(name) or NUTRIENTS.get(name.strip("-"))


def is_counted(name: str) -> bool:
    """Whether a rule speaks about the nutrient of this name."""
    nutrient = known(name)
    return nutrient is not None and nutrient.short != OTHER


def form_of(nutrient: Nutrient, written: str) -> str:
    """The form that the `form` of a file means for this nutrient, else what its name says."""
    found = _FORMS.get(nutrient.short, {})
    whole = key_of(written).replace(" ", "")
    if whole in found:
        return found[whole]
    for word in key_of(written).split():
        if word in found:
            return found[word]
    # "MK-7 trans" and "all-trans MK 7" are MK-7 as well.
    near = [form for key, form in found.items() if len(key) > 2 and key in whole]
    return near[0] if near else nutrient.form


def nearest_nutrient(name: str) -> str | None:
    """The known name nearest to one that is not known, where any is near."""
    return nearest(name, NUTRIENTS)
