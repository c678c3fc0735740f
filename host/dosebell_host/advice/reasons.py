"""The words behind each rule: why it is there, and where the advice people read differs.

"Articles" are popular ones on D3 and K2 that were held against the authorities, claim by claim.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why a rule is as it is; `popular` is "" where popular advice says nothing else."""

    why: str
    popular: str = ""


_FAT_STUDIES = (
    "With a breakfast of 30 % of its energy as fat, peak vitamin D was 32 % higher than with a"
    " fat-free one (50 people, one dose). With 25.6 g of fat against 1.7 g, 25(OH)D was higher at"
    " 7 and 14 days. But another trial says in its title that the meal did not change 25(OH)D. So"
    " this is a warning or a note, and never an error.\n"
    "10 g is a choice of dosebell, between the 8.8 g that was poor for MK-4 and a breakfast of"
    " 300 to 450 kcal with 30 % of fat, which has 10 to 15 g. Dinner or lunch with fat is as good."
)

REASONS: dict[str, Reason] = {
    "D3-FAT": Reason(
        _FAT_STUDIES,
        "An article calls an empty stomach a waste. That is too strong: it still works with less.",
    ),
    "K2-FAT": Reason(
        "The label of MK-4 as a drug (45 mg a day) says after meals; what is taken up rises with"
        " fat until 34.9 g, and is far lower when fasting. For MK-7 the evidence is weak, so it"
        " is a note.",
    ),
    "D3-LATE": Reason(
        "Melatonin was measured in one trial of 40 people at 4,370 IU a day, and what changed had"
        " faded at one year; the time of day was not tested. A trial of 189 people at high doses"
        " saw no effect on sleep. Three hours before bed is a choice of dosebell. Food beats the"
        " clock: dinner with fat is fine.",
        "An article says to avoid D3 late, and that morning is the gold standard. No guideline was"
        " found that says so.",
    ),
    "D3-SLOT": Reason("A dose that hangs on a meal is remembered with it. A choice of dosebell."),
    "BP-FIRST": Reason(
        "Labels: alendronate and risedronate 30 minutes before anything else, ibandronate 60,"
        " etidronate 2 hours. Food and other pills bind it, and it has to go down with plain"
        " water. One whose name is not among those is given the longest of these waits.",
    ),
    "MISS-DOUBLE": Reason(
        "Leaflets say: take a missed dose as soon as possible; close to the next, skip it; never"
        " two at once. How close is not said, so dosebell takes half the time between two doses:"
        " 12 hours for a daily one, three and a half days for a weekly one. A prescriber's leaflet"
        " beats this. Shorten `late`, or name fewer meals.",
    ),
    "D3-UL": Reason(
        "100 mcg (4,000 IU) a day is the upper level for adults of IOM 2011, EFSA 2023 and NHS."
        " Everything that holds vitamin D counts together, averaged over the days; calcifediol"
        " counts 2.5 times. Exactly 100 mcg is not over it.",
        "An article calls 2,000 to 5,000 IU a maintenance dose. Its upper end is over the limit,"
        " which it never mentions.",
    ),
    "D3-LOAEL": Reason(
        "EFSA's lowest dose at which harm was observed in trials is 250 mcg (10,000 IU) a day. A"
        " prescribed course with an end or a review date is exempt; any other needs an acceptance"
        " of its own, besides that of D3-UL.",
        'An article lists "10,000+ IU" as a high dose. That is where harm was seen.',
    ),
    "D3-RDA": Reason(
        "The recommended intake is 15 mcg (600 IU), above 70 years 20 mcg (800 IU). The Endocrine"
        " Society advised in 2024 against more for healthy adults under 75.",
        "Articles agree on 600 to 800 IU, or ask for several times as much.",
    ),
    "D3-SUM": Reason(
        "Product information asks to count every source of vitamin D: a multivitamin, cod-liver"
        " oil and calcium tablets hold it, too.",
    ),
    "D3-SINGLE": Reason(
        "Capsules of 20,000 IU (500 mcg) and more are prescription-only in the UK. 500,000 IU once"
        " a year raised falls (83.4 against 72.7 in 100 years of a person) and fractures (4.9"
        " against 3.9) in 2,256 women, though its average over the year looks harmless.",
    ),
    "D3-COURSE": Reason(
        "Loading courses are 40,000 or 50,000 IU a week for 6 to 8 weeks, about 300,000 IU"
        " (7,500 mcg) in all, and then a maintenance dose. That a course ends within 12 weeks is a"
        " choice of dosebell. `end` is its last day; `review` is when the prescriber looks again.",
    ),
    "K2-HIGH": Reason(
        "No authority has set an upper level for vitamin K. The NHS says that 1 mg or less a day"
        " is unlikely to harm, and that there is not enough evidence about more.",
        "An article calls 1 to 45 mg free of side effects. The drug's own label lists rash,"
        " redness and itching, and rules out warfarin.",
    ),
    "K-AI": Reason(
        "120 and 90 mcg are what men and women in the US take in altogether, mostly as K1 from"
        " greens. EFSA found too little evidence to set a value for K2.",
        "An article gives 90 mcg as the amount of K2. It is for all vitamin K.",
    ),
    "MG-UL": Reason(
        "IOM set 350 mg a day for magnesium from supplements, Europe uses 250, and UK advice is"
        " 400 or less. Food does not count. dosebell notes above 250, and warns above 350.",
        "An article says always at least 400 mg. That is over two of the three.",
    ),
    "MG-ELEM": Reason(
        "400 mg of magnesium glycinate hold 56 mg of magnesium; 400 mg of magnesium are 2.8 g of"
        ' glycinate. Write basis = "elemental" for the metal, "compound" for the salt. Where both'
        " readings say the same, as of 50 mg in a multivitamin, nothing is asked.",
        "An article gives 400 mg of glycinate and does not say which of the two it means.",
    ),
    "VITA-UL": Reason(
        "3,000 mcg RAE is the upper level for preformed vitamin A; the NHS advises no more than"
        " 1,500 over a long time, as more went with hip fractures. Carotene does not count.",
        "An article says that vitamin A protects against too much vitamin D. In nine people it"
        " opposed the action of vitamin D, and too much of it raises calcium itself.",
    ),
    "AGE-ADULT": Reason("EFSA's limits are lower for children: 50 mcg of vitamin D up to 10."),
    "UNIT-IU": Reason(
        "40 IU of vitamin D are 1 mcg; 1 IU of retinol is 0.3 mcg. Vitamin K and minerals have no"
        " IU. A slip of units is a dose 40 or 1,000 times off.",
    ),
    "UNIT-SLIP": Reason(
        "Amounts that no product has, and that a mistyped unit makes. 50,000 IU of vitamin D are"
        " 1.25 mg; only capsules on prescription say it in mg. 55 mg of selenium are the 55 mcg of"
        " a label, 25 IU of vitamin D its 25 mcg. What looks like a slip counts in no sum until"
        " it is accepted. Of what is prescribed, round mcg are believed where capsules hold as"
        " much and are taken once a week or less often.",
    ),
    "K2-PAIR": Reason(
        "Silent unless want_pair = true. A trial of two years found no effect of MK-7 with vitamin"
        " D on calcification, and EFSA found no cause and effect for K2 and the heart.",
        'Articles call vitamin D without K2 "a mistake". No authority says so.',
    ),
    "MK4-SPLIT": Reason(
        "MK-4 leaves the blood within hours. The only authority for dividing it is the label of"
        " the Japanese drug: 15 mg three times a day, after meals.",
    ),
    "MK4-MCG": Reason(
        "In ten women 420 mcg of MK-4 did not show up in the blood at all, where the same of MK-7"
        " stayed for days. No authority gives a schedule for MK-4 in mcg.",
    ),
    "MK7-ONCE": Reason("MK-7 builds up in the blood over days; 420 mcg were seen after 48 hours."),
    "K2-FORM": Reason(
        "What is known of one form does not hold for the other. The label says which it is.",
        "One article says that K2 need not be taken daily, another that MK-4 lasts for hours.",
    ),
    "K2-TOPICAL": Reason(
        "No data on how much K2 goes through the skin of people was found.",
        "An article says it is stored in fat under the skin.",
    ),
    "D3-INTERVAL": Reason(
        "The Endocrine Society (2024) prefers small daily doses to large spaced ones from 50 years"
        " on.",
    ),
    "D3-WEEKDAY": Reason(
        "A capsule of 50,000 IU taken daily instead of weekly is 12.5 times the upper level. From"
        " 20,000 IU on, the days must be a week apart; a dose that is called weekly needs exactly"
        " one weekday.",
    ),
    "K2-VKA": Reason(
        "Vitamin K antagonists work against vitamin K. 10 mcg of MK-7 a day moved the INR of"
        " people on acenocoumarol, and no safe lower amount was found, so any amount counts. The"
        " label of MK-4 as a drug rules out warfarin. Accepting this says that the anticoagulant"
        " clinic has agreed: the box then asks for the dose with its first meal only, without a"
        " catch-up.",
        "Of five popular articles on D3 and K2 only one warns of it in clear words; another quotes"
        " warfarin in a study of rats and gives no caution.",
    ),
    "K2-VKA-STEADY": Reason(
        "Who takes both needs the same vitamin K every day, so that the blood thinner can be set"
        " to it. A missed dose is told to the clinic, not made up for.",
    ),
    "K2-DOAC": Reason(
        "Apixaban, rivaroxaban, dabigatran and edoxaban do not work through vitamin K. It is no"
        " alarm, and is shown only with --verbose.",
    ),
    "D3-THIAZIDE": Reason("Thiazides keep calcium in the body, and vitamin D brings more of it."),
    "D3-DIGOXIN": Reason("High calcium makes irregular heartbeats under digoxin more likely."),
    "D3-ANALOG": Reason(
        "Calcitriol, alfacalcidol, calcifediol, paricalcitol and calcipotriene are vitamin D."
        " Labels say not to combine them.",
    ),
    "D3-DILTIAZEM": Reason("Mayo Clinic: high calcium may work against these heart medicines."),
    "VIT-ORLISTAT": Reason(
        "Orlistat keeps fat from being taken up, and what dissolves in it. Its labels say 2 hours"
        " away or at bedtime, Swiss labels of vitamin D say 4 hours. So it also silences D3-FAT"
        " and D3-LATE.",
    ),
    "VIT-RESIN": Reason(
        "Resins bind vitamins in the gut. Advice is 1 hour before or 4 to 6 hours after; Swiss"
        " labels say 4 hours either way. What only the more careful asks for is a warning.",
    ),
    "VIT-MINOIL": Reason(
        "Mineral oil carries away vitamins that dissolve in fat. Labels: 4 hours."
    ),
    "D3-INDUCER": Reason("Product information of vitamin D lists these medicines as lowering it."),
    "D3-STEROID": Reason(
        "With steroids that are swallowed less calcium is taken up, and vitamin D works less."
    ),
    "K-ABX": Reason(
        "Bacteria of the gut make vitamin K; long courses of antibiotics, cephalosporins most of"
        " all, can lower it. The course is long above 10 days, from `start` to `end`.",
    ),
    "D3-STATIN": Reason("Listed as possible, of low risk; Mayo Clinic and NIH ODS name three."),
    "MIN-LEVO": Reason(
        "Calcium, magnesium, iron, zinc and antacids bind levothyroxine. Labels: 4 hours. Plain D3"
        " and K2 hold no minerals and are not meant.",
    ),
    "MIN-BP": Reason(
        "Minerals bind bisphosphonates. Labels ask for 30 to 60 minutes at least, for etidronate"
        " for 2 hours; 2 hours is the careful distance for all of them.",
    ),
    "MIN-QUIN": Reason(
        "Minerals bind quinolones in the gut. Ciprofloxacin and delafloxacin go 2 hours before"
        " them or 6 hours after, moxifloxacin 4 and 8; labels of levofloxacin, ofloxacin and"
        " norfloxacin are content with 2 hours on either side. One that is not among those is"
        " given 2 and 6.",
    ),
    "MIN-TETRA": Reason(
        "Minerals bind tetracyclines in the gut. The antibiotic goes 2 hours before them, or 4 to"
        " 6 hours after: less than 4 is an error, less than 6 a warning.",
    ),
    "D3-CONTRA": Reason(
        "UK leaflets of vitamin D say not to take it with high calcium in blood or urine, too much"
        " vitamin D, kidney stones or severe kidney disease.",
    ),
    "D3-CAUTION": Reason(
        "These illnesses make active vitamin D by themselves, or raise calcium otherwise.",
    ),
    "ABSORB": Reason(
        "With illnesses of gut and pancreas, and after surgery, less fat may be taken up."
    ),
    "PREG-D": Reason(
        "The UK advises 10 mcg a day in pregnancy. EFSA's upper level is 100 mcg, as for all"
        " adults. A UK formulary allows up to 50 mcg and advises against high-strength products.",
        "Articles only say to be careful.",
    ),
    "PREG-A": Reason(
        "Preformed vitamin A can harm an unborn child, so it is also for those who plan one."
        " Fish-liver oils hold it. Carotene is not meant.",
    ),
    "PREG-K2": Reason("No authority was found; it is careful to ask."),
    "KIDNEY-MG": Reason(
        "Kidneys that work badly keep magnesium in the blood, which can be dangerous."
    ),
    "D3-TARGET": Reason(
        "IOM: 20 ng/mL (50 nmol/L) is enough for nearly all, and above 50 ng/mL (125 nmol/L) is"
        " reason for concern. dosebell has no target of its own.",
        "An article gives 60 to 80 ng/mL as optimal. That is above the line of concern. An older"
        " guideline of 2011 called 30 to 100 enough; it has been superseded.",
    ),
    "D3-TEST": Reason(
        "The Endocrine Society advised in 2024 against routine tests of 25(OH)D in healthy adults."
        " dosebell never plans one.",
        "An article asks for a test every 6 months.",
    ),
    "D3-CALCIUM": Reason(
        "UK product information asks for calcium checks where more than 1,000 IU a day are taken"
        " for long. That long is more than 12 weeks is a choice of dosebell. Where the amount"
        " itself is an error, that comes first, and this note is left out.",
    ),
    "LAB-UNIT": Reason(
        "75 nmol/L and 30 ng/mL are the same. A target above 100 ng/mL makes sense only as"
        " nmol/L.",
    ),
    "PERSON-NONE": Reason(
        "A [person] stays on the laptop; the box never sees it. Its keys: age, medicines,"
        " conditions, kidney, pregnant, breastfeeding, planning_pregnancy, bedtime, labs.",
    ),
    "K2-NO-LIST": Reason(
        "The one hard stop of these checks is vitamin K beside a vitamin K antagonist, and it can"
        ' only be seen where medicines are listed. medicines = [] says "I take none", which is not'
        " the same as silence.",
    ),
    "MED-UNKNOWN": Reason(
        "Medicines are known by generic name, class and common brands. An unknown one may be"
        " harmless beside this schedule, or not: nothing was checked.",
    ),
    "MED-TIME": Reason(
        "Some distances are counted in hours, and a medicine without a time has none.",
    ),
    "COND-UNKNOWN": Reason("An illness in other words than the checks know is checked by none."),
    "NUTRIENT-UNKNOWN": Reason(
        "A misspelt nutrient would slip past every rule. One that no rule speaks about is only"
        " noted.",
    ),
    "NUTR-ASK": Reason(
        "An anticoagulation clinic lists what changes how warfarin works or adds to bleeding, and"
        " EFSA says that from how much glucosamine on is not known. Ill kidneys and many medicines"
        " for pressure keep potassium in the blood. Of iodine, of copper, and of fibre beside"
        " levothyroxine nothing was read, so the checks only ask.",
    ),
    "ACCEPT-UNKNOWN": Reason("A misspelt rule accepts nothing, and the error stays."),
    "VITA-RETINOID": Reason(
        "Isotretinoin, acitretin and bexarotene are made from vitamin A and do the same harm where"
        " there is too much. Their labels warn of vitamin A besides. Carotene is not meant.",
    ),
    "MIN-BOUND": Reason(
        "Minerals bind these medicines in the gut, as they do some antibiotics. Each label names"
        " its own minerals and hours; only those are counted. Dolutegravir and bictegravir may be"
        " taken together with calcium or iron where there is food. Of raltegravir an antacid took"
        " half away even six hours before or after it.",
    ),
    "IRON-ASK": Reason(
        "The label of carbidopa says that iron forms chelates with it and with levodopa, and asks"
        " for caution; it gives no hours. For methyldopa iron is listed as well. For mycophenolate"
        " one study saw 91 % less of it beside iron, and later ones no change.",
    ),
    "CA-IRON": Reason(
        "UK product information of calcium with vitamin D asks for two hours between calcium and"
        " iron or zinc. What one tablet holds together cannot be taken apart, and is not told.",
    ),
    "CA-UL": Reason(
        "The NHS and Food Standards Scotland: 1,500 mg or less a day from supplements are unlikely"
        " to harm. EFSA (2012) keeps 2,500 mg a day for adults, food counted in.",
    ),
    "CA-CONTRA": Reason(
        "Product information of calcium tablets without vitamin D names the same illnesses as that"
        " of vitamin D: those that make too much calcium in blood or urine, kidney stones, and"
        " kidneys that fail and are not on dialysis. On dialysis calcium is prescribed on purpose,"
        " to bind phosphate; so what is prescribed is a warning. What holds vitamin D, too, is"
        " told by D3-CONTRA.",
    ),
    "CA-CAUTION": Reason(
        "Only what labels of calcium name: hyperparathyroidism, tumours that draw calcium out of"
        " bones, osteoporosis while lying still, sarcoidosis, kidneys that work badly. Of"
        " tuberculosis and lymphoma they say nothing.",
    ),
    "CA-THIAZIDE": Reason(
        "Thiazides keep calcium from leaving with the urine. Labels of calcium ask to look at the"
        " blood regularly. Where vitamin D is taken, too, D3-THIAZIDE says it for both.",
    ),
    "CA-DIGOXIN": Reason(
        "The UK product information of calcium lactate says that people on digoxin must not be"
        " given calcium supplements; that of calcium carbonate, and of calcium with vitamin D,"
        " asks for an ECG and the blood's calcium. As labels differ, it is a warning.",
    ),
    "CA-ANALOG": Reason(
        "The label of calcitriol says that a sudden rise of the calcium taken may bring too much"
        " of it into the blood, and that how much is taken besides is for the doctor.",
    ),
    "NUTR-UL": Reason(
        "Above the level of IOM it is a warning, above the lower one of Europe a note. For iron"
        " EFSA has no upper level, and calls 40 mg safe. Food counts in all of them, and is not in"
        " the file. What is prescribed, as iron often is, is for the prescriber.",
    ),
    "E-THINNER": Reason(
        "Vitamin E makes blood clot less. A trial of physicians saw more bleeding strokes at 400"
        " IU a day, which is 180 mg of the synthetic form. A multivitamin has a tenth of it. UK"
        " product information and Mayo Clinic name warfarin, heparins, aspirin and clopidogrel.",
    ),
    "SALT-UNKNOWN": Reason(
        "Labels mostly give the metal. Where a file says compound, the amount is the salt's, and"
        " only of magnesium and calcium does dosebell know how much of it is the metal.",
    ),
    "BIOTIN-TEST": Reason(
        "The FDA warned in 2017 and 2019: tests that use biotin give wrong results, too high or"
        " too low, where much of it is in the blood. 30 mcg do not disturb. That 1 mg is much is a"
        " choice of dosebell; what is sold for hair and nails has more.",
    ),
    "KIDNEY-ASK": Reason(
        "Product information of vitamin D asks for care where kidneys work badly. One kidney, or a"
        " new one, may work well; an eGFR from 60 on is no stage of KDIGO that matters here, 30 to"
        " 59 is moderate, less is severe.",
    ),
    "COND-ASK": Reason(
        "These illnesses may change what vitamins do. No label and no authority that was read says"
        " how, so the checks say that they do not know.",
    ),
    "CONTENTS-NONE": Reason(
        "A dose is judged by what stands in its contents, in nutrients and amounts. One without"
        " them slips past every sum; only for hours apart from a medicine does the mineral in its"
        " name count, for it binds by being there. `check --fix` writes what the name"
        " says for certain; what it leaves open is for the label.",
    ),
    "NAME-LACKS": Reason(
        "D3 with K2 of which only the D3 stands in contents slips past the rule for blood"
        " thinners, and a liver oil past the one for pregnancy. `check --fix` writes what the name"
        " says with its amount; an oil of liver also counts as said by its vitamin A.",
    ),
    "NAME-AMOUNT": Reason(
        "A new packet often changes the name in a file and not its contents, or the other way"
        " round. Two pieces of one name, and the metal in a salt, are no disagreement.",
    ),
    "MED-ASK": Reason(
        'People write "water tablet" and "Ramipril plus". Which medicine that is decides what'
        " matters, so it is asked, and until the answer is there the one that matters counts. In"
        " the registers the other half of a blood pressure medicine whose name says comp or plus"
        " is hydrochlorothiazide, so that one is taken for granted.",
    ),
    "MED-ROUTE": Reason(
        "Minerals bind antibiotics and bone medicines in the gut. Moxifloxacin from eye drops is"
        " far less in the blood than from tablets, and ibandronate as an injection never meets a"
        " meal. What acts in the blood, as a blood thinner, is checked by any way. So it is with"
        " what a dose holds: iron from an infusion meets no levothyroxine in the gut, and counts"
        " in sums. Through the skin next to nothing is known to come, and a review found no"
        " support for magnesium: that counts in no sum.",
    ),
    "D3-UNCOUNTED": Reason(
        "Calcium tablets and one bone medicine hold vitamin D. An Adcal-D3 tablet has 400 IU and"
        " a caplet 200, Fosavance 2,800 or 5,600 IU a week; which, and how many, only the packet"
        " says.",
    ),
}

NOT_RULES: dict[str, Reason] = {
    "K2-RATIO": Reason(
        "There is no official D3:K2 ratio. Sellers give 100 mcg to 10,000 IU and 10 mcg to"
        " 1,000 IU; nothing stands behind either, so nothing is checked.",
    ),
    "MG-PAIR": Reason(
        "Magnesium is needed to use vitamin D; the evidence is for meeting the recommended intake,"
        " mostly from food, not for pills of 400 mg. So nothing is checked. See MG-UL.",
    ),
    "VITA-PAIR": Reason(
        "That vitamin A belongs with D3 has no support: in people it opposed vitamin D. So nothing"
        " is checked but its own limit, VITA-UL.",
    ),
}
