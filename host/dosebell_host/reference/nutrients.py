"""Which words on a label mean which nutrient, and which form of it."""

from functools import cache
from typing import NamedTuple

from dosebell_host.reference.medicine_words import is_mineral_salt, stem_of
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
        "vitamin-b vitamin-b1 vitamin-b2 vitamin-b3 vitamin-b5 vitamin-b9 vitamin-b12"
        " vitamin-c ascorbic-acid thiamine thiamin riboflavin niacin niacinamide folate"
        " folic-acid cobalamin pantothenic-acid choline copper manganese chromium"
        " molybdenum potassium sodium boron fish-oil omega-3 epa dha coq10 coenzyme-q10"
        " melatonin probiotics collagen creatine protein fibre fiber psyllium lutein lycopene"
        " calcitriol alfacalcidol paricalcitol doxercalciferol dihydrotachysterol"
        " caffeine turmeric curcumin glucosamine chondroitin levothyroxine",
    ),
}

# The same as people say it, in the large languages of Europe: what to write, and its names in
# the words of labels, where letters and digits stand apart. Minerals are in medicine_words.py.
_SPOKEN = {
    "vitamin-d3": "vitamin d 3, d 3, cholecalciferol, colecalciferol, colecalciferolo,"
    " colecalciferolum, cholekalcyferol, kolekalciferol, kolekaltsiferol, holekaltsiferol",
    "vitamin-d2": "vitamin d 2, d 2, ergocalciferol, ergokalciferol, ergocalciferolo",
    "vitamin-d": "vitamin d, d vitamin, dvitamin, sunshine vitamin",
    "vitamin-k2 MK-4": "mk 4, menaquinone 4, menaquinona 4, menachinon 4, menachinone 4,"
    " menatetrenone, menatetrenon, menatetrenona",
    "vitamin-k2 MK-7": "mk 7, menaquinone 7, menaquinona 7, menachinon 7, menachinone 7,"
    " menakinon 7, menaq 7, vitamk 7, natto",
    "vitamin-k2": "vitamin k 2, k 2, menaquinone, menaquinones, menaquinona, menachinon,"
    " menachinone, menakinon, menakinona, mk 5, mk 6, mk 8, mk 9, mk 10, mk 11, mk 12, mk 13",
    "vitamin-k1": "vitamin k 1, k 1, phylloquinone, phylloquinon, phyllochinon, filochinon,"
    " filoquinona, fillochinone,"
    " phytomenadione, phytomenadion, phytonadione, fitomenadion, fitomenadiona, fitomenadione",
    "vitamin-k": "vitamin k, k vitamin, kvitamin, super k, vitamin k 3, menadione",
    "vitamin-a": "vitamin a",
    "vitamin-a retinol": "retinol, retinolo, retinyl palmitate, retinyl acetate,"
    " retinylpalmitat, desiccated liver, beef liver",
    "vitamin-e": "vitamin e, tocopherol, tocopherols, alpha tocopherol, tocopheryl"
    " acetate, tokoferol, tocoferol, tocoferolo, tocotrienol, tocotrienols",
    "beta-carotene": "beta carotene, betacarotene, beta carotin, betacarotin, betakarotin,"
    " beta karotin, beta caroteno, betacaroteno, provitamin a, carotene",
    "cod-liver-oil": "cod liver oil, codliver oil, cod liver, fish liver oil, halibut liver oil,"
    " lebertran, dorschlebertran, huile de foie de morue, aceite de higado de bacalao,"
    " olio di fegato di merluzzo, oleo de figado de bacalhau, levertraan, levertran,"
    " torskleverolja, tran",
    "selenium": "selenium, selen, selenio, seleno, seleen, selenomethionine, selenit, selenite,"
    " selenometionina, selenomethionin",
    "iodine": "iodine, iodide, iod, iode, iodio, iodo, jod, jodid, jodium, yodo, yoduro, kelp",
    "vitamin-b6": "vitamin b 6, b 6, pyridoxine, pyridoxin, piridoxina, pirydoksyna, pyridoxal,"
    " p 5 p, pyridoxal 5 phosphate",
    "biotin": "biotin, biotine, biotina, biotyna, vitamin h, vitamin b 7, b 7, vitamin b 8",
    "calcium": "oyster shell, eggshell, egg shell, bone meal, lithothamnium, lithothamnion",
    "magnesium": "milk of magnesia, magnesia, epsom salt, bittersalz",
    "calcium + magnesium": "dolomite, dolomit, dolomita, dolomia, cal mag, calmag",
    "zinc + magnesium + vitamin-b6": "zma",
    "vitamin-a + vitamin-d3 + vitamin-k2": "adk",
    "vitamin-a + vitamin-d3 + vitamin-e + vitamin-k": "adek, adeks, deka, dekas",
    "vitamin-d3 + vitamin-k2": "dk, kd, d k 2, k 2 d, d and k 2, d und k 2",
    "vitamin-d + vitamin-k": "d k, d and k, d und k",
    # What no rule speaks about: so that an amount behind it is none of the others.
    "vitamin-c": "vitamin c, c vitamin, ascorbic acid, ascorbinsaure, acide ascorbique",
    "vitamin-b": "vitamin b, b vitamin, b complex",
    "vitamin-b1": "vitamin b 1, b 1, thiamine, thiamin, tiamina",
    "vitamin-b2": "vitamin b 2, b 2, riboflavin, riboflavina",
    "vitamin-b3": "vitamin b 3, b 3, niacin, niacina, niacinamide, niacinamid",
    "vitamin-b5": "vitamin b 5, b 5, pantothenic acid, pantothensaure",
    "vitamin-b9": "vitamin b 9, b 9, folic acid, folate, folsaure, folsaeure, acide folique,"
    " acido folico",
    "vitamin-b12": "vitamin b 12, b 12, cobalamin, cyanocobalamin, methylcobalamin",
    "copper": "copper, kupfer, cobre, rame, cuivre, koper, koppar",
    "manganese": "manganese, mangan, manganeso",
    "chromium": "chromium, chrom, cromo, chrome",
    "potassium": "potassium, kalium, potassio, potasio",
    "omega-3": "omega 3, fish oil, fischol, huile de poisson, aceite de pescado",
    "coq10": "coq 10, q 10, coenzyme q 10",
    "melatonin": "melatonin, melatonina, melatonine",
    "creatine": "creatine, kreatin, creatina",
    "collagen": "collagen, kollagen, colageno, collagene",
}
SPOKEN_AT_MOST_WORDS = 5
# Foods and esters among them: on a label their amount is not that of the nutrient.
FOODS = frozenset({"natto", "desiccated liver", "beef liver"})
NOT_ITS_AMOUNT = FOODS | {"p 5 p", "pyridoxal", "pyridoxal 5 phosphate"}


def _meaning(written: str) -> tuple[str, str]:
    nutrient, _, form = written.partition(" ")
    return nutrient, form


@cache
def spoken_names() -> dict[str, tuple[tuple[str, str], ...]]:
    """The nutrients, each with its form, that every spoken name means: two for `dolomite`."""
    return {
        name.strip(): tuple(map(_meaning, meaning.split(" + ")))
        for meaning, names in _SPOKEN.items()
        for name in names.split(",")
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
        if is_mineral_salt(word) and (salt := _by_stem(nutrient.short).get(stem_of(word))):
            return salt
    # "MK-7 trans" and "all-trans MK 7" are MK-7 as well.
    near = [form for key, form in found.items() if len(key) > 2 and key in whole]
    return near[0] if near else nutrient.form


@cache
def _by_stem(short: str) -> dict[str, str]:
    """The forms of a mineral as other languages spell them: `citrato`, `Citrat`."""
    return {stem_of(word): form for word, form in _FORMS.get(short, {}).items()}


def nearest_nutrient(name: str) -> str | None:
    """The known name nearest to one that is not known, where any is near."""
    return nearest(name, NUTRIENTS)
