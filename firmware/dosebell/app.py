"""One pass of the loop: the only place where time, button, bytes, light and sound meet.

`step` is given elapsed milliseconds and the button's level and does nothing else in an idle pass.
`next_deadline_ms` says when it next has to be called, which lets a simulator jump there.

A pass takes no longer than a second, whatever it is asked for. What would take longer is owed
(`Box.owed`) and done a piece a pass, with the rest of `step` after each piece; so a power cut may
come between any two. While anything is owed the loop reads no line, and a reply and a press wait
for the last piece. What follows of a press for the rest of the box is for the pass after it.
"""

from dosebell import TYPE_CHECKING, button, pattern, presses, record, wiring
from dosebell.annunciator import Annunciator
from dosebell.board import View
from dosebell.box import MAX_PRESSES, Box
from dosebell.button import Button
from dosebell.corrections import undo_pressed
from dosebell.frames import LineBuffer
from dosebell.memory import WAITING
from dosebell.plan import NEVER
from dosebell.practice import Practice
from dosebell.record import RINGING, SNOOZED, TAKEN, UNDONE, Record
from dosebell.reminder import MAX_JUDGED, Row
from dosebell.store import Draft, Files

if TYPE_CHECKING:
    from dosebell.each import Turns
    from dosebell.hardware import Board


class App:
    """The firmware between the board and the box."""

    def __init__(self, board: "Board", files: Files, limp: bool = False) -> None:
        self.board = board
        # After crash upon crash: reminders, and only the requests that help to mend it.
        self.limp = limp
        self.view = View()
        self.box = Box(board, files)
        self.button = Button(2000)
        self.annunciator = Annunciator()
        self.practice = Practice()
        # What comes from the wire; `commands.receive` replies to each line of it.
        self.lines = LineBuffer()
        # Whether the next pass begins with a piece of what is owed.
        self._goes_on = True
        # A schedule on its way in.
        self.draft: Draft | None = None
        # Whether the board knows what is open and what comes next.
        self._is_told = True
        self._answer_sound = pattern.SILENT
        self._answer_left_ms = self._wake_s = self._wake_uptime_s = 0
        # What the last press did, and when, in uptime.
        self._last_press: list[Record] = []
        self._last_press_s = 0
        # The doses that a short press was told of as not yet taken, and until when another takes
        # them; all that the next one takes.
        self._about: list[str] = []
        self._asked_until_ms = 0
        self._asked: list[Row] = []
        self._noted_until_ms = self.repeat_until_ms = 0
        self._repeated = TAKEN
        # Whose turn it is, where doses are asked for one at a time.
        self._turns: Turns | None = None

    def start(self) -> None:
        self.box.start()
        if not self.limp:
            self._fit_parts()
        if not self.box.clock.trusted:
            self.flash_answer("noted", "chirp")
        self.box.owed.append(self.work)

    def _fit_parts(self) -> None:
        """Take the parts in hand that the box has; one that can't be had is a fault, no more."""
        files = self.box.store.files
        try:
            with files.open(wiring.PARTS, "rb") as file:
                said = file.read()
            # Only here: it takes memory.
            from dosebell import parts

            parts.fit(self.board, files, str(said, "utf-8"))
        except OSError:
            pass
        except Exception:
            self.board.faults += ("parts-file",)

    def step(self, elapsed_ms: int, pressed: bool, fell: bool = False) -> None:
        """One pass, `elapsed_ms` after the one before, with the button's level now, and whether
        it went down since then.
        """
        if self._goes_on:
            # Before the time goes on: it belongs to the pass before.
            self.box.owed.pop(0)()
        clock = self.box.clock
        clock.advance(elapsed_ms)
        if self._answer_left_ms:
            self._answer_left_ms = max(0, self._answer_left_ms - elapsed_ms)
            if not self._answer_left_ms:
                self._end_answer()
        if self.box.journal.is_searching:
            self.box.search_on()
        if self._about and clock.uptime_ms > self._asked_until_ms:
            self._about, self._wake_uptime_s = [], 0
        event = self.button.sample(pressed, elapsed_ms, fell)
        if event:
            self._on_button(event)
            # What follows of it for the rest is for the next pass.
            self._wake_uptime_s = 0
        elif not (self._goes_on or self.box.owed) and (
            clock.uptime_s >= self._wake_uptime_s
            or (clock.trusted and clock.now_s >= self._wake_s)
        ):
            self.work()
        self._goes_on = len(self.box.owed) > 0

    def next_deadline_ms(self) -> int:
        """How long `step` has nothing to do, if no level changes and no byte comes."""
        clock = self.box.clock
        wait_ms = self.button.wait_ms()
        if self.box.journal.is_searching or self.box.owed:
            return 0
        if self._answer_left_ms:
            wait_ms = min(wait_ms, self._answer_left_ms)
        if self._about:
            wait_ms = min(wait_ms, self._asked_until_ms + 1 - clock.uptime_ms)
        wait_ms = min(wait_ms, clock.until_uptime_ms(self._wake_uptime_s))
        if clock.trusted:
            wait_ms = min(wait_ms, clock.until_ms(self._wake_s))
        return wait_ms

    def work(self) -> None:
        """Let the reminder catch up: the light first, then the records, then the sound."""
        box, clock = self.box, self.box.clock
        self.button.long_press_ms = box.reminder.plan.long_press_ms
        self.annunciator.charge(box.reminder.rows, clock.uptime_s)
        entries: list[Record] = []
        self._asked = []
        if box.judges:
            entries = box.reminder.step(clock.now_s, clock.uptime_s)
            counts = self._ask()
            self.annunciator.step(
                box.reminder.plan, box.reminder.rows, clock.now_s, clock.uptime_s, counts
            )
        self._look()
        self.practice.step(clock.uptime_s, bool(presses.ringing(box.reminder)))
        self._show(False)
        if entries or (box.owes_write and clock.uptime_s >= box.retry_s):
            box.write(entries)
        for what in self.board.faults:
            if what not in box.faults:
                box.fault(what)
        if clock.uptime_s >= box.note_s:
            box.hourly()
            if box.owed:
                # It found a clock: what passed is judged first.
                box.owed.append(self.work)
        if clock.uptime_s >= box.segment_s and not self.button.down:
            box.begin_segment()
        if self.draft is not None and clock.uptime_s >= self.draft.until_s:
            self.drop_draft()
        self._show(True)
        self._plan_wake()

    def _ask(self) -> str:
        """Find what the next short press takes; the light that asks for one place, if one does."""
        reminder = self.box.reminder
        if not reminder.plan.each:
            self._turns = None
        elif self._turns is None:
            from dosebell.each import Turns

            self._turns = Turns()
        self._asked = presses.asked(reminder, self.box.clock.now_s, self._about, self._turns)
        return self._turns.light(reminder, self._asked) if self._turns and self._asked else ""

    def flash_answer(self, light: str, sound: str) -> None:
        """Show an answer once, over whatever else is shown."""
        self.view.answer = light
        self._answer_sound = sound if sound in pattern.MELODIES else pattern.SILENT
        self._answer_left_ms = pattern.length_ms(light)
        self._show(True)

    def drop_draft(self) -> None:
        """Forget a schedule that was on its way in; the one in force stays."""
        if self.draft is not None:
            draft, self.draft = self.draft, None
            draft.drop()

    def _end_answer(self) -> None:
        self.view.answer = ""
        self._answer_sound = pattern.SILENT
        self._show(True)

    def _look(self) -> None:
        """What is open and what comes next, for whoever reads the view."""
        reminder, view = self.box.reminder, self.view
        before = view.open, view.next_dose, view.next_due_s
        view.open = presses.opened(reminder, self._asked)
        view.next_dose, view.next_due_s = "", NEVER
        for row in reminder.rows:
            window = row.window
            # The next meal of what rings now is no dose of its own.
            if window is None or window.off or row.state in (RINGING, SNOOZED):
                continue
            if row.meal + 1 < len(window.dues) and window.dues[row.meal + 1] < view.next_due_s:
                view.next_dose, view.next_due_s = row.dose.id, window.dues[row.meal + 1]
        self._is_told = self._is_told and before == (view.open, view.next_dose, view.next_due_s)

    def _show(self, with_sound: bool) -> None:
        view = self.view
        light = self._light()
        sound = self._sound() if with_sound or view.sound == self._sound() else pattern.SILENT
        if not self._is_told or (light, sound) != (view.light, view.sound):
            view.light, view.sound, self._is_told = light, sound, True
            self.board.show(view)

    def _light(self) -> str:
        box = self.box
        if self.view.answer:
            return self.view.answer
        if self.button.down and not self.button.stuck:
            return pattern.OFF
        if self.practice.rings:
            return "due"
        if self.annunciator.light != pattern.OFF:
            return self.annunciator.light
        # What is to be written at once waits for no flash that fails.
        is_fault = self.button.stuck or box.store.damaged or self.board.faults
        if is_fault or (box.owes_write and box.retry_s):
            return "fault"
        if not box.clock.trusted:
            return "unset"
        return "limp" if self.limp else pattern.OFF

    def _sound(self) -> str:
        if self.button.down and not self.button.stuck:
            return pattern.SILENT
        if self.view.answer:
            return self._answer_sound
        if self.practice.rings:
            return "due"
        return self.annunciator.sound

    def _plan_wake(self) -> None:
        box = self.box
        self._wake_s = min(box.reminder.next_s(), self.annunciator.quiet_edge_s)
        wake_s = min(self.annunciator.next_uptime_s, box.note_s, box.segment_s)
        if self.draft is not None:
            wake_s = min(wake_s, self.draft.until_s)
        if self.practice.rings:
            wake_s = min(wake_s, self.practice.until_s)
        for row in box.reminder.rows:
            if row.state == SNOOZED:
                wake_s = min(wake_s, row.snooze_until_s)
        if box.owes_write:
            wake_s = min(wake_s, box.retry_s)
        self._wake_uptime_s = wake_s

    def _on_button(self, event: int) -> None:
        if event == button.DOWN:
            self.annunciator.charge(self.box.reminder.rows, self.box.clock.uptime_s)
            self.annunciator.hush()
            if self._turns is not None and (self._about or not self.view.answer):
                self._turns.seen = self._about or [row.dose.id for row in self._asked]
            self._answer_left_ms = 0
            self._end_answer()
            # Whoever presses so soon has not seen the next question.
            if self._repeated != TAKEN and self.box.clock.uptime_ms < self.repeat_until_ms:
                self.repeat_until_ms = self.box.clock.uptime_ms + button.VERY_LONG_MS
        elif event == button.TICK:
            self.flash_answer("tick", pattern.SILENT)
        elif event == button.HELD_AT_START:
            # Only after a power cut: whoever holds the button through a crash wants no service.
            if self.board.reset_cause() == "power":
                self.board.service()
        elif event == button.STUCK:
            self.box.fault("button", "held_s=%d" % (button.STUCK_MS // 1000))
        elif event != button.FREED:
            clock = self.box.clock
            if self.box.owed and clock.trusted:
                # It is meant for what is open, which is known when nothing is owed.
                uptime_s = clock.uptime_s
                self.box.owed.append(lambda: self._press_held(event, uptime_s))
            else:
                self._press(event)

    def _press_held(self, event: int, uptime_s: int) -> None:
        """Do what was pressed then, unless all that rings has begun since."""
        clock, ringing = self.box.clock, presses.ringing(self.box.reminder)
        pressed_s = clock.now_s - clock.uptime_s + uptime_s
        if not ringing or [row for row in ringing if row.due_s() <= pressed_s]:
            self._press(event)

    def _press(self, event: int) -> None:
        clock, self._wake_uptime_s = self.box.clock, 0
        if self.practice.rings:
            self.practice.answer()
            self.repeat_until_ms, self._repeated = clock.uptime_ms + presses.REPEAT_MS, TAKEN
            self.flash_answer(TAKEN, TAKEN)
        elif clock.uptime_ms < self.repeat_until_ms and event != button.VERY_LONG:
            if self._repeated != TAKEN:
                self.repeat_until_ms = clock.uptime_ms + pattern.length_ms(self._repeated)
            self._say(self._repeated, TAKEN)
        elif self.box.judges:
            self._press_trusted(event)
        else:
            self._press_unset(event)

    def _press_trusted(self, event: int) -> None:
        """Do what the press means."""
        clock = self.box.clock
        what, rows = presses.meaning(
            self.box.reminder, event, clock.now_s, self._about, self._turns
        )
        if what == TAKEN:
            self._take(rows)
        elif what == SNOOZED:
            self._snooze(rows)
        elif what == UNDONE:
            self._undo()
        else:
            if what == presses.NOT_YET:
                self._about = [row.dose.id for row in rows]
                self._asked_until_ms = clock.uptime_ms + presses.ASK_MS
                if self._turns is not None and rows:
                    # So much longer as it takes to count.
                    counts = self._turns.light(self.box.reminder, rows)
                    self._asked_until_ms += pattern.length_ms(counts)
            self._say(what)

    def _press_unset(self, event: int) -> None:
        """Note a short press by uptime: when the clock is set, it finds its window. Another one
        that soon is the same, and a long one is no intake.
        """
        box, uptime_s = self.box, self.box.clock.uptime_s
        if event != button.SHORT:
            self.flash_answer("no", "chirp")
            return
        if box.clock.uptime_ms > self._noted_until_ms:
            if len(box.early_presses) < MAX_PRESSES:
                box.early_presses.append(uptime_s)
            box.write([Record(record.PRESSED, detail="uptime_s=%d" % uptime_s)])
            self._noted_until_ms = box.clock.uptime_ms + presses.ASK_MS
        self.flash_answer("noted", "chirp")

    def _take(self, rows: list[Row]) -> None:
        """Take the rows in one append; only what is durable is shown as taken."""
        box, clock = self.box, self.box.clock
        self._about = []
        if not self._write_press([box.reminder.take(row, clock.now_s) for row in rows]):
            return
        what, sound, lasts_ms = presses.of_intake(rows), "", presses.REPEAT_MS
        self._repeated = TAKEN
        if self._turns is not None and self._turns.ringing(box.reminder):
            what, self._repeated = what.replace(TAKEN, presses.TAKEN_NEXT), presses.TAKEN_NEXT
            sound, lasts_ms = TAKEN, pattern.length_ms(what)
        self.repeat_until_ms = clock.uptime_ms + lasts_ms
        self._say(what, sound)

    def _snooze(self, rows: list[Row]) -> None:
        box, clock = self.box, self.box.clock
        snooze = box.reminder.snooze
        self._write_press([snooze(row, clock.now_s, clock.uptime_s) for row in rows])

    def _undo(self) -> None:
        """Take the last press back, all of it, while it is young."""
        entries: list[Record] = []
        # Before whatever else was pressed meanwhile.
        self.box.owed.insert(0, lambda: self._say_undone(entries))
        self.undo_last(entries)

    def _say_undone(self, entries: list[Record]) -> None:
        self._wake_uptime_s = 0
        if self.box.unsaved:
            self._say("unsaved", "no")
        else:
            self._say(presses.NOT_YET if entries else "no")

    def undo_last(self, entries: list[Record]) -> None:
        """Undo what the last press did while that is young, some doses a pass; the records of it
        are in `entries`, and written, when nothing is owed.
        """
        pressed, self._last_press = self._last_press, []
        if pressed and self.box.clock.uptime_s - self._last_press_s < presses.UNDO_S:
            if self._turns is not None:
                self._turns.first = [each.dose for each in pressed]
            self.box.owed.insert(0, lambda: self._undo_some(pressed, entries))

    def _undo_some(self, pressed: list[Record], entries: list[Record]) -> None:
        """Undo as many as a pass may; all are written together."""
        box, left = self.box, pressed[MAX_JUDGED:]
        for each in pressed[:MAX_JUDGED]:
            entries += undo_pressed(box.reminder, each, box.clock.now_s)
        if left:
            box.owed.insert(0, lambda: self._undo_some(left, entries))
        else:
            box.write(entries)

    def _write_press(self, entries: list[Record]) -> bool:
        """Write what a press did, which an undo may take back; where that fails, tell."""
        self._last_press = entries
        self._last_press_s = self.box.clock.uptime_s
        is_written = self.box.write(entries)
        if not is_written:
            self._say("unsaved", "no")
        return is_written

    def _say(self, what: str, sound: str = "") -> None:
        """Answer by light, and outside quiet hours by the sound of that name or another."""
        # With the answer, and not a pass later: lamps of what was taken shine no more.
        self._asked = [row for row in self._asked if row.state != WAITING]
        self._look()
        clock = self.box.clock
        begins_s = self.box.reminder.plan.quiet_hours(clock.now_s)[0] if clock.trusted else NEVER
        self.flash_answer(what, pattern.SILENT if begins_s <= clock.now_s else sound or what)
