"""Who may open a port: its group, and whether this person is in it."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Rights:
    """A port's group, "" where it has none that people join.

    A group that somebody joined counts from their next login on: until then they are a member
    (`is_member`) without its rights (`is_active`).
    """

    group: str
    may_open: bool
    is_member: bool = False
    is_active: bool = False

    @property
    def fix(self) -> str:
        """What to do where it may not be opened."""
        if not self.group or self.is_active:
            return "ask whoever looks after this computer for access to it"
        if self.is_member:
            return f"you were put into the group {self.group}: log out and in again"
        return f"type: sudo usermod -aG {self.group} $USER, then log out and in again"


def rights_of(port: str) -> Rights | None:
    """The rights on a port; None where it has no file, as on Windows or over a network."""
    try:
        import grp

        owner = os.stat(port).st_gid
        group = grp.getgrgid(owner)
    except (ImportError, KeyError, OSError, ValueError):
        return None
    return Rights(
        group="" if group.gr_name == "root" else group.gr_name,
        may_open=os.access(port, os.R_OK | os.W_OK),
        is_member=_user_name() in group.gr_mem,
        is_active=owner in (os.getegid(), *os.getgroups()),
    )


def _user_name() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""
