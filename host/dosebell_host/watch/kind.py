"""A kind of entry in the settings of a watcher: what it may say, and which sink it makes."""

from collections.abc import Callable
from typing import Any, NamedTuple

from dosebell_host.box.reach import Reach
from dosebell_host.schedule.fields import Table
from dosebell_host.talk import Note
from dosebell_host.watch.elsewhere import Elsewhere
from dosebell_host.watch.sink import Sink

NOW = "now"
START = "start"


class Around(NamedTuple):
    """What a sink is given of its surroundings: whom to tell what a person should hear, how boxes
    are reached by one that obeys, what all sinks of one watcher know of a ward, and where in the
    settings its entry stands, "" for one of the command line.
    """

    note: Note
    reach: Reach = Reach()
    elsewhere: Elsewhere = Elsewhere()
    where: str = ""


class EntryKind(NamedTuple):
    """One kind. `name` heads its entries, as `[[hook]]`, and `table` reads one of them; it should
    have the key `start`, in the file `from`, with NOW or START, where the sink takes records.

    `sink` makes the sink of one entry under a name that is the same at every start; `try_out`
    sends a test through it and returns what was done, in one sentence, or raises `UserError`.
    `names` tells that name without what tells two equal entries apart, and `example` is what a
    commented file of settings says of the kind, without the `#`.
    """

    name: str
    table: type[Table]
    names: Callable[[Any], str]
    sink: Callable[[Any, str, Around], Sink]
    try_out: Callable[[Any, str], str]
    example: str
