"""The numbers of the rules, each with its unit in its name and where it comes from.

Numbers in [ ] are those of sources.py; "house" is a choice of dosebell, argued for in its rule.
Exact fractions, because 100.1 µg is over a limit of 100 µg and 100.0 µg is not.
"""

from fractions import Fraction

# Units [35].
D_IU_PER_MCG = 40
RETINOL_MCG_PER_IU = Fraction(3, 10)
NMOL_L_PER_NG_ML = Fraction(5, 2)
CALCIFEDIOL_AS_D3 = Fraction(5, 2)  # [16]
# A label may round: 2 % between its two numbers is no disagreement. House.
LABEL_DISAGREES_ABOVE = Fraction(2, 100)

# Vitamin D, all of it together, averaged over a day.
D_RDA_MCG = 15  # [18]
D_RDA_OLD_MCG = 20  # [18], above this age:
D_RDA_OLD_ABOVE_YEARS = 70
D_HEALTHY_BELOW_YEARS = 75  # [18]
D_UPPER_MCG = 100  # [15] [16] [17]
D_HARM_MCG = 250  # [16]
D_CALCIUM_CHECK_ABOVE_MCG = 25  # [20]
D_LONG_TERM_ABOVE_DAYS = 84  # 12 weeks [20]
D_COURSE_AT_MOST_DAYS = 84  # 12 weeks, house
D_COURSE_TOTAL_MCG = 7_500  # [40]
# Vitamin D at one time.
D_SINGLE_MCG = 500  # 20,000 IU are prescription-only in the UK: house, after [40]
D_NEVER_SINGLE_MCG = 12_500  # [39]
D_PRESCRIBED_CAPSULE_MCG = 1_250  # 50,000 IU, the largest that labels give in mg [40]
# From here on a round number of mcg is taken for IU: labels say 400 IU and 1,000 IU, and no label
# of what is sold without a prescription has as many mcg. House.
D_SLIP_MCG = 400
D_SLIP_STEP_MCG = 100
# What capsules on prescription hold of them, taken once a week or less often: 20,000 IU to
# 300,000 IU. House, after [40].
D_PRESCRIBED_MCG = (500, 1_000, 1_500, 2_000, 2_500, 5_000, 7_500)
# And so few IU no label gives: 25 IU are a slip for 25 mcg. House.
D_SLIP_BELOW_MCG = Fraction(5, 2)
D_WEEKLY_DAYS = 7  # house
D_SPACED_DAYS = 28  # [18b]
D_SPACED_AGE_YEARS = 50  # [18b]
PREGNANT_D_USUAL_MCG = 10  # [51]
PREGNANT_D_WARN_MCG = 50  # [40]
PREGNANT_D_UPPER_MCG = 100  # [16]

# Vitamin K.
K_UNLIKELY_HARM_MCG = 1_000  # [4]
# Adequate intakes, of all vitamin K together.
K_ADEQUATE_US_MEN_MCG = 120  # [2]
K_ADEQUATE_US_WOMEN_MCG = 90  # [2]
K_ADEQUATE_EU_MCG = 70  # [3]
# The least that was tried beside a vitamin K antagonist, and it changed the INR.
MK7_INR_MCG = 10  # [6]
MK4_SPLIT_MCG = 15_000  # [8]
MK4_STUDIED_MCG = 420  # [10]
MK4_UNSEEN_MCG = 1_000  # [10]
MK7_SLIP_MCG = 1_000  # house
MK4_SLIP_MCG = 45_000  # [8]

# Magnesium from supplements, the metal itself.
MG_EU_MG = 250  # [28]
MG_US_MG = 350  # [28]
MG_UK_MG = 400  # [28b]
MG_SLIP_MG = 2_500  # house
GLYCINATE_ELEMENTAL = Fraction(141, 1000)  # [44]
# Of other salts, without their water, which is the most it can be [44].
SALT_SHARES = {
    "mg": {
        "oxide": Fraction(603, 1000),
        "hydroxide": Fraction(417, 1000),
        "carbonate": Fraction(288, 1000),
        "chloride": Fraction(255, 1000),
        "sulfate": Fraction(202, 1000),
        "citrate": Fraction(162, 1000),
        "malate": Fraction(155, 1000),
        "lactate": Fraction(120, 1000),
        "taurate": Fraction(89, 1000),
        "aspartate": Fraction(84, 1000),
        "threonate": Fraction(83, 1000),
        "orotate": Fraction(73, 1000),
        "gluconate": Fraction(59, 1000),
    },
    "ca": {
        "carbonate": Fraction(400, 1000),
        "phosphate": Fraction(388, 1000),
        "chloride": Fraction(361, 1000),
        "citrate": Fraction(241, 1000),
        "lactate": Fraction(184, 1000),
        "gluconate": Fraction(93, 1000),
    },
}

# Calcium from supplements.
CA_UNLIKELY_HARM_MG = 1_500  # [55]
CA_UPPER_MG = 2_500  # [56]

# In mg: Europe's upper level (of iron a safe level), and that of IOM; food counts in both.
UPPER_LEVELS_EU_MG: dict[str, int | Fraction] = {
    "fe": 40,  # [57b]
    "zn": 25,  # [57c]
    "se": Fraction(255, 1000),  # [57b]
    "iodine": Fraction(6, 10),  # [57c]
    "b6": 12,  # [57c]
    "e": 300,  # [57c]
}
UPPER_LEVELS_US_MG: dict[str, int | Fraction] = {  # [57]
    "fe": 45,
    "zn": 40,
    "se": Fraction(4, 10),
    "iodine": Fraction(11, 10),
    "b6": 100,
    "e": 1_000,
}
# In mg, of what is in no sum: the level from which on it is noted, and from which on it is a
# warning, None where only one authority has a level. Europe's for nicotinamide is the higher one.
UPPER_LEVELS_ONE_DOSE_MG: dict[str, tuple[int | Fraction, int | None]] = {
    "vitamin-b3": (35, 900),  # [57d] [57c]
    "vitamin-b9": (1, 1),  # [57d] [57e]
    "vitamin-c": (2_000, None),  # [57d]
    "copper": (5, 10),  # [57e]
    "manganese": (11, None),  # [57e]
    "molybdenum": (Fraction(6, 10), 2),  # [57e]
    "choline": (3_500, None),  # [57d]
}
# The natural form, which is the greater one: the label of the other counts as too much. [58]
E_MCG_PER_IU = 670
# Natural, synthetic, and the milligrams of older labels, which weigh the ester [58].
E_MCG_PER_IU_OF_ANY = (670, 450, 1_000)
E_BLEEDING_MG = 180  # [58]

# In mg: no product has more of it in one dose. House.
SLIP_MG = {
    "se": 5,
    "iodine": 50,
    "zn": 500,
    "fe": 2_000,
    "ca": 5_000,
    "b6": 1_000,
    "e": 5_000,
    "biotin": 1_000,
}

# Up to here biotin does not disturb a test; from there on it is sold for hair and nails.
BIOTIN_QUIET_MCG = 30  # [59]
BIOTIN_MUCH_MCG = 1_000  # house

# Vitamin A as retinol or its esters.
A_LONG_TERM_MCG = 1_500  # [34]
A_UPPER_MCG = 3_000  # [34]
A_SLIP_MCG = 30_000  # house
# From here on round thousands of mcg are taken for IU: labels say 5,000 IU and 10,000 IU. House.
A_SLIP_ROUND_MCG = 5_000
A_SLIP_STEP_MCG = 1_000

# 25(OH)D in blood.
LAB_CONCERN_NG_ML = 50  # [15]
LAB_SUFFICIENT_NG_ML = 20  # [15]
# Above this only nmol/L makes sense: 100 ng/mL was the top of what anyone called enough [19].
LAB_ONLY_NMOL_ABOVE_NG_ML = 100

# Fat in the meal, in grams. House, after [9] and [12]; `--explain D3-FAT` says why.
FAT_ENOUGH_G = 10
FAT_COMFORTABLE_G = (15, 20)
FAT_FREE_BELOW_G = 3
BEFORE_BED_MIN = 180  # house

ADULT_YEARS = 18  # [16]

# How much the kidneys filter, in mL/min/1.73 m2 [65].
EGFR_MODERATE_BELOW = 60
EGFR_SEVERE_BELOW = 30
# Of the stages 1 to 5 of kidney disease, the one between mild and severe [65].
KDIGO_MODERATE_STAGE = 3

# Minutes between a dose and a medicine.
LEVOTHYROXINE_MINERAL_MIN = 240  # [22] [30]
BISPHOSPHONATE_FIRST_MIN = {  # [31] [62]
    "alendronate": 30,
    "risedronate": 30,
    "ibandronate": 60,
    "etidronate": 120,
}
# For one whose name is not among those: the longest of them. House.
BISPHOSPHONATE_FIRST_OTHER_MIN = 120
BISPHOSPHONATE_MINERAL_MIN = 120  # [22] [29]
# From the mineral to the antibiotic, and from the antibiotic to the mineral.
QUINOLONE_AFTER_MINERAL_MIN = {
    "ciprofloxacin": 360,  # [61]
    "delafloxacin": 360,  # [61c]
    "levofloxacin": 120,  # [61b]
    "moxifloxacin": 480,  # [61]
    "norfloxacin": 120,  # [61c]
    "ofloxacin": 120,  # [61c]
}
QUINOLONE_BEFORE_MINERAL_MIN = {
    "ciprofloxacin": 120,  # [61]
    "delafloxacin": 120,  # [61c]
    "levofloxacin": 120,  # [61b]
    "moxifloxacin": 240,  # [61]
    "norfloxacin": 120,  # [61c]
    "ofloxacin": 120,  # [61c]
}
# For one whose name is not among those [29] [32].
QUINOLONE_OTHER_AFTER_MINERAL_MIN = 360
QUINOLONE_OTHER_BEFORE_MINERAL_MIN = 120
TETRACYCLINE_BEFORE_MINERAL_MIN = 120  # [22] [29]
TETRACYCLINE_AFTER_MINERAL_MIN = 240  # [22] [29]
TETRACYCLINE_AFTER_MINERAL_CAUTIOUS_MIN = 360  # [22] [29]
RESIN_AFTER_VITAMIN_MIN = 60  # [26]
RESIN_BEFORE_VITAMIN_MIN = 240  # [26]
RESIN_AFTER_VITAMIN_CAUTIOUS_MIN = 240  # [23]
RESIN_BEFORE_VITAMIN_CAUTIOUS_MIN = 360  # [26]
ORLISTAT_VITAMIN_MIN = 120  # [27]
ORLISTAT_VITAMIN_CAUTIOUS_MIN = 240  # [23]
MINERAL_OIL_VITAMIN_MIN = 240  # [23]

ANTIBIOTIC_LONG_ABOVE_DAYS = 10  # [46]

# Between calcium and iron or zinc [22].
CALCIUM_IRON_MIN = 120
# From such a mineral to the medicine, and from the medicine to the mineral. Which minerals each
# label names is in rules/bound.py.
MINERAL_BOUND_MIN = {
    "cefdinir": (120, 120),  # [64a]
    "mycophenolate": (120, 120),  # [64b]
    "dolutegravir": (360, 120),  # [64c]
    "bictegravir": (360, 120),  # [64c]
    "elvitegravir": (120, 120),  # [64g]
    "cabotegravir": (120, 240),  # [64g]
    # Not at all; what was measured six hours apart was still half.
    "raltegravir": (360, 360),  # [64h]
    "eltrombopag": (240, 120),  # [64d]
    "penicillamine": (120, 120),  # [64e]
    "deferiprone": (240, 240),  # [64e]
    "hydroxychloroquine": (240, 240),  # [64f]
    "rosuvastatin": (0, 120),  # [64f]
}
