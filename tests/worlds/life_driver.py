"""One box, and all that people, power and clocks do to it, judged after every step.

Each event is a word and numbers, and makes sense in any life, so that a life that fails can be
made shorter by leaving events out.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from domain import Box, Flash, RefusedError, compiled
from dosebell_host.errors import UserError
from life_books import Line
from life_calendar import DAY_S, Planned, said
from life_judge import Judge, Moment
from life_log import differences
from life_oracle import Oracle
from life_plans import Document, edited, text_of

UNIX_2000 = 946_684_800
Event = tuple[Any, ...]
# Nothing is done so shortly before or after an edge: either would be right.
BEFORE_EDGE_S = 20
AFTER_EDGE_S = 12
HEALED_S = 150
FEW_DOSES = 12
# A ring that dropped something holds so many records, however many doses there are.
FULL_RING = 2500


class PowerCut(BaseException):
    """Power failed while the flash was being written."""


@dataclass
class Life:
    """One box, and all that happens to it."""

    seed: int
    events: list[Event]
    document: Document
    start: str
    battery_clock: bool
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.oracle = Oracle()
        self.judge = Judge(self.oracle)
        self.gone: list[Document] = []
        self.earlier = [self.document]
        text = text_of(self.document)
        self.box = Box.bare(
            self.start, self.document["timezone"], battery_clock=self.battery_clock
        )
        # How far the box's clock is ahead of the world; None while it knows no time.
        self.ahead: int | None = 0 if self.battery_clock else None
        # The last press that left records: world ms, occurrences; None where nobody can say.
        self.last_press: tuple[int, set[Any]] | None = None
        self.press_unsure = False
        self.pressed_unset: list[int] = []
        self.box.request("clock.set", utc=self.box.world.now_s + UNIX_2000)
        self.ahead = 0
        self.box.push(text)
        self.oracle.pushed(text, self.now)
        # So many schedules were pushed before the clock was last set or lost.
        self.reigns_known = 1
        self._read(2)
        self.note(f"seed {self.seed}, {self.document['timezone']}, battery {self.battery_clock}")
        self.note(told(self.document))

    # The story.

    @property
    def problems(self) -> list[str]:
        return self.oracle.books.problems + self.judge.problems

    def story(self) -> str:
        return "\n".join([*self.log, *("!! " + problem for problem in self.problems)])

    def note(self, what: str) -> None:
        at = "unset" if self.ahead is None else said(self.now)
        self.log.append(f"{at}  {what}")

    # Time.

    @property
    def now(self) -> int:
        """What the box takes for now, as far as the world knows."""
        return self.box.world.now_s + UNIX_2000 + (self.ahead or 0)

    def live(self) -> list[str]:
        """Let everything happen; what is wrong, if anything is, and no further than there."""
        for event in self.events:
            self.happens(event)
            if self.problems:
                return self.problems
        self.happens(("end",))
        return self.problems

    def happens(self, event: Event) -> None:
        what, *numbers = event
        self.note(f"== {event}")
        EVENTS[what](self, *numbers)
        if self.ahead is not None:
            self._calm()
        self.look()

    def look(self, reigns_back: int = 1) -> None:
        self.box.wait(10)
        self._read(reigns_back)
        if self.ahead is not None and not self.oracle.unsettled:
            self._calm()
            self._read(reigns_back)
        if self.ahead is not None and not self.oracle.unsettled:
            self.judge.look(self.now, self.box.app.view)
        elif self.box.app.view.due:
            self.judge.blame("P5", f"{self.box.app.view.due} rings, and the clock is unset")

    def _read(self, reigns_back: int = 1) -> list[Line]:
        assert isinstance(self.box.files, Flash)
        lines = self.oracle.books.read(self.box.files)
        self.judge.read(lines, reigns_back)
        self.log += [f"        {line}" for line in lines]
        return lines

    def _calm(self) -> None:
        """Wait until nothing changes by itself for a while."""
        for _ in range(60):
            if not self._edge_near():
                return
            self.box.wait(AFTER_EDGE_S)

    def _edge_near(self) -> bool:
        low, high = self.now - AFTER_EDGE_S, self.now + BEFORE_EDGE_S
        return any(
            low <= edge <= high for each in self.oracle.near(self.now) for edge in each.edges()
        )

    # What happens.

    def wait(self, seconds: int) -> None:
        self.box.wait(seconds)

    def next_due(self, offset_s: int) -> None:
        """Until so long after, or before, something becomes due."""
        if self.ahead is None:
            self.box.wait(600)
            return
        dues = [
            due
            for each in self.oracle.near(self.now, more_s=8 * DAY_S)
            if self.oracle.state_of(each, self.now) in ("early", "later", "rest")
            for due, _ in each.windows
            if due + offset_s > self.now
        ]
        self.box.wait(max(1, min(dues, default=self.now + DAY_S) + offset_s - self.now))

    def press(self, how: str) -> None:
        if self.ahead is None:
            self._press_unset(how)
            return
        self._calm()
        self._read()
        before = Moment(self.judge, self.now)
        PRESSES[how](self, before)

    def _short(self, before: Moment) -> str:
        at = self.now
        answer = self.box.press()
        lines = self._read()
        self.note(f"short press: {answer}")
        self.judge.pressed_short(at, before, answer, lines)
        self._pressed(lines, "taken")
        return answer

    def _pressed(self, lines: list[Line], kind: str) -> None:
        keys = {line.key for line in lines if line.kind == kind}
        if keys:
            self.last_press, self.press_unsure = (self.box.world.now_ms, keys), False

    def _double(self, before: Moment) -> None:
        answer = self._short(before)
        self.box.wait(1)
        second = self.box.press()
        lines = self._read()
        self.note(f"second press: {second}")
        if answer == "not-yet":
            self.judge.pressed_twice(self.now, before, second, lines)
        elif answer.startswith("taken"):
            same = second == answer and not any(line.kind == "taken" for line in lines)
            self.judge.expect(same, f"{second} within 3 s after {answer}")
        self._pressed(lines, "taken")

    def _long(self, before: Moment) -> None:
        answer = self.box.press_long()
        lines = self._read()
        self.note(f"long press: {answer}")
        kinds = {line.kind for line in lines if line.due is not None}
        if before.rings:
            snoozed = {line.key for line in lines if line.kind == "snoozed"}
            late = [each for each in before.rings if self._last_call(each)]
            must = {each.key for each in before.rings if each not in late}
            may = must | {each.key for each in [*late, *before.may_ring]}
            ok = "taken" not in kinds and snoozed <= may
            accounts = self.oracle.books.accounts
            ok = ok and all(accounts[key].last == "snoozed" for key in must)
            self.judge.expect(ok, f"long press: {answer}, {kinds}, {before}")
            self._pressed(lines, "snoozed")
        elif not before.may_ring and not before.unsure:
            wanted = "not-yet" if before.rest or before.early else "test"
            self.judge.expect(answer == wanted, f"long press: {answer}, {before}")
            self.judge.expect("taken" not in kinds, f"long press took: {kinds}")
        elif "snoozed" in kinds:
            self._pressed(lines, "snoozed")
        self.box.wait(20)

    def _last_call(self, each: Planned) -> bool:
        window = each.window_at(self.now)
        return window is None or window[1] - self.now < 900

    def _very_long(self, before: Moment) -> None:
        last, unsure = self.last_press, self.press_unsure
        age_s = 0 if last is None else (self.box.world.now_ms - last[0]) // 1000
        answer = self.box.press_very_long()
        lines = self._read()
        self.note(f"very long press: {answer}")
        undone = {line.key for line in lines if line.kind == "undone"}
        if last is None or age_s > 615:
            self.judge.expect(not undone and answer == "no", f"undid {undone} ({answer})")
        elif not unsure and age_s < 580:
            self.judge.expect(undone == last[1], f"undid {undone}, not {last[1]} ({answer})")
        if undone or age_s > 600:
            self.last_press = None
        self.box.wait(15)

    def _press_unset(self, how: str) -> None:
        self.box.wait(8)
        self.pressed_unset.append(self.box.world.now_s)
        if how in ("short", "double"):
            answer = self.box.press()
            self.judge.expect(answer == "noted", f"pressed while unset: {answer}")
        else:
            self.box.press_long()
            self.pressed_unset.pop()
        self.box.wait(8)

    def push(self, seed: int) -> None:
        made = self._edit(seed)
        if made is not None:
            self._push(made)

    def once(self, hours: int) -> None:
        """A dose of one occurrence comes into the schedule, due in some hours."""
        if len(self.document["dose"]) > FEW_DOSES:
            return
        local = dt.datetime.fromtimestamp(self.now, ZoneInfo(self.document["timezone"]))
        due = local + dt.timedelta(hours=hours)
        ident = f"once{len(self.oracle.reigns)}"
        dose: Document = {"id": ident, "name": ident, "at": [f"{due:%H:%M}"], "days": "daily"}
        dose |= {"start": due.date(), "end": due.date()}
        self._push({**self.document, "dose": [*self.document["dose"], dose]})

    def move(self, hours: int) -> None:
        """The times of what was swallowed last are moved a few hours on: no bait for another."""
        taken = {
            each["id"]: max(standing.values())
            for each in self.document["dose"]
            if "at" in each and (standing := self.oracle.books.intakes.get(each["id"]))
        }
        if not taken:
            return
        last = max(taken, key=lambda ident: taken[ident])
        made = {**self.document, "dose": [dict(each) for each in self.document["dose"]]}
        moved = next(each for each in made["dose"] if each["id"] == last)
        moved["at"] = sorted(f"{(int(at[:2]) + hours) % 24:02}{at[2:]}" for at in moved["at"])
        self._push(made)

    def _edit(self, seed: int) -> Document | None:
        today = dt.datetime.fromtimestamp(self.now, dt.UTC).date()
        made = edited(self.document, self.gone, seed, today)
        if seed % 9 == 0:
            made = self.earlier[seed % len(self.earlier)]
        try:
            compiled(text_of(made))
        except UserError:
            self.note("no valid schedule")
            return None
        return made

    def _push(self, made: Document) -> None:
        if self.ahead is not None:
            self._calm()
            self.look()
            if self.problems:
                return
        text = text_of(made)
        changed = text != text_of(self.document)
        if changed:
            self.note("pushed " + told(made))
        self.box.push(text)
        self._in_force(made)

    def _in_force(self, made: Document, since: int | None = None) -> None:
        text, was = text_of(made), text_of(self.document)
        if compiled(text).hash == compiled(was).hash:
            self.note("the same schedule")
        self.document = made
        self.earlier = [*self.earlier[-3:], made]
        if self.ahead is None:
            self.oracle.pushed_unset(text, cut=since is not None)
        elif since is None:
            self.oracle.pushed(text, self.now)
            self.reigns_known = len(self.oracle.reigns)
        else:
            self.oracle.pushed(text, since, self.now)
        self.press_unsure = True
        self.look(reigns_back=2)

    def off(self, seconds: int) -> None:
        world = self.box.world
        self._lose_time()
        world.power_off()
        world.run_until(world.now_s + seconds)
        world.power_on()
        self.pressed_unset.clear()
        self.press_unsure = True

    def reset(self) -> None:
        self.box.reset()
        self.press_unsure = True
        if self.ahead is None:
            self.pressed_unset.clear()

    def _lose_time(self) -> None:
        if self.ahead is not None and not self.battery_clock:
            self.oracle.lost_at = self.now
        if not self.battery_clock:
            self.ahead = None

    def sync(self, off_s: int) -> None:
        """A laptop sets the clock to the world's time, or nearly."""
        self._set_clock(self.box.world.now_s + UNIX_2000 + off_s)

    def step(self, seconds: int) -> None:
        self._set_clock(self.now + seconds)

    def _set_clock(self, utc: int) -> None:
        if self.ahead is not None:
            self._calm_around(utc)
            self.look()
        before, known = self.now, self.ahead is not None
        if self.problems:
            return
        utc += self.now - before
        try:
            self.box.request("clock.set", utc=utc, force=True)
        except RefusedError as reason:
            self.note(f"clock.set refused: {reason}")
            return
        self._clock_is(utc, before if known else None)

    def _calm_around(self, utc: int) -> None:
        self._calm()

    def _clock_is(self, utc: int, before: int | None) -> None:
        self.ahead = utc - self.box.world.now_s - UNIX_2000
        self.note(f"the clock was set, by {'?' if before is None else utc - before}")
        self.press_unsure = True
        known = self.reigns_known
        self.reigns_known = len(self.oracle.reigns)
        if before is None:
            if self.oracle.lost_at > utc:
                self.oracle.stepped_back(self.oracle.lost_at, utc)
            self.oracle.trusted_again(utc)
            self._backfilled(utc)
        elif utc < before:
            self.oracle.stepped_back(before, utc)
        self.pressed_unset.clear()
        self.look(reigns_back=2 + len(self.oracle.reigns) - known)

    def _backfilled(self, utc: int) -> None:
        """Each press while unset is an intake of what was due then."""
        expected: set[Any] = set()
        for pressed in self.pressed_unset:
            at = pressed + UNIX_2000 + (self.ahead or 0)
            near = [edge for each in self.oracle.near(at) for edge in each.edges()]
            if any(abs(edge - at) < 30 for edge in near):
                continue
            rings, _ = self.judge.ringing(at)
            # An intake that is too soon after another stays a press, for the person to settle.
            expected |= {each.key for each in rings if not self.oracle.intake_near(each.dose, at)}
        self.box.wait(10)
        lines = self._read(len(self.oracle.reigns))
        taken = {line.key for line in lines if line.kind == "taken"}
        accounts = self.oracle.books.accounts
        for key in expected:
            ok = key in accounts and accounts[key].last == "taken"
            self.judge.expect(ok, f"{key} was due as the button was pressed, took {taken}")

    def fail(self, seconds: int, presses: int) -> None:
        """The flash can't be written for a while; people press meanwhile."""
        if self.ahead is None:
            return
        self._calm()
        self.look()
        assert isinstance(self.box.files, Flash)
        if len(self.document["dose"]) > FEW_DOSES:
            # What waits for the flash has room for so many, and no more.
            seconds, presses = min(seconds, 300), min(presses, 1)
        since = self.now
        taken: set[Any] = set()
        self.box.files.refuses = "/"
        for _ in range(presses + 1):
            self.box.wait(seconds // (presses + 1))
            self._calm()
            rings = [each for each in self.judge.ringing(self.now)[0] if each.key not in taken]
            if rings and presses:
                answer = self.box.press()
                self.note(f"pressed while the flash fails: {answer}, took {list(map(str, rings))}")
                self.judge.expect(answer == "unsaved", f"{answer} while the flash fails")
                taken |= {each.key for each in rings}
                self.box.wait(15)
        self.box.files.refuses = ""
        self.box.wait(HEALED_S)
        self.oracle.books.dropped.append((since - 4 * DAY_S, self.now))
        self._read()
        self.last_press, self.press_unsure = (self.box.world.now_ms, taken), True
        for key in taken:
            account = self.oracle.books.accounts.get(key)
            if account is None or account.last != "taken":
                self.judge.blame("P4", f"the intake of {key} on a failing flash is not on record")

    def cut(self, action: str, seed: int, place: int, after: int, off_s: int) -> None:
        """Power fails at a write of the flash while something is being done."""
        made = self._edit(seed) if action == "push" else None
        if self.ahead is None or (action == "push" and made is None):
            return
        self._calm()
        self.look()
        if self.problems:
            return
        since, steps = self.now, (seed % 7 - 3) * 3000
        flash = self.box.files
        assert isinstance(flash, Flash)
        _arm(flash, place, bool(after))
        try:
            if action == "push":
                assert made is not None
                self.note("to push " + told(made))
                self.box.push(text_of(made))
            elif action == "press":
                self.box.press()
            elif action == "clock":
                self.box.request("clock.set", utc=self.now + steps, force=True)
            else:
                self.box.wait(seed % 40_000)
        except PowerCut:
            self.note("power failed")
        self._reboot(flash, off_s)
        self._after_cut(made, since, steps if action == "clock" else 0)

    def _reboot(self, flash: Flash, off_s: int) -> None:
        world = self.box.world
        flash.before = _refuse
        try:
            world.power_off()
        except PowerCut:
            world.app = None
        fresh = Flash()
        fresh.contents = dict(flash.contents)
        self.box.files = world.files = fresh
        world.pressed = False
        world.board.sent.clear()
        world.run_until(world.now_s + off_s)
        self.last_press, self.press_unsure = None, True
        world.power_on()

    def _after_cut(self, made: Document | None, since: int, step: int) -> None:
        self._lose_time()
        self.last_press, self.press_unsure = (0, set()), True
        hello = self.box.request("hello")
        if hello["utc"] is None:
            self.oracle.may_have_stepped(since, step)
        if self.ahead is not None and hello["utc"] is None:
            # Power failed as the clock was set: it says that it knows no time.
            self.oracle.lost_at, self.ahead = max(since, self.now), None
        if self.ahead is not None and hello["utc"] is not None and step:
            ahead = hello["utc"] - self.box.world.now_s - UNIX_2000
            if abs(ahead - self.ahead) > 2:
                before = self.now
                self.ahead += step
                self._clock_is(self.now, before)
        if made is not None and hello["revision"] == compiled(text_of(made)).revision:
            self.note("the new schedule is in force")
            self._in_force(made, since)
        self.look(reigns_back=2)
        if self.ahead is None and self.battery_clock:
            # It would believe its battery clock again as soon as that has passed the last time.
            self.sync(0)

    def host(self, method: str, seed: int, by_due: int, back_s: int) -> None:
        """The laptop says what became of some occurrence."""
        chance = Random(seed)
        if self.ahead is None:
            return
        self._calm()
        self._read()
        now = self.now
        near = [each for each in self.oracle.near(now, 2 * DAY_S) if each.due < now + 2 * DAY_S]
        if not near:
            return
        each = chance.choice(near)
        state, account = self.oracle.state_of(each, now), self.oracle.account(each)
        last = account.last if account else ""
        params: dict[str, Any] = {"dose": each.dose}
        if by_due:
            params["due"] = each.due
        else:
            params |= {"date": each.date, "slot": each.slot}
        if back_s and method in ("take", "skip"):
            params["utc"] = now - back_s
        self.note(f"dose.{method} {params}, which is {state} {last}")
        refused = self._ask(f"dose.{method}", params)
        lines = self._read()
        self.press_unsure = True
        self._answered(method, each, state, last, refused, lines)
        if not refused:
            self._ask(f"dose.{method}", params)
            again = [line for line in self._read() if line.due is not None]
            # A second snooze is another wish.
            ok = method == "snooze" or not again
            self.judge.expect(ok, f"the same request twice wrote {list(map(str, again))}")

    def _answered(
        self, method: str, each: Planned, state: str, last: str, refused: str, lines: list[Line]
    ) -> None:
        named = [line for line in lines if line.due is not None]
        # An intake that is noted afterwards may make the next one too soon.
        named = [line for line in named if line.detail.get("why") != "too-soon"]
        wrong = [line for line in named if line.key != each.key]
        self.judge.expect(not wrong, f"{method} of {each} wrote {list(map(str, wrong))}")
        kind = {"take": "taken", "skip": "skipped", "snooze": "snoozed", "undo": "undone"}[method]
        wrote = [line.kind for line in named]
        must = {
            "take": state in ("ring", "rest", "early") or last in ("missed", "unknown"),
            "skip": state in ("ring", "rest", "early") or last in ("missed", "unknown"),
            "snooze": state == "ring" and not self._last_call(each),
            "undo": last in ("taken",),
        }[method]
        if must:
            self.judge.expect(
                not refused and kind in wrote, f"{method} of {each}, {state} {last}: {refused}"
            )
        if refused:
            self.judge.expect(not named, f"refused ({refused}), and wrote {wrote}")

    def _ask(self, method: str, params: dict[str, Any]) -> str:
        """The reason of a refusal, "" for yes; asked again while the box searches."""
        for _ in range(200):
            refused = self.box.refusal(method, **params)
            if refused != "searching":
                break
            self.box.wait(ms=300)
        self.note(f"{method}: {refused or 'yes'}")
        return refused

    def undo_last(self) -> None:
        """`dose.undo` without a dose: the last press, with the button's limit."""
        if self.ahead is None:
            return
        last, unsure = self.last_press, self.press_unsure
        age_s = 0 if last is None else (self.box.world.now_ms - last[0]) // 1000
        refused = self._ask("dose.undo", {})
        undone = {line.key for line in self._read() if line.kind == "undone"}
        if last is None or age_s > 615:
            self.judge.expect(not undone, f"dose.undo undid {undone}, {age_s} s old")
        elif not unsure and age_s < 580:
            self.judge.expect(undone == last[1], f"dose.undo: {refused}, {undone}, {last[1]}")
        if undone:
            self.last_press = None

    def end(self) -> None:
        """All that is open comes to its end."""
        if self.ahead is None:
            self.sync(0)
        for _ in range(8):
            self._ring_keeps()
            if not self.problems:
                self.box.wait(hours=20)
                self._calm()
                self.look()
        if not self.problems:
            self.judge.problems += differences(self.oracle)

    def _ring_keeps(self) -> None:
        """P4: only a full journal drops its oldest records, and then it holds so many."""
        first = int(self.box.request("hello")["journal"]["first"])
        kept = sum(line.seq >= first for line in self.oracle.books.lines)
        if first > 1 and kept < FULL_RING:
            self.judge.blame("P4", f"it begins at record {first}, and holds {kept} records")


def told(document: Document) -> str:
    """A schedule in a few lines: what decides when something is due."""
    lines = [f"{document['timezone']} {_values(document['meals'])}"]
    lines += [f"off {each['from']} to {each['to']}" for each in document.get("except", [])]
    lines += [_values(each) for each in document["dose"][:8]]
    return "\n            ".join(lines)


def _values(table: Document) -> str:
    return " ".join(f"{key}={value}" for key, value in table.items() if key != "name")


def _arm(flash: Flash, place: int, after: bool) -> None:
    """Power fails at the change number `place` from now on, before it or after it."""
    left = [place]

    def count(what: str, path: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            flash.before = _refuse
            raise PowerCut

    if after:
        flash.after = count
    else:
        flash.before = count


def _refuse(what: str, path: str) -> None:
    raise PowerCut


PRESSES: dict[str, Callable[[Life, Moment], object]] = {
    "short": Life._short,
    "double": Life._double,
    "long": Life._long,
    "very long": Life._very_long,
}
EVENTS: dict[str, Callable[..., None]] = {
    "wait": Life.wait,
    "due": Life.next_due,
    "press": Life.press,
    "push": Life.push,
    "move": Life.move,
    "once": Life.once,
    "off": Life.off,
    "reset": Life.reset,
    "sync": Life.sync,
    "step": Life.step,
    "fail": Life.fail,
    "cut": Life.cut,
    "host": Life.host,
    "undo": Life.undo_last,
    "end": Life.end,
}
