"""Countries with one clock, and towns in them, as people say where they live."""

# Everywhere in these the clock is that of one city.
_COUNTRIES = {
    "Europe/London": "uk, united kingdom, great britain, britain, england, scotland, wales",
    "Europe/Dublin": "ireland, republic of ireland, eire",
    "Europe/Berlin": "germany, deutschland",
    "Europe/Vienna": "austria, österreich",
    "Europe/Zurich": "switzerland, schweiz",
    "Europe/Paris": "france",
    "Europe/Rome": "italy, italia",
    "Europe/Amsterdam": "netherlands, the netherlands, holland",
    "Europe/Brussels": "belgium",
    "Europe/Copenhagen": "denmark",
    "Europe/Stockholm": "sweden",
    "Europe/Oslo": "norway",
    "Europe/Helsinki": "finland",
    "Europe/Warsaw": "poland",
    "Europe/Prague": "czechia, czech republic",
    "Europe/Athens": "greece",
    "Asia/Kolkata": "india",
    "Asia/Tokyo": "japan",
}
_TOWNS = {
    "Europe/London": """leeds, manchester, birmingham, liverpool, sheffield, bristol, newcastle,
        nottingham, leicester, york, oxford, cambridge, brighton, southampton, plymouth, edinburgh,
        glasgow, aberdeen, dundee, cardiff, swansea""",
    "Europe/Dublin": "cork, galway, limerick",
    "Europe/Berlin": "hamburg, munich, münchen, cologne, köln, frankfurt, stuttgart, leipzig",
    "Europe/Vienna": "graz, linz, salzburg, innsbruck",
    "Europe/Zurich": "geneva, basel, bern",
    "Europe/Paris": "lyon, marseille, toulouse, nice",
    "Europe/Rome": "milan, naples, turin, florence",
}


def zone_of_place(text: str) -> str | None:
    """The zone of a country or a town that stands in the tables; None for others."""
    wanted = " ".join(text.lower().replace(",", " , ").split())
    return _PLACES.get(wanted) or _PLACES.get(wanted.partition(" ,")[0])


def _by_name() -> dict[str, str]:
    return {
        " ".join(name.split()): zone
        for table in (_COUNTRIES, _TOWNS)
        for zone, names in table.items()
        for name in names.split(",")
    }


_PLACES = _by_name()
