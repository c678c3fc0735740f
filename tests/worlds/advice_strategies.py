"""Schedules of vitamins and minerals as hypothesis draws them."""

from typing import Any

from hypothesis import strategies as st

from advice_texts import D3, MK4, MK7, Mg, a_dose, content, retinol

HEAD = """\
version = 1
timezone = "Europe/Berlin"
[meals]
breakfast = { at = "08:00", fat_g = 5 }
lunch = { at = "13:00", eat = "two eggs" }
"""


PERSONS = [
    "",
    "[person]\nage = 71\nmedicines = []\n",
    '[person]\nage = 16\npregnant = true\nkidney = "moderate"\nbedtime = "22:00"\n',
    '[person]\nconditions = ["kidney stones", "sarcoidosis"]\nmedicines = ['
    '{ name = "warfarin" }, { name = "levothyroxine", at = "06:30" },'
    '{ name = "doxycycline", at = "12:00" }, { name = "orlistat", at = "13:00" },'
    '{ name = "Fosamax", at = "07:45" }, { name = "digoxin" }, { name = "nonsense" }]\n',
]


@st.composite
def doses(draw: st.DrawFn) -> dict[str, Any]:
    """The keys of a dose of vitamins or minerals; its id comes later."""
    amount = draw(st.sampled_from([0.5, 5, 15, 100, 100.1, 250, 500, 1250, 16_000, 50_000]))
    d, k, mg = (
        [D3(amount), D3(amount, "IU")],
        [MK7(amount), MK4(amount)],
        [Mg(amount), Mg(9, None)],
    )
    others = [retinol(amount), content("vitamin-k2", amount), content("iron", amount)]
    others += [content("calcium", amount, "mg"), content("zinc", amount, basis="compound")]
    made = draw(st.lists(st.sampled_from([*d, *k, *mg, *others]), max_size=3))
    keys: dict[str, Any] = {"contents": made}
    if draw(st.booleans()):
        keys["with_"] = draw(st.sampled_from([["breakfast"], ["breakfast", "lunch"]]))
    else:
        times = st.sampled_from(["06:00", "08:00", "09:10", "13:00", "21:30"])
        keys["at"] = draw(st.lists(times, min_size=1, max_size=2, unique=True))
    keys["days"] = draw(st.sampled_from(["daily", ["sun"], ["mon", "thu"], {"monthdays": [1]}]))
    for key in draw(st.sets(st.sampled_from(["prescribed", "late", "end", "review"]))):
        keys[key] = {"prescribed": True, "late": "13h", "end": 2027, "review": 2027}[key]
    return keys


def written(dose: dict[str, Any], number: int) -> str:
    keys = dict(dose)
    made = keys.pop("contents")
    text = a_dose(*made, ident=f"d{number}", **keys)
    return text.replace("= 2027\n", "= 2027-01-10\n")
