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
    LEVOTHYROXINE,
    MINERAL,
    ORLISTAT,
    QUINOLONE,
    STATIN,
    THIAZIDE,
    VITAMIN_D,
    VITAMIN_K,
    VKA,
    Medicine,
)

ANY_BLOOD_THINNER = "vitamin K antagonist"

_WHICH = "which one is it?"
_WHAT = "what does one intake hold?"

# (what it is taken for, its classes, phrases, words that say as much beside "tablet" or alone)
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    (
        ANY_BLOOD_THINNER,
        VKA,
        "blood thinner, blood thinners, blood thinning, anticoagulant, anticoagulants,"
        " oral anticoagulant, anticoagulante, anticoagulantes, anticoagulantia, antikoagulans,"
        " antikoagulantia, antikoagulantien, antikoagulanzien, antykoagulant, blutverdunner,"
        " blutverduenner, blutverdunnung, blutverdunnungsmittel, gerinnungshemmer, fluidifiant,"
        " fluidificante, adelgazante de la sangre, diluyente de sangre, bloedverdunner,"
        " bloedverdunners, antistolling, antistollingsmiddel, blodfortynnende, blodfortyndende,"
        " blodfortunnande, verenohennus, verenohennuslaake, rozrzedzajacy krew,"
        " rozrzedzanie krwi, verihigito, veralvadasgatlo, kan sulandirici",
        "",
    ),
    (
        "perhaps a thiazide",
        THIAZIDE,
        "water tablet, water tablets, water pill, water pills, diuretic, diuretics,"
        " wassertablette, wassertabletten, entwasserungstablette, entwasserungstabletten,"
        " diuretikum, diuretika, diuretique, diuretico, diureticos, plaspil, vanndrivende,"
        " vattendrivande, vanddrivende",
        "water",
    ),
    (
        "perhaps a thiazide",
        f"{THIAZIDE} {HEART_CALCIUM}",
        "blood pressure, high blood pressure, antihypertensive, antihypertensives,"
        " blutdrucktablette, blutdrucktabletten, blutdrucksenker, blutdruckmittel, blutdruck,"
        " hypertenseur, antihypertenseur, antihipertensivo, bloeddruk, blodtryck, blodtryk",
        "pressure hypertension tension bp hipertension presion",
    ),
    (
        "perhaps digoxin",
        f"{DIGOXIN} {HEART_CALCIUM}",
        "heart tablet, heart tablets, heart pill, heart pills, heart medicine, herztablette,"
        " herztabletten, herzmittel, herzmedikament",
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
        "stomach tablet, stomach tablets, stomach pill, stomach pills, acid reflux, heartburn,"
        " indigestion, magentablette, magentabletten, magenschutz, magenmittel, sodbrennen,"
        " protector gastrico, protettore gastrico, protecteur gastrique, maagtablet,"
        " maagzuurremmer",
        "stomach tummy reflux magen estomac estomago stomaco maag",
    ),
    (
        "perhaps levothyroxine",
        LEVOTHYROXINE,
        "thyroid tablet, thyroid tablets, thyroid pill, thyroid hormone, schilddrusentablette,"
        " schilddrusentabletten, schilddruse, schilddrusenhormon",
        "thyroid thyroide tiroides tiroide schildklier skoldkortel",
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
        "antibiotic, antibiotics, antibiotikum, antibiotika, antibiotique, antibiotiques,"
        " antibiotico, antibioticos, antibiotici, antibiotikakur",
        "infection uti",
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
        "perhaps with minerals",
        f"{VITAMIN_D} {VITAMIN_K} {MINERAL}",
        "multivitamin, multivitamins, multi vitamin, multi vitamins, multivitamine,"
        " multivitaminico, vitamins, vitamin tablet, prenatal vitamin, prenatal vitamins,"
        " prenatal, supplement, supplements, centrum, pregnacare, elevit, femibion, supradyn,"
        " pharmaton, multibionta, eunova, sanatogen, seven seas, wellwoman, wellman",
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


def everyday_names() -> Iterator[tuple[str, Medicine]]:
    """Every phrase and what it is taken for, with the question that it raises."""
    for taken_for, classes, phrases, _ in _ROWS:
        for each in phrases.split(","):
            yield each, _taken_for(taken_for or each.strip(), classes)


def everyday_words() -> Iterator[tuple[str, Medicine]]:
    """Every word that says as much alone or beside "tablet", and what it is taken for."""
    for taken_for, classes, _, words in _ROWS:
        for each in words.split():
            yield each, _taken_for(taken_for or each, classes)


def _taken_for(name: str, classes: str) -> Medicine:
    return Medicine(name, frozenset(classes.split()), _WHAT if VITAMIN_D in classes else _WHICH)
