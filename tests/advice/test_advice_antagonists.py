"""Blood thinners by any name beside vitamin K: the one hard stop, and what is said short of it."""

import pytest

from advice_texts import (
    D3,
    MK4,
    MK7,
    a_dose,
    a_schedule,
    accepted,
    findings,
    takes,
    the_finding,
    verdict,
)
from dosebell_host.schedule.catch_up import meals_in_force
from dosebell_host.schedule.read_file import parse

STOP = {("K2-VKA", "error")}
NATTO = 'breakfast = {{ at = "08:00", eat = "{eaten}", fat_g = 12 }}\n'


@pytest.mark.parametrize(
    "written",
    [
        # Other languages.
        *(
            "warfarina",
            "Varfarin",
            "warfaryna",
            "Warfarine",
            "varfariini",
            "варфарин",
            "Βαρφαρίνη",
        ),
        *("acenocumarolo", "Acenocumarol", "acenokumarol", "acénocoumarol", "аценокумарол"),
        *("fenprocoumon", "Fenprocumon", "fenprokumon", "fluindiona", "fenindione"),
        # Brands.
        *("Minisintrom", "Mini-sintrom 1 mg", "Acitrom 2", "Sinthrome", "Syncumar", "Trombostop"),
        *("Coumadine 5 mg", "Jantoven", "Warfant", "Varfine", "Aldocumar", "Simarc", "Falithrom"),
        *("Préviscan", "Phenprogamma 3", "Marcoumar", "Markoumar", "Pelentan"),
        *("Uniwarfin", "Coumadine"),
        # Other scripts.
        *(
            "华法林",
            "華法林片 3mg",
            "ワルファリン",
            "ワーファリン錠1mg",
            "ﾜｰﾌｧﾘﾝ",
            "와파린",
            "쿠마딘",
        ),
        *("وارفارين ٥ ملغ", "וורפרין", "वारफेरिन", "醋硝香豆素", "苯丙香豆素"),
        # The kind.
        *("Vitamin K blocker", "vitamin K inhibitors"),
        *("AVK", "antivitamine K", "Vitamin-K-Antagonist", "antagonista de la vitamina K"),
    ],
)
def test_a_blood_thinner_is_known_by_its_name_anywhere(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == STOP


@pytest.mark.parametrize(
    "written",
    [
        *("Blutverdünner", "blutverduenner", "blood thinner", "my blood thinning tablets"),
        *("anticoagulante oral", "Gerinnungshemmer", "bloedverdunner", "antykoagulant"),
        *(
            "anticoagulant",
            "anticoag",
            "anti-coagulant tablets",
            "INR",
            "INR tablets",
            "my INR pill 5 pm",
        ),
        *("my rat poison pill", "Rattengift", "my thinners"),
        *("thrombosis pills", "Thrombose", "tablet for blood clots", "clot medicine", "DVT"),
        *("Blutgerinnungshemmer", "lek przeciwzakrzepowy", "αντιπηκτικά", "trombosedienst pillen"),
        *("bloodthinner", "léky na ředění krve", "разжижитель крови", "afinador do sangue"),
        *("metformin, INR tablets", "aspirin + clot pills", "抗凝血药", "항응고제", "נוגד קרישה"),
    ],
)
def test_a_word_for_blood_thinners_stops_and_asks(written: str) -> None:
    """The stop asks which one it is; where there is nothing to stop, the question stands alone."""
    assert findings(a_dose(MK7()), person=takes(written)) == STOP
    assert findings(a_dose(D3(10)), person=takes(written)) == {("MED-ASK", "warning")}


def test_the_stop_of_one_that_only_may_be_it_says_how_to_answer() -> None:
    found = the_finding("K2-VKA", a_dose(MK7()), person=takes("blood thinner"))
    assert 'or name = "blood thinner (not a vitamin K antagonist)"' in found.message


def test_one_by_its_kind_and_its_name_is_told_once() -> None:
    found = the_finding("K2-VKA", a_dose(MK7()), person=takes("AVK (Previscan)"))
    assert found.seen == "AVK (Previscan) (fluindione), and vitamin K: pill 100 mcg"


def test_what_else_is_asked_is_asked_beside_the_stop() -> None:
    found = findings(a_dose(MK7()), person=takes("blood thinner + water tablet"))
    assert found == STOP | {("MED-ASK", "warning")}


@pytest.mark.parametrize(
    "written",
    [
        *("clopidogrel (blood thinner)", "Plavix (blood thinner)", "blood thinner (clopidogrel)"),
        *("aspirin 75 mg (blood thinner)", "Brilique (anticoagulant)", "DuoPlavin (for clots)"),
    ],
)
def test_in_brackets_it_describes_what_keeps_platelets_apart(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == set()


@pytest.mark.parametrize(
    "written",
    [
        *("aspirin, blood thinner", "aspirin + blood thinner", "aspirin & blood thinner"),
        *("aspirin and a blood thinner", "Plavix (and a blood thinner)", "aspirin/anticoagulant"),
        *("aspirina (y anticoagulante)", "clopidogrel; anticoagulant"),
        "metformin (blood thinner)",
    ],
)
def test_beside_them_there_may_be_another(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == STOP


@pytest.mark.parametrize(
    "written",
    [
        *("marine plankton", "call Karin", "Karina", "Marina", "Carina visits", "Warner"),
        *("farina", "practise trombone", "Gerinnungstest"),
    ],
)
def test_a_word_of_life_that_is_nearly_a_name_stops_nothing(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == {("MED-UNKNOWN", "warning")}
    assert findings(a_dose(MK7()), a_dose(name=written, ident="b")) == {("CONTENTS-NONE", "note")}


@pytest.mark.parametrize("written", ["marine collagen", "Marine Omega-3"])
def test_nor_does_what_comes_from_the_sea(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == set()


@pytest.mark.parametrize("written", ["Marco 3 mg", "blood thinner check"])
def test_what_may_be_one_all_the_same_stops(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == STOP


@pytest.mark.parametrize("written", ["Marc's pill", "Mira’s tablets", "my Warner's"])
def test_whose_pill_it_is_begins_no_name(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == {("MED-UNKNOWN", "warning")}
    assert findings(a_dose(MK7()), a_dose(name=written, ident="b")) == {("CONTENTS-NONE", "note")}


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("warferin", "warfarin"),
        ("Wafarin sodium 3 mg", "warfarin"),
        ("Marcomar", "phenprocoumon"),
        ("Sintron 4mg", "acenocoumarol"),
        ("coumodin", "warfarin"),
        ("acenocumerol", "acenocoumarol"),
        ("Verfarin", "warfarin"),
        ("Worfarin", "warfarin"),
        ("Varfrin 3 mg", "warfarin"),
        ("Makumar", "phenprocoumon"),
        ("Κουμαδίνη", "warfarin"),
        ("Waferin", "warfarin"),
        # Only begun, or with more behind it.
        ("warf", "warfarin"),
        ("couma", "warfarin"),
        ("marcu", "phenprocoumon"),
        ("Warfarinnatrium", "warfarin"),
    ],
)
def test_a_slip_of_the_pen_does_not_hide_the_hard_stop(written: str, near: str) -> None:
    found = findings(a_dose(MK7()), person=takes(written))
    assert found == STOP
    stop = the_finding("K2-VKA", a_dose(MK7()), person=takes(written))
    assert stop.seen == f"{written} (perhaps {near}), and vitamin K: pill 100 mcg"
    assert stop.message.endswith(f'name = "{written} (not a vitamin K antagonist)".')


@pytest.mark.parametrize("denial", ["not a vitamin K antagonist", "not warfarin", "kein Marcumar"])
def test_until_it_is_denied(denial: str) -> None:
    person = takes(f"warferin ({denial})")
    assert findings(a_dose(MK7()), person=person) == {("MED-UNKNOWN", "warning")}


def test_without_vitamin_k_it_is_only_unknown() -> None:
    assert findings(a_dose(D3(10)), person=takes("warferin")) == {("MED-UNKNOWN", "warning")}


@pytest.mark.parametrize(
    "written", ["Orfadin", "Eliquis (not warfarin)", "apixaban, not Marcumar", "no warfarin"]
)
def test_what_is_none_is_no_alarm(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == set()


@pytest.mark.parametrize(
    "written",
    [
        *("Xarelto for clots", "Clexane for thrombosis", "Lovenox (DVT)", "heparin, blood clots"),
        *("enoxaparin (blood thinner)", "blood thinner injection: Clexane"),
        *("aspirin to prevent clots", "warm milk", "mirabegron", "acetylcysteine", "omeprazole"),
        *(
            "carvedilol",
            "fluid tablets",
            "macular degeneration",
            "Trombyl",
            "INR test",
            "INR check at the clinic",
            "thrombosis stockings",
            "Warticon",
            "アスピリン",
        ),
    ],
)
def test_what_only_sounds_or_reads_a_little_like_one_is_no_alarm(written: str) -> None:
    assert ("K2-VKA", "error") not in findings(a_dose(MK7()), person=takes(written))


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Verfarin 5 mg", "Verfarin 5 mg (perhaps warfarin), and vitamin K: pill 100 mcg"),
        ("Blood thinner", "Blood thinner (vitamin K antagonist), and vitamin K: pill 100 mcg"),
        ("华法林", "warfarin, and vitamin K: pill 100 mcg"),
    ],
)
def test_a_dose_that_may_be_one_by_its_name_counts(name: str, seen: str) -> None:
    other = a_dose(ident="red", name=name)
    assert the_finding("K2-VKA", a_dose(MK7()), other).seen == seen
    walk = a_dose(ident="walk", name="INR check")
    assert ("K2-VKA", "error") not in findings(a_dose(MK7()), walk)


def test_a_dose_that_may_be_one_has_no_catch_up_beside_it_either() -> None:
    meals = 'breakfast = { at = "08:00", fat_g = 12 }\nlunch = { at = "12:30", fat_g = 15 }\n'
    doses = [a_dose(MK7(), with_=["breakfast", "lunch"]), a_dose(ident="w", name="Warfarin 3 mg")]
    schedule = parse(a_schedule(*doses, accepted("K2-VKA"), meals=meals), "plan.toml")
    assert meals_in_force(schedule, schedule.doses[0]) == ("breakfast",)


@pytest.mark.parametrize("written", ["not sure, maybe warfarin", "Coumadin not generic"])
def test_who_only_says_not_still_takes_it(written: str) -> None:
    assert findings(a_dose(MK7()), person=takes(written)) == STOP


def test_what_may_be_a_blood_thinner_has_no_catch_up_either() -> None:
    meals = 'breakfast = { at = "08:00", fat_g = 12 }\nlunch = { at = "12:30", fat_g = 15 }\n'
    dose = a_dose(MK7(), with_=["breakfast", "lunch"])
    text = a_schedule(dose, accepted("K2-VKA"), person=takes("warferin"), meals=meals)
    schedule = parse(text, "plan.toml")
    assert meals_in_force(schedule, schedule.doses[0]) == ("breakfast",)
    assert verdict(text).held == []


def test_k2_on_the_skin_beside_warfarin_is_said() -> None:
    skin = a_dose(MK4(100), route="topical")
    assert findings(skin, person=takes("warfarin")) == {
        ("K2-TOPICAL", "note"),
        ("K2-VKA", "warning"),
    }
    found = the_finding("K2-VKA", skin, person=takes("warfarin"))
    assert (found.doses, found.seen) == (("pill",), "warfarin, and vitamin K on the skin: pill")
    assert findings(skin) == {("K2-TOPICAL", "note")}
    assert findings(skin, person=takes("apixaban")) == {("K2-TOPICAL", "note")}


@pytest.mark.parametrize(
    ("eaten", "found"),
    [
        ("natto", {("K2-VKA", "warning")}),
        ("rice with nattō and an egg", {("K2-VKA", "warning")}),
        ("納豆", {("K2-VKA", "warning")}),
        ("two eggs, no natto", set()),
        ("two eggs", set()),
    ],
)
def test_natto_at_a_meal_beside_warfarin_is_said(eaten: str, found: set[tuple[str, str]]) -> None:
    meals = NATTO.format(eaten=eaten)
    assert findings(a_dose(D3(10)), person=takes("warfarin"), meals=meals) == found
    assert findings(a_dose(D3(10)), meals=meals) == set()


def test_natto_is_told_with_its_meal() -> None:
    found = the_finding(
        "K2-VKA", a_dose(D3(10)), person=takes("Marcumar"), meals=NATTO.format(eaten="natto")
    )
    assert (found.doses, found.seen) == (
        (),
        "Marcumar (phenprocoumon), and breakfast (natto), which is rich in vitamin K2",
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("vitamin K2 100 mcg", {("K2-VKA", "error")}),
        ("MK-7", {("K2-VKA", "error")}),
        ("multivitamin", {("K2-VKA", "warning"), ("MED-ASK", "warning")}),
        # As labels say it.
        *((name, {("K2-VKA", "error")}) for name in ("super k", "ADEK", "D3 + K drops")),
        ("vitamin C", set()),
    ],
)
def test_vitamin_k_among_the_medicines_counts(written: str, found: set[tuple[str, str]]) -> None:
    dose = a_dose(contents=[])
    both = findings(dose, person=takes("warfarin", written))
    assert {each for each in both if each[0] != "D3-UNCOUNTED"} == found
