"""The kind of entry that is a `[[tell]]`."""

from functools import partial

from dosebell_host.history.store import open_history
from dosebell_host.talk import no_note
from dosebell_host.watch.kind import Around, EntryKind
from dosebell_host.watch.tell.by_apprise import ByApprise
from dosebell_host.watch.tell.entry import TellEntry, name_of_entry
from dosebell_host.watch.tell.service import MessageService
from dosebell_host.watch.tell.tell_sink import TellSink
from dosebell_host.watch.tell.whose import Persons

_TEST = "This is a test of dosebell: messages arrive here."


def _sink(entry: TellEntry, name: str, around: Around) -> TellSink:
    service = MessageService(ByApprise(), entry.url)
    # That the history cannot be used, the watcher itself tells.
    sink = TellSink(entry, name, around, service, Persons(partial(open_history, no_note)))
    sink.start()
    return sink


def _try_out(entry: TellEntry, name: str) -> str:
    service = MessageService(ByApprise(), entry.url)
    service.check()
    service.send(_TEST, name)
    return f"A test was sent to {entry.url}: look whether it has arrived."


TELL = EntryKind(
    "tell",
    TellEntry,
    name_of_entry,
    _sink,
    _try_out,
    """\
A person who gets messages, by any service of https://appriseit.com: each thing once, and
once more when it is over.
[[tell]]
name = "anna"
url = "tgram://TOKEN/CHAT"    # the address that apprise wants; keep it secret
box = "mother"                # one box by its name; all if left out
when = ["unanswered 2h", "missed", "low", "silent 30m", "clock lost"]
quiet = "22:00-07:00"         # nothing then, but what is urgent
urgent = ["missed"]
""",
)
