"""How `dosebell new` reads an answer, and where the laptop says it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.schedule.values import Wrong
from dosebell_host.schedule.zones import laptop_zone_name
from dosebell_host.wizard.answers import (
    Amount,
    Eaten,
    read_d3,
    read_eaten,
    read_k2,
    read_time,
)
from dosebell_host.wizard.asking import ask_all
from dosebell_host.wizard.dose_questions import read_count
from dosebell_host.wizard.head_questions import HEAD, SENTENCES
from dosebell_host.wizard.meal_words import MealTime
from dosebell_host.wizard.mentions import Mentioned, read_mentions
from listener import Listener


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1000 IU", Amount(1000, "IU")),
        ("1,000IU", Amount(1000, "IU")),
        (" 1000 i.e. ", Amount(1000, "IU")),
        ("25 µg", Amount(25, "mcg")),
        ("25 μg", Amount(25, "mcg")),
        ("2.5 mcg", Amount(2.5, "mcg")),
        ("2000 units", Amount(2000, "IU")),
        # With the name of the label.
        ("Vitamin D3 1000 IU", Amount(1000, "IU")),
        ("D3 25 µg", Amount(25, "mcg")),
        ("none", None),
        ("None", None),
        ("-", None),
        ("no", None),
        ("nothing", None),
    ],
)
def test_amounts_as_labels_have_them(typed: str, amount: Amount | None) -> None:
    assert read_d3(typed) == amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("MK-7 100 mcg", Amount(100, "mcg", "MK-7")),
        ("100 mcg MK7", Amount(100, "mcg", "MK-7")),
        ("100 µg (mk-7)", Amount(100, "mcg", "MK-7")),
        ("MK 4 15 mg", Amount(15, "mg", "MK-4")),
        ("100 mcg", Amount(100, "mcg")),
        ("Vitamin K2 (MK-7) 100 µg", Amount(100, "mcg", "MK-7")),
        ("K2 75 mcg", Amount(75, "mcg")),
        ("none", None),
    ],
)
def test_forms_of_k2_as_labels_have_them(typed: str, amount: Amount | None) -> None:
    assert read_k2(typed) == amount


@pytest.mark.parametrize("typed", ["1.000 IU", "1.250 mg", "2,5 mcg", "2,50 mcg"])
def test_a_number_that_countries_read_in_two_ways_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Wrong, match="can be read in two ways"):
        read_d3(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1000",
        "IU",
        "Vitamin D3",
        "K2 100 mcg",
        "0 IU",
        "-5 IU",
        "1e3 IU",
        "1000 pills",
        "2000",
        "12345678 IU",
        "1,00,0 IU",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Wrong):
        read_d3(typed)


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("none", ()),
        ("no", ()),
        ("-", ()),
        ("keine", ()),
        ("apixaban", (Mentioned("apixaban"),)),
        ("Euthyrox 75 at 6:30", (Mentioned("Euthyrox 75", (390,)),)),
        ("orlistat 13:00 08:00", (Mentioned("orlistat", (480, 780)),)),
        (
            "warfarin 2.5 mg; metformin",
            (Mentioned("warfarin", strength="2.5 mg"), Mentioned("metformin")),
        ),
        ("levothyroxine 08:00 and 22:00", (Mentioned("levothyroxine", (480, 1320)),)),
        ("levothyroxine 8:00/22:00", (Mentioned("levothyroxine", (480, 1320)),)),
        ("levothyroxine (06:30)", (Mentioned("levothyroxine", (390,)),)),
        ("levothyroxine 6:30 am", (Mentioned("levothyroxine", (390,)),)),
        ("levothyroxine 6am", (Mentioned("levothyroxine", (360,)),)),
        ("levothyroxine at 06:30 before breakfast", (Mentioned("levothyroxine", (390,)),)),
        (
            "ramipril 5mg and simvastatin",
            (Mentioned("ramipril", strength="5mg"), Mentioned("simvastatin")),
        ),
        (
            "metformin 500 mg with breakfast and dinner",
            (Mentioned("metformin", strength="500 mg", meals=("breakfast", "dinner")),),
        ),
        ("eye drops 08:00,20:00", (Mentioned("eye drops", (480, 1200)),)),
        # A comma before the last "and" is one place with it.
        (
            "apixaban, ramipril, and the water pill",
            (Mentioned("apixaban"), Mentioned("ramipril"), Mentioned("the water pill")),
        ),
        ("ramipril morning and evening", (Mentioned("ramipril"),)),
        (
            "Ramipril HEXAL 5 mg (morning)",
            (Mentioned("Ramipril HEXAL", strength="5 mg", part="in the morning"),),
        ),
        # The label of a supplement keeps its amount, for that is read from it.
        ("Vitamin D3 20,000 IU", (Mentioned("Vitamin D3 20,000 IU"),)),
        ("calcium 500 mg at noon", (Mentioned("calcium 500 mg", (720,)),)),
    ],
)
def test_medicines_as_people_write_them(typed: str, listed: tuple[Mentioned, ...]) -> None:
    assert read_mentions(typed) == listed


@pytest.mark.parametrize(
    "typed",
    ["", "a,,b", "x 25:00", "x 13pm", "5 mg", "8:00", "x" * 65, "a\x07b", "\udce4", "a," * 65],
)
def test_lists_of_medicines_that_are_refused(typed: str) -> None:
    with pytest.raises(Wrong):
        read_mentions(typed)


NAMES = st.sampled_from(["ramipril", "Euthyrox 75", "eye drops", "metformin HEXAL", "x"])
TIMES = st.sampled_from(["", " 08:00", " 8:00/22:00", " (06:30)", " 6:30 am", " 6am", " at noon"])
STRENGTHS = st.sampled_from(["", " 5mg", " 2.5 mg", " 80/12.5 mg", " 10 units", " 0.1 %"])
JOINED = st.sampled_from([" and ", ", ", "; ", " & "])


@given(st.lists(st.tuples(NAMES, STRENGTHS, TIMES), min_size=1, max_size=4), JOINED)
def test_no_name_keeps_a_time_a_strength_or_an_and(
    parts: list[tuple[str, str, str]], joined: str
) -> None:
    found = read_mentions(joined.join("".join(part) for part in parts))
    assert [each.name for each in found] == [name for name, _, _ in parts]
    assert [each.strength for each in found] == [strength.strip() for _, strength, _ in parts]
    assert [bool(each.at) for each in found] == [bool(times) for _, _, times in parts]


def test_times_food_and_packets() -> None:
    half_past_seven = MealTime(450)
    assert [read_time(typed) for typed in ("7:30", " 7.30", "none")] == [
        half_past_seven,
        half_past_seven,
        None,
    ]
    assert [read_eaten(typed) for typed in ("", "none", "12 g", "9.5g of fat", "2 eggs")] == [
        Eaten(),
        Eaten(),
        Eaten(fat_g=12),
        Eaten(fat_g=9.5),
        Eaten("2 eggs"),
    ]
    assert [read_count(typed) for typed in ("", "none", "90")] == [None, None, 90]
    assert [read_count(typed) for typed in ("60 tablets", "30 left", "about 40")] == [
        60,
        30,
        40,
    ]
    for wrong in ("-1", "1.5", "9" * 12, "many"):
        with pytest.raises(Wrong):
            read_count(wrong)


@pytest.mark.parametrize(
    ("environ", "link", "written", "zone"),
    [
        ({}, "/usr/share/zoneinfo/Europe/Berlin", None, "Europe/Berlin"),
        ({}, "/var/db/timezone/zoneinfo/America/Argentina/Salta", None, "America/Argentina/Salta"),
        ({"TZ": ":Asia/Kolkata"}, "/usr/share/zoneinfo/Europe/Berlin", None, "Asia/Kolkata"),
        ({"TZ": "CET-1CEST"}, "/usr/share/zoneinfo/Europe/Berlin", None, None),
        ({}, None, "Europe/Lisbon\n", "Europe/Lisbon"),
        ({}, "/usr/share/zoneinfo/Etc/UTC", "Etc/UTC", None),
        ({}, "/usr/share/zoneinfo/Mars/Olympus", None, None),
        ({}, None, None, None),
    ],
)
def test_the_laptop_names_its_zone_where_it_is_a_place(
    tmp_path: Path,
    environ: dict[str, str],
    link: str | None,
    written: str | None,
    zone: str | None,
) -> None:
    if link:
        (tmp_path / "localtime").symlink_to(link)
    if written:
        (tmp_path / "timezone").write_text(written, encoding="utf-8")
    assert laptop_zone_name(environ, tmp_path) == zone


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("levothyroxine 06:30", ""),
        (
            "water tablet, warferin",
            # Which one the water tablet is has a question of its own.
            'understood: water tablet; warferin; "warferin" is not known',
        ),
        ("ramipril 5mg and simvastatin 8pm", "understood: ramipril 5mg; simvastatin 20:00"),
    ],
)
def test_what_the_checks_do_not_know_is_said_at_once(typed: str, reply: str) -> None:
    [question] = [each for each in HEAD if each.key == "medicines"]
    value = question.read(typed, {SENTENCES: [], "d3": None, "k2": None})
    assert question.reply(typed, value) == reply


@pytest.mark.parametrize(
    ("typed", "reply"), [("about 40", "40"), ("40", ""), ("40 tablets", ""), ("none", "")]
)
def test_a_count_that_was_read_among_words_is_said_back(typed: str, reply: str) -> None:
    [question] = [each for each in HEAD if each.key == "stock"]
    assert question.reply(typed, question.read(typed, {})) == reply


def answer(key: str, *types: str) -> tuple[list[str], object]:
    """What is heard after one question of `new` when somebody types this, and the answer."""
    person = Listener(types=types)
    [question] = [each for each in HEAD if each.key == key]
    said = ask_all(lambda said: [question], {}, {}, person.talk)
    return [what for _, what in person.heard[1:]], said[key]


def test_a_bare_number_of_k2_is_asked_about() -> None:
    heard, value = answer("k2", "75", "yes please")
    assert (heard[0], value) == ("  75 mcg (micrograms)? [yes]", Amount(75, "mcg"))
    heard, value = answer("k2", "75", "no", "100 mcg")
    assert value == Amount(100, "mcg")


def test_one_capsule_with_both_is_understood() -> None:
    assert answer("d3", "2000 units with K2")[1] == Amount(2000, "IU")


def test_who_does_not_know_hears_what_to_do() -> None:
    heard, _ = answer("k2", "don't know", "none")
    assert heard[0] == (
        "  The label on the packet says it; write none if it names no such vitamin."
    )
    assert answer("name", "don't know") == ([], "")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("Leeds", "Europe/London"), ("UK", "Europe/London"), ("Graz, Austria", "Europe/Vienna")],
)
def test_a_town_or_a_country_with_one_clock_is_a_place(typed: str, zone: str) -> None:
    assert answer("timezone", typed)[1] == zone


def test_a_town_that_is_not_known_asks_for_a_big_one() -> None:
    heard, _ = answer("timezone", "Little Snoring", "London")
    asks = "  I don't know that town. Name a big city with the same clock, such as London."
    assert heard[0] == asks


def test_a_guess_in_the_list_is_asked_about() -> None:
    [question] = [each for each in HEAD if each.key == "medicines"]
    typed = "metfromin, eye drops at 9, 1, 5 and 9"
    person = Listener(types=[typed, "yes"])
    known: dict[str, object] = {SENTENCES: [], "d3": None, "k2": None}
    [_, drops] = ask_all(lambda said: [question], {}, known, person.talk)["medicines"]
    assert person.heard[1:] == [
        (
            "asked",
            "  understood: metfromin; eye drops 09:00, 13:00, 17:00 and 21:00;"
            ' "metfromin" is not known; is that right? [yes]',
        ),
    ]
    assert drops.at == (540, 780, 1020, 1260)


def test_a_guess_in_the_list_of_an_option_is_said() -> None:
    [question] = [each for each in HEAD if each.key == "medicines"]
    known: dict[str, object] = {SENTENCES: [], "d3": None, "k2": None}
    nobody = Listener()
    ask_all(lambda said: [question], {"medicines": "insulin at 9, 1"}, known, nobody.talk)
    assert nobody.heard == [
        ("noted", '"insulin at 9, 1" is taken as insulin 09:00 and 13:00.'),
    ]


def test_a_yes_is_no_medicine() -> None:
    [question] = [each for each in HEAD if each.key == "medicines"]
    known: dict[str, object] = {SENTENCES: [], "d3": None, "k2": None}
    with pytest.raises(Wrong, match="is no name"):
        question.read("yes", known)
