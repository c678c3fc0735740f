"""A box in a little world of its own, told line by line; runs on CPython and on MicroPython alike.

It is the least that the firmware needs: a board that shows and sends, a flash in memory, a clock
that jumps from one deadline to the next. Whatever happens is said as one line of text, so that two
interpreters can be compared by what they said.
"""

import binascii
import io
import json

from dosebell import civil, commands, frames, pattern, schedule
from dosebell.app import App
from dosebell.board import INFLATE_BITS, View
from dosebell.plan import NEVER
from dosebell.store import Files

try:
    import deflate  # type: ignore[import-not-found]
except ImportError:
    import zlib

    deflate = None

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from dosebell.hardware import BatteryClock, LampRow

    Say = Callable[[str], object]

SHORT_MS = 200
LONG_MS = 2500
VERY_LONG_MS = 8500
_SETTLE_MS = 50


class MemoryFiles(Files):
    """A flash in memory; `full` makes it refuse every change."""

    def __init__(self, say: "Say") -> None:
        super().__init__()
        self.contents: dict[str, bytes] = {}
        self.full = False
        self._say = say

    def open(self, path: str, mode: str) -> "Any":
        if "r" in mode:
            if path not in self.contents:
                raise OSError("not there")
            return io.BytesIO(self.contents[path])
        self.check()
        return _Written(self, path, self.contents.get(path, b"") if "a" in mode else b"")

    def rename(self, old: str, new: str) -> None:
        self.check()
        self.contents[new] = self.contents.pop(old)
        self._say(f"rename {old} {new}")

    def remove(self, path: str) -> None:
        self.check()
        del self.contents[path]
        self._say(f"remove {path}")

    def names(self, folder: str) -> list[str]:
        start = folder + "/"
        return sorted([path[len(start) :] for path in self.contents if path.startswith(start)])

    def room(self) -> tuple[int, int]:
        return 1 << 20, 1 << 21

    def check(self) -> None:
        # A number would be worded differently by the two interpreters.
        if self.full:
            raise OSError("no space")

    def put(self, path: str, content: bytes) -> None:
        """What was written is there as a whole, as on littlefs; a journal is told by lines."""
        self.check()
        before = len(self.contents.get(path, b""))
        self.contents[path] = content
        if path.startswith("/log/"):
            for line in content[before:].decode().splitlines():
                self._say(f"log {line}")
        else:
            self._say(f"wrote {path} {len(content)} {binascii.crc32(content):08x}")


class _Written:
    """A file being written."""

    def __init__(self, files: MemoryFiles, path: str, content: bytes) -> None:
        self._files = files
        self._path = path
        self._content = content
        self._open = True

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, data: bytes) -> int:
        self._content += data
        return len(data)

    def flush(self) -> None:
        self._files.put(self._path, self._content)

    def close(self) -> None:
        if self._open:
            self._open = False
            self.flush()


class WorldClock:
    """A battery clock that follows the world, off by what was written to it."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.offset_s = 0
        self.is_there = True

    def read_s(self) -> int | None:
        self._check()
        return self._world.now_s + self.offset_s

    def write_s(self, utc_s: int) -> None:
        self._check()
        self.offset_s = utc_s - self._world.now_s

    def _check(self) -> None:
        # A number would be worded differently by the two interpreters.
        if not self.is_there:
            raise OSError("no answer")


class LittleStrip:
    """A strip that tells which lamps are on, and fails while its world has it fail."""

    def __init__(self, world: "World", count: int) -> None:
        self._world = world
        self._colours = [(0, 0, 0)] * count

    def __setitem__(self, place: int, colour: tuple[int, int, int]) -> None:
        self._colours[place] = colour

    def write(self) -> None:
        if self._world.strip_fails:
            raise OSError("the strip fails")
        self._world.tell("lamps " + "".join(["%x" % (max(each) // 16) for each in self._colours]))


class LittleBoard:
    """The board of a `World`."""

    name = "little"
    faults: tuple[str, ...] = ()
    lamps: "LampRow | None" = None

    def __init__(self, world: "World") -> None:
        self.rtc: BatteryClock = world.battery_clock
        self.light = pattern.OFF
        self.sent: list[bytes] = []
        self.wants_reset = False
        self.kept: int | None = None
        self.cause = "power"
        self._world = world
        self._drawn = 0

    def show(self, view: View) -> None:
        self.light = view.light
        next_s = -1 if view.next_due_s >= NEVER else view.next_due_s
        coming = f"next {view.next_dose or 'none'} {next_s}"
        opened = [",".join([str(each) for each in entry]) for entry in view.open]
        self._world.tell(f"shows {view.light} {view.sound} open {';'.join(opened)} {coming}")
        if self.lamps is not None:
            self.lamps.show(view)

    def strip(self, pin: int, count: int) -> "LittleStrip":
        return LittleStrip(self._world, count)

    def send(self, line: bytes) -> None:
        self.sent.append(line)

    def kept_s(self) -> int | None:
        return self.kept

    def reset_cause(self) -> str:
        return self.cause

    def entropy(self, count: int) -> bytes:
        self._drawn += 1
        return bytes([(self._drawn * 41 + place * 7) % 256 for place in range(count)])

    def inflate(self, data: bytes) -> "Any":
        if deflate is None:
            try:
                return io.BytesIO(zlib.decompress(data, -INFLATE_BITS))
            except zlib.error:
                raise OSError("no deflated data") from None
        return deflate.DeflateIO(io.BytesIO(data), deflate.RAW, INFLATE_BITS)

    def app(self) -> tuple[str, bool]:
        return "", False

    def system(self) -> str:
        return "either"

    def hardware(self) -> str:
        return "none"

    def heap_free(self) -> int:
        return 0

    def reset(self) -> None:
        self.wants_reset = True

    def service(self) -> None:
        self.wants_reset = True


class World:
    """One box, from `start_s` (seconds since 2000) on. It begins switched off."""

    def __init__(
        self, say: "Say", start_s: int, files: Files | None = None, battery_clock: bool = True
    ) -> None:
        self.say = say
        self.now_s = start_s
        self.files = MemoryFiles(say) if files is None else files
        self.battery_clock = WorldClock(self)
        self.battery_clock.is_there = battery_clock
        self.strip_fails = False
        self.board = LittleBoard(self)
        self.app: App | None = None
        self._ms = 0
        self._unstepped_ms = 0
        self._pressed = False
        self._asked = 0

    def tell(self, what: str) -> None:
        self.say(f"{civil.iso(self.now_s // civil.DAY_S)} {self._clock()} {what}")

    def _clock(self) -> str:
        second = self.now_s % civil.DAY_S
        return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.{self._ms:03d}"

    # Power.

    def power_on(self, cause: str = "power", limp: bool = False) -> None:
        """Start the firmware; a reset carries the time over, a power cut does not."""
        kept = None
        if cause != "power" and self.app is not None and self.app.box.clock.trusted:
            kept = self.app.box.clock.now_s
        self.tell(f"starts after {cause}")
        self.board.cause, self.board.kept, self.board.wants_reset = cause, kept, False
        self.board.faults, self.board.lamps = (), None
        self._unstepped_ms = 0
        self.app = App(self.board, self.files, limp)
        self.app.start()
        self._settle()

    def power_off(self) -> None:
        self.tell("is cut off")
        self.app = None

    # Time.

    def run_until(self, at_s: int) -> None:
        """Let the time pass; the firmware is stepped at each of its deadlines."""
        while self.now_s < at_s:
            self._run_at_most((at_s - self.now_s) * 1000 - self._ms)

    def run_for(self, seconds: int) -> None:
        self.run_until(self.now_s + seconds)

    def run_for_ms(self, wait_ms: int) -> None:
        while wait_ms > 0:
            wait_ms -= self._run_at_most(wait_ms)

    def _run_at_most(self, wait_ms: int) -> int:
        if self.app is not None:
            wait_ms = max(1, min(wait_ms, self.app.next_deadline_ms()))
        self._ms += wait_ms
        self.now_s += self._ms // 1000
        self._ms %= 1000
        self._unstepped_ms += wait_ms
        self._step()
        return wait_ms

    def _step(self) -> None:
        elapsed_ms, self._unstepped_ms = self._unstepped_ms, 0
        if self.app is not None:
            if self.board.lamps is not None:
                self.board.lamps.play(elapsed_ms)
            self.app.step(elapsed_ms, self._pressed)

    def _settle(self) -> None:
        """What the box owes it does a piece a pass."""
        while self.app is not None and self.app.box.owed:
            self._step()

    # The button.

    def press(self, held_ms: int = SHORT_MS) -> None:
        self.tell(f"pressed for {held_ms}")
        self._hold(True)
        self.run_for_ms(held_ms)
        self._hold(False)
        self.run_for_ms(_SETTLE_MS)

    def _hold(self, pressed: bool) -> None:
        self._pressed = pressed
        self._step()

    # The wire.

    def feed(self, data: bytes) -> None:
        """Bytes from the host; every reply is told."""
        self._step()
        for byte in data:
            if self.app is not None and self.app.lines.feed(byte):
                commands.receive(self.app)
                self._settle()
        for line in self.board.sent:
            self.say("reply " + line.decode()[:-1])
        self.board.sent.clear()
        if self.board.wants_reset:
            self.power_on("reset")

    def ask(self, method: str, **params: object) -> None:
        self._asked += 1
        self.feed(request(self._asked, method, params))

    def set_clock(self, utc_s: int, force: bool = False) -> None:
        self.ask("clock.set", utc=utc_s + civil.UNIX_2000, force=force)

    def push(self, lines: list[str]) -> None:
        name = schedule.digest(lines)[1]
        self.ask("schedule.begin", count=len(lines), hash=name)
        for n in range(0, len(lines), 2):
            # JSON spells what lies past U+FFFF as two halves.
            if max(lines[n]) > "\uffff":
                self.ask("schedule.line", n=n, more=packed(lines[n : n + 2]))
            else:
                self.ask("schedule.line", n=n, line=lines[n], more=packed(lines[n + 1 : n + 2]))
        self.ask("schedule.commit", hash=name)


def packed(lines: list[str]) -> str:
    """Lines in the plainest form of deflate, a stored block: MicroPython itself packs no other."""
    data = "".join([line + "\n" for line in lines]).encode()
    size = len(data)
    head = b"\x01" + size.to_bytes(2, "little") + (0xFFFF - size).to_bytes(2, "little")
    return str(binascii.b2a_base64(head + data), "utf-8").strip()


def request(number: int, method: str, params: dict[str, object]) -> bytes:
    """A request, byte for byte the same wherever it is made: the keys of a dict have no order."""
    inside = ",".join([f"{_json(key)}:{_json(params[key])}" for key in sorted(params)])
    text = f'{{"id":{number},"jsonrpc":"2.0","method":{_json(method)},"params":{{{inside}}}}}'
    return frames.seal(text)


def _json(value: object) -> str:
    return frames.ascii_json(json.dumps(value))
