"""The typed client: what a good reply becomes, and that nothing else passes or breaks anything."""

import ast
import contextlib
import types
import typing
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dosebell import commands, commands_device, commands_parts
from dosebell_host.box import fetch
from dosebell_host.box.client import Client, Meant
from dosebell_host.box.hello import Hello
from dosebell_host.box.link import Link
from dosebell_host.box.patience import LinkPatience
from dosebell_host.box.replies import (
    BoxStatus,
    DeviceInfo,
    DoseRow,
    LampStrip,
    PartsFile,
    RecordPage,
    RowPage,
    ScheduleLine,
    Upcoming,
)
from dosebell_host.box.transfer import read_schedule
from dosebell_host.errors import BadReply, DeviceRefused, NoDevice, UserError
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.wording import printable
from laptop import Scripted, opened
from lying_box import (
    NAME,
    NASTY_VALUES,
    Json,
    RefusalError,
    Says,
    client_of,
    paths,
    put,
    without,
)
from strategies import Written, schedules

ROOT = Path(__file__).parents[2]

# 2026-11-23 07:30 in Berlin, and how much less it is from 2000 on.
UNIX_S = 1_795_415_400
UTC_S = UNIX_S - 946_684_800
TAKEN = f"17 3 {UNIX_S} host taken d3k2 2026-11-23 0 late_s=60,left=89"
RANG = f"16 3 {UNIX_S} host ringing d3k2 2026-11-23 0 meal=breakfast"

HELLO: Json = {
    "firmware": "0.1.0",
    "protocol": 1,
    "board": "pico",
    "device_id": "d7f0a1b2c3d4e5f6",
    "boot": 3,
    "utc": UNIX_S,
    "trust": "host",
    "battery_clock": True,
    "revision": "44bbead7a8e09aa4",
    "journal": {"id": "7f3a91c4", "first": 1, "next": 18},
    "features": ["due", "journal-id"],
}
STATUS: Json = {
    **HELLO,
    "ringing": {"count": 1, "ids": ["d3k2"]},
    "next": {"dose": "iron", "due": UNIX_S + 60},
    "totals": {"ringing": 1, "waiting": 1},
    "heap_free": 100_000,
    "uptime_s": 60,
    "faults": ["button"],
    "zone_until": UNIX_S + 86_400,
    "light": "due",
    "sound": "due-eat",
    "practice": "",
}
ROW: Json = {
    "dose": "d3k2",
    "state": "ringing",
    "intake": UNIX_S - 86_400,
    "stock": 89,
    "open": True,
    "date": "2026-11-23",
    "slot": 0,
    "opens": UNIX_S - 3600,
    "due": UNIX_S,
    "first_due": UNIX_S - 1800,
    "closes": UNIX_S + 3600,
}
INFO: Json = {
    "system": "MicroPython 1.29.0",
    "machine": "Raspberry Pi Pico with RP2040",
    "app": "0123456789ab",
    "fallback": False,
    "limp": True,
    "flash_free": 980_000,
    "flash_size": 1_441_792,
    "crash": "OSError: 28",
}
OK = {"ok": True}
WRITTEN = {"records": [TAKEN]}

BREAKFAST = Meant("d3k2", "2026-11-23", 0, UTC_S)
SECOND = Meant("d3k2", "2026-11-23", 1, UTC_S)

# method -> (how it is asked, a reply, what becomes of it)
Asked = Callable[[Client], object]
REQUESTS: dict[str, tuple[Asked, Json, object]] = {
    "hello": (
        lambda client: client.hello(),
        HELLO,
        Hello(
            device_id="d7f0a1b2c3d4e5f6",
            firmware="0.1.0",
            board="pico",
            boot=3,
            utc=UNIX_S,
            trust="host",
            battery_clock=True,
            revision="44bbead7a8e09aa4",
            journal_first=1,
            journal_next=18,
            journal_id="7f3a91c4",
            features=("due", "journal-id"),
        ),
    ),
    "status": (
        lambda client: client.status(),
        STATUS,
        BoxStatus(
            ringing=1,
            next=Upcoming(UTC_S + 60, "iron"),
            faults=("button",),
            zone_until_s=UTC_S + 86_400,
            uptime_s=60,
            heap_free=100_000,
            practice="",
        ),
    ),
    "dose.list": (
        lambda client: client.dose_list(4),
        {"rows": [ROW], "next": 5},
        RowPage(
            (
                DoseRow(
                    dose="d3k2",
                    state="ringing",
                    intake_s=UTC_S - 86_400,
                    stock=89,
                    is_open=True,
                    date="2026-11-23",
                    slot=0,
                    due_s=UTC_S,
                    first_due_s=UTC_S - 1800,
                    closes_s=UTC_S + 3600,
                ),
            ),
            next=5,
        ),
    ),
    "clock.set": (
        lambda client: client.clock_set(lambda: UNIX_S + 0.25),
        {"step_s": -3, "trust": "host"},
        -3,
    ),
    "schedule.begin": (lambda client: client.schedule_begin(9, "0" * 16), OK, None),
    "schedule.line": (lambda client: client.schedule_line(2, "x", "eJw="), {"n": 4}, 4),
    "schedule.commit": (
        lambda client: client.schedule_commit("0" * 16),
        {"revision": "44bbead7a8e09aa4", "dues": {"d3k2": UNIX_S}},
        "44bbead7a8e09aa4",
    ),
    "schedule.read": (
        lambda client: client.schedule_read(1),
        {"n": 1, "count": 9, "line": "dose\tid=d3k2\tname=Für Omer: ויטמין"},
        ScheduleLine("dose\tid=d3k2\tname=Für Omer: ויטמין", 9),
    ),
    "journal.read": (
        lambda client: client.journal_read(16, 8),
        {"records": [RANG, TAKEN], "next": 18},
        RecordPage((RANG, TAKEN), 18),
    ),
    "dose.take": (
        lambda client: client.dose_take(BREAKFAST, UTC_S),
        WRITTEN,
        (TAKEN,),
    ),
    "dose.skip": (lambda client: client.dose_skip(BREAKFAST), WRITTEN, (TAKEN,)),
    "dose.snooze": (
        lambda client: client.dose_snooze(BREAKFAST),
        WRITTEN,
        (TAKEN,),
    ),
    "dose.undo": (lambda client: client.dose_undo(BREAKFAST), WRITTEN, (TAKEN,)),
    "dose.stock": (lambda client: client.dose_stock("d3k2", 89), WRITTEN, (TAKEN,)),
    "parts.read": (
        lambda client: client.parts_read(),
        {"text": '{"lamps":{"pin":16,"count":7,"brightness":32}}'},
        PartsFile(LampStrip(16, 7, 32)),
    ),
    "parts.write": (lambda client: client.parts_write(LampStrip(16, 7, 32)), OK, None),
    "parts.test": (lambda client: client.parts_test(3), OK, None),
    "signal.test": (lambda client: client.signal_test("due"), OK, None),
    "signal.practice": (lambda client: client.signal_practice(), OK, None),
    "device.info": (
        lambda client: client.device_info(),
        INFO,
        DeviceInfo(
            system="MicroPython 1.29.0",
            machine="Raspberry Pi Pico with RP2040",
            app="0123456789ab",
            is_fallback=False,
            is_limp=True,
            flash_free=980_000,
            flash_size=1_441_792,
            crash="OSError: 28",
        ),
    ),
    "device.crash": (
        lambda client: client.device_crash(),
        {"text": 'Traceback\n  File "app.py"\nOSError: 28\n'},
        ("Traceback", '  File "app.py"', "OSError: 28"),
    ),
    "device.service": (lambda client: client.device_service(), OK, None),
    "device.reset": (lambda client: client.device_reset(), OK, None),
}


def replied(method: str, reply: Json) -> object:
    """What a client makes of that reply; of one that does not fit, the error."""
    try:
        return REQUESTS[method][0](client_of(lambda asked, params: reply))
    except BadReply as error:
        return error


@pytest.mark.parametrize("method", REQUESTS)
def test_a_good_reply_becomes_a_model(method: str) -> None:
    _asked, reply, model = REQUESTS[method]
    assert replied(method, reply) == model


def test_every_request_of_the_device_has_a_method() -> None:
    seldom = {**commands_device.METHODS, **commands_parts.METHODS}
    assert sorted(REQUESTS) == sorted({**commands.METHODS, **seldom})


@pytest.mark.parametrize(
    ("ask", "asked"),
    [
        (lambda client: client.dose_list(4), ("dose.list", {"from": 4})),
        (
            lambda client: client.clock_set(lambda: UNIX_S + 0.25),
            ("clock.set", {"utc": UNIX_S, "ms": 250}),
        ),
        (
            lambda client: client.clock_set(lambda: UNIX_S, force=True),
            ("clock.set", {"utc": UNIX_S, "ms": 0, "force": True}),
        ),
        (
            lambda client: client.schedule_begin(9, "ab"),
            ("schedule.begin", {"count": 9, "hash": "ab"}),
        ),
        (
            lambda client: client.schedule_line(2, "x"),
            ("schedule.line", {"n": 2, "line": "x"}),
        ),
        (
            lambda client: client.schedule_line(2, "x", "eJw="),
            ("schedule.line", {"n": 2, "line": "x", "more": "eJw="}),
        ),
        (lambda client: client.schedule_commit("ab"), ("schedule.commit", {"hash": "ab"})),
        (lambda client: client.schedule_read(1), ("schedule.read", {"n": 1})),
        (
            lambda client: client.journal_read(16, 8),
            ("journal.read", {"since": 16, "limit": 8}),
        ),
        (
            lambda client: client.dose_take(SECOND),
            ("dose.take", {"dose": "d3k2", "date": "2026-11-23", "slot": 1}),
        ),
        (
            lambda client: client.dose_take(SECOND, UTC_S),
            ("dose.take", {"dose": "d3k2", "date": "2026-11-23", "slot": 1, "utc": UNIX_S}),
        ),
        (
            lambda client: client.dose_stock("d3k2", 89),
            ("dose.stock", {"dose": "d3k2", "count": 89}),
        ),
        (
            lambda client: client.parts_write(LampStrip(16, 7, 32)),
            (
                "parts.write",
                {
                    "text": '{"lamps":{"pin":16,"count":7,"brightness":32}}',
                    "hash": "c08c80c589e5492f",
                },
            ),
        ),
        (
            lambda client: client.parts_write(None),
            ("parts.write", {"text": "", "hash": "01ba4719c80b6fe9"}),
        ),
        (lambda client: client.parts_test(3), ("parts.test", {"which": "lamps:3"})),
        (lambda client: client.signal_test("due"), ("signal.test", {"which": "due"})),
        (lambda client: client.device_crash(), ("device.crash", {})),
        (lambda client: client.device_crash(clear=True), ("device.crash", {"clear": True})),
    ],
)
def test_what_is_asked_for(ask: Asked, asked: tuple[str, Json]) -> None:
    heard: list[tuple[str, Json]] = []

    def says(method: str, params: Json) -> Json:
        heard.append((method, params))
        return REQUESTS[method][1]

    # Whether the reply fits what was asked is another matter.
    with contextlib.suppress(BadReply):
        ask(client_of(says))
    assert heard == [asked]


# Older and newer boxes.


@pytest.mark.parametrize("method", ["dose.take", "dose.skip", "dose.snooze", "dose.undo"])
def test_an_occurrence_is_named_as_the_box_knows_it(method: str) -> None:
    heard: list[tuple[str, Json]] = []

    def says(asked: str, params: Json) -> Json:
        heard.append((asked, params))
        return REQUESTS[asked][1]

    def named_to(hello: Json) -> Json:
        client = client_of(
            lambda asked, params: hello if asked == "hello" else says(asked, params)
        )
        client.hello()
        REQUESTS[method][0](client)
        return {key: value for key, value in heard[-1][1].items() if key != "utc"}

    by_place = {"dose": "d3k2", "date": "2026-11-23", "slot": 0}
    assert named_to(HELLO) == {"dose": "d3k2", "due": UNIX_S}
    assert named_to(without(HELLO, ("features",))) == by_place
    assert named_to({**HELLO, "features": ["journal-id"]}) == by_place


def test_a_hello_of_release_010_says_no_journal_and_no_features() -> None:
    older = without(without(HELLO, ("features",)), ("journal", "id"))
    [_ask, _reply, whole] = REQUESTS["hello"]
    assert isinstance(whole, Hello)
    assert replied("hello", older) == replace(whole, journal_id=None, features=())


@pytest.mark.parametrize("name", ["", "0", "7F3A91C4", "7f3a91c4 ", "7f3a91c45", "../../../", 7])
def test_what_is_no_id_of_a_journal_is_refused(name: Json) -> None:
    assert isinstance(replied("hello", put(HELLO, ("journal", "id"), name)), BadReply)


def test_a_status_of_an_older_box_lacks_some_of_it() -> None:
    older = STATUS
    for lacking in ("practice", "zone_until", "totals", "light", "sound"):
        older = without(older, (lacking,))
    [_ask, _reply, whole] = REQUESTS["status"]
    assert isinstance(whole, BoxStatus)
    assert replied("status", older) == whole._replace(practice=None, zone_until_s=None)


def test_a_dose_without_an_occurrence_lacks_all_of_that() -> None:
    row = {"dose": "d3k2", "state": "waiting", "intake": None, "stock": None}
    assert replied("dose.list", {"rows": [row], "next": None}) == RowPage(
        (DoseRow("d3k2", "waiting"),), None
    )


def test_what_a_newer_box_says_beside_is_passed_over() -> None:
    for method, (_asked, reply, model) in REQUESTS.items():
        assert replied(method, {**reply, "wishes": ["due"], "x": {"y": 2**70}}) == model


def test_a_box_that_lacks_a_request_says_so_as_ever() -> None:
    def says(method: str, params: Json) -> Json:
        raise RefusalError({"code": -32601, "message": "unknown", "data": {"reason": "method"}})

    with pytest.raises(DeviceRefused) as refusal:
        client_of(says).device_info()
    assert refusal.value.code == "method"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", PartsFile(None)),
        ("{}", PartsFile(None)),
        ("led = 2", PartsFile(None, is_usable=False)),
        ('{"display":{"pin":3}}', PartsFile(None, is_usable=False)),
        ("[" * 700, PartsFile(None, is_usable=False)),
    ],
)
def test_what_a_box_says_of_its_parts_is_read_as_the_box_reads_it(
    text: str, found: PartsFile
) -> None:
    assert replied("parts.read", {"text": text}) == found


# What does not fit.


@pytest.mark.parametrize(
    ("method", "reply", "what"),
    [
        ("hello", without(HELLO, ("boot",)), "boot is missing, not a whole number from 0 to"),
        ("hello", {**HELLO, "boot": True}, "boot is true, not a whole number"),
        ("hello", {**HELLO, "utc": 0}, "utc is 0, not a time in Unix seconds"),
        ("hello", {**HELLO, "device_id": "\x1b[2J"}, 'device_id is " [2J", not a name without'),
        ("hello", put(HELLO, ("journal", "next"), -1), "journal.next is -1, not a whole number"),
        ("hello", [1, 2], "it is a list of 2, not an object"),
        ("status", put(STATUS, ("faults", 0), 7), "faults.0 is 7, not text of at most 64"),
        ("status", {**STATUS, "uptime_s": 10**400}, "uptime_s is a number this large, not"),
        (
            "dose.list",
            {"rows": [ROW, {**ROW, "date": "2026-02-30"}], "next": None},
            'rows.1.date is "2026-02-30", not a date such as 2026-11-23',
        ),
        (
            "dose.list",
            {"rows": [without(ROW, ("date",))], "next": None},
            "rows.0.date is missing, not the date of what is open",
        ),
        ("dose.list", {"rows": [], "next": 4}, "next is 4, not a whole number from 5 to 64"),
        (
            "journal.read",
            {"records": [TAKEN], "next": 16},
            "next is 16, not a whole number from 17 to",
        ),
        ("journal.read", {"records": [TAKEN] * 9, "next": 99}, "records is a list of 9, not"),
        ("journal.read", {"records": [7], "next": 99}, "records.0 is 7, not a line of the"),
        ("schedule.read", {"line": "x", "count": 2**31}, "count is 2147483648, not a whole"),
        ("schedule.read", {"line": "a\nb", "count": 9}, 'line is "a b", not a line of a schedule'),
        ("schedule.line", {"n": 1}, "n is 1, not a whole number from 2 to 18"),
        ("dose.take", {"records": []}, "records is a list of 0, not a list of 1 to 16"),
        ("dose.take", {"records": ["taken"]}, 'records.0 is "taken", not a record'),
        ("parts.read", {"text": "x" * 701}, 'text is "xxxxxxxx'),
        ("device.reset", {}, "ok is missing, not true"),
        ("device.reset", {"ok": False}, "ok is false, not true"),
    ],
)
def test_a_reply_that_does_not_fit_says_what_does_not(method: str, reply: Json, what: str) -> None:
    error = replied(method, reply)
    assert isinstance(error, BadReply)
    expected = f"{NAME} replied to {method} with what cannot be right: {what}"
    assert error.message[: len(expected)] == expected
    assert (error.exit_code, error.code) == (3, "answer")


def test_text_for_people_becomes_printable() -> None:
    said = replied("device.crash", {"text": "\x1b[2Jone\u202e\r\ntwo\x00 \ud800\n"})
    assert said == (" [2Jone ", "two   ")
    info = replied("device.info", {**INFO, "system": "Micro\x9bPython\n"})
    assert isinstance(info, DeviceInfo)
    assert info.system == "Micro Python "


@pytest.mark.parametrize(
    "nonsense",
    [
        "x",
        TAKEN.replace("taken", "ta\x1bken"),
        TAKEN.replace("taken", "ta\u202eken"),
        TAKEN.replace("2026", "0000"),
        TAKEN.replace("17 3", "99999999999 3"),
        TAKEN.replace(" 0 ", f" {10**30} "),
        f"{TAKEN} more",
        "",
    ],
)
def test_what_is_no_record_is_left_out_of_a_page_and_the_rest_stays(nonsense: str) -> None:
    reply = {"records": [RANG, nonsense, TAKEN], "next": 18}
    assert replied("journal.read", reply) == RecordPage((RANG, TAKEN), 18)
    assert isinstance(replied("dose.take", {"records": [nonsense]}), BadReply)


@pytest.mark.parametrize("word", NASTY_VALUES)
def test_a_refusal_is_told_in_printable_words(word: Json) -> None:
    def says(method: str, params: Json) -> Json:
        raise RefusalError({"code": word, "message": word, "data": {"reason": word}})

    with pytest.raises(DeviceRefused) as refusal:
        client_of(says).hello()
    assert_one_line(refusal.value)


def assert_one_line(error: UserError) -> None:
    for said in (str(error), error.code, error.message, error.fix):
        assert said.isprintable()
        assert len(said) < 500


@settings(max_examples=100)
@given(schedules())
def test_every_line_that_a_push_sends_can_be_read_back(plan: Written) -> None:
    lines = compile_schedule(read_file.parse(plan.text, "test.toml")).lines
    said = client_of(lambda method, params: {"line": lines[params["n"]], "count": len(lines)})
    assert read_schedule(said) == lines


@pytest.mark.parametrize(
    "line",
    [
        "dose\tid=d3k2\tstock=90/0/7",
        "dose\tid=d3k2\tstock=90/1\tearly=0",
        "dose\tstock=a/b/c",
        "shift\t789004800:90000",
        "shift\t789004800",
        # Whoever tries each number in two ways never comes to the end of this one.
        "shift\t" + "789004800:3600," * 40,
        "shift\t",
        "dose\tname=\x1b[2J",
        "dose\tname=\u2028",
        "dose\tname=\ud800",
        "é" * 321,
    ],
)
def test_what_no_push_sends_is_not_read_back(line: str) -> None:
    assert isinstance(replied("schedule.read", {"line": line, "count": 9}), BadReply)


# Whatever a box replies.


def fits(value: object, kind: Any) -> bool:
    """Whether a value is of its declared kind, and harmless: an oracle that knows no checks."""
    if typing.get_origin(kind) is types.UnionType:
        return any(fits(value, each) for each in typing.get_args(kind))
    if typing.get_origin(kind) is tuple:
        [item, *_] = typing.get_args(kind)
        return isinstance(value, tuple) and len(value) <= 64 and all(fits(v, item) for v in value)
    if kind is int:
        return type(value) is int and abs(value) <= 2**40
    if kind is str:
        return isinstance(value, str) and value == printable(value) and len(value) <= 1024
    if kind is ScheduleLine:
        return isinstance(value, ScheduleLine) and fits_a_schedule(value)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        hints = typing.get_type_hints(kind)
        return type(value) is kind and all(fits(getattr(value, k), hints[k]) for k in names(kind))
    return type(value) is kind


def fits_a_schedule(found: ScheduleLine) -> bool:
    """Whether it may be a line of 256 at most. Its bytes count, so what turns the direction of
    writing stays where a person wrote it.
    """
    kinds = {unicodedata.category(char) for char in found.line.replace("\t", "")}
    return len(found.line) <= 640 and found.total <= 256 and not kinds & {"Cc", "Cs", "Zl", "Zp"}


def names(kind: Any) -> list[str]:
    return [field.name for field in fields(kind)] if is_dataclass(kind) else [*kind._fields]


def kind_of(method: str) -> Any:
    """What the client's method is declared to give."""
    return typing.get_type_hints(getattr(Client, method.replace(".", "_")))["return"]


def assert_fits_or_is_refused(method: str, reply: Json) -> None:
    try:
        found = replied(method, reply)
    except UserError as error:
        # Another language is told as such, whatever else there is.
        assert (method, error.code, error.exit_code) == ("hello", "protocol", 1)
        assert type(reply.get("protocol")) in (int, type(None))
        found = error
    if isinstance(found, UserError):
        assert_one_line(found)
    else:
        assert fits(found, kind_of(method)), (reply, found)


def spoiled(reply: Json) -> Iterator[Json]:
    """The reply with each of its values missing, and with each replaced by each nasty one."""
    for path in paths(reply):
        if path:
            yield without(reply, path)
        yield from (put(reply, path, nasty) for nasty in NASTY_VALUES)


@pytest.mark.parametrize("method", REQUESTS)
def test_one_wrong_value_anywhere_breaks_nothing(method: str) -> None:
    for reply in spoiled(REQUESTS[method][1]):
        assert_fits_or_is_refused(method, reply)


nasty = st.sampled_from(NASTY_VALUES) | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(
    nasty,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*STATUS, *ROW, "x"]), inner, max_size=5)
    ),
    max_leaves=8,
)


@settings(max_examples=500)
@given(st.sampled_from(sorted(REQUESTS)), st.data())
def test_whatever_a_box_replies_breaks_nothing(method: str, data: st.DataObject) -> None:
    good = REQUESTS[method][1]
    keys = st.sampled_from(sorted(good))
    shaped = st.dictionaries(keys, anything).map(lambda other: {**good, **other})
    assert_fits_or_is_refused(method, data.draw(anything | shaped))


def test_lists_in_lists_without_end_are_no_reply() -> None:
    deep = b"[" * 990 + b"]" * 990
    sealed = b"%s*%08x\n" % (deep, zlib.crc32(deep))
    with pytest.raises(NoDevice):
        Client(Link(Scripted(sealed), NAME, LinkPatience(tries=1))).hello()


# Pages.


def pages(method: str, page: Callable[[Json], Json]) -> Says:
    return lambda asked, params: page(params) if asked == method else REQUESTS[asked][1]


def test_a_journal_that_never_ends_is_given_up(tmp_path: Path) -> None:
    asked: list[Json] = []

    def page(params: Json) -> Json:
        asked.append(params)
        return {"records": [], "next": params["since"] + 1}

    client = client_of(pages("journal.read", page))
    history = opened(tmp_path)
    with pytest.raises(BadReply, match="more than 10000 pages of records"):
        fetch.fetch(client, history, client.hello())
    assert len(asked) == fetch.MOST_PAGES
    history.close()


def test_a_journal_of_nothing_but_nonsense_is_read_to_its_end(tmp_path: Path) -> None:
    def page(asked: Json) -> Json:
        following = min(asked["since"] + 4, 18)
        return {"records": ["x"] * (following - asked["since"]), "next": following}

    client = client_of(pages("journal.read", page))
    history = opened(tmp_path)
    assert fetch.fetch(client, history, client.hello()) == fetch.Fetched(0, 0, False)
    history.close()


def test_a_schedule_without_end_is_not_read() -> None:
    with pytest.raises(BadReply, match="count is 2147483648"):
        read_schedule(client_of(lambda method, params: {"line": "x", "count": 2**31}))


# The seam.


def users_of_links(path: Path) -> Iterator[str]:
    """Where a file asks a link anything at all: whatever is called `call` but a server's."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr == "call":
            yield ast.unparse(node)


def test_nobody_but_the_client_asks_a_link() -> None:
    found = {
        str(path.relative_to(ROOT / "host")): sorted(users_of_links(path))
        for path in (ROOT / "host").rglob("*.py")
    }
    assert {path: calls for path, calls in found.items() if calls} == {
        "dosebell_host/box/client.py": ["self._link.call"],
        # This one runs a function in the thread of a simulated world.
        "dosebell_host/trial/demo.py": ["server.call"],
        "dosebell_host/trial/live_box.py": ["self._server.call"] * 4,
    }
