"""What only a real connection shows: requests that are no browser's, large ones, and slow ones."""

import contextlib
import re
import socket
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from dosebell_host.web.guard.bounds import BOUNDS, Bounds
from dosebell_host.web.guard.headers import HEADERS
from dosebell_host.web.guard.protocol import LONGEST_HEAD
from dosebell_host.web.guard.requests import LONGEST_ADDRESS
from pages import AtPort, at_a_port
from raw_http import WITHIN_S, answer_to, chunked, request, status_of

LARGE = 100_000_000
_PIECE = b"a" * 100_000


@pytest.fixture(scope="module")
def served_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtPort]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DOSEBELL_DATA", str(tmp_path_factory.mktemp("data")))
        with at_a_port() as made:
            yield made


def own(served_at: AtPort) -> str:
    return f"127.0.0.1:{served_at.page.port}"


def posted(served_at: AtPort, *lines: str) -> bytes:
    """A form of the page itself, sent by a browser that is in."""
    cookie = served_at.page.visitor().cookies[served_at.page.keys.cookie_name]
    return request(
        "POST /phones/revoke HTTP/1.1",
        f"Cookie: {served_at.page.keys.cookie_name}={cookie}",
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/x-www-form-urlencoded",
        *lines,
        host=own(served_at),
    )


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["GET / HTTP/1.1"], 400),
        (["GET / HTTP/1.0"], 403),
        (["GET / HTTP/1.1", "Host: OWN", "Host: OWN"], 400),
        (["GET / HTTP/1.1", "Host: OWN", "Host: attacker.example"], 400),
        (["GET / HTTP/1.0", "Host: OWN", "Host: OWN"], 400),
        (["GET / HTTP/1.1", "Host: OWN", " attacker.example"], 403),
        (["GET / HTTP/1.1", "Host : OWN"], 400),
        (["GET http://attacker.example/ HTTP/1.1", "Host: OWN"], 400),
        (["GET http://OWN/ HTTP/1.1", "Host: OWN"], 400),
        (["GET http://OWN/ HTTP/1.1", "Host: attacker.example"], 403),
        (["CONNECT attacker.example:80 HTTP/1.1", "Host: OWN"], 405),
        (["TRACE / HTTP/1.1", "Host: OWN", "Cookie: secret=1"], 405),
        (["OPTIONS * HTTP/1.1", "Host: OWN"], 405),
        (["PRI * HTTP/2.0"], 403),
        (["GET / HTTP/1.1", "Host: OWN", "Upgrade: websocket", "Connection: upgrade"], 403),
        (["GET / HTTP/1.1", "Host: OWN", "X-Forwarded-Host: OWN"], 403),
        (["GET / HTTP/1.1", "Host: attacker.example", "X-Forwarded-Host: OWN"], 403),
        (["GET /%00 HTTP/1.1", "Host: OWN"], 400),
        (["GET //attacker.example/ HTTP/1.1", "Host: OWN"], 400),
        (["GET /\\attacker.example HTTP/1.1", "Host: OWN"], 400),
        (["GET /static/../../resources.py HTTP/1.1", "Host: OWN"], 400),
        (["GET /static/%2e%2e/app.py HTTP/1.1", "Host: OWN"], 400),
        (["GET /static/..%2fapp.py HTTP/1.1", "Host: OWN"], 400),
        (["GET /static/%252e%252e/app.py HTTP/1.1", "Host: OWN"], 400),
        (["GET /static/page.css/ HTTP/1.1", "Host: OWN"], 404),
        (["GET /static/ HTTP/1.1", "Host: OWN"], 404),
        (["GET /static/page.css HTTP/1.1", "Host: OWN"], 200),
        ([f"GET /{'a' * LONGEST_ADDRESS} HTTP/1.1", "Host: OWN"], 414),
        ([f"GET /{'a' * LONGEST_HEAD} HTTP/1.1", "Host: OWN"], 414),
        (["GET / HTTP/1.1", "Host: OWN", f"X-Long: {'a' * LONGEST_HEAD}"], 431),
        (["\x16\x03\x01\x02"], 400),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_no_browser_sends_is_refused(
    served_at: AtPort, lines: list[str], status: int
) -> None:
    sent = request(*(line.replace("OWN", own(served_at)) for line in lines))
    answer = answer_to(served_at.page.port, sent)
    said = answer.partition("\r\n\r\n")[0].lower()
    missing = [name for name, value in HEADERS.items() if f"{name}: {value}".lower() not in said]
    assert (status_of(answer), missing, "secret=1" in answer) == (status, [], False)


@pytest.mark.parametrize("said", [[f"Content-Length: {LARGE}"], ["Transfer-Encoding: chunked"]])
def test_a_body_of_100_mb_is_refused_without_being_kept(
    served_at: AtPort, said: list[str]
) -> None:
    pieces: Iterator[bytes] = iter([_PIECE] * (LARGE // len(_PIECE)))
    body = chunked(pieces) if "Transfer" in said[0] else pieces
    head = posted(served_at, *said)
    tracemalloc.start()
    answer = answer_to(served_at.page.port, head, body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (status_of(answer), most < 10 * BOUNDS.body_bytes) == (413, True)


def test_a_length_that_is_none_is_refused(served_at: AtPort) -> None:
    for length in ("9" * 5000, str(BOUNDS.body_bytes + 1), "-1", "1e3", "+5"):
        answer = answer_to(served_at.page.port, posted(served_at, f"Content-Length: {length}"))
        assert status_of(answer) in (400, 413), length


def test_a_stranger_sends_no_body_at_all(served_at: AtPort) -> None:
    sent = request("POST /phones/revoke HTTP/1.1", "Content-Length: 900000", host=own(served_at))
    assert status_of(answer_to(served_at.page.port, sent)) == 403


@pytest.mark.parametrize(
    "asked", ["POST /phones/revoke", "GET /", "GET /pair", "GET /enter", "GET /static/page.css"]
)
@pytest.mark.parametrize("said", ["Content-Length: 20", "Transfer-Encoding: chunked"])
def test_of_a_strangers_body_nothing_is_waited_for(
    served_at: AtPort, asked: str, said: str
) -> None:
    # The connection is to be kept, and the rest never comes.
    lines = f"{asked} HTTP/1.1\r\nHost: {own(served_at)}\r\n{said}\r\n\r\n"
    with _sent(served_at, lines.encode() + b"14\r\nphone=") as made:
        status = status_of(_whole_answer(made).decode())
        assert (status in (403, 413), _said_later(served_at, made)) == (True, b"")


def test_a_slow_body_ends() -> None:
    with at_a_port(bounds=Bounds(body_within_s=0.2)) as served_at:
        slow = posted(served_at, "Content-Length: 20")
        assert status_of(answer_to(served_at.page.port, slow, [b"phone="])) == 408


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n"])
def test_a_slow_head_ends(sent: bytes) -> None:
    with at_a_port(bounds=Bounds(head_within_s=0.2)) as served_at:
        assert answer_to(served_at.page.port, sent) == ""


def test_more_connections_than_there_may_be_are_dropped_and_the_others_served() -> None:
    with at_a_port(bounds=Bounds(connections=5)) as served_at:
        asked = request("GET /static/page.css HTTP/1.1", host=own(served_at))
        where = ("127.0.0.1", served_at.page.port)
        held = [socket.create_connection(where, WITHIN_S) for _ in range(5)]
        assert answer_to(served_at.page.port, asked) == ""
        for each in held:
            each.close()
        assert _soon(lambda: status_of(answer_to(served_at.page.port, asked)) == 200)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address")
def test_a_network_leaves_room_for_this_laptop_and_one_of_its_machines_for_the_others() -> None:
    bounds = Bounds(connections_from_elsewhere=5, connections_from_one_address=3)
    with at_a_port(bounds=bounds) as served_at:
        asked = request("GET /static/page.css HTTP/1.1", host=own(served_at))

        def statuses(*addresses: str) -> list[int]:
            return [status_of(_answer_from(served_at, each, asked)) for each in addresses]

        held = [_from(served_at, "127.0.0.2") for _ in range(3)]
        assert statuses("127.0.0.2", "127.0.0.3", "127.0.0.1") == [0, 200, 200]
        held += [_from(served_at, "127.0.0.3") for _ in range(2)]
        assert statuses("127.0.0.3", "127.0.0.4", "127.0.0.1") == [0, 0, 200]
        for each in held:
            each.close()
        assert _soon(lambda: statuses("127.0.0.2") == [200])


def _from(served_at: AtPort, address: str) -> socket.socket:
    """A connection that says nothing, from that address."""
    where = ("127.0.0.1", served_at.page.port)
    return socket.create_connection(where, WITHIN_S, (address, 0))


def _answer_from(served_at: AtPort, address: str, sent: bytes) -> str:
    with _from(served_at, address) as made, contextlib.suppress(ConnectionError):
        made.sendall(sent)
        return _rest_of(made).decode()
    return ""


def test_the_stream_of_a_phone_that_is_revoked_ends_with_its_connection() -> None:
    with at_a_port() as served_at:
        keys, page = served_at.page.keys, own(served_at)
        cookie = f"Cookie: {keys.cookie_name}={keys.phones.add('a phone')}"
        lines = f"GET /events HTTP/1.1\r\nHost: {page}\r\n{cookie}\r\n\r\n"
        with _sent(served_at, lines.encode()) as made:
            first = made.recv(4096)
            keys.phones.forget(keys.phones.all()[0].key)
            _whole_answer(made)
            assert (b" 200 " in first, _said_later(served_at, made)) == (True, b"")


def _sent(served_at: AtPort, sent: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", served_at.page.port), WITHIN_S)
    made.sendall(sent)
    return made


def _whole_answer(made: socket.socket) -> bytes:
    """One answer, by the length that it says, or to its last chunk."""
    answer = b""
    while data := made.recv(4096):
        answer += data
        head, _, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        if answer.endswith(b"0\r\n\r\n") or (length and len(body) >= int(length[1])):
            break
    return answer


def _said_later(served_at: AtPort, made: socket.socket) -> bytes:
    """What is said where more is asked on the same connection; nothing where that has ended."""
    with contextlib.suppress(ConnectionError):
        made.sendall(f"GET /static/page.css HTTP/1.1\r\nHost: {own(served_at)}\r\n\r\n".encode())
        return made.recv(4096)
    return b""


def test_the_page_ends_though_streams_are_open() -> None:
    with at_a_port() as served_at:
        streams = [_stream(served_at) for _ in range(20)]
        firsts = [stream.recv(4096) for stream in streams]
        ended = threading.Thread(target=lambda: [_rest_of(each) for each in streams])
        ended.start()
    ended.join(WITHIN_S)
    assert ([b" 200 " in each for each in firsts], ended.is_alive()) == ([True] * 20, False)
    for each in streams:
        each.close()


def test_the_page_ends_though_a_form_has_come_by_half(caplog: pytest.LogCaptureFixture) -> None:
    with at_a_port(bounds=Bounds(body_within_s=WITHIN_S)) as served_at:
        made = socket.create_connection(("127.0.0.1", served_at.page.port), WITHIN_S)
        made.sendall(posted(served_at, "Content-Length: 20") + b"phone=")
        # By the time that it answers another connection, it waits for the rest of this one.
        other = request("GET /static/page.css HTTP/1.1", host=own(served_at))
        assert status_of(answer_to(served_at.page.port, other)) == 200
    status = status_of(_rest_of(made).decode())
    made.close()
    assert (status, caplog.messages) == (503, [])


def _stream(served_at: AtPort) -> socket.socket:
    cookie = served_at.page.visitor().cookies[served_at.page.keys.cookie_name]
    lines = ["GET /events HTTP/1.1", f"Cookie: {served_at.page.keys.cookie_name}={cookie}"]
    made = socket.create_connection(("127.0.0.1", served_at.page.port), WITHIN_S)
    made.sendall(request(*lines, host=own(served_at)))
    return made


def _rest_of(stream: socket.socket) -> bytes:
    found = b""
    while data := stream.recv(4096):
        found += data
    return found


def _soon(is_so: object) -> bool:
    assert callable(is_so)
    for _ in range(100):
        if is_so():
            return True
        time.sleep(0.05)
    return False
