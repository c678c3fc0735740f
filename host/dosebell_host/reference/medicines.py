"""Medicines by generic name, class and common brand names, and what they are to the rules.

One row a medicine: its generic name, its classes, and the other names people know it by. Those
that no rule speaks about are in medicines_other.py, so that they are not called unknown.
"""

from typing import NamedTuple

from dosebell_host.reference.medicines_other import OTHER_MEDICINES
from dosebell_host.reference.nearest import key_of, nearest

# Classes that rules ask for.
VKA, DOAC, THIAZIDE, DIGOXIN, D_ANALOG = "vka", "doac", "thiazide", "digoxin", "vitamin-d-analog"
HEART_CALCIUM, INDUCER, STEROID, STATIN = "diltiazem-verapamil", "inducer", "steroid", "statin"
ORLISTAT, RESIN, MINERAL_OIL = "orlistat", "bile-acid-resin", "mineral-oil"
ANTIBIOTIC, CEPHALOSPORIN = "antibiotic", "cephalosporin"
QUINOLONE, TETRACYCLINE = "quinolone", "tetracycline"
LEVOTHYROXINE, BISPHOSPHONATE, MINERAL = "levothyroxine", "oral-bisphosphonate", "mineral"
# A bisphosphonate whose label says the reverse of the others: after breakfast.
BONE_AFTER_FOOD = "bisphosphonate-after-food"
RETINOID, MINERAL_BOUND, IRON_BOUND = "retinoid", "mineral-bound", "iron-bound"


class Medicine(NamedTuple):
    """One medicine; `classes` is empty where no rule speaks about it."""

    name: str
    classes: frozenset[str]


# (generic name, classes, other names and brands)
_ROWS: tuple[tuple[str, str, str], ...] = (
    # Vitamin K antagonists.
    (
        "warfarin",
        VKA,
        "warfarine, warfarin sodium, coumadin, coumadine, marevan, jantoven, lawarin, waran,"
        " panwarfin, orfarin, aldocumar",
    ),
    (
        "acenocoumarol",
        VKA,
        "acenocumarol, nicoumalone, sintrom, sinthrome, mini sintrom, syncumar",
    ),
    (
        "phenprocoumon",
        VKA,
        "phenprocoumone, marcumar, marcoumar, falithrom, phenprogamma, marcuphen",
    ),
    ("fluindione", VKA, "previscan"),
    ("phenindione", VKA, "dindevan"),
    (
        "vitamin K antagonist",
        VKA,
        "vka, coumarin, coumarins, blood thinner, blood thinners, anticoagulant,"
        " anticoagulants, oral anticoagulant",
    ),
    # Blood thinners that do not work through vitamin K.
    ("apixaban", DOAC, "eliquis"),
    ("rivaroxaban", DOAC, "xarelto"),
    ("dabigatran", DOAC, "dabigatran etexilate, pradaxa"),
    ("edoxaban", DOAC, "lixiana, savaysa"),
    ("DOAC", DOAC, "noac, direct oral anticoagulant"),
    # Thiazides and their like.
    (
        "hydrochlorothiazide",
        THIAZIDE,
        "hct, hctz, hydrochlorthiazide, esidrix, microzide, hyzaar, co-diovan, diovan hct,"
        " zestoretic, co-amilozide, moduretic, dyazide, maxzide, lisinopril hct",
    ),
    ("chlorthalidone", THIAZIDE, "chlortalidone, hygroton, thalitone, tenoretic"),
    ("indapamide", THIAZIDE, "lozol, natrilix, fludex, preterax, coversyl plus"),
    ("bendroflumethiazide", THIAZIDE, "bendrofluazide, aprinox, neo-naclex"),
    ("chlorothiazide", THIAZIDE, "diuril"),
    ("metolazone", THIAZIDE, "zaroxolyn"),
    ("xipamide", THIAZIDE, "diurexan"),
    ("cyclopenthiazide", THIAZIDE, "navidrex"),
    ("methyclothiazide", THIAZIDE, "enduron"),
    ("thiazide", THIAZIDE, "thiazides, thiazide diuretic, thiazide-like diuretic"),
    # The heart.
    ("digoxin", DIGOXIN, "lanoxin, lanicor, lenoxin, digitoxin, digitalis, digimerck, novodigal"),
    ("cardiac glycoside", DIGOXIN, "cardiac glycosides"),
    ("diltiazem", HEART_CALCIUM, "cardizem, dilzem, tildiem, tiazac, adizem"),
    ("verapamil", HEART_CALCIUM, "isoptin, calan, verelan, securon, isoptine"),
    # Forms of vitamin D that are medicines.
    ("calcitriol", D_ANALOG, "rocaltrol, silkis, decostriol"),
    ("alfacalcidol", D_ANALOG, "alphacalcidol, one-alpha, etalpha, einsalpha"),
    ("calcifediol", D_ANALOG, "calcidiol, hidroferol, rayaldee, dedrogyl"),
    ("paricalcitol", D_ANALOG, "zemplar"),
    (
        "calcipotriene",
        D_ANALOG,
        "calcipotriol, dovonex, daivonex, psorcutan, taclonex, dovobet, daivobet, enstilar",
    ),
    ("doxercalciferol", D_ANALOG, "hectorol"),
    ("tacalcitol", D_ANALOG, "curatoderm"),
    ("dihydrotachysterol", D_ANALOG, "at10"),
    ("vitamin D analogue", D_ANALOG, "vitamin d analog, active vitamin d"),
    # What keeps vitamins in the gut.
    ("orlistat", ORLISTAT, "xenical, alli, orlos"),
    (
        "cholestyramine",
        RESIN,
        "colestyramine, cholestyramin, colestyramin, questran, prevalite, quantalan, lipocol",
    ),
    ("colestipol", RESIN, "colestid"),
    ("colesevelam", RESIN, "welchol, cholestagel"),
    ("bile acid resin", RESIN, "resin, bile acid sequestrant, bile acid sequestrants"),
    (
        "liquid paraffin",
        MINERAL_OIL,
        "mineral oil, paraffin oil, paraffinum liquidum, lansoyl, obstinol",
    ),
    # What uses vitamin D up.
    ("phenytoin", INDUCER, "dilantin, epanutin, phenhydan"),
    ("phenobarbital", INDUCER, "phenobarbitone, luminal, gardenal"),
    ("primidone", INDUCER, "mysoline, mylepsinum"),
    ("carbamazepine", INDUCER, "tegretol, carbatrol, timonil"),
    ("rifampicin", f"{INDUCER} {ANTIBIOTIC}", "rifampin, rifadin, rimactane, eremfat"),
    ("isoniazid", f"{INDUCER} {ANTIBIOTIC}", "inh, isozid, nydrazid"),
    # Steroids that are swallowed.
    ("prednisone", STEROID, "deltasone, decortin, rayos"),
    ("prednisolone", STEROID, "decortin h, orapred, deltacortril"),
    ("methylprednisolone", STEROID, "medrol, urbason"),
    ("hydrocortisone", STEROID, "cortef, plenadren, alkindi"),
    ("dexamethasone", STEROID, "decadron, fortecortin"),
    ("corticosteroid", STEROID, "corticosteroids, steroid, steroids, oral steroid"),
    # Statins: three that the sources name, then the others.
    ("atorvastatin", STATIN, "lipitor, sortis, atoris"),
    ("simvastatin", STATIN, "zocor, inegy, vytorin"),
    ("lovastatin", STATIN, "mevacor, altoprev, mevinacor"),
    ("statin", STATIN, "statins"),
    # The thyroid.
    (
        "levothyroxine",
        LEVOTHYROXINE,
        "levothyroxin, levothyroxine sodium, l-thyroxine, l-thyroxin, thyroxine, synthroid,"
        " euthyrox, eltroxin, levoxyl, unithroid, tirosint, levothyrox, berlthyrox, oroxine,"
        " novothyral",
    ),
    ("liothyronine", LEVOTHYROXINE, "cytomel, thybon"),
    ("desiccated thyroid", LEVOTHYROXINE, "armour thyroid, thyroid extract"),
    # Bones.
    (
        "alendronate",
        BISPHOSPHONATE,
        "alendronic acid, alendronate sodium, alendronsaure, fosamax, fosavance, binosto, adronat",
    ),
    (
        "risedronate",
        BISPHOSPHONATE,
        "risedronic acid, risedronate sodium, risedronsaure, actonel, atelvia",
    ),
    ("ibandronate", BISPHOSPHONATE, "ibandronic acid, ibandronsaure, boniva, bonviva, bondronat"),
    ("etidronate", BISPHOSPHONATE, "etidronic acid, didronel, didronat"),
    ("clodronate", BISPHOSPHONATE, "clodronic acid, bonefos, loron"),
    ("bisphosphonate", BISPHOSPHONATE, "bisphosphonates, oral bisphosphonate"),
    # Antibiotics.
    ("ciprofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "cipro, ciproxin, ciprobay"),
    ("levofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "levaquin, tavanic"),
    ("moxifloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "avelox, avalox"),
    ("ofloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "floxin, tarivid"),
    ("norfloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "noroxin, barazan"),
    ("delafloxacin", f"{QUINOLONE} {ANTIBIOTIC}", "baxdela, quofenix"),
    ("quinolone", f"{QUINOLONE} {ANTIBIOTIC}", "quinolones, fluoroquinolone, fluoroquinolones"),
    (
        "doxycycline",
        f"{TETRACYCLINE} {ANTIBIOTIC}",
        "doxycyclin, vibramycin, doryx, oracea, periostat, doxyhexal",
    ),
    ("minocycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "minocin, solodyn"),
    ("tetracycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "tetracyclin, tetracyclines, sumycin"),
    ("lymecycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "tetralysal"),
    ("oxytetracycline", f"{TETRACYCLINE} {ANTIBIOTIC}", "terramycin"),
    ("cefalexin", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "cephalexin, keflex"),
    ("cefuroxime", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "zinnat, ceftin, elobact"),
    ("cefixime", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "suprax, cefpodoxime, vantin, orelox"),
    ("cefaclor", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "ceclor, cefadroxil, duricef, cefprozil"),
    ("ceftriaxone", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "rocephin, cefdinir, omnicef"),
    ("cephalosporin", f"{CEPHALOSPORIN} {ANTIBIOTIC}", "cephalosporins, cefalosporin"),
    (
        "amoxicillin",
        ANTIBIOTIC,
        "amoxil, co-amoxiclav, augmentin, penicillin, phenoxymethylpenicillin, ampicillin,"
        " flucloxacillin, pivmecillinam, selexid",
    ),
    ("clarithromycin", ANTIBIOTIC, "klacid, biaxin, azithromycin, zithromax, erythromycin"),
    (
        "trimethoprim",
        ANTIBIOTIC,
        "co-trimoxazole, bactrim, cotrim, septrin, sulfamethoxazole, nitrofurantoin, macrobid,"
        " fosfomycin, monuril",
    ),
    ("metronidazole", ANTIBIOTIC, "flagyl, clindamycin, dalacin, linezolid, zyvox, vancomycin"),
    ("antibiotic", ANTIBIOTIC, "antibiotics"),
    # Minerals and antacids that are taken as medicines.
    (
        "calcium carbonate",
        MINERAL,
        "calcium, calcium citrate, adcal, caltrate, calcichew, kalcipos",
    ),
    ("magnesium", MINERAL, "magnesium citrate, magnesium oxide, magnesium hydroxide, magnesia"),
    (
        "iron",
        MINERAL,
        "ferrous sulfate, ferrous sulphate, ferrous fumarate, ferrous gluconate, ferro sanol,"
        " tardyferon, feosol, maltofer",
    ),
    ("zinc", MINERAL, "zinc sulfate, zinc picolinate, zinc gluconate"),
    (
        "antacid",
        MINERAL,
        "antacids, aluminium hydroxide, aluminum hydroxide, maalox, gaviscon, rennie, tums,"
        " mylanta, riopan, talcid, sucralfate",
    ),
    # Forms of vitamin A that are medicines.
    (
        "isotretinoin",
        RETINOID,
        "accutane, roaccutane, absorica, claravis, amnesteem, zenatane, myorisan, aknenormin",
    ),
    ("acitretin", RETINOID, "neotigason, soriatane"),
    ("bexarotene", RETINOID, "targretin"),
    # What minerals bind, and for how long is in published_limits.py; of iron some labels say
    # nothing but that it does.
    ("cefdinir", f"{CEPHALOSPORIN} {ANTIBIOTIC} {MINERAL_BOUND}", "omnicef"),
    ("dolutegravir", MINERAL_BOUND, "tivicay, triumeq, dovato, juluca"),
    ("bictegravir", MINERAL_BOUND, "biktarvy"),
    ("eltrombopag", MINERAL_BOUND, "promacta, revolade, alvaiz"),
    ("penicillamine", MINERAL_BOUND, "cuprimine, depen, distamine, metalcaptase"),
    ("deferiprone", MINERAL_BOUND, "ferriprox"),
    ("hydroxychloroquine", MINERAL_BOUND, "plaquenil, quensyl"),
    ("rosuvastatin", MINERAL_BOUND, "crestor"),
    (
        "mycophenolate",
        f"{MINERAL_BOUND} {IRON_BOUND}",
        "mycophenolate mofetil, mycophenolic acid, cellcept, myfortic",
    ),
    (
        "levodopa",
        IRON_BOUND,
        "carbidopa, benserazide, co-careldopa, co-beneldopa, sinemet, madopar, stalevo, rytary,"
        " lodosyn, nacom, restex",
    ),
    ("methyldopa", IRON_BOUND, "aldomet, presinol, dopegyt"),
    (
        "risedronate after breakfast",
        BONE_AFTER_FOOD,
        "atelvia, risedronate delayed release, risedronate dr, risedronate gastro resistant",
    ),
)
# Words that say that a risedronate is the one for after breakfast.
_AFTER_FOOD = frozenset({"after", "delayed", "dr", "gastro", "enteric"})

# A steroid on the skin, in the nose or in the lungs is not the one the rule means.
_NOT_SWALLOWED = frozenset(
    "cream ointment gel lotion foam inhaler inhaled nasal nose spray eye ear drops".split()
)
_LONGEST_NAME_WORDS = 4
# What "blood thinner" is taken for, unless it only describes another one that is named.
_ANY_BLOOD_THINNER = "vitamin K antagonist"
# Words that say that there are two medicines, and not one and its kind.
_JOINING = frozenset({"and", "with", "plus", "und", "et"})


def _index() -> dict[str, Medicine]:
    found = {key_of(name): Medicine(name, frozenset()) for name in OTHER_MEDICINES}
    for name, classes, others in _ROWS:
        medicine = Medicine(name, frozenset(classes.split()))
        for each in (name, *others.split(",")):
            found[key_of(each)] = medicine
    return found


_BY_NAME = _index()


def known_medicines(written: str) -> tuple[Medicine, ...]:
    """The medicines that a person's words name, longest names first; () where none is known.

    `Coumadin 5 mg` is warfarin; `Hyzaar` is hydrochlorothiazide with something else.
    """
    words = key_of(written).split()
    found: dict[str, Medicine] = {}
    used: set[int] = set()
    for length in range(min(_LONGEST_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            medicine = _named(" ".join(words[start : start + length]))
            if medicine and not places & used:
                found[medicine.name] = _as_taken(medicine, words)
                used |= places
    if not _JOINING.intersection(words) and "+" not in written:
        _drop_description(found)
    return tuple(found.values())


def _named(name: str) -> Medicine | None:
    """The medicine of a name; in other languages it may have, or lack, an e at its end."""
    for each in (name, f"{name}e", name.removesuffix("e")):
        if medicine := _BY_NAME.get(each):
            return medicine
    return None


def _drop_description(found: dict[str, Medicine]) -> None:
    """`Xarelto (blood thinner)` is one medicine: the word for its kind only describes it."""
    others = (each for name, each in found.items() if name != _ANY_BLOOD_THINNER)
    if any(each.classes & {DOAC, VKA} for each in others):
        found.pop(_ANY_BLOOD_THINNER, None)


def nearest_medicine(written: str) -> str | None:
    """The known name nearest to one that is not known, where any is near."""
    words = key_of(written).split()
    whole = nearest(" ".join(words), _BY_NAME)
    parts = (nearest(word, _BY_NAME) for word in words if len(word) > 3)
    return whole or next((part for part in parts if part), None)


def _as_taken(medicine: Medicine, words: list[str]) -> Medicine:
    if medicine.name == "risedronate" and _AFTER_FOOD.intersection(words):
        return _BY_NAME["atelvia"]
    if STEROID in medicine.classes and _NOT_SWALLOWED.intersection(words):
        return Medicine(medicine.name, medicine.classes - {STEROID})
    return medicine
