"""Medicines by the brands, languages and scripts of many countries, and by a slip of the pen.

One morning with vitamins D3, K2, A and E and four minerals stands beside each name; what the name
means is told by the rules that it wakes.
"""

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MK7,
    Mg,
    a_dose,
    a_schedule,
    at,
    content,
    findings,
    retinol,
    takes,
    verdict,
)
from dosebell_host.reference.medicines import VKA, names_of_medicines
from dosebell_host.reference.medicines_everyday import everyday_names
from dosebell_host.reference.nearest import key_of
from dosebell_host.reference.recognised import reading_of

MORNING = (
    at("08:00", D3(15), MK7(), ident="d3k2"),
    at("08:00", Mg(200), ident="mg"),
    at("08:00", content("iron", 14, "mg"), ident="fe"),
    at("08:00", content("calcium", 500, "mg"), content("zinc", 10, "mg"), ident="cazn"),
    at("08:00", retinol(500), content("vitamin-e", 400, "mg"), ident="ae"),
)

# (the rules that a name must wake, the names as people of many countries write them)
BY_RULE = {
    "MIN-LEVO": (
        *("Eferox 75", "Thyronajod 100", "Thyrofix", "Tiche 50 mcg", "Dexnon", "Letrox 50"),
        *("Tefor", "Levotiron", "Thyronorm 50", "Thyrox 50", "Puran T4 50", "Levaxin", "T4"),
        *("Баготирокс", "Эутирокс 50", "씬지로이드", "לבותירוקסין", "チラーヂンS", "Cynomel"),
        *("Thyrex 75", "Levotirsol", "Levothroid", "Levo-T 50", "Thyro-Tabs"),
    ),
    "MIN-TETRA": (
        *("Doxy 100", "Vibra-Tabs", "Supracyclin", "Doxylis", "Miraclin", "Unidox Solutab"),
        *("Юнидокс Солютаб", "ビブラマイシン", "Minomycin", "Tetradox", "Doxt-SL", "Klinomycin"),
        *("多西环素", "도시사이클린", "Efracea 40 mg"),
    ),
    "MIN-QUIN": (
        *("Cifran 500", "Ciplox", "Цифран", "Cipronex", "Cravit", "クラビット錠", "Prixar"),
        *("Nolicin", "Нолицин", "Oflocet", "Zanocin", "Izilox", "Octegra", "左氧氟沙星"),
        *(
            "グレースビット",
            "ジェニナック",
            "시프로플록사신",
            "Ципролет",
            "Ciproflox",
            "ciproflaxin",
        ),
    ),
    "MIN-BP": (
        *("kwas alendronowy 70 mg", "Ostolek", "Alendros", "Dronal", "Fosalan", "Fosavans"),
        *("Алендроновая кислота", "フォサマック", "ボナロン", "アクトネル", "Optinate", "Acrel"),
        *("Ridron", "Endronax", "알렌드로네이트", "阿仑膦酸钠片", "ボノテオ", "Skelid"),
        *("Alendron Hexal", "Alendronsyra", "Ostemax 70", "Bonasol", "Iasibon 50 mg"),
        *("Ibandronsaeure", "Alendronattabletten"),
    ),
    "K2-VKA": (
        *("lek na rozrzedzenie krwi", "ワーファリン錠", "Варфарин Никомед", "Sintrom 4"),
        *("Befarin 3", "Pindione", "Sin-trom", "Marcumartabletten"),
    ),
    "VIT-ORLISTAT": ("Orsoten", "Lipiblock", "Beacita", "Листата", "奥利司他", "제니칼"),
    "VIT-RESIN": (
        *("Холестирамин", "クエストラン", "コレバイン", "Cholestabyl", "Lodalis", "Efensol"),
        "Olestyr",
    ),
    "VIT-MINOIL": (
        *("huile de paraffine", "Paraffinöl", "вазелиновое масло", "Hodernal", "Laxamalt"),
        *("parafina líquida", "Agarol", "Paraffinoel", "óleo mineral", "aceite mineral"),
        *("paraffinolie", "parafinový olej", "parafina ciekła"),
    ),
    "D3-THIAZIDE": (
        *("Disalunil", "Лозап плюс", "Энап-Н", "Tolucombi", "エカード", "フルイトラン", "Indapen"),
        *("Clorana", "Aquazide", "氢氯噻嗪", "Salures", "bendro 2.5mg", "Baycaron", "Dichlotride"),
        *("Briserin", "Amiloretik", "Nephral", "Turfa", "Teraxans", "Blokium Diu", "Logroton"),
        *("MicardisHCT", "Candecor comp", "Provas comp", "Cordinate plus", "LisiLich comp"),
        *("BisoLich comp", "Lobivon plus", "Renitek plus", "Coverex-AS Komb", "Belsar plus"),
    ),
    "D3-DIGOXIN": ("Hémigoxine", "Digacin", "Eudigox", "ジゴキシン", "地高辛", "Lanirapid"),
    "D3-ANALOG": (
        *("Alpha D3", "Альфа Д3-Тева", "Bondiol", "Un-Alfa", "ワンアルファ", "エディロール"),
        *("ロカルトロール", "Alfadiol", "骨化三醇", "Doss 0,25", "AlphaD3", "Didrogyl"),
        *("alfa-calcidol", "Tachystin"),
    ),
    "D3-DILTIAZEM": (
        *("Monotildiem", "Herbesser", "ヘルベッサー", "Tarka", "Masdil", "Staveran", "Slozem"),
        *("Zemtard", "Dilcardia", "Veramex", "Falicard", "Vera-lich", "Univer"),
    ),
    "D3-INDUCER": (
        *("Finlepsin", "Финлепсин", "Корвалол", "アレビアチン", "Rifinah", "Liskantin"),
        *("Difetoin", "Neurotop", "Equetro", "Rifoldin", "Rimifon", "Phenobarb"),
    ),
    "D3-STEROID": (
        *("Encorton", "Метипред", "Solupred", "プレドニン", "Wysolone", "Calcort", "pred 5mg"),
        *("Kortisontabletten", "Prednisolontabletten"),
    ),
    "D3-STATIN": (
        *("Tahor", "Вазилип", "Torvast", "リピトール", "Totalip", "Atozet", "Simvabeta", "Simgal"),
        *("Cardyl", "Prevencor", "Lipovas", "atorvasterol"),
    ),
    "VITA-RETINOID": ("Curacné", "Акнекутан", "Izotek", "Dercutane", "チガソン", "Toctino"),
    "MIN-BOUND": ("Acriptega", "TLD", "テビケイ", "Trolovol", "セルセプト", "セフゾン"),
    "IRON-ASK": ("Isicom", "Modopar", "Prolopa", "Наком", "Syndopa", "マドパー", "L-Dopa"),
    "E-THINNER": (
        *("Acard", "Ecosprin", "Тромбо АСС", "Кардиомагнил", "バイアスピリン", "Hepathrombin"),
        *("carbasalate calcium", "Asprin", "Эликвис", "イグザレルト"),
    ),
}
# What else such a medicine may wake: it has it in common with all of its kind.
OF_ITS_KIND = {
    *("K-ABX", "BIOTIN-TEST", "CA-THIAZIDE", "CA-DIGOXIN", "CA-ANALOG", "D3-UNCOUNTED"),
    *("BP-FIRST", "IRON-ASK"),
}
NAMES = [(rule, name) for rule, names in BY_RULE.items() for name in names]


def rules_beside(name: str, time: str = "08:30") -> set[str]:
    """What the morning and a listed medicine have in common."""
    return _rules(takes(f"{name} {time}")) - _rules(CLEAN)


def rules_of_a_dose(name: str, time: str = "08:30") -> set[str]:
    """The same where the medicine is a dose of the file, and only its name says what it is."""
    dose = at(time, ident="other", name=name, food="any")
    return _rules(CLEAN, dose) - _rules(CLEAN) - {"CONTENTS-NONE"}


def _rules(person: str, *doses: str) -> set[str]:
    found = verdict(a_schedule(*MORNING, *doses, person=person)).findings
    return {each.rule for each in found}


def test_the_table_has_no_accents_for_which_every_check_would_pay() -> None:
    known = (*names_of_medicines(), *everyday_names())
    assert [name for name, _ in known if not name.isascii()] == []


@pytest.mark.parametrize(("rule", "name"), NAMES)
def test_a_name_of_another_country_wakes_its_rule_and_no_other(rule: str, name: str) -> None:
    beside = rules_beside(name)
    stops = {"E-THINNER"} if rule == "K2-VKA" else set[str]()
    assert rule in beside and beside <= {rule} | stops | OF_ITS_KIND
    of_a_dose = rules_of_a_dose(name)
    assert rule in of_a_dose and of_a_dose <= beside


@pytest.mark.parametrize(
    "name",
    ["pastilla de la tiroides", "remédio para tireoide", "tabletka na tarczycę", "tiroid hapı"],
)
def test_a_word_for_the_thyroid_is_asked_about(name: str) -> None:
    assert rules_beside(name) == {"MIN-LEVO", "MED-ASK"}


@pytest.mark.parametrize(
    "name",
    [
        *("Concor 5 mg", "Cipralex", "Pantozol 20", "Celebrex", "Seroquel", "Delix 5", "Telma 40"),
        *("Blopress 8 mg", "Ursofalk", "Kreon 25000", "Cordarone", "Viacoram", "Doptelet"),
        *("L-Tyrosine", "Flu vaccine", "Xalatan eye drops", "Calcitonin nasal spray"),
        *("clonidine", "Enbrel", "rivastigmine", "Alfuzosin", "Fostair", "Berodual", "GTN spray"),
        *("Torem 10", "Pred Forte eye drops", "Vagifem", "bicalutamide", "thiamine 100 mg"),
    ],
)
def test_a_brand_that_no_rule_speaks_about_is_known_and_wakes_none(name: str) -> None:
    assert (rules_beside(name), rules_of_a_dose(name)) == (set(), set())


@pytest.mark.parametrize(
    "name",
    [
        *("ципрофлоксацин глазные капли", "капли в глаза левофлоксацин", "тетрациклин мазь"),
        *("ofloxacin göz damlası", "ciprofloxacin damla", "点眼 レボフロキサシン"),
        *("クラビット点眼液", "oxytetracycline salve", "ибандронат укол", "левофлоксацин уколы"),
        *("ibandronato em ampola", "ibandronato fiala", "ミノサイクリン軟膏"),
    ],
)
def test_what_is_not_swallowed_in_any_language_meets_nothing_in_the_gut(name: str) -> None:
    assert (rules_beside(name), rules_of_a_dose(name)) == ({"MED-ROUTE"}, set())


@pytest.mark.parametrize(
    "name",
    ["капли левотироксин", "ципрофлоксацин таблетки", "ampolas vitamina D", "pastillas de cipro"],
)
def test_what_is_swallowed_in_any_language_stays_so(name: str) -> None:
    assert not reading_of(name).route


@pytest.mark.parametrize(
    "name", ["levothyroxine ampoules", "Tirosint fiale", "L-Thyroxin Ampullen"]
)
def test_what_may_be_drunk_from_an_ampoule_meets_minerals(name: str) -> None:
    assert rules_beside(name) == rules_beside("levothyroxine")


# What people and packets write around a name, in which nothing else is named.
AROUND = (
    *("{} 50 mg", "{}50", "{} 0,5 mg", "{} 1-0-0", "{} 2x täglich", "{} (morning)", "{}® N 50"),
    *("{}™ 20", "{}℠", "„{}“", "{} – 5 mg", "• {}", "{} ½ Tablette", "Tabl. {}", "T. {} 5mg"),
    *("{} + water", "{} & a glass of water", "{} with milk", "no grapefruit with {}", "{} N3"),
    *("{} табл.", "{} tabletki powlekane", "{} comprimé pelliculé", "{} compr. rivest.", "my {}"),
    *("{} since 2019", "{} prn", "{}: 1 tablet", "{}?", "1) {}", "{} 100 Stück", "{} 5mg AM/PM"),
)
TAKEN = (
    *("levothyroxine", "Euthyrox", "doxycycline", "ciprofloxacin", "alendronate", "warfarin"),
    *("Marcumar", "Xarelto", "orlistat", "cholestyramine", "indapamide", "digoxin", "calcitriol"),
    *("isotretinoin", "dolutegravir", "Madopar", "aspirin", "metformin"),
)


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_a_name_changes_nothing(around: str) -> None:
    for name in TAKEN:
        assert (name, reading_of(around.format(name))) == (name, reading_of(name))


def test_signs_part_words_and_make_no_letters() -> None:
    signs = "–—−·•…“”„™℠®©、・／＋"
    assert {sign: key_of(f"Calcium{sign}Zink") for sign in signs} == dict.fromkeys(
        signs, "calcium zink"
    )


def slips_of(name: str) -> set[str]:
    """The name with one letter left out, doubled, or swapped with the next, but for the first."""
    places = range(1, len(name))
    left_out = {name[:n] + name[n + 1 :] for n in places}
    doubled = {name[:n] + name[n] + name[n:] for n in places}
    return (left_out | doubled | swaps_of(name)) - {name}


def swaps_of(name: str) -> set[str]:
    swapped = (name[:n] + name[n : n + 2][::-1] + name[n + 2 :] for n in range(1, len(name)))
    return set(swapped) - {name}


def names_of_one_word(*, antagonists: bool) -> set[str]:
    """Those of medicines that rules speak about."""
    known = ((key_of(name), each.classes) for name, each in names_of_medicines() if each.classes)
    return {
        name
        for name, classes in known
        if name.isalpha() and len(name) >= 7 and (VKA in classes) is antagonists
    }


def is_taken_for_an_antagonist(name: str) -> bool:
    return any(VKA in each.classes for each in reading_of(name).taken_for)


def test_no_swapped_letters_make_an_antagonist_of_another_medicine() -> None:
    slips = {slip for name in names_of_one_word(antagonists=False) for slip in swaps_of(name)}
    assert {slip for slip in slips if is_taken_for_an_antagonist(slip)} == set()


def test_no_slip_hides_an_antagonist() -> None:
    slips = {slip for name in names_of_one_word(antagonists=True) for slip in slips_of(name)}
    assert {slip for slip in slips if not is_taken_for_an_antagonist(slip)} == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[("doxycyline", "doxycycline"), ("levothyroxene 50", "levothyroxine")],
        *[("ciprofloxicin", "ciprofloxacin"), ("alendornate", "alendronate")],
        *[("synthriod", "synthroid"), ("xarleto", "xarelto"), ("fosomax", "fosamax")],
        *[
            ("eltrombopak", "eltrombopag"),
            ("phenytion", "phenytoin"),
            ("isotretinion", "isotretinoin"),
        ],
    ],
)
def test_a_dose_with_a_slip_in_its_name_is_asked_what_it_is(typed: str, meant: str) -> None:
    found = verdict(a_schedule(a_dose(name=typed))).findings
    assert [(each.rule, each.severity, each.seen) for each in found] == [
        ("CONTENTS-NONE", "warning", f'"{typed}" without contents; did you mean "{meant}"?')
    ]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Metformin 500",
            "Probiotic",
            "Walk the dog",
            "Insulin",
            "Inulin",
            "Collagen",
            "Creatine",
        ),
        *(
            "Cipralex",
            "Foobarix",
            "Blood sugar",
            "Water the plants",
            "Physio exercises",
            "Celebrin",
        ),
    ],
)
def test_no_other_dose_is_taken_for_a_slip(name: str) -> None:
    found = verdict(a_schedule(a_dose(name=name))).findings
    assert [each.seen for each in found] == [f'"{name}" without contents']


@pytest.mark.parametrize(
    "name",
    [
        *("warfarin (stopped 2019)", "warfarin, stopped 2019", "Marcumar abgesetzt"),
        *("Sintrom suspendido", "Previscan arrêté", "Coumadin sospeso", "stopped warfarin"),
    ],
)
def test_who_may_have_stopped_is_asked_and_the_hard_stop_counts_till_then(name: str) -> None:
    rules = findings(a_dose(MK7()), person=takes(name))
    assert rules == {("K2-VKA", "error"), ("MED-ASK", "warning")}


def test_another_medicine_that_may_have_stopped_only_warns() -> None:
    morning = at("08:00", Mg(200))
    person = takes("doxycycline stopped in May 08:30")
    assert findings(morning, person=person) == {("MIN-TETRA", "warning"), ("MED-ASK", "warning")}
    (asked,) = [
        each
        for each in verdict(a_schedule(morning, person=person)).findings
        if each.rule == "MED-ASK"
    ]
    assert asked.seen == (
        '"doxycycline stopped in May": is it still taken, or may it leave the list? Until that is'
        " written, the checks take it for doxycycline"
    )


def test_who_no_longer_takes_it_is_told_nothing() -> None:
    assert findings(a_dose(MK7()), person=takes("no longer taking warfarin")) == set()


@pytest.mark.parametrize(
    ("rule", "illness"),
    [
        *[
            ("D3-CONTRA", each)
            for each in ("böbrek taşı", "камни в почках", "腎結石", "kamienie nerkowe")
        ],
        *[("D3-CONTRA", each) for each in ("hiperkalsemi", "гиперкальциемия", "高钙血症")],
        *[("D3-CAUTION", each) for each in ("sarcoidosi", "sarkoidoza", "саркоидоз", "结节病")],
        *[
            ("D3-CAUTION", each)
            for each in ("nadczynność przytarczyc", "гиперпаратиреоз", "gruźlica")
        ],
    ],
)
def test_an_illness_in_another_language_is_the_same(rule: str, illness: str) -> None:
    person = f'{CLEAN}conditions = ["{illness}"]\n'
    assert rule in {found for found, _ in findings(a_dose(D3(10)), person=person)}
