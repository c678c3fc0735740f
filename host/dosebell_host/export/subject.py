"""Whom a FHIR resource is about, as a person types it."""

import re

from dosebell_host.errors import UsageError

_REFERENCE = re.compile(r"(?:https?://\S+/)?(?:Patient|Group)/[A-Za-z0-9.-]{1,64}", re.ASCII)


def check_reference(text: str) -> None:
    """Raise `UsageError` for what a server would not know as a person; "" is nobody's wish."""
    if text and not _REFERENCE.fullmatch(text):
        fix = "write it as the server that imports it does, as Patient/123"
        raise UsageError("is no reference to a person", where="--subject", fix=fix)
