"""Every rule in one table: its id, how grave, how sure, when, what it says, and who says so.

Confidence: H strong, M moderate, L weak (a note at most), - house. Sources are keys of sources.py.
The numbers in the conditions are those of published_limits.py; the words behind each rule are in
reasons.py.
Not here, because nobody should rely on it: a D3:K2 ratio (K2-RATIO), magnesium or vitamin A
because of D3 (MG-PAIR, VITA-PAIR), retinoids beside vitamin A (VITA-RETINOID, unread as yet).
"""

from collections.abc import Iterator

from dosebell_host.advice.findings import WARNING, Rule, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.rules import (
    amounts,
    medicines,
    missed,
    person,
    timing,
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


# fmt: off
_TABLE = (
    # Timing.
    Rule(
        "D3-FAT", "warning, note", "M",
        "vitamin D with no food or a meal under 3 g of fat; note: 3 to 10 g, or not known",
        "Vitamin D is absorbed better with a meal that has some fat (about 10 g). It still"
        " works with less.",
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
        "vitamin D under 3 h before bedtime and not with food",
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
        "a dose or a meal within the label's wait of an oral bisphosphonate: alendronate and"
        " risedronate 30 min, ibandronate 60, etidronate 120",
        "Your bone medicine must be taken first, alone, with plain water. Move the supplement,"
        " not the medicine.",
        ("31",), medicines.bone_first,
    ),
    Rule(
        "MISS-DOUBLE", "error, warning", "-",
        "the box asks for a dose when half the time to the next one is over; warning where its"
        " contents are not said",
        "Never take two doses to make up for a missed one.",
        ("41", "house"), missed.doubled,
    ),
    # Amount.
    Rule(
        "D3-UL", "error, warning", "H",
        "vitamin D over 100 mcg a day on average; warning where it is prescribed",
        "This averages {x} mcg ({iu} IU) of vitamin D a day. The upper limit for adults is 100"
        " mcg (4,000 IU) unless a prescriber set it.",
        ("15", "16", "17"), vitamin_d.upper_level,
    ),
    Rule(
        "D3-LOAEL", "error", "H",
        "vitamin D 250 mcg a day or more, and no dated course",
        "250 mcg (10,000 IU) a day is where EFSA saw harm in trials. Check with the prescriber.",
        ("16",), vitamin_d.harm,
    ),
    Rule(
        "D3-RDA", "note", "H",
        "vitamin D over 15 mcg a day (20 above 70 years) up to 100, not prescribed",
        "More than the recommended 15/20 mcg. The Endocrine Society does not advise more for"
        " healthy adults under 75.",
        ("18",), vitamin_d.recommended,
    ),
    Rule(
        "D3-SUM", "warning, note", "H",
        "vitamin D in more than one dose; warning where the sum is over 100 mcg",
        "Vitamin D is in more than one item: {list}. Total {x} mcg.",
        ("20",), vitamin_d.in_several,
    ),
    Rule(
        "D3-SINGLE", "error", "H",
        "500 mcg of vitamin D or more at one time, not prescribed; 12,500 mcg always",
        "Single high doses are prescription-only and once-a-year mega-doses raised falls and"
        " fractures.",
        ("39", "40"), vitamin_d.at_one_time,
    ),
    Rule(
        "D3-COURSE", "error, warning", "H",
        "over 100 mcg a day by prescription, with neither an end within 12 weeks nor a review"
        " date; warning: a course of more than 7,500 mcg in all",
        "A high-dose course has an end or review date. Enter it, then the maintenance dose.",
        ("40",), vitamin_d.course,
    ),
    Rule(
        "K2-HIGH", "warning", "H",
        "vitamin K over 1,000 mcg a day, not prescribed",
        "NHS: up to 1 mg a day is unlikely to harm; there is not enough evidence above it.",
        ("4",), vitamin_k.high,
    ),
    Rule(
        "K-AI", "note", "H",
        "any vitamin K2",
        "Adequate intake is for total vitamin K, not K2: 120/90 mcg (US men/women), 70 mcg"
        " (EU, as K1). No upper limit has been set; that is not proof of safety.",
        ("2", "3"), vitamin_k.adequate,
    ),
    Rule(
        "MG-UL", "error, warning, note", "H",
        "magnesium over 250 mg a day (note), over 350 (warning); any with moderate or severe"
        " kidney disease, not prescribed (error)",
        "Upper level for magnesium from supplements is 350 mg a day (IOM); Europe uses 250."
        " More can cause diarrhoea.",
        ("28", "28b"), amounts.magnesium,
    ),
    Rule(
        "MG-ELEM", "error", "H",
        "magnesium of which the basis is not elemental",
        "Is {x} mg the magnesium or the whole salt? Glycinate is about 14 % magnesium.",
        ("44",), amounts.which_magnesium,
    ),
    Rule(
        "VITA-UL", "error, warning", "H",
        "preformed vitamin A over 1,500 mcg RAE a day (warning), over 3,000 (error)",
        "Preformed vitamin A: upper level 3,000 mcg RAE (10,000 IU); NHS advises no more than"
        " 1,500 long term.",
        ("34",), amounts.vitamin_a,
    ),
    Rule(
        "AGE-ADULT", "error", "H",
        "age under 18",
        "These limits are for adults. Children need a clinician's schedule.",
        ("16",), person.adult,
    ),
    Rule(
        "UNIT-IU", "error", "H",
        "IU of vitamin K or a mineral; IU of vitamin A without a form; mcg and IU that differ"
        " by more than 2 %",
        "The units do not agree: {a} mcg is {b} IU.",
        ("35",), amounts.units_disagree,
    ),
    Rule(
        "UNIT-SLIP", "error, warning", "H",
        "MK-7 over 1 mg, MK-4 over 45 mg a day, magnesium over 2,500 mg, retinol over 30,000"
        " mcg, vitamin D over 12,500 mcg at one time; warning: vitamin D in mg",
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
        "15 mg of MK-4 or more a day in one dose",
        "MK-4 leaves the blood within hours. The Japanese drug label divides 45 mg into three"
        " doses after meals. Follow your prescriber.",
        ("8", "10"), vitamin_k.mk4_at_once,
    ),
    Rule(
        "MK4-MCG", "note", "M",
        "MK-4 of 1,000 mcg or less",
        "In a 10-woman study 420 mcg MK-4 did not show up in blood; splitting it has not been"
        " tested.",
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
        "MK-4 and MK-7 behave differently. Write which it is.",
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
        "vitamin D not daily; warning: 28 days or more apart, from 50 years on",
        "Averages {x} mcg/day. Guidelines prefer small daily doses to large spaced ones after 50.",
        ("18b",), vitamin_d.spaced,
    ),
    Rule(
        "D3-WEEKDAY", "error", "H",
        "500 mcg of vitamin D or more, less than 7 days apart; or called weekly, and not on"
        " exactly one weekday",
        "A weekly capsule is set to repeat daily.",
        ("house",), vitamin_d.weekly,
    ),
    # Medicines.
    Rule(
        "K2-VKA", "error, warning", "H",
        "any vitamin K, and a vitamin K antagonist; warning once accepted, which means that"
        " the clinic agreed",
        "You listed {drug}. Vitamin K2 can change how it works, even 10 mcg. Do not start,"
        " stop or change K2 without your anticoagulant clinic.",
        ("1", "6", "7", "8"), vitamin_k.antagonist,
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
        " be checked.",
        ("22", "24"), medicines.thiazide,
    ),
    Rule(
        "D3-DIGOXIN", "error, warning", "H",
        "vitamin D and digoxin; error over 100 mcg a day",
        "High calcium can make digoxin dangerous. Stay at the agreed dose.",
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
        "High calcium may weaken this medicine. Avoid high-dose vitamin D.",
        ("24",), medicines.heart_calcium,
    ),
    Rule(
        "VIT-ORLISTAT", "error, warning", "H",
        "vitamin D, K, A or E under 120 min from orlistat (error), under 240 (warning)",
        "Orlistat blocks these vitamins. Keep them 2 h away (Swiss labels 4 h) or use bedtime.",
        ("23", "27"), medicines.orlistat,
    ),
    Rule(
        "VIT-RESIN", "error, warning", "H",
        "vitamin D, K, A or E under 60 min before or 240 after a bile acid resin (error),"
        " under 240 before or 360 after (warning)",
        "Take vitamins at least 1 h before or 4-6 h after this medicine (Swiss label: 4 h"
        " either way).",
        ("22", "23", "26"), medicines.resin,
    ),
    Rule(
        "VIT-MINOIL", "warning", "H",
        "vitamin D, K, A or E under 240 min from mineral oil",
        "Mineral oil reduces vitamin absorption. Space them.",
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
        "an antibiotic for more than 10 days, or beside a vitamin K antagonist",
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
        "a mineral under 240 min from levothyroxine",
        "Minerals stop levothyroxine being absorbed. Keep 4 h apart. Move the mineral.",
        ("22", "30"), medicines.levothyroxine,
    ),
    Rule(
        "MIN-BP", "error, warning", "H",
        "a mineral under 120 min from an oral bisphosphonate; error within the label's wait",
        "Minerals bind your bone medicine. Keep 2 h (label minimum 30-60 min).",
        ("22", "29", "31"), medicines.bone_minerals,
    ),
    Rule(
        "MIN-QUIN", "error", "H",
        "a mineral under 120 min after or 360 before a quinolone (moxifloxacin 240 and 480)",
        "Take the antibiotic 2 h before or 6 h after minerals.",
        ("22", "29", "32"), medicines.quinolone,
    ),
    Rule(
        "MIN-TETRA", "error, warning", "H",
        "a mineral under 120 min after or 240 before a tetracycline (error), under 360 before"
        " (warning)",
        "Take the antibiotic 2 h before or 4-6 h after minerals.",
        ("22", "29", "33"), medicines.tetracycline,
    ),
    # Conditions.
    Rule(
        "D3-CONTRA", "error", "H",
        "vitamin D with hypercalcaemia, hypercalciuria, hypervitaminosis D, kidney stones or"
        " severe kidney disease",
        "Vitamin D leaflets say not to take it with {condition} unless a doctor decides.",
        ("20", "21", "48"), person.contra,
    ),
    Rule(
        "D3-CAUTION", "warning", "H",
        "vitamin D with an illness that raises calcium, mild or moderate kidney disease,"
        " cancer, or lying still for long",
        "With {condition} vitamin D can raise calcium. A doctor should set and monitor it.",
        ("20", "21", "49"), person.caution,
    ),
    Rule(
        "ABSORB", "note", "M",
        "a vitamin that dissolves in fat, with an illness of the gut or pancreas",
        "Absorption may be lower. Dose is for your clinician.",
        ("50",), person.absorbs_badly,
    ),
    Rule(
        "PREG-D", "error, warning, note", "H",
        "vitamin D while pregnant or breastfeeding: a note; over 50 mcg a day a warning; over"
        " 100, or 500 at one time not prescribed, an error",
        "UK advice in pregnancy is 10 mcg a day; a UK formulary allows up to 2,000 IU (50 mcg)"
        " and advises against high-strength products.",
        ("16", "40", "51"), vitamin_d.pregnancy,
    ),
    Rule(
        "PREG-A", "error", "H",
        "preformed vitamin A or liver oil while pregnant or planning it",
        "Vitamin A supplements should not be taken in pregnancy.",
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
        "Kidneys clear magnesium. With kidney disease ask first.",
        ("28",), amounts.magnesium_with_kidneys,
    ),
    # Blood tests.
    Rule(
        "D3-TARGET", "warning", "H",
        "a 25(OH)D target above 50 ng/mL (125 nmol/L)",
        "This target is above 50 ng/mL, where IOM sees reason for concern. Use your"
        " clinician's target.",
        ("15",), person.target,
    ),
    Rule(
        "D3-TEST", "note", "H",
        "a 25(OH)D test every so many months",
        "Routine testing is not advised for healthy adults. Keep the reminder only if your"
        " clinician asked.",
        ("18",), person.routine_test,
    ),
    Rule(
        "D3-CALCIUM", "note", "M",
        "vitamin D over 25 mcg a day for more than 12 weeks; left out where the amount is an"
        " error",
        "UK product information asks for calcium checks on long-term use above 1,000 IU a day."
        " Ask.",
        ("20",), vitamin_d.calcium_checks,
    ),
    Rule(
        "LAB-UNIT", "error", "H",
        "a 25(OH)D target without a unit, or above 100 ng/mL",
        "1 ng/mL is 2.5 nmol/L.",
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
        "The checks do not know this medicine, so nothing was checked against it. Write its"
        " generic name, or ask your pharmacist.",
        ("house",), person.unknown_medicine,
    ),
    Rule(
        "MED-TIME", "warning", "-",
        "a medicine without a time, where hours matter",
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
        "a nutrient that the checks do not know; warning where a known one is near",
        "The checks do not know this nutrient, so nothing was checked about it.",
        ("house",), person.unknown_nutrient,
    ),
    Rule(
        "ACCEPT-UNKNOWN", "warning", "-",
        "[[accept]] of a rule that there is not",
        "There is no such rule, so this accepts nothing.",
        ("house",), unknown_acceptance,
    ),
)
# fmt: on

RULES: dict[str, Rule] = {rule.id: rule for rule in _TABLE}
