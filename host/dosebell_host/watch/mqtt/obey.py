"""Commands are done one after the other in a thread of their own: a box may take a while."""

import queue
import threading

from dosebell_host.actions.answers import AnswerWishes, answer
from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.occurrences import SNOOZE, read_rows
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.talk import Note, Talk
from dosebell_host.watch.mqtt.command import Command

_STOP_S = 2.0


class Obeying:
    """Does what it is told, and tells `note` what came of it."""

    def __init__(self, name: str, reach: Reach, note: Note) -> None:
        self._name = name
        self._reach = reach
        self._note = note
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"{name} commands", daemon=True)
        self._thread.start()

    def do(self, command: Command) -> None:
        """Have it done soon."""
        self._commands.put(command)

    def close(self) -> None:
        """Nothing is done any more."""
        self._commands.put(None)
        self._thread.join(_STOP_S)

    def _work(self) -> None:
        while (command := self._commands.get()) is not None:
            try:
                for line in obey(command, self._reach, self._note):
                    self._note(f"{self._name}: {line}")
            except UserError as error:
                self._note(f"{self._name}: a command for {command.dose} is not done: {error}")


def obey(command: Command, reach: Reach, note: Note) -> list[str]:
    """Tell the box; what came of it, as sentences.

    Raises `UserError` where the box does not answer, or the time for that one is over.
    """
    port = f"{ID_PREFIX}{command.device_id}"
    with contacted(port, Talk(note), reach, sync=False) as contact:
        row = next((row for row in read_rows(contact) if row.dose == command.dose), None)
        is_meant = row is not None and row.first_due_s == command.due_s
        if row is None or not is_meant or not (row.calling or row.is_open):
            raise UserError("its time is over", code="open")
        if command.what == SNOOZE and not row.calling:
            raise UserError("it does not ring", code="open")
        wishes = AnswerWishes(command.what, [row.dose], date=row.date, slot=row.slot)
        found = answer(contact, wishes)
        return [*found.lines, *found.warnings]
