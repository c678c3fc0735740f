"""Words of the database as a page shows them: whoever may write there may write anything."""

from dosebell_host.wording import printable

# Longer than any name that dosebell writes there.
NAME_CHARS = 80
SENTENCE_CHARS = 240


def shown_words(text: str, at_most: int = NAME_CHARS) -> str:
    """The text without whatever turns or hides what is beside it, cut where it is too long."""
    cut = text if len(text) <= at_most else f"{text[: at_most - 1]}…"
    return printable(cut)
