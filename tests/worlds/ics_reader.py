"""Reads a calendar by RFC 5545 without the library that wrote it: lines, components, zones.

What a local time means is worked out from the VTIMEZONE of the file alone.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone


@dataclass
class Component:
    """What stands between a BEGIN and its END: properties with their parameters, in order."""

    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The one value of that name."""
        (only,) = [value for each, _, value in self.properties if each == name]
        return only

    def text(self, name: str) -> str:
        """The same, with what was escaped as it was."""
        return re.sub(
            r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.value(name)
        )

    def has(self, name: str) -> bool:
        return any(each == name for each, _, _ in self.properties)

    def of(self, name: str) -> list["Component"]:
        return [part for part in self.parts if part.name == name]


@dataclass
class Event:
    """One event, its instant by the zone in the file."""

    uid: str
    summary: str
    at: datetime
    cancelled: bool
    sequence: int
    stamp: str
    rings: bool


def events(data: bytes) -> list[Event]:
    """The events of a calendar, in its order."""
    calendar = read(data)
    zones = {each.value("TZID"): each for each in calendar.of("VTIMEZONE")}
    return [_event(each, zones) for each in calendar.of("VEVENT")]


def planned(data: bytes) -> list[tuple[str, datetime]]:
    """What an event is called and when it is, of those that are not cancelled."""
    return [(each.summary, each.at) for each in events(data) if not each.cancelled]


def read(data: bytes) -> Component:
    """The calendar. `AssertionError` where its lines are no lines of RFC 5545."""
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert max(map(len, lines)) <= 75
    # A fold may fall inside a character, so bytes are joined first.
    whole = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert "\n" not in whole.replace("\r\n", "")
    root = Component("")
    open_ones = [root]
    for line in whole.split("\r\n"):
        name, parameters, value = _property(line)
        if name == "BEGIN":
            made = Component(value)
            open_ones[-1].parts.append(made)
            open_ones.append(made)
        elif name == "END":
            assert open_ones.pop().name == value
        else:
            open_ones[-1].properties.append((name, parameters, value))
    assert open_ones == [root] and len(root.parts) == 1
    return root.parts[0]


def _property(line: str) -> tuple[str, dict[str, str], str]:
    head = re.match(r"([A-Z-]+)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^;:\",]*))*):(.*)", line, re.S)
    assert head, line
    pairs = re.findall(r";([A-Z-]+)=(\"[^\"]*\"|[^;:\",]*)", head[2])
    return head[1], {name: value.strip('"') for name, value in pairs}, head[3]


def _event(found: Component, zones: dict[str, Component]) -> Event:
    for needed in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "TRANSP"):
        assert found.has(needed), needed
    assert found.value("TRANSP") == "TRANSPARENT"
    (zone,) = [args["TZID"] for name, args, _ in found.properties if name == "DTSTART"]
    return Event(
        found.text("UID"),
        found.text("SUMMARY"),
        _instant(_moment(found.value("DTSTART")), zones[zone]),
        found.has("STATUS") and found.value("STATUS") == "CANCELLED",
        int(found.value("SEQUENCE")),
        found.value("DTSTAMP"),
        bool(found.of("VALARM")),
    )


def _instant(local: datetime, zone: Component) -> datetime:
    """By the observance that began last before it, each beginning as the clock before it shows;
    a time that comes twice is so its first passing.
    """
    begun = [(_moment(each.value("DTSTART")), each) for each in zone.parts]
    _, rule = max(((at, each) for at, each in begun if at <= local), key=lambda pair: pair[0])
    return local.replace(tzinfo=timezone(_offset(rule.value("TZOFFSETTO")))).astimezone(UTC)


def _offset(text: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text)
    assert found, text
    sign = -1 if found[1] == "-" else 1
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")
