"""A password or the like in the settings: whatever it is, it is not shown."""

from dosebell_host.schedule.values import Wrong


def secret(value: object) -> str:
    """A text with something in it, which no error repeats."""
    if value == "":
        raise Wrong("this password is empty", "write it between the quotes, or leave the line out")
    if not isinstance(value, str):
        raise Wrong("this is no password", "write it in quotes")
    return value
