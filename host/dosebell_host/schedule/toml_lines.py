"""Where in a TOML file each key stands: `tomllib` gives values without places.

The text has already been read by `tomllib`, so it is well formed and this walk need not check it.
"""

import json
import re

from dosebell_host.schedule.values import KeyPath

# A schedule nests no deeper than dose, its number, contents, their number, a key. What is deeper
# is an unknown key, and a path of thousands of dots must not cost its square.
_MAX_DEPTH = 6

# The long strings come first, else the first two quotes of one would be an empty short string.
_TOKEN = re.compile(
    r"""
      (?P<string> \"\"\"(?:[^\\]|\\.)*?\"{3,5} | '''.*?'{3,5}
                | (?!\"{3}) "(?:[^"\\\n]|\\.)*" | (?!'{3}) '[^'\n]*' )
    | (?P<word>    [^\s\#\[\]{},=."']+ )
    | (?P<sign>    [\[\]{},=.] )
    | (?P<newline> \n )
    | (?P<blank>   [ \t\r]+ | \#[^\n]* )
    """,
    re.VERBOSE | re.DOTALL,
)


def key_depth(text: str) -> int:
    """How many parts the longest key has, as far as the text is TOML; it may be none further on.

    Text that no token begins with is where `tomllib` stops, too.
    """
    deepest = parts = 1
    end = 0
    while match := _TOKEN.match(text, end):
        end = match.end()
        if match[0] == ".":
            parts += 1
            deepest = max(deepest, parts)
        elif match.lastgroup in ("sign", "newline"):
            parts = 1
    return deepest


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of every key, table header and list entry, by its path."""
    walk = _Walk(text.replace("\r\n", "\n"))
    walk.document()
    return walk.lines


def pair_spans(text: str) -> dict[KeyPath, tuple[int, int]]:
    """Where each `key = value` begins and ends in the text, by the path of the key."""
    walk = _Walk(text)
    walk.document()
    return walk.spans


def comments(text: str) -> list[str]:
    """Every comment of the text, in order."""
    found = (match["blank"] or "" for match in _TOKEN.finditer(text))
    return [blank.rstrip() for blank in found if blank.startswith("#")]


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """The line of the path, or of the nearest table around it that has one."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


class _Walk:
    """A reader of tokens that remembers where keys are and throws the values away."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.spans: dict[KeyPath, tuple[int, int]] = {}
        self._counts: dict[KeyPath, int] = {}  # [[tables]] seen so far, by path
        self._tokens: list[tuple[str, str, int, int]] = []
        self._next = 0
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup != "blank":
                self._tokens.append((str(match.lastgroup), match[0], line, match.end()))
            line += match[0].count("\n")

    def document(self) -> None:
        """Headers and key = value lines, up to the end."""
        table: KeyPath = ()
        while self._skip_newlines():
            table = self._header() if self._peek() == "[" else self._pair(table)

    def _header(self) -> KeyPath:
        line = self._line()
        self._take()
        is_list = self._peek() == "["
        if is_list:
            self._take()
        path = self._resolve(self._key()[:_MAX_DEPTH])
        self._take()
        if is_list:
            self._take()
            count = self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, count - 1)
        self._note(path, line)
        return path

    def _resolve(self, key: KeyPath) -> KeyPath:
        """A header's path, with the number of the entry where it goes through a [[table]]."""
        path: KeyPath = ()
        for position, part in enumerate(key):
            path = (*path, part)
            if position < len(key) - 1 and path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: KeyPath) -> KeyPath:
        line, begin = self._line(), self._begin()
        path = (*table, *self._key())
        self._note(path, line)
        self._take()  # the =
        self._value(path)
        self.spans[path[:_MAX_DEPTH]] = begin, self._tokens[self._next - 1][3]
        return table

    def _note(self, path: KeyPath, line: int) -> None:
        # A dotted key or header makes the tables on its way, too.
        for length in range(min(len(path), _MAX_DEPTH), 0, -1):
            self.lines.setdefault(path[:length], line)

    def _key(self) -> KeyPath:
        parts = [_unquoted(self._take())]
        while self._peek() == ".":
            self._take()
            parts.append(_unquoted(self._take()))
        return tuple(parts)

    def _value(self, path: KeyPath) -> None:
        if self._peek() == "[":
            self._list(path)
        elif self._peek() == "{":
            self._inline_table(path)
        else:
            # A number or a date may be several tokens: 1.5, or a date and a time with a space.
            while self._peek() not in ("\n", ",", "]", "}", ""):
                self._take()

    def _list(self, path: KeyPath) -> None:
        self._take()
        index = 0
        while self._skip_newlines() and self._peek() != "]":
            self.lines[*path, index] = self._line()
            self._value((*path, index))
            index += 1
            self._skip_newlines()
            if self._peek() == ",":
                self._take()
        self._take()

    def _inline_table(self, path: KeyPath) -> None:
        self._take()
        while self._skip_newlines() and self._peek() != "}":
            self._pair(path)
            self._skip_newlines()
            if self._peek() == ",":
                self._take()
        self._take()

    def _skip_newlines(self) -> bool:
        """Go to the next token that is no newline; False at the end of the text."""
        while self._peek() == "\n":
            self._next += 1
        return self._next < len(self._tokens)

    def _peek(self) -> str:
        return self._tokens[self._next][1] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._next += 1
        return token

    def _line(self) -> int:
        return self._tokens[self._next][2]

    def _begin(self) -> int:
        _, token, _, end = self._tokens[self._next]
        return end - len(token)


def _unquoted(token: str) -> str:
    if token.startswith("'"):
        return token[1:-1]
    if token.startswith('"'):
        # Short TOML strings are JSON strings but for \U and \e; such a key is an unknown key.
        try:
            return str(json.loads(token))
        except ValueError:
            return token[1:-1]
    return token
