"""As much of a FHIR server as takes a transaction of conditional updates, and is as strict about
codes as the standard: `fhir.resources` lets any word be a status.
"""

from collections import Counter
from typing import Any

Resource = dict[str, Any]

# R4B: the codes of each element that must have one of them, by resource and path.
REQUIRED = {
    ("Bundle", "type"): set(
        "document message transaction transaction-response batch batch-response history searchset"
        " collection".split()
    ),
    ("Bundle", "entry.request.method"): set("GET HEAD POST PUT DELETE PATCH".split()),
    ("MedicationAdministration", "status"): set(
        "in-progress not-done on-hold completed entered-in-error stopped unknown".split()
    ),
    ("MedicationStatement", "status"): set(
        "active completed entered-in-error intended stopped on-hold unknown not-taken".split()
    ),
    ("Device", "deviceName.type"): set(
        "udi-label-name user-friendly-name patient-reported-name manufacturer-name model-name"
        " other".split()
    ),
}
# R4B: what each resource that is sent must have; one of several words where it has a choice.
MUST = {
    "Device": [],
    "MedicationStatement": ["status", "subject", "medicationCodeableConcept medicationReference"],
    "MedicationAdministration": [
        "status",
        "subject",
        "effectiveDateTime effectivePeriod",
        "medicationCodeableConcept medicationReference",
    ],
}


def wrong_codes(bundle: Resource) -> list[str]:
    """What in a bundle no server would take, by the tables above."""
    found = []
    for resource in [bundle, *(entry["resource"] for entry in bundle["entry"])]:
        kind = resource["resourceType"]
        for (of, path), codes in REQUIRED.items():
            if of == kind:
                odd = set(_values(resource, path.split("."))) - codes
                found += [f"{kind}.{path} = {each}" for each in sorted(odd)]
        for choice in MUST.get(kind, []):
            there = [each for each in choice.split() if resource.get(each)]
            found += [] if len(there) == 1 else [f"{kind} has {there} of {choice}"]
    return found


def _values(value: Any, path: list[str]) -> list[str]:
    if not path:
        return [value]
    rest = value.get(path[0], [])
    return [
        each
        for one in (rest if isinstance(rest, list) else [rest])
        for each in _values(one, path[1:])
    ]


class FhirServer:
    """Resources by their type and id; a conditional update finds one by its identifier."""

    def __init__(self) -> None:
        self.resources: dict[str, Resource] = {}

    def takes(self, bundle: Resource) -> None:
        """Everything in the bundle, or nothing: `AssertionError` where a server would say no."""
        assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "transaction")
        urls = Counter(entry["fullUrl"] for entry in bundle["entry"])
        # One transaction must not name one resource twice.
        asked = Counter(entry["request"]["url"] for entry in bundle["entry"])
        assert max([*urls.values(), *asked.values()]) == 1
        for entry in bundle["entry"]:
            assert entry["request"]["method"] == "PUT"
            self._update(entry["request"]["url"], entry["resource"])

    def of_kind(self, kind: str) -> list[Resource]:
        return [each for each in self.resources.values() if each["resourceType"] == kind]

    def _update(self, url: str, resource: Resource) -> None:
        kind, _, query = url.partition("?identifier=")
        system, _, value = query.partition("|")
        assert kind == resource["resourceType"]
        wanted = {"system": system, "value": value}
        found = [
            name
            for name, each in self.resources.items()
            if each["resourceType"] == kind and wanted in each["identifier"]
        ]
        assert len(found) <= 1, "412 Precondition Failed"
        # It would be found by this again.
        assert wanted in resource["identifier"]
        self.resources[found[0] if found else f"{kind}/{len(self.resources)}"] = resource
