"""What a name says beside what the contents say: more, another amount, or in another language."""

import tomllib

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MK7,
    TODAY,
    Mg,
    a_dose,
    a_schedule,
    at,
    content,
    findings,
    retinol,
    takes,
    the_finding,
    verdict,
)
from dosebell_host.advice.fixes.correct import corrected
from dosebell_host.reference.labels import named_in, nutrients_of
from dosebell_host.reference.nutrients import TITLES

LACKS, NOTED = ("NAME-LACKS", "warning"), ("NAME-LACKS", "note")
UNKNOWN, UNKNOWN_NOTED = ("NUTRIENT-UNKNOWN", "warning"), ("NUTRIENT-UNKNOWN", "note")
LEVO = "levothyroxine 07:00"
D3K2 = "Vitamin D3 1000 IU + K2 (MK-7) 100 µg"


def rules(*parts: str, person: str = CLEAN, of: str) -> set[tuple[str, str]]:
    """What one rule says."""
    return {each for each in findings(*parts, person=person) if each[0] == of}


def named(name: str, *contents: str, **keys: object) -> str:
    return a_dose(*contents, ident="pill", **({"name": name} | keys))


# What the contents lack.


@pytest.mark.parametrize(
    ("name", "contents", "medicine", "found"),
    [
        # It matters to somebody.
        (D3K2, D3(1000, "IU"), "warfarin", {LACKS}),
        ("D3K2", D3(25), "Marcumar", {LACKS}),
        ("D3 mit K2", D3(25), "orlistat 20:00", {LACKS}),
        ("Calcium + D3", D3(10), LEVO, {LACKS}),
        ("D3, Magnesium", D3(10), "ciprofloxacin 20:00", {LACKS}),
        ("Multi mit Eisen", D3(10), "Madopar", {LACKS}),
        ("Zinc + D3", D3(10), "Tivicay 20:00", {LACKS}),
        ("Vitamin K2 + D3", MK7(), "hydrochlorothiazide", {LACKS}),
        ("Vitamin A + D3", D3(10), "isotretinoin", {LACKS}),
        ("D3 & vitamin E", D3(10), "Eliquis", {LACKS}),
        # It matters to nobody who is listed.
        (D3K2, D3(1000, "IU"), "metformin", {NOTED}),
        ("Calcium + D3", D3(10), "warfarin", {NOTED}),
        ("Cod liver oil", D3(10), "warfarin", {NOTED}),
        # Nothing is lacking.
        ("Vitamin D", D3(10), "warfarin", set()),
        (D3K2, f"{D3(25)}, {MK7()}", "warfarin", set()),
        ("Cod liver oil", f"{D3(10)}, {retinol(800)}", "warfarin", set()),
        ("D3 without K2", D3(10), "warfarin", set()),
        ("D3, no iron and zinc", D3(10), LEVO, set()),
        ("iron-free D3", D3(10), LEVO, set()),
        ("D3 (not with calcium)", D3(10), LEVO, set()),
        ("D3, 4 h after magnesium", D3(10), LEVO, set()),
        ("D3 ohne Eisen", D3(10), LEVO, set()),
        ("B5 (calcium pantothenate) + D3", D3(10), LEVO, set()),
        ("D3 + vitamin C", D3(10), "warfarin", set()),
        # Of mg behind a number nobody makes magnesium.
        ("Omega-3 1000 mg + vitamin D", D3(10), LEVO, set()),
        ("Collagen, biotin 5 mg & D3", f"{content('biotin', 5, 'mg')}, {D3(10)}", LEVO, set()),
        ("The yellow one", D3(10), "warfarin", set()),
    ],
)
def test_what_only_the_name_says_is_told(
    name: str, contents: str, medicine: str, found: set[tuple[str, str]]
) -> None:
    dose = named(name, contents)
    assert rules(dose, person=takes(medicine), of="NAME-LACKS") == found


@pytest.mark.parametrize(
    ("name", "contents", "person", "found"),
    [
        ("Cod liver oil", D3(10), "pregnant = true\n", {LACKS}),
        ("Lebertran", D3(10), "planning_pregnancy = true\n", {LACKS}),
        ("D3 + A", D3(10), "pregnant = true\n", set()),
        ("D3 + Vitamin A", D3(10), "pregnant = true\n", {LACKS}),
        ("K2 + D3", MK7(), 'conditions = ["kidney stones"]\n', {LACKS}),
        ("D3 + magnesium", D3(10), 'kidney = "severe"\n', {LACKS}),
        ("D3 + magnesium", D3(10), 'kidney = "none"\n', {NOTED}),
        ("Cod liver oil", D3(10), "", {NOTED}),
    ],
)
def test_an_illness_or_a_pregnancy_makes_it_matter(
    name: str, contents: str, person: str, found: set[tuple[str, str]]
) -> None:
    assert rules(named(name, contents), person=CLEAN + person, of="NAME-LACKS") == found


@pytest.mark.parametrize("name", ["Multivitamin", "My polyvitamin", "Prenatal"])
def test_a_multivitamin_holds_more_than_one_vitamin(name: str) -> None:
    person = takes("warfarin")
    found = the_finding("NAME-LACKS", named(name, D3(10)), person=person)
    assert (found.severity, found.seen) == (
        "warning",
        "the name says several vitamins, contents only vitamin D; you listed warfarin",
    )
    assert rules(named(name, D3(10)), person=takes("metformin"), of="NAME-LACKS") == set()
    two = named(name, f"{D3(10)}, {Mg(50)}")
    assert rules(two, person=person, of="NAME-LACKS") == set()


def test_it_says_what_is_lacking_and_to_what_it_matters() -> None:
    found = the_finding(
        "NAME-LACKS", named(D3K2, D3(1000, "IU")), person=takes("warfarin", "metformin")
    )
    assert (found.doses, found.seen) == (
        ("pill",),
        "the name says vitamin K, contents do not; you listed warfarin",
    )


def test_a_dose_on_the_skin_and_one_that_is_the_medicine_are_not_asked() -> None:
    skin = named("D3 + K2 cream", D3(10), route="topical")
    mineral = named("Adcal-D3", content("calcium", 600, "mg"), medicine="Adcal-D3")
    for dose in (skin, mineral):
        assert rules(dose, person=takes("warfarin"), of="NAME-LACKS") == set()


def test_what_is_lacking_is_written_where_the_name_says_how_much() -> None:
    text = a_schedule(named(D3K2, D3(1000, "IU")), person=takes("warfarin"))
    new, done = corrected(text, "plan.toml", TODAY)
    assert tomllib.loads(new)["dose"][0]["contents"] == [
        {"nutrient": "vitamin-d3", "amount": 1000, "unit": "IU"},
        {"nutrient": "vitamin-k2", "form": "MK-7", "amount": 100, "unit": "mcg"},
    ]
    assert [each.text() for each in done] == [
        "pill: contents vitamin-d3 1000 IU -> vitamin-d3 1000 IU, vitamin-k2 MK-7 100 mcg, as its"
        " name says; does the label say so, too?"
    ]
    # The hard stop that was hidden comes to light.
    assert [each.rule for each in verdict(new).held] == ["K2-VKA"]
    assert corrected(new, "plan.toml", TODAY)[0] == new


@pytest.mark.parametrize(
    ("name", "take"), [("D3 + K2 (MK-7)", ""), (D3K2, "2 capsules"), ("Cod liver oil", "")]
)
def test_what_the_name_leaves_open_is_left_to_the_label(name: str, take: str) -> None:
    text = a_schedule(named(name, D3(1000, "IU"), take=take), person=takes("warfarin"))
    assert corrected(text, "plan.toml", TODAY)[0] == text


def test_contents_that_are_tables_of_their_own_are_left_alone() -> None:
    table = '[[dose.contents]]\nnutrient = "vitamin-d3"\namount = 1000\nunit = "IU"\n'
    text = a_schedule(named(D3K2) + table, person=takes("warfarin"))
    assert corrected(text, "plan.toml", TODAY)[0] == text


# Contents in other languages, in one word, and unknown.


@pytest.mark.parametrize(
    ("written", "shorts"),
    [
        ("eisen", "fe"),
        ("kalzium", "ca"),
        ("calcio", "ca"),
        ("ferro", "fe"),
        ("hierro", "fe"),
        ("fer", "fe"),
        ("ijzer", "fe"),
        ("magnesio", "mg"),
        ("magnez", "mg"),
        ("zink", "zn"),
        ("zinc-bisglycinate", "zn"),
        ("calcium-citrate-malate", "ca"),
        ("magnesium-citrat", "mg"),
        ("vitamine-k2", "k"),
        ("vitamina-k2", "k"),
        ("witamina-k2", "k"),
        ("k2-vitamiini", "k"),
        ("k2-vitamin", "k"),
        ("vitk2", "k"),
        ("vitamink2", "k"),
        ("kvitamin", "k"),
        ("filochinon", "k"),
        ("mk9", "k"),
        ("mk-7-all-trans", "k"),
        ("calcium-microcrystalline-hydroxyapatite", "ca"),
        ("natto", "k"),
        ("vitamina-d", "d"),
        ("d-vitamin", "d"),
        ("vitamin-b6-hcl", "b6"),
        ("selenio", "se"),
        ("jod", "iodine"),
        ("biotina", "biotin"),
        ("lebertran", "liver-oil"),
        ("d3k2", "d k"),
        ("d3-k2", "d k"),
        ("k2d3", "d k"),
        ("adk", "a d k"),
        ("dolomite", "ca mg"),
        ("cal-mag", "ca mg"),
        # Not one of these.
        ("ashwagandha", ""),
        ("nattokinase", ""),
        ("calcium-pantothenate", ""),
    ],
)
def test_a_nutrient_is_known_as_other_languages_and_people_say_it(
    written: str, shorts: str
) -> None:
    assert " ".join(each.short for each in nutrients_of(written)) == shorts


@pytest.mark.parametrize(
    "written", ["vitamine-k2", "mk9", "natto", "d3k2", "witamina-k2", "k2-vitamin", "adk"]
)
def test_vitamin_k_by_any_name_is_the_hard_stop(written: str) -> None:
    dose = a_dose(content(written, 100))
    assert ("K2-VKA", "error") in findings(dose, person=takes("warfarin"))
    assert ("K2-VKA", "error") not in findings(dose, person=takes("metformin"))


@pytest.mark.parametrize(
    "written", ["eisen", "kalzium", "calcio", "ferro", "hierro", "magnesio", "dolomite", "zink"]
)
def test_a_mineral_by_any_name_is_in_the_way_of_levothyroxine(written: str) -> None:
    found = findings(a_dose(content(written, 10, "mg")), person=takes(LEVO))
    assert ("MIN-LEVO", "error") in found


@pytest.mark.parametrize(
    ("written", "medicine", "found"),
    [
        ("ashwagandha", "metformin", {UNKNOWN_NOTED}),
        *(
            ("ashwagandha", medicine, {UNKNOWN})
            for medicine in (
                *("warfarin", LEVO, "Marcumar", "ciprofloxacin 20:00", "doxycycline 20:00"),
                *("Fosamax 06:00", "Madopar", "Tivicay 20:00", "Triumeq", "isotretinoin"),
            )
        ),
        ("nattokinase", "warfarin", {UNKNOWN}),
        ("multivitamin", "metformin", {UNKNOWN}),
        ("d3k2", "metformin", {UNKNOWN}),
        ("magnesum", "metformin", {UNKNOWN}),
        ("vitamn-d3", "metformin", set()),
        ("vitamin-c", "warfarin", set()),
        ("vitamina-c", "warfarin", set()),
        ("kupfer", LEVO, set()),
    ],
)
def test_what_stays_unknown_is_loud_beside_a_medicine_that_it_may_matter_to(
    written: str, medicine: str, found: set[tuple[str, str]]
) -> None:
    dose = a_dose(content(written, 10, "mg"))
    assert rules(dose, person=takes(medicine), of="NUTRIENT-UNKNOWN") == found


def test_two_in_one_word_are_told_apart() -> None:
    found = the_finding("NUTRIENT-UNKNOWN", a_dose(content("d3k2", 100)), person=takes("warfarin"))
    assert (found.seen, found.message) == (
        '"d3k2" is vitamin D and vitamin K; you listed warfarin',
        "What is in it was not counted. Write each nutrient by its own name, with its own amount,"
        " as the label says.",
    )


@pytest.mark.parametrize(
    "medicine",
    [
        *("levodopa", "Triumeq", "isotretinoin", "Atelvia", "ibandronate", "lymecycline"),
        *("water tablet", "blood thinner", "thyroid pill", "Questran", "Parkinson tablets"),
    ],
)
def test_a_dose_that_nobody_knows_is_loud_beside_such_a_medicine(medicine: str) -> None:
    found = findings(a_dose(name="Grandma's mix"), person=takes(medicine))
    assert ("CONTENTS-NONE", "warning") in found
    quiet = findings(a_dose(name="Grandma's mix"), person=takes("metformin"))
    assert ("CONTENTS-NONE", "note") in quiet


# How names are read.


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("Витамин К2 (МК-7) 100 мкг", "vitamin K"),
        ("Витамин D3 + магний", "vitamin D, magnesium"),
        ("Βιταμίνη D3", "vitamin D"),
        ("ビタミンK2 100µg", "vitamin K"),
        ("维生素K2", "vitamin K"),
        ("비타민 D3 K2", "vitamin D, vitamin K"),
        ("فيتامين K2", "vitamin K"),
        ("納豆", "vitamin K"),
        ("Vitamín K2", "vitamin K"),
        ("K2-vitamiini", "vitamin K"),
        ("K2 vitamini", "vitamin K"),
        ("Witamina D3 + K2 MK7", "vitamin D, vitamin K"),
        ("Vitamina B6", "vitamin B6"),
        ("Sélénium 100 µg", "selenium"),
        ("Huile de foie de morue", "liver oil"),
        ("Aceite de hígado de bacalao", "liver oil"),
        ("Hierro 30 mg", "iron"),
        ("Wapń + witamina D", "calcium, vitamin D"),
        ("Dolomite", "calcium, magnesium"),
        ("ADEK", "vitamin A, vitamin D, vitamin E, vitamin K"),
        ("ZMA", "zinc, magnesium, vitamin B6"),
        ("MK-9", "vitamin K"),
        # Letters and symbols in a row.
        ("D3-K2-Mg", "vitamin D, vitamin K, magnesium"),
        ("D3, K2, Mg", "vitamin D, vitamin K, magnesium"),
        ("Ca/Mg/Zn", "calcium, magnesium, zinc"),
        ("Thorne D/K2", "vitamin D, vitamin K"),
        ("Vitamins D & K", "vitamin D, vitamin K"),
        ("Vitamin A+D", "vitamin A, vitamin D"),
        ("Super K", "vitamin K"),
        *((name, "vitamin D, vitamin K") for name in ("D3 + K", "D3 plus K", "D3/K", "D3, K")),
        ("Calcium + D3 + K", "calcium, vitamin D, vitamin K"),
        ("D3 1000 IU + K 100 mcg", "vitamin D, vitamin K"),
        ("Magnesium K", "magnesium"),
        ("E-vitamin", "vitamin E"),
        ("Eisentabletten", "iron"),
        ("Desiccated liver", "vitamin A"),
        # An article, an "and", an amount and "circa" are no nutrients.
        ("Take a vitamin D pill", "vitamin D"),
        ("Vitamin D a day", "vitamin D"),
        ("calcio e vitamina D", "calcium, vitamin D"),
        ("Vitamin K 2 mg", "vitamin K"),
        ("Calcium (ca. 20 Uhr)", "calcium"),
        # What is not in it.
        ("Vitamin K free multivitamin", ""),
        ("Multivitamin (no iron)", ""),
        ("Vitamin C 500 mg", ""),
        ("Stretching", ""),
    ],
)
def test_a_name_is_read_in_the_large_languages(name: str, titles: str) -> None:
    assert ", ".join(TITLES[each.short] for each in named_in(name) if each.short) == titles


def test_a_symbol_behind_a_digit_is_no_amount() -> None:
    """Else `--fix` would write 2 mg of vitamin D."""
    assert [each.amount for each in named_in("D3-K2-Mg")] == [None, None, None]


# Another amount.


@pytest.mark.parametrize(
    ("name", "contents", "seen"),
    [
        (
            "Biotin 10 mg",
            content("biotin", 5, "mg"),
            "the name says 10 mg of biotin, contents 5,000 mcg",
        ),
        (
            "Vitamin E 400 IU",
            content("vitamin-e", 100, "IU"),
            "the name says 400 IU of vitamin E, contents 100 IU",
        ),
        (
            "Vitamin E 400 IU",
            content("vitamin-e", 20, "mg"),
            "the name says 400 IU of vitamin E, contents 20 mg",
        ),
        (
            "Selenium 200 mcg",
            content("selenium", 55),
            "the name says 200 mcg of selenium, contents 55 mcg",
        ),
        (
            "Vitamin B6 50 mg",
            content("vitamin-b6", 5, "mg"),
            "the name says 50 mg of vitamin B6, contents 5,000 mcg",
        ),
        (
            "Jod 150 µg",
            content("iodine", 50),
            "the name says 150 mcg of iodine, contents 50 mcg",
        ),
        ("Zinc 50 mg", content("zinc", 15, "mg"), "the name says 50 mg of zinc, contents 15 mg"),
        (
            "Magnesium 400 mg",
            Mg(100),
            "the name says 400 mg of magnesium, contents 100 mg",
        ),
        (
            "Magnesium citrate 2000 mg",
            Mg(1500),
            "the name says 2,000 mg of magnesium, contents 1,500 mg",
        ),
        (
            "Calcium carbonate 1250 mg",
            content("calcium", 5, "mg"),
            "the name says 1,250 mg of calcium, contents 5,000 mcg",
        ),
        (
            "Iron 14 mg + biotin 50 µg",
            f"{content('iron', 14, 'mg')}, {content('biotin', 5, 'mg')}",
            "the name says 50 mcg of biotin, contents 5,000 mcg",
        ),
    ],
)
def test_another_amount_of_any_nutrient_is_noticed(name: str, contents: str, seen: str) -> None:
    found = the_finding("NAME-AMOUNT", a_dose(contents, name=name))
    assert (found.severity, found.seen) == ("warning", seen)


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        # A salt and the metal in it.
        ("Magnesium citrate 2000 mg", Mg(300)),
        ("Magnesium citrate 2000 mg", Mg(2000, "compound", form="citrate")),
        ("Magnesium 300 mg", Mg(2000, "compound", form="citrate")),
        ("Magnesium citrate 400 mg", Mg(400)),
        ("Magnesium glycinate 1000 mg", Mg(141)),
        ("Magnesiumcitrat 2000 mg", Mg(300)),
        ("Calcium carbonate 1250 mg", content("calcium", 500, "mg")),
        ("Zinc gluconate 50 mg", content("zinc", 7, "mg")),
        ("Zinkgluconat 50 mg", content("zinc", 7, "mg")),
        ("Ferrous fumarate 210 mg", content("iron", 68, "mg")),
        ("Ferrous sulfate 200 mg", content("iron", 65, "mg")),
        # An IU of vitamin E is one of three amounts.
        *(("Vitamin E 400 IU", content("vitamin-e", each, "mg")) for each in (268, 180, 400)),
        ("Vitamin E 400 IU", content("vitamin-e", 400, "IU")),
        ("Biotin 10,000 mcg", content("biotin", 10, "mg")),
        ("Selenium (as selenomethionine) 200 µg", content("selenium", 200)),
        ("D3 1000 IU + D2 500 IU", f"{D3(25)}, {content('vitamin-d2', 12.5)}"),
        ("Magnesium complex 500 mg", Mg(100)),
        ("Omega-3 1000 mg + vitamin D", D3(10)),
        ("P-5-P 50 mg", content("vitamin-b6", 34, "mg")),
        ("D3 drops (1 drop = 1000 IU)", D3(2000, "IU")),
        ("Natto 50 g", MK7(300)),
    ],
)
def test_one_amount_in_other_words_is_none(name: str, contents: str) -> None:
    assert rules(a_dose(contents, name=name), of="NAME-AMOUNT") == set()


@pytest.mark.parametrize(
    ("medicine", "other", "found"),
    [
        ("levothyroxine", Mg(150), ("MIN-LEVO", "error")),
        ("warfarin", MK7(90), ("K2-VKA", "error")),
        ("phenprocoumon", MK7(90), ("K2-VKA", "error")),
        ("digoxin", D3(10), ("D3-DIGOXIN", "warning")),
        ("ciprofloxacin", Mg(150), ("MIN-QUIN", "error")),
    ],
)
def test_a_medicine_among_the_contents_counts_as_one(
    medicine: str, other: str, found: tuple[str, str]
) -> None:
    dosed = at("07:30", content(medicine, 1, "mg"), ident="rx")
    assert findings(dosed, a_dose(other)) == {found}
