"""Words of every day that name no medicine, and the one that matters among those they may mean.

Who writes "water tablet" is asked which one; until the answer is there it is taken for a thiazide,
because that one matters to vitamin D. Where none of them matters there is only the question.
"""

from collections.abc import Iterator

from dosebell_host.reference.medicines import (
    ANTIBIOTIC,
    BISPHOSPHONATE,
    DIGOXIN,
    HEART_CALCIUM,
    INDUCER,
    IRON_BOUND,
    LEVOTHYROXINE,
    MINERAL,
    MINERAL_BOUND,
    ORLISTAT,
    QUINOLONE,
    RESIN,
    RETINOID,
    STATIN,
    TETRACYCLINE,
    THIAZIDE,
    VITAMIN_D,
    VITAMIN_K,
    VKA,
    Medicine,
)

ANY_BLOOD_THINNER = "vitamin K antagonist"

WHICH = "which one is it?"
_WHAT = "what does one intake hold?"

# (what it is taken for, its classes, phrases, words that say as much beside "tablet" or alone)
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    (
        ANY_BLOOD_THINNER,
        VKA,
        "blood thinner, blood thinners, blood thinning, rat poison, rattengift,"
        " anticoagulant, anticoagulants,"
        " oral anticoagulant, anticoagulante, anticoagulantes, anticoagulantia, antikoagulans,"
        " antikoagulantia, antikoagulantien, antikoagulanzien, antykoagulant, blutverdunner,"
        " blutverduenner, blutverdunnung, blutverdunnungsmittel, gerinnungshemmer, fluidifiant,"
        " fluidificante, adelgazante de la sangre, diluyente de sangre, bloedverdunner,"
        " bloedverdunners, antistolling, antistollingsmiddel, blodfortynnende, blodfortyndende,"
        " blodfortunnande, verenohennus, verenohennuslaake, rozrzedzajacy krew, rozrzedzenie krwi,"
        " rozrzedzanie krwi, verihigito, veralvadasgatlo, kan sulandirici, anti coagulant,"
        " anti coagulants, anticoagulation, antithrombotic, bloodthinner, bloodthinners,"
        " redeni krve, riedenie krvi, razzhizhitel krovi, razzhizheniia krovi, sulandirici,"
        " afinador do sangue, afinar o sangue",
        "thinner thinners inr clot clots clotting thrombosis thrombose thromboses trombosi"
        " trombosis trombose trombos thrombus dvt embolism embolie embolia"
        " antitrombotico antithrombotique",
    ),
    (
        ANY_BLOOD_THINNER,
        f"{VKA} {DIGOXIN} {HEART_CALCIUM}",
        "atrial fibrillation, heart valve, herzklappe, vorhofflimmern, fibrillation auriculaire,"
        " fibrillazione atriale, fibrilacion auricular, stroke prevention,"
        " schlaganfall vorbeugung",
        "afib fibrillation vorhofflimmern",
    ),
    (
        "perhaps a thiazide",
        THIAZIDE,
        "water tablet, water tablets, water pill, water pills, fluid tablet, fluid tablets, fluid"
        " pill, fluid pills, diuretic, diuretics,"
        " wassertablette, wassertabletten, entwasserungstablette, entwasserungstabletten,"
        " diuretikum, diuretika, diuretique, diuretico, diureticos, plaspil, plaspillen,"
        " plastablet, plastabletten, vanndrivende, vattendrivande, vatskedrivande, vanddrivende,"
        " nesteenpoistolaake, lek moczopedny, tabletka moczopedna, tabletki moczopedne,"
        " mochegonnoe, idrar sokturucu, vizhajto",
        "water",
    ),
    (
        "perhaps a thiazide",
        f"{THIAZIDE} {HEART_CALCIUM}",
        "blood pressure, high blood pressure, antihypertensive, antihypertensives,"
        " blutdrucktablette, blutdrucktabletten, blutdrucksenker, blutdruckmittel, blutdruck,"
        " hypertenseur, antihypertenseur, antihipertensivo, bloeddruk, blodtryck, blodtryk",
        "pressure hypertension tension bp hipertension presion bloeddrukpil bloeddrukpillen"
        " bloeddruktabletten",
    ),
    (
        "perhaps digoxin",
        f"{DIGOXIN} {HEART_CALCIUM}",
        "heart tablet, heart tablets, heart pill, heart pills, heart medicine, herztablette,"
        " herztabletten, herzmittel, herzmedikament, herzpille, herzpillen, hartpil, hartpillen",
        "heart herz coeur corazon cuore hart hjarta hjerte arrhythmia rhythm",
    ),
    (
        "perhaps diltiazem or verapamil",
        HEART_CALCIUM,
        "calcium channel blocker, calcium channel blockers, calcium blocker, calcium blockers,"
        " calcium antagonist, calcium antagonists, calciumantagonist, kalziumantagonist,"
        " calciumkanalblocker, kalziumkanalblocker, calcium entry blocker, inhibiteur calcique,"
        " calcioantagonista, calcio antagonista, antagonista del calcio, calcium influx blocker",
        "",
    ),
    (
        "perhaps an antacid",
        MINERAL,
        "stomach protector, stomach tablet, stomach tablets, stomach pill, stomach pills, acid"
        " reflux, heartburn, indigestion, magentablette, magentabletten, magenschutz,"
        " magenmittel, sodbrennen, protector gastrico, protettore gastrico, protecteur gastrique,"
        " maagtablet, maagzuurremmer",
        "stomach tummy reflux magen estomac estomago stomaco maag",
    ),
    (
        "perhaps levothyroxine",
        LEVOTHYROXINE,
        "thyroid tablet, thyroid tablets, thyroid pill, thyroid hormone, schilddrusentablette,"
        " schilddrusentabletten, schilddruse, schilddrusenhormon, schilddrusenmedikament,"
        " schilddrusenmedikamente, schildklierpil, schildklierpillen, schildkliertablet,"
        " schildkliertabletten, schildkliermedicijn, skoldkorteltablett, skoldkorteltabletter,"
        " kilpirauhaslaake",
        "thyroid thyroide tiroides tiroide schildklier skoldkortel tireoide tiroid"
        " tarczyca tarczyce",
    ),
    (
        "perhaps a bisphosphonate",
        BISPHOSPHONATE,
        "bone tablet, bone tablets, bone pill, bone pills, bone medicine, osteoporosis tablet,"
        " osteoporosis tablets, knochentablette, osteoporosetablette",
        "bone bones osteoporosis osteoporose knochen",
    ),
    (
        "perhaps a quinolone",
        f"{ANTIBIOTIC} {QUINOLONE}",
        "antibiotic, antibiotics, antibiotikum, antibiotika, antibiotique, antibiotiques, urine"
        " infection, urinary infection, bladder infection, chest infection, kidney infection,"
        " antibiotico, antibioticos, antibiotici, antibiotikakur",
        "infection uti",
    ),
    (
        "perhaps a bile acid resin",
        RESIN,
        "cholesterol powder, cholesterol sachet, cholesterol sachets, cholesterol granules, bile"
        " acid powder, bile powder, bile acid tablet, bile acid tablets, bile acid binder, bile"
        " acid binders, cholesterinpulver, cholesterin pulver, cholesterin beutel,"
        " gallensaurebinder, polvo colesterol, poudre cholesterol, polvere colesterolo",
        "",
    ),
    (
        "perhaps isotretinoin or doxycycline",
        f"{RETINOID} {TETRACYCLINE} {ANTIBIOTIC}",
        "aknetablette, aknetabletten, aknemittel",
        "acne akne acnee acneu pimple pimples spots rosacea",
    ),
    (
        "perhaps acitretin",
        RETINOID,
        "",
        "psoriasis schuppenflechte",
    ),
    (
        "perhaps doxycycline",
        f"{TETRACYCLINE} {ANTIBIOTIC}",
        "malaria tablet, malaria tablets, antimalarial, antimalarials, malariatabletten",
        "malaria",
    ),
    (
        "perhaps levodopa",
        IRON_BOUND,
        "parkinsonmittel, parkinsontabletten",
        "parkinson parkinsons",
    ),
    (
        "perhaps dolutegravir",
        MINERAL_BOUND,
        "hiv medicine, hiv medicines, antiretroviral, antiretrovirals, antiretroviral therapy",
        "hiv vih",
    ),
    (
        "perhaps mycophenolate",
        f"{MINERAL_BOUND} {IRON_BOUND}",
        "anti rejection, immunosuppressant, immunosuppressants, immunsuppressiva",
        "transplant rejection",
    ),
    (
        "perhaps a statin",
        STATIN,
        "cholesterol tablet, cholesterol tablets, cholesterol pill, cholesterol pills,"
        " cholesterinsenker, lipidsenker",
        "cholesterol cholesterin colesterol colesterolo",
    ),
    (
        "perhaps an inducer",
        INDUCER,
        "epilepsy tablet, epilepsy tablets, seizure medicine, anticonvulsant, antiepileptic,"
        " antiepileptikum, antiepileptique, antiepileptico",
        "epilepsy seizure seizures fits epilepsie",
    ),
    (
        "perhaps orlistat",
        ORLISTAT,
        "weight loss pill, weight loss pills, weight loss tablet, diet pill, diet pills, slimming"
        " pill, slimming tablet, fat blocker, fettblocker",
        "slimming",
    ),
    (
        "perhaps one with zinc",
        MINERAL,
        "eye vitamin, eye vitamins, eye supplement, eye supplements, augenvitamine, vitamin eyes,"
        " areds, areds 2, preservision, ocuvite, macushield, icaps, hair vitamin, hair vitamins,"
        " hair supplement, hair tablet, hair tablets, hair skin nails, haartabletten,"
        " haarvitamine, skin vitamins, nail vitamins, perfectil, vitamin cheveux",
        "hair nails haare cheveux capelli pelo macular makula",
    ),
    (
        "perhaps one with minerals",
        f"{VITAMIN_D} {VITAMIN_K} {MINERAL}",
        "multivitamin, multivitamins, multi vitamin, multi vitamins, multivitamine,"
        " multivitaminico, vitamins, vitamin tablet, prenatal vitamin, prenatal vitamins, vitamin"
        " tablets, vitamin pill, vitamin pills, vitamintabletten, bone vitamin, bone vitamins,"
        " bone supplement, bone formula, prenatal, supplement, supplements, mineral supplement,"
        " minerals, mineral tablet, mineral tablets, multimineral, multiwitamina, polivitaminico,"
        " multivit, multivits, complejo vitaminico, complexe vitamine, centrum, pregnacare,"
        " elevit, femibion, supradyn, pharmaton, multibionta, eunova, sanatogen, seven seas,"
        " wellwoman, wellman, vitrum, komplivit, alfavit, multicentrum, berocca, natalben,"
        " gynefam, revital",
        "",
    ),
    (
        "",
        "",
        "sleeping tablet, sleeping tablets, sleeping pill, sleeping pills, sleep aid,"
        " schlaftablette, schlaftabletten, schlafmittel, somnifere, somnifero, slaappil,"
        " painkiller, painkillers, pain killer, schmerzmittel, schmerztablette, antalgique,"
        " calmante, laxative, laxatives, abfuhrmittel, antidepressant, antihistamine,"
        " contraceptive, the pill, birth control, inhaler, eye drops, ear drops, nasal spray,"
        " hormones",
        "sleeping sleep pain headache allergy hayfever diabetes sugar mood depression anxiety gout"
        " nerves bladder prostate asthma lungs joints arthritis schlaf dolor dormir",
    ),
)


# A word with one of these in it says that it keeps blood from clotting.
_THINS = (
    *("coag", "koag", "gerinnung", "blutverd", "blutfluss", "zakrzep", "tromb", "thromb"),
    *("antipikt", "bloedverd", "blodfort", "verenoh", "antistoll"),
)


def thins_blood(word: str) -> bool:
    """Whether a word is one for blood thinners: `Blutgerinnungshemmer`, `trombosedienst`."""
    return any(stem in word for stem in _THINS) and not word.startswith("trombon")


def everyday_names() -> Iterator[tuple[str, Medicine]]:
    """Every phrase and what it is taken for, with the question that it raises."""
    for taken_for, classes, phrases, _ in _ROWS:
        for each in phrases.split(",") if phrases else ():
            yield each, _taken_for(taken_for or each.strip(), classes)


def everyday_words() -> Iterator[tuple[str, Medicine]]:
    """Every word that says as much alone or beside "tablet", and what it is taken for."""
    for taken_for, classes, _, words in _ROWS:
        for each in words.split():
            yield each, _taken_for(taken_for or each, classes)


def _taken_for(name: str, classes: str) -> Medicine:
    asked = _WHAT if name.startswith("perhaps one with") else WHICH
    return Medicine(name, frozenset(classes.split()), asked)
