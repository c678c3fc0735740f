"""Every rule in one table: its id, how grave, how sure, when, what it says, and who says so.

Confidence: H strong, M moderate, L weak (a note at most), - house. Sources are keys of sources.py.
The numbers in the conditions are those of published_limits.py; the words behind each rule are in
reasons.py.
Not here, because nobody should rely on it: a D3:K2 ratio (K2-RATIO), magnesium or vitamin A
because of D3 (MG-PAIR, VITA-PAIR).
"""

from collections.abc import Iterator

from dosebell_host.advice.findings import WARNING, Rule, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.rules import (
    amounts,
    blood_tests,
    bound,
    listed,
    medicines,
    missed,
    person,
    timing,
    unsaid,
    upper_levels,
    vitamin_d,
    vitamin_k,
)
from dosebell_host.advice.words import near_hint
from dosebell_host.reference.nearest import nearest


def unknown_acceptance(intake: Intake) -> Iterator[Seen]:
    """ACCEPT-UNKNOWN."""
    for name in sorted({each.rule for each in intake.schedule.accepts} - RULES.keys()):
        near = nearest(name, [each.lower() for each in RULES])
        hint = near_hint(near.upper() if near else None)
        yield Seen(WARNING, (), f'"{name}"{hint}', {"name": name})


# Where there may be too much calcium in the blood, what it is known by [68].
_SIGNS = " Thirst, much urine, constipation, confusion: signs of too much calcium; see a doctor."

# fmt: off
_TABLE = (
    # Timing.
    Rule(
        "D3-FAT", "warning, note", "M",
        "vitamin D with no food or a meal under {FAT_FREE_BELOW_G} g of fat; note: up to"
        " {FAT_ENOUGH_G} g, or not known",
        "Vitamin D is absorbed better with a meal that has some fat (about {FAT_ENOUGH_G} g). It"
        " still works with less.",
        ("11", "12", "14"), timing.d_with_fat,
        against=("13",),
    ),
    Rule(
        "K2-FAT", "warning, note", "M",
        "as D3-FAT for MK-4; for MK-7 (confidence L) a note at most",
        "K2 dissolves in fat. Take it with the same meal. (MK-4 drug label: after meals.)",
        ("8", "9"), timing.k_with_fat,
    ),
    Rule(
        "D3-LATE", "note", "L",
        "vitamin D under {BEFORE_BED_MIN:time} before or after bedtime and not with food",
        "Some people prefer vitamin D earlier. Evidence that it disturbs sleep is weak. Dinner"
        " is fine.",
        ("36",), timing.late,
    ),
    Rule(
        "D3-SLOT", "note", "-",
        "vitamin D at a time, and no word of a meal",
        "Link the dose to a meal you always eat.",
        ("house",), timing.without_meal,
    ),
    Rule(
        "BP-FIRST", "error", "H",
        "a dose or a meal within the label's wait of an oral bisphosphonate that comes first:"
        " alendronate {BISPHOSPHONATE_FIRST_MIN[alendronate]:time}, risedronate"
        " {BISPHOSPHONATE_FIRST_MIN[risedronate]:time}, ibandronate"
        " {BISPHOSPHONATE_FIRST_MIN[ibandronate]:time}, etidronate"
        " {BISPHOSPHONATE_FIRST_MIN[etidronate]:time}",
        "By its label this bone medicine comes first and alone, with plain water, {dose_after}"
        " before anything else. Only a supplement may go elsewhere; of another medicine ask your"
        " pharmacist.",
        ("62", "31"), medicines.bone_first,
    ),
    Rule(
        "MISS-DOUBLE", "error, warning", "-",
        "the box asks for a dose when half the time to the next one is over; warning where its"
        " contents are not said, or where a later meal stands in for a missed one",
        "Never take two doses to make up for a missed one.",
        ("41", "house"), missed.doubled,
    ),
    # Amount.
    Rule(
        "D3-UL", "error, warning", "H",
        "vitamin D over {D_UPPER_MCG} mcg a day on average; warning where it is prescribed",
        "The upper limit for adults is {D_UPPER_MCG} mcg ({D_UPPER_MCG:iu} IU) a day unless"
        " a prescriber set it." + _SIGNS,
        ("15", "16", "17", "68"), vitamin_d.upper_level,
    ),
    Rule(
        "D3-LOAEL", "error", "H",
        "vitamin D {D_HARM_MCG} mcg a day or more, and no dated course",
        "{D_HARM_MCG} mcg ({D_HARM_MCG:iu} IU) a day is where EFSA saw harm in trials. Check with"
        " the prescriber." + _SIGNS,
        ("16", "68"), vitamin_d.harm,
    ),
    Rule(
        "D3-RDA", "note", "H",
        "vitamin D over {D_RDA_MCG} mcg a day ({D_RDA_OLD_MCG} above {D_RDA_OLD_ABOVE_YEARS}"
        " years) up to {D_UPPER_MCG}, not prescribed",
        "More than the recommended {D_RDA_MCG}/{D_RDA_OLD_MCG} mcg. The Endocrine Society does not"
        " advise more for healthy adults under {D_HEALTHY_BELOW_YEARS}.",
        ("18",), vitamin_d.recommended,
    ),
    Rule(
        "D3-SUM", "note", "H",
        "vitamin D in more than one dose",
        "Vitamin D is in more than one item: {list}. Total {x} mcg.",
        ("20",), vitamin_d.in_several,
    ),
    Rule(
        "D3-SINGLE", "error", "H",
        "{D_SINGLE_MCG} mcg of vitamin D or more at one time, not prescribed;"
        " {D_NEVER_SINGLE_MCG} mcg always",
        "Single doses as high as this are on prescription only, and very high ones once a year"
        " led to more falls and fractures. Ask your doctor or pharmacist.",
        ("39", "40"), vitamin_d.at_one_time,
    ),
    Rule(
        "D3-COURSE", "error, warning", "H",
        "over {D_UPPER_MCG} mcg a day by prescription, with neither an end within"
        " {D_COURSE_AT_MOST_DAYS:weeks} weeks nor a review date; warning: a course of more than"
        " {D_COURSE_TOTAL_MCG} mcg in all",
        "A course of high doses has an end, or a day of review, which the prescriber knows. Write"
        " it into the file, and the dose that follows the course.",
        ("40",), vitamin_d.course,
    ),
    Rule(
        "K2-HIGH", "warning", "H",
        "vitamin K over {K_UNLIKELY_HARM_MCG} mcg a day, not prescribed",
        "NHS: up to {K_UNLIKELY_HARM_MCG:mg} mg a day is unlikely to harm; of more there is not"
        " enough evidence. Ask your pharmacist.",
        ("4",), vitamin_k.high,
    ),
    Rule(
        "K-AI", "note", "H",
        "any vitamin K2",
        "Adequate intake is for total vitamin K, not K2: {K_ADEQUATE_US_MEN_MCG}/"
        "{K_ADEQUATE_US_WOMEN_MCG} mcg (US men/women), {K_ADEQUATE_EU_MCG} mcg (EU, as K1). No"
        " upper limit has been set; that is not proof of safety.",
        ("2", "3"), vitamin_k.adequate,
    ),
    Rule(
        "MG-UL", "warning, note", "H",
        "magnesium over {MG_EU_MG} mg a day (note; left out where KIDNEY-MG is an error), over"
        " {MG_US_MG} (warning)",
        "Upper level for magnesium from supplements is {MG_US_MG} mg a day (IOM); Europe uses"
        " {MG_EU_MG}. More can cause diarrhoea.",
        ("28", "28b"), amounts.magnesium,
    ),
    Rule(
        "MG-ELEM", "error, note", "H",
        "magnesium of which the basis is not elemental, where MG-UL would say something else of"
        " the metal than of the salt: warn (error), or note",
        "Is {x} mg the magnesium or the whole salt? Glycinate is about"
        " {GLYCINATE_ELEMENTAL:percent} % magnesium. Write basis = \"elemental\" or \"compound\".",
        ("44",), amounts.which_magnesium,
    ),
    Rule(
        "VITA-UL", "error, warning", "H",
        "preformed vitamin A over {A_LONG_TERM_MCG} mcg RAE a day (warning), over {A_UPPER_MCG}"
        " (error)",
        "The upper level of vitamin A as retinol is {A_UPPER_MCG} mcg ({A_UPPER_MCG:iu_of_a} IU) a"
        " day; the NHS advises no more than {A_LONG_TERM_MCG} mcg for long. Ask your pharmacist.",
        ("34",), upper_levels.vitamin_a,
    ),
    Rule(
        "AGE-ADULT", "error", "H",
        "age under {ADULT_YEARS}",
        "These limits are for adults. What a child takes, and how much, a doctor should say.",
        ("16",), person.adult,
    ),
    Rule(
        "UNIT-IU", "error", "H",
        "IU of vitamin K or a mineral; IU of vitamin A without a form; mcg and IU that differ"
        " by more than {LABEL_DISAGREES_ABOVE:percent} %",
        "The units do not agree: {a} mcg is {b} IU.",
        ("35",), amounts.units_disagree,
    ),
    Rule(
        "UNIT-SLIP", "error, warning", "H",
        "MK-7 over {MK7_SLIP_MCG} mcg, MK-4 over {MK4_SLIP_MCG:mg} mg a day, other vitamin K over"
        " {MK4_SLIP_MCG:mg} mg, magnesium over {MG_SLIP_MG} mg, retinol over {A_SLIP_MCG} mcg,"
        " vitamin D over {D_NEVER_SINGLE_MCG} mcg, selenium over {SLIP_MG[se]} mg, iodine over"
        " {SLIP_MG[iodine]}, zinc over {SLIP_MG[zn]}, iron over {SLIP_MG[fe]}, calcium over"
        " {SLIP_MG[ca]}, vitamin B6 over {SLIP_MG[b6]}, vitamin E over {SLIP_MG[e]}, biotin over"
        " {SLIP_MG[biotin]} mg at one time; round mcg of vitamin D from {D_SLIP_MCG}, of A from"
        " {A_SLIP_ROUND_MCG} on, also in listed medicines; warning: vitamin D in mg, or under"
        " {D_SLIP_BELOW_MCG:iu} IU",
        "This looks like mg typed for mcg. Check the label.",
        ("house",), amounts.slips,
    ),
    # Pairing and frequency.
    Rule(
        "K2-PAIR", "note", "L",
        "want_pair = true, and vitamin D without K2 at the same time",
        "You asked for D3 and K2 together; they are in different slots. This is convenience,"
        " not a safety rule.",
        ("5", "37"), vitamin_k.pair,
    ),
    Rule(
        "MK4-SPLIT", "note", "M",
        "{MK4_SPLIT_MCG:mg} mg of MK-4 or more a day in one dose",
        "MK-4 leaves the blood within hours. The Japanese drug label divides {MK4_SLIP_MCG:mg} mg"
        " into three doses after meals. Follow your prescriber.",
        ("8", "10"), vitamin_k.mk4_at_once,
    ),
    Rule(
        "MK4-MCG", "note", "M",
        "MK-4 of {MK4_UNSEEN_MCG} mcg or less",
        "In a study of ten women {MK4_STUDIED_MCG} mcg MK-4 did not show up in blood; splitting it"
        " has not been tested.",
        ("10",), vitamin_k.mk4_small,
    ),
    Rule(
        "MK7-ONCE", "note", "M",
        "MK-7 more than once a day",
        "MK-7 stays for days; once a day is enough.",
        ("7", "10"), vitamin_k.mk7_often,
    ),
    Rule(
        "K2-FORM", "note", "H",
        "vitamin K2 without its form",
        "Vitamin K2 is sold as MK-7 or as MK-4, which behave differently. If the label names one,"
        " write it down as well.",
        ("10",), vitamin_k.without_form,
    ),
    Rule(
        "K2-TOPICAL", "note", "L",
        "vitamin K2 with route = \"topical\"",
        "We have no reliable data on K2 through the skin. The reminder keeps it, the checks"
        " skip it.",
        ("house",), vitamin_k.topical,
    ),
    Rule(
        "D3-INTERVAL", "warning, note", "M",
        "vitamin D not daily; warning: {D_SPACED_DAYS} days or more apart, from"
        " {D_SPACED_AGE_YEARS} years on",
        "That is {x} mcg a day on average. From the age of {D_SPACED_AGE_YEARS} on guidelines"
        " prefer small daily doses to large ones further apart.",
        ("18b",), vitamin_d.spaced,
    ),
    Rule(
        "D3-WEEKDAY", "error", "H",
        "{D_SINGLE_MCG} mcg of vitamin D or more, less than {D_WEEKLY_DAYS} days apart; or called"
        " weekly, and not on exactly one weekday",
        "A weekly capsule is set to repeat {days}.",
        ("house",), vitamin_d.weekly,
    ),
    # Medicines.
    Rule(
        "K2-VKA", "error, warning", "H",
        "any vitamin K, and a vitamin K antagonist, or what may be one; warning once accepted,"
        " which means that the clinic agreed, and for vitamin K on the skin or in natto",
        "You listed {drug}. Vitamin K2 can change how it works, even {MK7_INR_MCG} mcg. Do not"
        " start, stop or change K2 without your anticoagulant clinic.",
        ("1", "6", "7", "8", "76"), vitamin_k.antagonist,
    ),
    Rule(
        "K2-VKA-STEADY", "warning", "H",
        "K2-VKA accepted, and the amount varies, days are left out or a catch-up is asked for",
        "Same amount every day, no catch-up doses. Tell the clinic about missed or changed doses.",
        ("1", "6"), vitamin_k.unsteady,
    ),
    Rule(
        "K2-DOAC", "note", "M",
        "any vitamin K, and a blood thinner that does not work through it; only with --verbose",
        "These do not work through vitamin K. Still tell your pharmacist what you take.",
        ("45",), vitamin_k.not_antagonist,
        on_request=True,
    ),
    Rule(
        "D3-THIAZIDE", "warning", "H",
        "vitamin D and a thiazide",
        "With vitamin D (and calcium) this can raise blood calcium. Ask whether yours should"
        " be checked." + _SIGNS,
        ("22", "24", "68"), medicines.thiazide,
    ),
    Rule(
        "D3-DIGOXIN", "error, warning", "H",
        "vitamin D and digoxin; error over {D_UPPER_MCG} mcg a day",
        "High calcium can make digoxin dangerous. Ask whether this much vitamin D was agreed.",
        ("22", "23", "24"), medicines.digoxin,
    ),
    Rule(
        "D3-ANALOG", "error", "H",
        "vitamin D and a medicine that is a form of it",
        "You already take a form of vitamin D. Adding more needs your prescriber.",
        ("23b", "24"), medicines.analog,
    ),
    Rule(
        "D3-DILTIAZEM", "note", "M",
        "vitamin D and diltiazem or verapamil",
        "High calcium may weaken this medicine, and much vitamin D may raise calcium. Ask your"
        " pharmacist.",
        ("24",), medicines.heart_calcium,
    ),
    Rule(
        "VIT-ORLISTAT", "error, warning", "H",
        "vitamin D, K, A or E under {ORLISTAT_VITAMIN_MIN:time} from orlistat (error), under"
        " {ORLISTAT_VITAMIN_CAUTIOUS_MIN:time} (warning)",
        "Orlistat blocks these vitamins. Its label keeps them {ORLISTAT_VITAMIN_MIN:time} away"
        " (Swiss labels {ORLISTAT_VITAMIN_CAUTIOUS_MIN:time}) or at bedtime.",
        ("67", "23"), medicines.orlistat,
    ),
    Rule(
        "VIT-RESIN", "error, warning", "H",
        "vitamin D, K, A or E under {RESIN_AFTER_VITAMIN_MIN:time} before or"
        " {RESIN_BEFORE_VITAMIN_MIN:time} after a bile acid resin (error), under"
        " {RESIN_AFTER_VITAMIN_CAUTIOUS_MIN:time} before or"
        " {RESIN_BEFORE_VITAMIN_CAUTIOUS_MIN:time} after (warning)",
        "It binds vitamins. Labels want them {RESIN_AFTER_VITAMIN_MIN:time} before it, or"
        " {RESIN_BEFORE_VITAMIN_MIN:time} to {RESIN_BEFORE_VITAMIN_CAUTIOUS_MIN:time} after it"
        " (Swiss label: {RESIN_AFTER_VITAMIN_CAUTIOUS_MIN:time} either way).",
        ("23", "22", "67b", "26"), medicines.resin,
    ),
    Rule(
        "VIT-MINOIL", "warning", "H",
        "vitamin D, K, A or E under {MINERAL_OIL_VITAMIN_MIN:time} from mineral oil",
        "Mineral oil carries vitamins away. Labels want {MINERAL_OIL_VITAMIN_MIN:time} between"
        " them.",
        ("22", "23"), medicines.mineral_oil,
    ),
    Rule(
        "D3-INDUCER", "note", "H",
        "vitamin D and phenytoin, phenobarbital, primidone, carbamazepine, rifampicin or"
        " isoniazid",
        "This can lower vitamin D. Your prescriber may want a different dose; do not change it"
        " here.",
        ("20", "23", "24"), medicines.inducer,
    ),
    Rule(
        "D3-STEROID", "note", "H",
        "vitamin D and a steroid that is swallowed",
        "Steroids reduce calcium absorption and vitamin D effect. Ask your prescriber.",
        ("22", "24"), medicines.steroid,
    ),
    Rule(
        "K-ABX", "note", "M",
        "an antibiotic for more than {ANTIBIOTIC_LONG_ABOVE_DAYS} days, or beside a vitamin K"
        " antagonist",
        "Long antibiotic courses can lower vitamin K. If you take warfarin tell the clinic.",
        ("46",), vitamin_k.long_antibiotic,
    ),
    Rule(
        "D3-STATIN", "note", "L",
        "vitamin D and atorvastatin, lovastatin or simvastatin",
        "Listed by Mayo/ODS as a possible interaction; low risk. Mention it to your pharmacist.",
        ("24", "25"), medicines.statin,
    ),
    Rule(
        "MIN-LEVO", "error", "H",
        "a mineral under {LEVOTHYROXINE_MINERAL_MIN:time} from levothyroxine",
        "Minerals stop levothyroxine being absorbed; labels ask for {dose_after}. Only a"
        " supplement may go elsewhere.",
        ("60", "22"), medicines.levothyroxine,
    ),
    Rule(
        "MIN-BP", "error, warning", "H",
        "a mineral under {BISPHOSPHONATE_MINERAL_MIN:time} from an oral bisphosphonate; error"
        " within the label's wait",
        "Minerals bind your bone medicine. {BISPHOSPHONATE_MINERAL_MIN:time} between them are"
        " careful; its label asks for {dose_after} at least.",
        ("22", "62", "62b", "29"), medicines.bone_minerals,
    ),
    Rule(
        "MIN-QUIN", "error", "H",
        "a mineral within the label's hours after or before a quinolone: ciprofloxacin and"
        " delafloxacin {QUINOLONE_BEFORE_MINERAL_MIN[ciprofloxacin]:time} and"
        " {QUINOLONE_AFTER_MINERAL_MIN[ciprofloxacin]:time}, levofloxacin, ofloxacin and"
        " norfloxacin {QUINOLONE_BEFORE_MINERAL_MIN[levofloxacin]:time} and"
        " {QUINOLONE_AFTER_MINERAL_MIN[levofloxacin]:time}, moxifloxacin"
        " {QUINOLONE_BEFORE_MINERAL_MIN[moxifloxacin]:time} and"
        " {QUINOLONE_AFTER_MINERAL_MIN[moxifloxacin]:time}",
        "Minerals bind this antibiotic. Its label wants them {dose_after} after it or"
        " {dose_before} before it. Only a supplement may go elsewhere.",
        ("61", "61b", "61c", "22", "32"), medicines.quinolone,
    ),
    Rule(
        "MIN-TETRA", "error, warning", "H",
        "a mineral under {TETRACYCLINE_BEFORE_MINERAL_MIN:time} after or"
        " {TETRACYCLINE_AFTER_MINERAL_MIN:time} before a tetracycline (error), under"
        " {TETRACYCLINE_AFTER_MINERAL_CAUTIOUS_MIN:time} before (warning)",
        "Minerals bind this antibiotic. Labels want them {dose_after} after it or {dose_before} to"
        " {dose_before_careful} before it. Only a supplement may go elsewhere.",
        ("22",), medicines.tetracycline,
    ),
    # Conditions.
    Rule(
        "D3-CONTRA", "error, warning", "H",
        "vitamin D with hypercalcaemia, hypercalciuria, hypervitaminosis D, kidney stones or"
        " severe kidney disease; warning where it is a listed medicine",
        "Vitamin D leaflets say not to take it with {condition} unless a doctor decides.",
        ("20", "21", "48"), person.contra,
    ),
    Rule(
        "D3-CAUTION", "warning", "H",
        "vitamin D with an illness that raises calcium, mild or moderate kidney disease,"
        " cancer, or lying still for long",
        "With {condition} vitamin D can raise calcium. A doctor should set and monitor it.",
        ("20", "21", "68"), person.caution,
    ),
    Rule(
        "ABSORB", "note", "M",
        "a vitamin that dissolves in fat, with an illness of the gut or pancreas",
        "With this illness less of a vitamin may get into the body. How much is right, your doctor"
        " knows.",
        ("69", "69b"), person.absorbs_badly,
    ),
    Rule(
        "PREG-D", "error, warning, note", "H",
        "vitamin D while pregnant or breastfeeding: a note; over {PREGNANT_D_WARN_MCG} mcg a day a"
        " warning; over {PREGNANT_D_UPPER_MCG}, or {D_SINGLE_MCG} at one time not prescribed, an"
        " error",
        "UK advice in pregnancy is {PREGNANT_D_USUAL_MCG} mcg a day; a UK formulary allows up to"
        " {PREGNANT_D_WARN_MCG:iu} IU ({PREGNANT_D_WARN_MCG} mcg) and advises against"
        " high-strength products.",
        ("16", "40", "51"), vitamin_d.pregnancy,
    ),
    Rule(
        "PREG-A", "error, warning", "H",
        "preformed vitamin A or liver oil while pregnant or planning it; warning where it is"
        " listed as a medicine",
        "UK advice: vitamin A supplements should not be taken in pregnancy. Ask your midwife or"
        " doctor.",
        ("34", "51"), amounts.a_in_pregnancy,
    ),
    Rule(
        "PREG-K2", "note", "L",
        "vitamin K2 while pregnant or breastfeeding",
        "Ask a midwife or pharmacist first.",
        ("article",), vitamin_k.pregnancy,
    ),
    Rule(
        "KIDNEY-MG", "error", "H",
        "magnesium with moderate or severe kidney disease, not prescribed",
        "Magnesium leaves the body by the kidneys. With kidney disease ask your doctor first.",
        ("28",), amounts.magnesium_with_kidneys,
    ),
    # Blood tests.
    Rule(
        "D3-TARGET", "warning", "H",
        "a 25(OH)D target above {LAB_CONCERN_NG_ML} ng/mL (as much in nmol/L)",
        "This target is above {LAB_CONCERN_NG_ML} ng/mL, where IOM sees reason for concern. Use"
        " your clinician's target.",
        ("15",), person.target,
    ),
    Rule(
        "D3-TEST", "note", "H",
        "a 25(OH)D test every so many months",
        "Routine testing is not advised for healthy adults, and labs in the file is no reminder."
        " If your clinician asked for a test, blood-test.toml among the ready-made schedules is"
        " one.",
        ("18",), person.routine_test,
    ),
    Rule(
        "D3-CALCIUM", "note", "M",
        "vitamin D over {D_CALCIUM_CHECK_ABOVE_MCG} mcg a day for more than"
        " {D_LONG_TERM_ABOVE_DAYS:weeks} weeks; left out where the amount is an error",
        "UK product information asks for calcium checks on long-term use above"
        " {D_CALCIUM_CHECK_ABOVE_MCG:iu} IU a day. Ask your doctor." + _SIGNS,
        ("20", "68"), vitamin_d.calcium_checks,
    ),
    Rule(
        "LAB-UNIT", "error", "H",
        "a 25(OH)D target without a unit, or above {LAB_ONLY_NMOL_ABOVE_NG_ML} ng/mL",
        "One ng/mL is {NMOL_L_PER_NG_ML} nmol/L.",
        ("15",), person.lab_unit,
    ),
    # What the file leaves unsaid.
    Rule(
        "PERSON-NONE", "note", "-",
        "no [person] in the file",
        "Without [person] the checks know no age, medicines, illnesses, kidneys, pregnancy or"
        " bedtime, so nothing was checked against them.",
        ("house",), person.no_person,
    ),
    Rule(
        "K2-NO-LIST", "warning", "-",
        "vitamin K, and no list of medicines",
        "Vitamin K2 can change how warfarin and its kin work. List your medicines under"
        " [person]; medicines = [] says there are none.",
        ("1", "house"), vitamin_k.without_list,
    ),
    Rule(
        "MED-UNKNOWN", "warning", "-",
        "a medicine that the checks do not know",
        "Nothing is known here of it, so nothing was checked against it. Ask your pharmacist"
        " whether it goes with the rest, or write its generic name.",
        ("house",), person.unknown_medicine,
    ),
    Rule(
        "MED-TIME", "warning", "-",
        "a medicine without a time, where hours matter; also a mineral that is one",
        "How far apart they are was not checked. Add at = \"HH:MM\" to the medicine.",
        ("house",), medicines.without_time,
    ),
    Rule(
        "COND-UNKNOWN", "warning", "-",
        "a condition that the checks do not know",
        "The checks do not know this condition, so nothing was checked against it. Ask your"
        " pharmacist.",
        ("house",), person.unknown_condition,
    ),
    Rule(
        "NUTRIENT-UNKNOWN", "warning, note", "-",
        "a nutrient that the checks do not know, or several in one; warning where a known one is"
        " near, or a medicine is listed that vitamin K, vitamin D or a mineral matters to",
        "The checks do not know this nutrient, so nothing was checked about it.",
        ("house",), unsaid.unknown_nutrient,
    ),
    Rule(
        "NUTR-ASK", "warning, note", "M",
        "turmeric, glucosamine, a coenzyme Q, fish oil or fibre beside a blood thinner; fibre"
        " beside levothyroxine; iodine beside an ill thyroid; copper beside what minerals bind;"
        " potassium beside ill kidneys or what keeps it in the blood",
        "One may matter to the other, and nothing that was read says from how much on, so nothing"
        " was checked. Ask your pharmacist.",
        ("80", "80b", "81", "81b"), bound.may_matter,
    ),
    Rule(
        "ACCEPT-UNKNOWN", "warning", "-",
        "[[accept]] of a rule that there is not",
        "There is no such rule, so this accepts nothing.",
        ("house",), unknown_acceptance,
    ),
    # More medicines, and minerals beside minerals.
    Rule(
        "VITA-RETINOID", "error, warning", "H",
        "preformed vitamin A or liver oil, and isotretinoin, acitretin or bexarotene",
        "This medicine is a form of vitamin A; labels say not to add more of it unless the doctor"
        " says so. Ask the prescriber.",
        ("63", "63b", "63c"), bound.retinoid,
    ),
    Rule(
        "MIN-BOUND", "error, warning", "H",
        "a mineral that the label of a medicine names, within the hours it names: cefdinir,"
        " mycophenolate, dolutegravir, bictegravir, elvitegravir, cabotegravir, raltegravir,"
        " eltrombopag, penicillamine, deferiprone, hydroxychloroquine, rosuvastatin",
        "Minerals bind this medicine. Its label wants them {dose_after} after it or {dose_before}"
        " before it. Only a supplement may go elsewhere.",
        ("64a", "64b", "64c", "64g", "64h", "64d", "64e", "64f"), bound.bound,
    ),
    Rule(
        "IRON-ASK", "warning, note", "M",
        "iron, and levodopa or methyldopa (warning) or mycophenolate (note)",
        "Iron may keep this medicine from working, and no label that was read says how many hours"
        " apart are enough. Ask your pharmacist.",
        ("66", "66b"), bound.iron_ask,
    ),
    Rule(
        "CA-IRON", "warning, note", "H",
        "calcium under {CALCIUM_IRON_MIN:time} from iron (warning) or zinc (note), in two doses",
        "Calcium keeps iron and zinc from being absorbed; labels ask for {CALCIUM_IRON_MIN:time}"
        " between them.",
        ("22",), bound.calcium_and_iron,
    ),
    # More amounts, illnesses and tests.
    Rule(
        "CA-UL", "error, warning", "H",
        "calcium over {CA_UNLIKELY_HARM_MG} mg a day, not prescribed (warning), over"
        " {CA_UPPER_MG} (error)",
        "NHS: up to {CA_UNLIKELY_HARM_MG} mg a day from supplements are unlikely to harm. EFSA's"
        " upper level is {CA_UPPER_MG} mg, food and supplements together." + _SIGNS,
        ("55", "56", "68"), upper_levels.calcium,
    ),
    Rule(
        "CA-CONTRA", "error, warning", "H",
        "calcium without vitamin D, and hypercalcaemia, hypercalciuria, hypervitaminosis D, kidney"
        " stones or severe kidney disease; warning where it is prescribed or a listed medicine",
        "Labels of calcium say not to take it with {condition} unless a doctor decides.",
        ("78", "78b"), person.calcium_contra,
    ),
    Rule(
        "CA-CAUTION", "warning", "H",
        "calcium without vitamin D, and sarcoidosis, primary hyperparathyroidism, cancer, lying"
        " still for long, or kidneys that work badly",
        "Labels of calcium ask for care with {condition}, as calcium in the blood may rise. Ask"
        " your doctor.",
        ("78", "78b"), person.calcium_caution,
    ),
    Rule(
        "CA-THIAZIDE", "warning", "H",
        "calcium and a thiazide, and no vitamin D",
        "A thiazide keeps calcium in the body; labels of calcium ask for checks of the blood. Ask"
        " whether yours should be checked." + _SIGNS,
        ("78", "22", "68"), medicines.calcium_and_thiazide,
    ),
    Rule(
        "CA-DIGOXIN", "warning", "H",
        "calcium without vitamin D, and digoxin",
        "Calcium can make digoxin dangerous: one UK label rules calcium supplements out beside it,"
        " others ask for checks of heart and blood. Ask whether this much calcium was agreed.",
        ("78b", "22", "78c"), medicines.calcium_and_digoxin,
    ),
    Rule(
        "CA-ANALOG", "warning", "H",
        "calcium without vitamin D, and a medicine that is a form of vitamin D",
        "Such a medicine brings more calcium into the blood, and its label wants the calcium that"
        " is taken besides agreed with the prescriber. Ask whether yours is." + _SIGNS,
        ("79", "68"), medicines.calcium_and_analog,
    ),
    Rule(
        "NUTR-UL", "warning, note", "H",
        "iron, zinc, selenium, iodine, vitamin B6 or E over the upper level of Europe (note) or"
        " of IOM (warning), not prescribed; niacin, folic acid, vitamin C, copper, manganese,"
        " molybdenum and choline over one (note) or both, by each dose alone",
        "Upper levels of {nutrient} a day, food and supplements together: {europe} in Europe, {us}"
        " in the US.",
        ("57b", "57", "57c", "57d", "57e"), upper_levels.others,
    ),
    Rule(
        "E-THINNER", "warning", "M",
        "vitamin E of {E_BLEEDING_MG} mg a day or more, and a blood thinner, a heparin or what"
        " keeps platelets from clotting, as aspirin and clopidogrel",
        "From about this amount on vitamin E may add to bleeding beside this medicine. Ask your"
        " anticoagulant clinic or pharmacist.",
        ("58", "58b"), upper_levels.vitamin_e_beside_thinner,
    ),
    Rule(
        "SALT-UNKNOWN", "note", "-",
        "iron or zinc with basis = \"compound\"",
        "How much of a salt is the metal was not said, so it was counted in no sum. Write the"
        " metal, with basis = \"elemental\".",
        ("house",), upper_levels.of_a_salt,
    ),
    Rule(
        "BIOTIN-TEST", "warning, note", "M",
        "biotin over {BIOTIN_QUIET_MCG} mcg (warning from {BIOTIN_MUCH_MCG} on), and a thyroid"
        " medicine, an illness of the thyroid or a blood test",
        "Biotin can falsify blood tests, of the thyroid among them. Tell whoever takes the blood"
        " that you take it, and how much.",
        ("59", "59b"), blood_tests.biotin,
    ),
    Rule(
        "KIDNEY-ASK", "warning", "H",
        "vitamin D, magnesium or calcium, one kidney or a new one, and no word of how well it"
        " works",
        "How well the kidneys work matters to vitamin D, magnesium and calcium. Write kidney ="
        " \"none\", \"mild\", \"moderate\" or \"severe\" (what is wrong with them), or their eGFR"
        " among the conditions; your doctor knows.",
        ("20", "21", "65"), person.which_kidneys,
    ),
    Rule(
        "COND-ASK", "warning", "-",
        "liver disease, hypoparathyroidism or a transplant",
        "Nothing that was read says what this illness means for what stands here, so nothing was"
        " checked against it. Ask your doctor.",
        ("house",), person.unanswered,
    ),
    # What names say, and leave open.
    Rule(
        "CONTENTS-NONE", "warning, note", "-",
        "a dose without contents; warning where its name reads like a vitamin D or K, a mineral"
        " or a medicine, or like one with a slip in it, or a medicine is listed that one of these"
        " matters to",
        "How much of what is in it is not written, so no amount was checked. Ask your pharmacist"
        " whether it goes with the rest, or write what the label says in contents; an empty list"
        " says that it holds no vitamin and no mineral.",
        ("house",), unsaid.without_contents,
    ),
    Rule(
        "NAME-LACKS", "warning, note", "-",
        "a vitamin or mineral in the name of a dose that its contents lack; warning where it"
        " matters to a listed medicine, an illness or a pregnancy",
        "The checks count the contents: what only the name says was not checked. Write what the"
        " label says of it in contents.",
        ("house",), unsaid.lacking,
    ),
    Rule(
        "NAME-AMOUNT", "warning", "-",
        "a dose whose name says another amount than its contents, also not for several pieces",
        "Which of the two is right? The checks count the contents, and the box shows the name.",
        ("house",), unsaid.other_amount,
    ),
    Rule(
        "MED-ASK", "warning", "-",
        "a word of every day, as water tablet, half of a combination that is not known, a"
        " mineral that may be a salt, a supplement among the medicines that is counted in none, or"
        " a medicine that may have been stopped",
        "Many medicines go by these words. Write the name that stands on the packet; your"
        " pharmacist can tell you which one it is.",
        ("house", "70", "71", "71b"), listed.asks,
    ),
    Rule(
        "MED-ROUTE", "note", "-",
        "a medicine that is not swallowed by its name, where a rule is about the gut; or a dose"
        " with contents that is not",
        "It does not come into the gut, so distances to it were not checked. If it is swallowed,"
        " write its name without that word.",
        ("74", "75", "77"), listed.not_swallowed,
    ),
    Rule(
        "D3-UNCOUNTED", "warning, note", "-",
        "vitamin D among the medicines without an amount, or a high one without its days; warning"
        " where a dose holds vitamin D",
        "This vitamin D is in no sum. Write how much one intake has behind its name, and on which"
        " days it is taken in days.",
        ("72", "73"), listed.uncounted,
    ),
)
# fmt: on

RULES: dict[str, Rule] = {rule.id: rule for rule in _TABLE}
