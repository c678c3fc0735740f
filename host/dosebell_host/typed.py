"""What a person should type next, with the port that they have named before."""

import shlex


def typed(port: str | None, *words: str) -> str:
    """The command `dosebell WORDS`, for the board at `port`; None where the one found is meant."""
    return shlex.join(["dosebell", *words, *(["--port", port] if port else [])])
