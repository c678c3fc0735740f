"""What a box owes, from the pushes alone: each is a line in time, and what is due is the oracle's.

`Oracle` is told what people, power and clocks did, and reads the records. It says of every
occurrence what it should be just now, and where it cannot know, it says so.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from life_books import REMEMBERED, Account, Books, Key
from life_calendar import DAY_S, Calendar, Planned, calendar

# How far a window reaches: so long may an occurrence that was due be open.
LONGEST_OPEN_S = 16 * DAY_S
REMEMBERED_S = 2 * DAY_S


@dataclass
class Reign:
    """A schedule in force; `since` is the commit for each dose, from which on it asks."""

    calendar: Calendar
    since: dict[str, int]
    # Open at the commit, and due at that instant before and after it.
    carried: set[Key] = field(default_factory=set)
    # Due in here: nobody can say whether it is asked.
    loose: dict[str, tuple[int, int]] = field(default_factory=dict)
    maybe: set[Key] = field(default_factory=set)
    # Each dose's intakes that count as its last one at the commit, and the old gaps around it.
    intakes: dict[str, list[int]] = field(default_factory=dict)
    old_gaps: dict[str, list[int]] = field(default_factory=dict)
    # The record of each dose's last intake at the commit.
    last_seq: dict[str, int] = field(default_factory=dict)
    # Pushed while the clock was unset: which intake came before it is hard to say.
    unclear_order: bool = False
    # A cut hid when its line was drawn.
    hidden: bool = False


class Oracle:
    """What one box owes."""

    def __init__(self) -> None:
        self.books = Books()
        self.reigns: list[Reign] = []
        # After a long step back: until when a full memory may keep a dose silent.
        self.silent_until: dict[str, int] = {}
        # Pushed while nobody knew the time, from which schedule on.
        self.unsettled: Reign | None = None
        # What a gap alone tells of, and whether that is sure.
        self.by_gap: dict[Key, bool] = {}
        # Of a schedule that is no longer in force: what was over when its time was.
        self.owed: list[Planned] = []
        # When the clock was last known before it was lost.
        self.lost_at = 0

    @property
    def reign(self) -> Reign:
        return self.reigns[-1]

    # What happened.

    def pushed(self, text: str, now: int, until: int | None = None) -> None:
        """Committed at `now`, or, where a cut hid it, somewhere between then and `until`."""
        new = calendar(text)
        reign = Reign(new, dict.fromkeys(new.doses, now))
        if self.reigns:
            self._hand_over(self.reign, reign, now)
        if until is not None:
            reign.loose = {dose: (now - 60, until + 60) for dose in new.doses}
        self.reigns.append(reign)

    def pushed_unset(self, text: str, cut: bool = False) -> None:
        """Committed while nobody knew the time; or just before, where a cut hid it."""
        if self.unsettled is None:
            self.unsettled = self.reign
        old, new = self.reign, calendar(text)
        reign = Reign(new, {}, set(old.carried), dict(old.loose), set(old.maybe))
        reign.unclear_order, reign.hidden = True, cut
        for dose in new.doses:
            same = old.calendar.line(dose) == new.line(dose) and dose in old.since and not cut
            reign.since[dose] = old.since[dose] if same else -1
            if same:
                reign.intakes[dose] = old.intakes.get(dose, [])
                reign.old_gaps[dose] = old.old_gaps.get(dose, [])
        self.reigns.append(reign)

    def trusted_again(self, now: int) -> None:
        """The clock is known again: what was pushed meanwhile is in force from here on."""
        if self.unsettled is None:
            return
        old, reign = self.unsettled, self.reign
        if not reign.hidden:
            self.owed += self._over_by(old, now)
        changed = [dose for dose, since in reign.since.items() if since < 0]
        fresh = Reign(reign.calendar, dict.fromkeys(changed, now))
        self._hand_over(old, fresh, now)
        reign.since.update(fresh.since)
        reign.maybe |= fresh.maybe | fresh.carried
        for dose in changed:
            reign.intakes[dose] = fresh.intakes[dose]
            reign.old_gaps[dose] = fresh.old_gaps[dose]
            first = min(self.lost_at, now) - LONGEST_OPEN_S
            reign.loose[dose] = (first, max(self.lost_at, now) + 60)
        # What rang before, of a dose that changed, and is due at that instant still.
        for account in self.books.accounts.values():
            mine = account.open and account.key[0] in changed
            if mine and reign.calendar.at(*account.key):
                reign.carried.add(account.key)
        self.unsettled = None

    def expand(self, since: int, until: int) -> None:
        """A gap was written: what closed in it without a record of its own is unknown."""
        reigns = self.reigns[-4:] if self.reign.unclear_order else [self.reign]
        for reign in reigns:
            for dose in reign.since:
                for each in reign.calendar.between(dose, since - LONGEST_OPEN_S, until):
                    account = self.account(each)
                    bare = account is None or not account.lines
                    if bare and since < each.closes <= until:
                        self._note_gap(each, self.state_of(each, until, reign))

    def _note_gap(self, each: Planned, state: str) -> None:
        sure = state == "over" and not self.reign.unclear_order
        if state in ("over", "maybe", "off", "soon"):
            self.by_gap[each.key] = sure or self.by_gap.get(each.key, False)

    def _over_by(self, old: Reign, now: int) -> list[Planned]:
        """What the schedule before the line asked for, and was over when the line was drawn."""
        return [
            each
            for dose in old.since
            for each in old.calendar.between(dose, self.lost_at - LONGEST_OPEN_S, now)
            if self.state_of(each, now - 30, old) == "over"
        ]

    def _hand_over(self, old: Reign, new: Reign, now: int) -> None:
        for dose in new.since:
            for each in new.calendar.between(dose, now - LONGEST_OPEN_S, now):
                before = old.calendar.at(*each.key)
                if before is None:
                    continue
                state = self.state_of(before, now, old)
                if state in ("ring", "rest"):
                    new.carried.add(each.key)
                elif state == "maybe":
                    new.maybe.add(each.key)
            new.intakes[dose] = self._last_intakes(dose)
            new.last_seq[dose] = self._last_seq(dose)
            new.old_gaps[dose] = _gaps_around(old.calendar, dose, now)

    def stepped_back(self, before: int, now: int) -> None:
        for reign in self.reigns[-1:]:
            reign.since = {dose: min(since, now) for dose, since in reign.since.items()}
        # What was swallowed before now happened by now, whatever the clock said of it then.
        self.books.clamp_intakes(now)
        for dose, intakes in self.reign.intakes.items():
            self.reign.intakes[dose] = [min(at, now) for at in intakes]
        self.books.cut_gaps(now)
        for dose in self.reign.calendar.doses:
            self._may_be_silent(dose, before, now)

    def _may_be_silent(self, dose: str, before: int, now: int) -> None:
        mine = [a for key, a in self.books.accounts.items() if key[0] == dose and a.ended]
        if before - now > REMEMBERED_S:
            for account in mine:
                account.stepped_behind = True
        if len(mine) >= REMEMBERED:
            self.silent_until[dose] = now + max(REMEMBERED_S, 2 * self._longest_gap(dose, now))

    def _longest_gap(self, dose: str, now: int) -> int:
        plan = self.reign.calendar
        dues = plan.before(dose, now, 5) + plan.after(dose, now, 5)
        return max([b - a for a, b in pairwise(dues)], default=DAY_S)

    def _last_intakes(self, dose: str) -> list[int]:
        standing = self.books.intakes.get(dose)
        return (
            [max(standing.values())[1], max(at for _, at in standing.values())] if standing else []
        )

    def intake_near(self, dose: str, at: int) -> bool:
        """Whether something of this dose was swallowed within half its longest gap."""
        half_s = self._longest_gap(dose, at) // 2
        return any(abs(at - each) < half_s for each in self._last_intakes(dose))

    def _last_seq(self, dose: str) -> int:
        standing = self.books.intakes.get(dose)
        return max(standing.values())[0] if standing else 0

    def _intakes_before(self, dose: str, reign: Reign) -> list[int]:
        """Of those that stand now, the ones that were swallowed before the commit."""
        standing = self._last_intakes(dose)
        committed = reign.since.get(dose, 0)
        return [at for at in standing if reign.unclear_order or at <= committed]

    # What is owed.

    def near(self, now: int, more_s: int = 0) -> list[Planned]:
        """Occurrences in force that may be open now, or so much before or after."""
        plan = self.reign.calendar
        return [
            each
            for dose in plan.doses
            for each in plan.between(
                dose, now - plan.longest_s(dose) - more_s, now + plan.early_s(dose) + more_s
            )
        ]

    def account(self, each: Planned) -> Account | None:
        return self.books.accounts.get(each.key)

    def state_of(self, each: Planned, now: int, reign: Reign | None = None) -> str:
        """ended none maybe off soon over later early ring rest."""
        reign = reign or self.reign
        account = self.account(each)
        if account is not None and account.ended:
            return "maybe" if self.books.forgettable(account) else "ended"
        asked = self._asked(each, reign, account)
        if asked != "yes":
            return asked
        if each.off:
            return "maybe" if each.key in reign.carried else "off"
        if not (each.key in reign.carried or (account is not None and account.open)):
            soon = self.too_soon(each, reign)
            if soon != "no":
                return soon
        return _by_time(each, now)

    def why_not(self, each: Planned) -> str:
        """Why it may not ring at all; "" where it may. What its own records say is not asked."""
        if self._asked(each, self.reign, None) == "no":
            return "is not asked for"
        carried = each.key in self.reign.carried
        soon = not carried and self.too_soon(each, self.reign) == "soon"
        return "is too soon" if soon else "is switched off" if each.off and not carried else ""

    def _asked(self, each: Planned, reign: Reign, account: Account | None) -> str:
        if account is not None and account.open:
            return "yes"
        if each.key in reign.maybe and each.key in reign.carried:
            return "yes"
        if each.due < self.silent_until.get(each.dose, 0) or each.key in reign.maybe:
            return "maybe"
        if each.key in reign.carried:
            return "yes"
        low, high = reign.loose.get(each.dose, (0, 0))
        if low <= each.due <= high:
            return "maybe"
        if each.due >= reign.since[each.dose]:
            return "yes"
        if account is not None and account.withdrawn:
            return "yes"
        return "maybe" if self.books.was_covered(each.closes) else "no"

    def too_soon(self, each: Planned, reign: Reign) -> str:
        """soon, maybe or no: sooner than half the gap after the last intake before the push."""
        intakes = reign.intakes.get(each.dose, [])
        unclear = reign.unclear_order or self._last_seq(each.dose) != reign.last_seq.get(
            each.dose, 0
        )
        if unclear:
            intakes = [*intakes, *self._intakes_before(each.dose, reign)]
        if not intakes:
            return "no"
        olds = reign.old_gaps.get(each.dose) or [DAY_S]
        aways = [each.due - at for at in intakes]
        if min(aways) >= max(olds) // 2:
            return "no"
        before = reign.calendar.before(each.dose, each.due, 1)
        after = reign.calendar.after(each.dose, each.due + 1, 1)
        news = [each.due - before[0] if before else DAY_S]
        news += [after[0] - each.due if after else DAY_S]
        sure_s = min(news + olds) // 2
        ever_s = min(max(news), max(olds)) // 2
        if min(aways) >= ever_s:
            return "no"
        if not unclear and all(0 <= away < sure_s for away in aways):
            return "soon"
        return "maybe"


def _by_time(each: Planned, now: int) -> str:
    if now >= each.closes:
        return "over"
    if now < each.due:
        return "early" if now >= each.opens else "later"
    return "ring" if each.window_at(now) else "rest"


def _gaps_around(old: Calendar, dose: str, at: int) -> list[int]:
    """The gaps of the old schedule from two dues before an instant to two after it."""
    before, after = old.before(dose, at + 1, 3), old.after(dose, at + 1, 2)
    dues = before + after
    gaps = [b - a for a, b in pairwise(dues)]
    # At either end of a course there is no neighbour.
    return gaps if len(before) > 1 and after else [*gaps, DAY_S]
