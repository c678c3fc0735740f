"""Who may come in, and how they got there.

A link with a launch token lets the person of this laptop in, once: the browser gets a cookie and
goes on without the token. Another `dosebell web` of the same user makes such a link by leaving the
digest of its token in a folder that is this user's alone: whoever may write there owns all this
anyway. A phone gets in by a pairing link that the person shows it, and may only look. A calendar
asks by a link of its own, which leads to nothing else.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from dosebell_host.web.guard.calendars import Calendars
from dosebell_host.web.guard.one_time import OneTime
from dosebell_host.web.guard.phones import Phones
from dosebell_host.web.guard.secret import digest, found, new_secret
from dosebell_host.web.guard.tries import Tries

LAUNCH_VALID_S = 3600.0
PAIRING_VALID_S = 600.0
# A button that is tapped twice sends twice, and a browser keeps only the second answer.
PAIRED_TWICE_S = 10.0
# Browsers that a person has open at once; the one let in first is forgotten.
MOST_BROWSERS = 50
_INVITED = "invited"


@dataclass(frozen=True)
class Visitor:
    """Somebody who is in: `key` tells visitors apart; a phone has a name, and may not act."""

    key: str
    may_act: bool = True
    name: str = ""


@dataclass(frozen=True)
class _Paired:
    """A pairing just made: by which link and which form, and what that phone was given."""

    link: str
    form: str
    cookie: str
    until_s: float


class Keys:
    """All that lets in. `folder` is the page's own, `now` tells Unix seconds, and `elapsed_s`
    counts seconds from anywhere.
    """

    def __init__(
        self, folder: Path, port: int, now: Callable[[], float], elapsed_s: Callable[[], float]
    ) -> None:
        # A cookie is for all ports of a machine, so its name says which.
        self.cookie_name = f"dosebell-{port}"
        self.phones = Phones(folder, now)
        self.calendars = Calendars(folder, now)
        self.pairing = OneTime(PAIRING_VALID_S, elapsed_s)
        self.tries = Tries(elapsed_s)
        self._launch = OneTime(LAUNCH_VALID_S, elapsed_s)
        self._folder = folder
        self._elapsed_s = elapsed_s
        self._paired: _Paired | None = None
        self._browsers: list[str] = []
        self._lock = Lock()

    def launch_token(self) -> str:
        """A token that lets a browser of this laptop in, once."""
        return self._launch.make()

    def let_in(self, token: str) -> str | None:
        """The cookie for whoever has a launch token, which is then used up; else None."""
        if not (self._launch.spend(token) or _was_invited(self._folder, token)):
            return None
        cookie = new_secret()
        with self._lock:
            self._browsers = [*self._browsers[1 - MOST_BROWSERS :], digest(cookie)]
        return cookie

    def pair(self, secret: str, name: str, form: str = "") -> str | None:
        """The cookie for a phone that has a pairing link, which is then used up; else None.

        `form` is a secret of the page on which the button was pressed: the same button pressed
        again at once gets the same cookie.
        """
        with self._lock:
            if self.pairing.spend(secret):
                cookie, until_s = self.phones.add(name), self._elapsed_s() + PAIRED_TWICE_S
                self._paired = _Paired(digest(secret), digest(form), cookie, until_s)
                return cookie
            paired = self._paired
        if not form or paired is None or self._elapsed_s() >= paired.until_s:
            return None
        is_same = bool(found(secret, [paired.link]) and found(form, [paired.form]))
        return paired.cookie if is_same else None

    def visitor(self, cookie: str) -> Visitor | None:
        """Who has that cookie; None for nobody."""
        with self._lock:
            key = found(cookie, self._browsers)
        if key:
            return Visitor(key)
        phone = self.phones.seen(cookie)
        return Visitor(phone.key, may_act=False, name=phone.name) if phone else None

    def is_still_in(self, visitor: Visitor) -> bool:
        """Whether a visitor is let in now as then: a pairing may have been revoked."""
        with self._lock:
            return visitor.key in self._browsers or self.phones.holds(visitor.key)


def invite(folder: Path) -> str:
    """A launch token for the page that runs with this folder; made by another process of the same
    user. OSError where that cannot be written.
    """
    token = new_secret()
    invited = folder / _INVITED
    invited.mkdir(mode=0o700, parents=True, exist_ok=True)
    (invited / digest(token)).touch(mode=0o600, exist_ok=False)
    return token


def forget_invitations(folder: Path) -> None:
    """Nobody who was invited to an earlier page comes into this one."""
    with suppress(OSError):
        for path in (folder / _INVITED).iterdir():
            path.unlink()


def _was_invited(folder: Path, token: str) -> bool:
    # A digest is a name without tricks, and removing it works for one of all who try.
    try:
        (folder / _INVITED / digest(token)).unlink()
    except OSError:
        return False
    return True
