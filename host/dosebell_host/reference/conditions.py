"""Illnesses that the rules know, by the names people write."""

import re
from collections.abc import Iterator

from dosebell_host.reference import published_limits
from dosebell_host.reference.nearest import key_of, nearest

# What a condition means to the rules.
CONTRA, CAUTION, ABSORB, NONE = "contra", "caution", "absorb", ""
# Known, and it matters; how, only more can tell, or nobody that was read.
KIDNEY_ASK, ASK = "kidney-ask", "ask"
# What the [person] has keys of its own for; written among the conditions it counts as well.
KIDNEY_SEVERE, KIDNEY_MODERATE, PREGNANT, BREASTFEEDING = (
    "severe",
    "moderate",
    "pregnant",
    "feeding",
)

# (what it means, the name that messages use, other names)
_ROWS: tuple[tuple[str, str, str], ...] = (
    (CONTRA, "hypercalcaemia", "hypercalcemia, hyper calcaemia, high calcium, high blood calcium"),
    (CONTRA, "hypercalciuria", "hypercalcuria, calcium in urine, high urine calcium"),
    (CONTRA, "hypervitaminosis D", "hypervitaminosis_d, vitamin D poisoning, vitamin D toxicity"),
    (
        CONTRA,
        "kidney stones",
        "kidney stone, renal stones, renal stone, renal calculi, nephrolithiasis, urolithiasis,"
        " nephrocalcinosis",
    ),
    (CAUTION, "sarcoidosis", "sarcoid"),
    (CAUTION, "tuberculosis", "tb"),
    (CAUTION, "lymphoma", "hodgkin lymphoma, non-hodgkin lymphoma, hodgkins lymphoma"),
    (CAUTION, "granulomatous disease", "granulomatosis, granulomatosis with polyangiitis"),
    (
        CAUTION,
        "primary hyperparathyroidism",
        "hyperparathyroidism, overactive parathyroid, phpt",
    ),
    (CAUTION, "pseudohypoparathyroidism", ""),
    (CAUTION, "immobilised", "immobilized, immobilisation, immobilization, bedridden"),
    (
        CAUTION,
        "cancer",
        "malignancy, breast cancer, prostate cancer, bone metastases, metastases, myeloma,"
        " leukaemia, leukemia, carcinoma",
    ),
    (ABSORB, "coeliac disease", "celiac disease, coeliac, celiac"),
    (ABSORB, "Crohn's disease", "crohns disease, crohn disease, crohns, crohn, crohn's"),
    (ABSORB, "cystic fibrosis", "cf"),
    (
        ABSORB,
        "pancreatic insufficiency",
        "pancreatic disease, pancreatitis, pancreatic, chronic pancreatitis",
    ),
    (ABSORB, "bariatric surgery", "bariatric, gastric bypass, sleeve gastrectomy, gastric sleeve"),
    (ABSORB, "malabsorption", "fat malabsorption, short bowel, short bowel syndrome"),
    (
        KIDNEY_SEVERE,
        "severe kidney disease",
        "kidney failure, renal failure, dialysis, ckd 4, ckd 5, ckd stage 4, ckd stage 5,"
        " severe chronic kidney disease, end stage renal disease, end stage kidney disease,"
        " severe renal impairment",
    ),
    (
        KIDNEY_MODERATE,
        "kidney disease",
        "chronic kidney disease, ckd, ckd 3, ckd stage 3, moderate kidney disease, renal"
        " impairment, renal insufficiency, kidneys",
    ),
    (PREGNANT, "pregnant", "pregnancy"),
    (BREASTFEEDING, "breastfeeding", "breast-feeding, nursing, lactation"),
    # Known, and no rule speaks about them.
    (
        NONE,
        "osteoporosis",
        "osteopenia, hypertension, high blood pressure, diabetes, type 2 diabetes, asthma,"
        " copd, arthritis, rheumatoid arthritis, osteoarthritis, depression, anxiety, migraine,"
        " epilepsy, hypothyroidism, hashimoto, hyperthyroidism, atrial fibrillation, heart"
        " failure, heart disease, stroke, high cholesterol, multiple sclerosis, ms, parkinson,"
        " psoriasis, eczema, allergy, gout, anaemia, anemia, vitamin d deficiency, obesity,"
        " ibs, reflux, insomnia, glaucoma, type 1 diabetes, gallstones,"
        " none",
    ),
    (
        ABSORB,
        "inflammatory bowel disease",
        "ibd, ulcerative colitis, colitis ulcerosa, colitis",
    ),
    (
        ABSORB,
        "too little bile",
        "primary biliary cholangitis, primary biliary cirrhosis, pbc, primary sclerosing"
        " cholangitis, sclerosing cholangitis, psc, cholestasis, cholestatic liver disease, bile"
        " duct obstruction, blocked bile duct, biliary atresia",
    ),
    (
        KIDNEY_ASK,
        "one kidney, or a new one",
        "one kidney, single kidney, solitary kidney, only one kidney, nephrectomy, kidney removed,"
        " kidney transplant, renal transplant, transplanted kidney, kidney donor,"
        " polycystic kidney disease, polycystic kidneys, diabetic nephropathy",
    ),
    (
        ASK,
        "liver disease",
        "cirrhosis, liver cirrhosis, liver failure, hepatitis, fatty liver, liver transplant,"
        " hepatic impairment",
    ),
    (ASK, "hypoparathyroidism", "underactive parathyroid, parathyroids removed"),
    (
        ASK,
        "organ transplant",
        "transplant, heart transplant, lung transplant, bone marrow transplant",
    ),
)


def _index() -> dict[str, tuple[str, str]]:
    names = ((row, each) for row in _ROWS for each in (row[1], *row[2].split(",")))
    return {key_of(each): (row[0], row[1]) for row, each in names if each}


_BY_NAME = _index()
_LONGEST_NAME_WORDS = 4
# Not kidneys that work less well: what stands beside says how much, as in "mild kidney disease".
_ILLNESSES = frozenset({CONTRA, CAUTION, ABSORB, KIDNEY_SEVERE, KIDNEY_ASK, ASK})
# What the kidneys filter: "eGFR 45", "egfr: 28 ml/min", "GFR > 60".
_EGFR = r"\be? ?gfr\b\D*(\d+)"
_BELOW = re.compile("<|below|under|less", re.I)
# Names that mean an illness only where nothing else is said: a "high calcium diet" is none.
_ALONE = frozenset({"high calcium", "pancreatic", "cf"})
# Whoever writes these speaks of what they do not have, or of somebody else.
_NOT_THEIRS = frozenset(
    "no not none never without family mother father sister brother parents husband wife".split()
)


def meanings_of(written: str) -> tuple[tuple[str, str], ...]:
    """What a condition means to the rules and what messages call it; () if it is unknown.

    `history of kidney stones` is kidney stones; `no kidney stones` is nothing anyone knows.
    """
    words = key_of(written).split()
    whole = _BY_NAME.get(" ".join(words)) or _by_egfr(
        " ".join(words), bool(_BELOW.search(written))
    )
    if whole:
        return (whole,)
    return () if _NOT_THEIRS.intersection(words) else tuple(dict.fromkeys(_inside(words)))


def _by_egfr(words: str, is_below: bool) -> tuple[str, str] | None:
    """What a number for the kidneys means: KDIGO's stages 4 and 5, stage 3, or none of them.

    `is_below`: they filter less than that number.
    """
    found = re.search(_EGFR, words)
    if not found:
        return None
    filtered = int(found[1]) - is_below
    if filtered < published_limits.EGFR_SEVERE_BELOW:
        return _BY_NAME["severe kidney disease"]
    if filtered < published_limits.EGFR_MODERATE_BELOW:
        return _BY_NAME["kidney disease"]
    return NONE, f"eGFR {filtered}"


def _inside(words: list[str]) -> Iterator[tuple[str, str]]:
    """The illnesses that some of the words name, the longest names first, no word twice."""
    used: set[int] = set()
    for length in range(min(_LONGEST_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            found = _BY_NAME.get(name := " ".join(words[start : start + length]))
            if found and not places & used and found[0] in _ILLNESSES and name not in _ALONE:
                used |= places
                yield found


def nearest_condition(written: str) -> str | None:
    """The known name nearest to one that is not known, where any is near."""
    return nearest(key_of(written), _BY_NAME)
