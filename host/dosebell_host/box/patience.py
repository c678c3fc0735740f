"""How long a box may take: the figures of a real Pico, handed in where one is slower."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LinkPatience:
    """How often a request is sent, and how long its answer may take, in seconds."""

    tries: int = 4
    usual_s: float = 1.0
    # What writes to flash or walks through the journal takes a Pico longer.
    slow_s: float = 5.0
    # A box that has answered before may just be slow, and is given more time at each try, up to
    # this.
    longest_s: float = 10.0
    # How often a box that looks through its journal is asked again, how long that goes on without
    # a word, and how long at most.
    search_again_s: float = 0.3
    silent_s: float = 2.0
    search_s: float = 60.0

    def answer_s(self, slow: bool, attempt: int, has_answered: bool) -> float:
        """How long to wait at one attempt, counted from 0; `slow` is a request that takes long."""
        usual_s = max(self.slow_s, self.usual_s) if slow else self.usual_s
        if not has_answered:
            return usual_s
        return max(usual_s, min(usual_s * (1 << attempt), self.longest_s))


LINK_PATIENCE = LinkPatience()


@dataclass(frozen=True)
class RestartPatience:
    """How long a board may take that starts anew, or is worked on at its REPL, in seconds."""

    # A board that starts again and again has no port for a few seconds at a time.
    find_s: float = 6.0
    # Until the REPL answers, also after a restart.
    repl_s: float = 60.0
    # The same where somebody only wants to know what is there, or a port is there all the while at
    # which nobody answers.
    look_s: float = 6.0
    # Three failed starts end in the watchdog, 8 s each, and then the version before starts.
    hello_s: float = 90.0
    # A board without a port for so long is not starting again and again: somebody unplugged it.
    gone_s: float = 20.0
    # A board that becomes a drive, or that starts a new MicroPython, takes so long.
    drive_s: float = 40.0
    # An app that is there answers the first time.
    running: LinkPatience = LinkPatience(tries=3)
    # It may be starting all the while, so it is asked again only now and then; after so many times
    # the port is opened anew.
    starting: LinkPatience = LinkPatience(tries=5, usual_s=4.0)
    # How long the REPL may take to answer at the first try, and at most.
    entry_s: tuple[float, float] = (2.0, 8.0)
    # A board that says nothing for so long while it works at its REPL is gone or hangs.
    silence_s: float = 20.0
    write_s: float = 10.0

    def enter_s(self, attempt: int) -> float:
        """How long the REPL may take at one attempt, counted from 0."""
        first_s, longest_s = self.entry_s
        return min(first_s * (1 << attempt), longest_s)


RESTART_PATIENCE = RestartPatience()
