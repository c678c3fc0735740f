"""How the checks speak: no sentence moves a medicine, and what matters comes first."""

import re
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from advice_texts import (
    CLEAN,
    D3,
    LEVO,
    MEALS,
    MK7,
    Mg,
    a_dose,
    a_schedule,
    accepted,
    content,
    takes,
    the_finding,
    verdict,
)
from advice_texts import at as at_a_time
from dosebell_host.advice.findings import Finding
from dosebell_host.advice.limit_words import with_limits
from dosebell_host.advice.reasons import NOT_RULES, REASONS
from dosebell_host.advice.rules import (
    amounts,
    bound,
    listed,
    medicines,
    missed,
    vitamin_d,
    vitamin_k,
)
from dosebell_host.advice.rules.table import RULES
from dosebell_host.cli import main
from dosebell_host.reference.recognised import known_medicines
from dosebell_host.reference.sources import SOURCES

# Orders that change how a medicine is taken.
VERBS = (
    "take swallow move shift put bring push postpone delay start begin stop quit pause discontinue"
    " skip omit avoid change swap switch replace reduce lower cut halve increase raise double"
    " separate space keep"
)
# Words for a medicine, beside the names of all those that are known.
MEDICINES = (
    "medicine medication drug antibiotic antibiotics thinner anticoagulant diuretic pill tablet"
    " levothyroxine orlistat resin it them this"
)
OF_THE_MODULES = [
    text
    for module in (amounts, bound, listed, medicines, missed, vitamin_d, vitamin_k)
    for name, text in vars(module).items()
    if name.startswith("_") and isinstance(text, str) and " " in text
]
MESSAGES = [rule.message for rule in RULES.values()] + OF_THE_MODULES
REASONED = [text for each in REASONS.values() for text in (each.why, each.popular)]
REASONED += [each.why for each in NOT_RULES.values()]

ORDER = re.compile(
    rf"(?:^|[;:] |\b(?:you should|you must|please) )({VERBS.replace(' ', '|')})\b(.*)",
    re.IGNORECASE,
)
# Orders about vitamins, and what leaflets say, in quotation of them.
ABOUT_VITAMINS = (
    "K2 dissolves in fat. Take it with the same meal.",
    "Leaflets say: take a missed dose as soon as possible; close to the next, skip it;",
)


def orders(text: str) -> list[str]:
    """The orders in a text that have a medicine for their object."""
    for each in ABOUT_VITAMINS:
        text = text.replace(each, "")
    found = (ORDER.search(sentence) for sentence in re.split(r"(?<=[.;!?])\s", text))
    return [match[0] for match in found if match and _names_a_medicine(match[2])]


def _names_a_medicine(text: str) -> bool:
    words = re.findall(r"[a-z-]+", text.lower())
    return bool(set(words) & set(MEDICINES.split())) or bool(known_medicines(" ".join(words)))


@pytest.mark.parametrize("text", [*MESSAGES, *REASONED])
def test_no_sentence_tells_anyone_to_move_or_change_a_medicine(text: str) -> None:
    assert orders(with_limits(text) if text in MESSAGES else text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Take the antibiotic 2 h before or 6 h after minerals.",
        "Take vitamins at least 1 h before this medicine.",
        "It binds minerals; move the levothyroxine to the evening.",
        "You should stop warfarin.",
        "Avoid thiazides.",
        "Please skip it.",
    ],
)
def test_such_an_order_would_be_found(text: str) -> None:
    assert orders(text) != []


def test_nothing_speaks_of_what_a_reader_has_not_read() -> None:
    said = [*MESSAGES, *REASONED, *(source.title for source in SOURCES.values())]
    assert [
        text for text in said if re.search(r"\bV[12]\b|its opening|of the articles", text)
    ] == []


# Labels, authorities, journals, and what hospitals and Drugs.com say of labels.
TRUSTED = frozenset(
    "ods.od.nih.gov ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov pubmed.ncbi.nlm.nih.gov fda.gov"
    " fda.report dietarysupplementdatabase.usda.nih.gov nhs.uk nhslguidelines.scot.nhs.uk"
    " 111.wales.nhs.uk royaldevon.nhs.uk v9.netformulary.co.uk foodstandards.gov.scot"
    " efsa.europa.eu doi.org books.nap.edu vkm.no bfr.bund.de endocrine.org"
    " eguideline.guidelinecentral.com mayoclinic.org mymlc.com ccjm.org medicines.org.uk"
    " ch.oddb.org sit.mimsdev.com patient-info.co.uk rxreasoner.com wellbutrinxl.com pdfdrug.com"
    " uat.mimsdev.com rocaltrol.us"
    " expydoc.com faq-medical.eisai.jp drugs.com onlinelibrary.wiley.com ashpublications.net"
    " jamanetwork.com healthify.nz".split()
)
# Copies of what an authority said, beside its own address or where that is not known.
COPIES = frozenset(
    "agenparl.eu dfi.univet.hu docslib.org clinicaladvisor.com prdmimsweb.azurewebsites.net"
    " pdr.net medic.hrt.org".split()
)
# A hospital and a data bank that restate labels; no label with etidronate's hours was found.
RESTATED = frozenset({"origin-www.webmd.com", "care.med.sa"})


def hosts(rule: str) -> set[str]:
    urls = [url for key in RULES[rule].sources for url in SOURCES[key].urls]
    return {(urlsplit(url).hostname or "").removeprefix("www.") for url in urls}


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if rule.confidence == "H"])
def test_a_strong_rule_cites_labels_and_authorities(rule: str) -> None:
    assert hosts(rule) <= TRUSTED | COPIES | RESTATED


@pytest.mark.parametrize("rule", RULES)
def test_what_restates_a_label_never_comes_first(rule: str) -> None:
    first = next((SOURCES[key] for key in RULES[rule].sources if SOURCES[key].urls), None)
    assert first is None or urlsplit(first.urls[0]).hostname not in RESTATED


STACK = [
    a_dose(D3(5000, "IU"), ident="vitamin-d3"),
    a_dose(MK7(200), ident="vitamin-k2"),
    a_dose(Mg(400, None, form="glycinate"), ident="magnesium", with_=["dinner"]),
    a_dose(content("calcium", 500, "mg"), ident="calcium"),
    a_dose(
        D3(400, "IU"),
        Mg(50, None),
        content("iron", 14, "mg"),
        content("zinc", 10, "mg"),
        content("calcium", 120, "mg"),
        content("biotin", 50),
        ident="multivitamin",
    ),
    at_a_time("06:30", ident="levothyroxine", medicine="levothyroxine", food="empty"),
    at_a_time("08:00", ident="lisinopril", medicine="lisinopril"),
]
DAY = MEALS + 'lunch = { at = "12:30", fat_g = 15 }\ndinner = { at = "19:00", fat_g = 20 }\n'


def checked(text: str) -> list[str]:
    """What `check` prints of my.toml in the folder one is in."""
    with TemporaryDirectory() as folder, chdir(folder):
        Path("my.toml").write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["check", "my.toml"]).stdout.splitlines()


def test_seven_things_are_told_in_25_lines_what_matters_first() -> None:
    lines = checked(a_schedule(*STACK, meals=DAY))
    assert len(lines) <= 25
    rules = [line.split()[0] for line in lines if re.match(r"    [A-Z]", line)]
    assert list(dict.fromkeys(rules)) == ["MIN-LEVO", "D3-UL", "MG-ELEM", "CA-IRON"]
    assert lines[0].startswith("my.toml: held back by 4 errors: 7 doses")
    assert "  A push waits until this is put right, or accepted: dosebell check --help" in lines


def test_what_is_accepted_stands_apart() -> None:
    doses = [a_dose(D3(125)), a_dose(Mg(360), ident="mg")]
    lines = checked(a_schedule(*doses, accepted("D3-UL"), accepted("MG-UL")))
    heads = [line for line in lines if re.match(r"  [A-Z]+ \(", line)]
    assert heads == ["  ACCEPTED (2)"]
    lines = checked(a_schedule(*doses, accepted("D3-UL")))
    heads = [line for line in lines if re.match(r"  [A-Z]+ \(", line)]
    assert heads == ["  WARNINGS (1)", "  ACCEPTED (1)"]
    assert "A push waits" not in "\n".join(lines)


def test_one_sentence_is_told_once_for_several_doses() -> None:
    times = {"fe": "08:00", "mg": "08:00", "zinc": "08:30"}
    minerals = [
        at_a_time(times["fe"], content("iron", 14, "mg"), ident="fe"),
        at_a_time(times["mg"], Mg(9), ident="mg"),
        at_a_time(times["zinc"], content("zinc", 9, "mg"), ident="zn"),
    ]
    person = CLEAN.replace("[]", '[{ name = "levothyroxine", at = "07:00" }]')
    lines = checked(a_schedule(*minerals, person=person))
    assert lines[1:7] == [
        "  ERRORS (3)",
        "    MIN-LEVO  fe, mg: iron, magnesium at 08:00, levothyroxine at 07:00: 1 h",
        "      apart",
        "    MIN-LEVO  zn: zinc at 08:30, levothyroxine at 07:00: 1 h 30 min apart",
        "      Minerals stop levothyroxine being absorbed; labels ask for 4 h. Only a",
        "        supplement may go elsewhere. (Mayo Clinic, 1 more: --explain MIN-LEVO)",
    ]


def test_a_mineral_of_several_doses_is_named_once() -> None:
    multi = a_dose(content("iron", 14, "mg"), Mg(9), content("zinc", 9, "mg"), ident="multi")
    doses = [a_dose(content("calcium", 9, "mg"), ident="ca"), a_dose(Mg(9), ident="mg"), multi]
    lines = checked(a_schedule(*doses, person=LEVO))
    assert lines[2] == "    MIN-LEVO  ca, mg, multi: calcium, magnesium, iron, zinc at 08:00,"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (content("vitamin-k1", 100), "Vitamin K1 works against it"),
        (MK7(100), "Vitamin K2 can change how it works, even 10 mcg"),
        (content("vitamin-k", 100), "Vitamin K can change how it works, of K2 even 10 mcg"),
    ],
)
def test_vitamin_k_is_called_what_it_is(part: str, words: str) -> None:
    found = the_finding("K2-VKA", a_dose(part), person=takes("warfarin"))
    assert found.message.startswith(f"You listed warfarin. {words}")
    assert ("K2" in found.message) is ("K2" in words)


def test_an_unknown_medicine_that_may_be_an_antagonist_is_told_once() -> None:
    person = takes("warfarinol", "Xyzzyplex")
    found = [(each.rule, each.seen) for each in warned(a_dose(MK7(100)), person=person)]
    assert found == [
        ("K2-VKA", "warfarinol (perhaps warfarin), and vitamin K: pill 100 mcg"),
        ("MED-UNKNOWN", '"Xyzzyplex"'),
    ]
    found = [(each.rule, each.seen) for each in warned(a_dose(D3(10)), person=person)]
    assert [rule for rule, _ in found] == ["MED-UNKNOWN", "MED-UNKNOWN"]


def warned(*doses: str, person: str) -> list[Finding]:
    found = verdict(a_schedule(*doses, person=person)).findings
    return [each for each in found if each.severity != "note"]


def test_how_late_a_medicine_may_be_is_said_by_its_leaflet() -> None:
    levothyroxine = at_a_time("06:30", medicine="levothyroxine", late="13h", prescribed=True)
    found = the_finding("MISS-DOUBLE", levothyroxine)
    assert (found.severity, found.seen, found.message) == (
        "error",
        "asked for until 19:30, 11 h before the next at 06:30; half the time between two is 12 h",
        "Its leaflet says how late a missed one may still be taken: write that as late. Never two"
        " at once.",
    )
