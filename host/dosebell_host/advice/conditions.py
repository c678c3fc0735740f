"""Illnesses that the rules know, by the names people write."""

from dosebell_host.advice.nearest import key_of, nearest

# What a condition means to the rules.
CONTRA, CAUTION, ABSORB, NONE = "contra", "caution", "absorb", ""
# What the [person] has keys of its own for; written among the conditions it counts as well.
KIDNEY_SEVERE, KIDNEY_MODERATE, PREGNANT, BREASTFEEDING = (
    "severe",
    "moderate",
    "pregnant",
    "feeding",
)

# (what it means, the name that messages use, other names)
_ROWS: tuple[tuple[str, str, str], ...] = (
    (CONTRA, "hypercalcaemia", "hypercalcemia, high calcium, high blood calcium"),
    (CONTRA, "hypercalciuria", "hypercalcuria, calcium in urine, high urine calcium"),
    (CONTRA, "hypervitaminosis D", "hypervitaminosis_d, vitamin D poisoning, vitamin D toxicity"),
    (
        CONTRA,
        "kidney stones",
        "kidney stone, renal stones, renal stone, nephrolithiasis, urolithiasis, nephrocalcinosis",
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
    (CAUTION, "cancer", "malignancy, breast cancer, prostate cancer, bone metastases, myeloma"),
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
        "kidney failure, renal failure, dialysis, ckd 4, ckd 5, severe renal impairment",
    ),
    (
        KIDNEY_MODERATE,
        "kidney disease",
        "chronic kidney disease, ckd, ckd 3, renal impairment, renal insufficiency, kidneys",
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
        " ibs, reflux, insomnia, glaucoma, none",
    ),
)


def _index() -> dict[str, tuple[str, str]]:
    names = ((row, each) for row in _ROWS for each in (row[1], *row[2].split(",")))
    return {key_of(each): (row[0], row[1]) for row, each in names if each}


_BY_NAME = _index()


def meaning_of(written: str) -> tuple[str, str] | None:
    """What a condition means to the rules and what messages call it, or None if it is unknown."""
    return _BY_NAME.get(key_of(written))


def nearest_condition(written: str) -> str | None:
    """The known name nearest to one that is not known, where any is near."""
    return nearest(key_of(written), _BY_NAME)
