"""What modules hand each other, as a type checker alone reads it: nothing of it is flashed."""

from collections.abc import Callable as Callable
from collections.abc import Iterable as Iterable
from collections.abc import Iterator as Iterator
from typing import Any as Any
from typing import NamedTuple

# The pairs of a line: of a record's detail, or of a compiled schedule.
Fields = dict[bytes, bytes]

# What comes with a request, and what is replied.
Params = dict[str, object]
Result = dict[str, object]
# Of what changes the box: what to say when all that follows is done.
Answer = Result | Callable[[], Result]

# The number of the record where a page of the journal ends, the segment it stands in and where in
# that, and what had been found damaged before it.
Mark = tuple[int, int, int, int]

class Open(NamedTuple):
    """A dose that rings, is snoozed or rests, or that is early and asked about."""

    dose: str
    name: str
    # The meal that was reached; "" where the dose has none.
    meal: str
    # Its number in the file, from 1 on, and the compartment that it lies in, 0 without one.
    position: int
    place: int
    # `ringing`, `snoozed`, `resting` or `early`.
    state: str
    # Whether the next short press takes it.
    asked: bool
