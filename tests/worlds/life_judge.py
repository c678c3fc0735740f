"""Holds a box to what the oracle says: after every step, and after every answer."""

from collections.abc import Iterable

from domain import due_names
from dosebell.board import View
from life_books import Key, Line
from life_calendar import DAY_S, Planned, said
from life_each import Asking
from life_oracle import Oracle

# So long after an edge the box has surely judged.
SETTLED_S = 8
UNDO_S = 600


class Judge:
    """Compares the records, the light and the answers of a box with its oracle."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.asking = Asking(oracle)
        self.problems: list[str] = []
        # When it last looked, by the box's clock.
        self.looked_at = 0

    def blame(self, promise: str, what: str) -> None:
        self.problems.append(f"{promise}: {what}")

    # After every step.

    def look(self, now: int, view: View, records_due: bool = True) -> None:
        """Everything that should ring does, nothing else does, and what is over has an end."""
        rings, either = self.ringing(now)
        shown = set(due_names(view))
        names = self._names()
        must, may = {names[each.dose] for each in rings}, {names[each.dose] for each in either}
        for missing in sorted(must - shown):
            each = next(each for each in rings if names[each.dose] == missing)
            self.blame("P3", f"{each} should ring at {said(now)}, shown is {sorted(shown)}")
        for wrong in sorted(shown - must - may):
            self.blame("P2", f"{wrong} rings at {said(now)} and should not")
        lights = ("due", "snoozed", "unsaved", "tick", "fault")
        if self.asking.one_by_one:
            self._asks(now, rings, either, view)
        elif shown and view.light not in lights:
            self.blame("P3", f"{sorted(shown)} is due, and the light shows {view.light}")
        if records_due:
            self._ends(now)
            self._leftovers(now)

    def _asks(self, now: int, rings: list[Planned], either: list[Planned], view: View) -> None:
        """§5: so many flashes as the place says whose turn it is; a flash now and then where all
        were passed.
        """
        self.asking.settle(rings, now)
        head = None if either else self.asking.head(rings, now)
        if not rings or head is None or view.light in ("unsaved", "fault"):
            return
        wanted = f"count-{self.asking.flashes(head[0])}" if head else "snoozed"
        if view.light != wanted:
            self.blame("§5", f"the light shows {view.light} at {said(now)}, not {wanted}")

    def _names(self) -> dict[str, str]:
        return {each["id"]: each["name"] for each in self.oracle.reign.calendar.table["dose"]}

    def ringing(self, now: int) -> tuple[list[Planned], list[Planned]]:
        """What surely rings, and what may."""
        rings, either = [], []
        for each in self.oracle.near(now):
            state = self.oracle.state_of(each, now)
            if state == "ring":
                rings.append(each)
            elif state == "maybe" and each.window_at(now):
                either.append(each)
        return rings, either

    def waiting(self, now: int) -> tuple[list[Planned], list[Planned], bool]:
        """What rests, what is early, and whether one of them is not sure."""
        rest, early, unsure = [], [], False
        for each in self.oracle.near(now):
            state = self.oracle.state_of(each, now)
            if state == "rest":
                rest.append(each)
            elif state == "early":
                early.append(each)
            elif state == "maybe" and each.opens <= now < each.closes:
                unsure = True
        return rest, early, unsure

    def _ends(self, now: int) -> None:
        """P1: what is over has an end of its own or a gap's; what is off or too soon says so."""
        oracle = self.oracle
        since = max(min(self.looked_at, now), now - 32 * DAY_S)
        for each in oracle.near(now, more_s=now - since):
            state, account = oracle.state_of(each, now), oracle.account(each)
            own = account is not None and not account.withdrawn
            over = state == "over" and each.closes <= now - SETTLED_S
            if over and (own or not oracle.books.covered(each.closes)):
                last = account.last if account else "no record"
                self.blame("P1", f"{each} closed {said(each.closes)} and has {last}")
            untold = state in ("off", "soon") and each.due <= now - SETTLED_S
            if untold and not oracle.books.covered(each.closes):
                self.blame("P1", f"{each} is {state}, and no record says so")
        self.looked_at = now
        for each in oracle.owed:
            account = oracle.account(each)
            if not (account and account.ended) and not oracle.books.covered(each.closes):
                self.blame("P1", f"{each}, asked for before the push, came to no end")
        oracle.owed.clear()

    def _leftovers(self, now: int) -> None:
        """P1: what the schedule in force does not ask for is not left open."""
        for account in self.oracle.books.accounts.values():
            if not account.open:
                continue
            each = self.oracle.reign.calendar.at(*account.key)
            if each is None or self.oracle.state_of(each, now - SETTLED_S) == "over":
                dose, due = account.key
                self.blame("P1", f"{dose} due {said(due)} was left {account.last}")

    # After records.

    def read(self, lines: Iterable[Line], reigns_back: int = 1) -> None:
        """No record speaks of what was never planned, or rings what is not due."""
        lines = list(lines)
        self.asking.read(lines)
        for line in lines:
            if line.kind == "gap":
                self.oracle.expand(int(line.detail["from"]), int(line.detail["to"]))
            if line.due is None:
                continue
            each = self._planned(line, len(self.oracle.reigns))
            if each is None:
                self.blame("never planned", str(line))
                continue
            # What an undo opened again may end though the schedule in force knows it no more.
            asks = line.kind in ("ringing", "snoozed", "resting", "unknown")
            if asks and self._planned(line, reigns_back) is None:
                self.blame("not in force", str(line))
            if line.kind == "ringing" and not self._in_window(line, each):
                self.blame("P3", f"rang outside its windows: {line}")
            if line.kind == "ringing" and self.oracle.books.is_first(line):
                in_force = self._planned(line, 1)
                why_not = self.oracle.why_not(in_force) if in_force else ""
                if why_not:
                    self.blame("P2", f"{each} {why_not}, and rings: {line}")
            if line.kind == "cancelled" and line.detail.get("why") == "too-soon":
                self._check_too_soon(line, each)

    @staticmethod
    def _in_window(line: Line, each: Planned) -> bool:
        assert line.utc is not None
        return bool(each.window_at(line.utc + 2) or each.window_at(line.utc - 2))

    def _planned(self, line: Line, back: int) -> Planned | None:
        for reign in reversed(self.oracle.reigns[-back:]):
            each = reign.calendar.at(*line.key)
            if each is not None and (each.date, str(each.slot)) == (line.date, line.slot):
                return each
        return None

    def _check_too_soon(self, line: Line, each: Planned) -> None:
        reign = self.oracle.reign
        now = reign.calendar.at(*line.key)
        if reign.unclear_order or now is None:
            return
        if self.oracle.too_soon(now, reign) == "no":
            intakes = [said(at) for at in reign.intakes.get(each.dose, [])]
            self.blame("§4", f"{each} is no bait after the intakes at {intakes}: {line}")

    # After answers.

    def pressed_short(self, now: int, before: "Moment", answer: str, lines: list[Line]) -> None:
        """The table of section 5, first column."""
        taken = {line.key for line in lines if line.kind == "taken"}
        if before.rings and self.asking.one_by_one:
            self._expect_one_place(before, answer, taken, now)
        elif before.rings or (before.may_ring and answer.startswith("taken")):
            self._expect_taken(before, answer, taken, now)
        elif before.rest or before.early or before.unsure:
            ok = ("not-yet",) if not before.unsure else ("not-yet", *NOTHING_OPEN)
            self.expect(answer in ok and not taken, f"answered {answer} at {said(now)}, {before}")
        else:
            self.expect(answer in NOTHING_OPEN, f"answered {answer} at {said(now)}, {before}")
            self._expect_summary(answer, now)

    def passed_on(self, before: "Moment", answer: str, lines: list[Line]) -> None:
        """A long press where one place at a time is asked for: it passes to the next."""
        snoozed = {line.key for line in lines if line.kind == "snoozed"}
        told = f"long press: {answer}, snoozed {shown(snoozed)}, {before}"
        self.expect(not any(line.kind == "taken" for line in lines), told)
        self.expect(not snoozed & {each.key for each in before.passed}, f"passed twice: {told}")
        if before.head is None or before.may_ring:
            return
        self.expect(snoozed == {each.key for each in before.head}, told)
        self.expect(bool(before.head) or answer == "not-yet", told)

    def pressed_twice(self, now: int, before: "Moment", answer: str, lines: list[Line]) -> None:
        """The second short press within 6 s, where the first said *not yet*."""
        taken = {line.key for line in lines if line.kind == "taken"}
        if before.unsure:
            return
        if self.asking.one_by_one:
            among = self.asking.in_file_order(before.rest or before.early)
            if before.rings or not among:
                self.expect(not taken, f"twice pressed: took what was passed, {shown(taken)}")
                return
            one = among[0] if before.rest else min(among, key=lambda each: each.due)
            keys = {each.key for each in self.asking.together(one, among)}
            ok = taken == keys and answer.startswith("taken")
            self.expect(ok, f"twice pressed: {answer}, took {shown(taken)}, not {shown(keys)}")
            return
        first = min((each.due for each in before.early), default=0)
        wanted = {each.key for each in before.rest}
        earliest = {each.key for each in before.early if each.due == first}
        ok = taken == wanted if wanted else len(taken) == 1 and taken <= earliest
        self.expect(
            ok and answer.startswith("taken"),
            f"twice pressed at {said(now)}: {answer}, took {shown(taken)}, {before}",
        )

    def _expect_one_place(self, before: "Moment", answer: str, taken: set[Key], now: int) -> None:
        """What is asked for is taken, all of that place and no other; never what was passed."""
        told = f"answered {answer} at {said(now)}, took {shown(taken)}, {before}"
        known = {each.key: each for each in [*before.rings, *before.may_ring]}
        places = {self.asking.place(known[key]) for key in taken if key in known}
        self.expect(taken <= known.keys() and len(places) < 2, told)
        self.expect(len(taken) < 2 or places != {0}, told)
        self.expect(
            not taken & {each.key for each in before.passed}, f"took what was passed: {told}"
        )
        if before.head is None or before.may_ring:
            return
        self.expect(taken == {each.key for each in before.head}, f"another one: {told}")
        waits = [each for each in before.rings if each not in before.passed]
        ends = "taken" if len(waits) == len(before.head) else "taken-next"
        self.expect(answer == (ends if before.head else "not-yet"), told)

    def _expect_taken(self, before: "Moment", answer: str, taken: set[Key], now: int) -> None:
        must = {each.key for each in before.rings}
        may = must | {each.key for each in before.may_ring}
        self.expect(
            answer.startswith("taken") and must <= taken <= may,
            f"answered {answer} at {said(now)}, took {shown(taken)}, {before}",
        )

    def _expect_summary(self, answer: str, now: int) -> None:
        """*All taken* needs something taken these two days, *missed today* something missed."""
        recent = [
            account
            for account in self.oracle.books.accounts.values()
            if now - 2 * 86_400 <= account.key[1] <= now + 2 * 86_400
        ]
        kinds = {account.last for account in recent}
        if answer == "all-taken":
            self.expect("taken" in kinds, f"all taken at {said(now)}, and nothing was: {kinds}")

    def expect(self, holds: bool, what: str) -> None:
        if not holds:
            self.blame("§5", what)


NOTHING_OPEN = ("all-taken", "missed-today", "nothing")


def shown(keys: Iterable[Key]) -> list[str]:
    return [f"{dose} due {said(due)}" for dose, due in sorted(keys)]


class Moment:
    """What the oracle holds to be open just before a press."""

    def __init__(self, judge: Judge, now: int) -> None:
        self.rings, self.may_ring = judge.ringing(now)
        self.rest, self.early, self.unsure = judge.waiting(now)
        asking = judge.asking
        asking.settle([*self.rings, *self.may_ring], now)
        self.passed = [each for each in self.rings if asking.passed(each, now)]
        # The place that is asked for, where that is done one by one; None where nobody can say.
        self.head = asking.head(self.rings, now) if asking.one_by_one else None

    def __str__(self) -> str:
        said_of = {
            "rings": self.rings,
            "may ring": self.may_ring,
            "rests": self.rest,
            "early": self.early,
        }
        parts = [f"{word} {', '.join(map(str, each))}" for word, each in said_of.items() if each]
        return "; ".join(parts) or "nothing is open"
