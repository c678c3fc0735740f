"""Which board is meant: what `--port` says, else the one Pico that is plugged in."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from dosebell_host.box.client import Client
from dosebell_host.box.hello import Hello
from dosebell_host.box.reach import Reach, Target
from dosebell_host.box.told_apart import copy_id
from dosebell_host.errors import NoDevice, UserError, on_one_line
from dosebell_host.history.box_names import is_box_name
from dosebell_host.history.store import VIRTUAL
from dosebell_host.resources import FOLDER_VARIABLE
from dosebell_host.wording import and_list

ID_PREFIX = "id:"


class ListedPort(NamedTuple):
    """A port, and who answers there: `hello` or what is in the way, or neither if not asked."""

    target: Target
    hello: Hello | None = None
    trouble: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "port": self.target.port,
            "device_id": self.hello.device_id if self.hello else None,
            "description": self.target.description,
            "serial": self.target.serial or None,
            "trouble": self.trouble or None,
        }


def resolve(port: str | None, reach: Reach) -> Target:
    """The port meant. Raises `NoDevice` with what there is instead."""
    if not port:
        return _the_one_pico(reach)
    if port == VIRTUAL:
        return _running_virtual(reach)
    if port.startswith(ID_PREFIX):
        return _by_id(port.removeprefix(ID_PREFIX), reach)
    if "://" in port:
        return Target(port, on_one_line(port))
    if is_box_name(port) and (device_id := reach.named(port)):
        return _by_id(device_id, reach, called=port)
    return _known(port, reach) or Target(port, on_one_line(port))


def listed(reach: Reach) -> list[ListedPort]:
    """Every port that may be a board, and what boards answer; strangers are not spoken to."""
    found = targets(reach)
    return [_asked(each, reach) if each.is_board else ListedPort(each) for each in found]


def port_lines(found: list[ListedPort], names: Mapping[str, str]) -> Iterator[str]:
    """The list for a person; `names` are those that boxes have here, by their ids."""
    if not found:
        yield "Nothing is plugged in, and no virtual board is running."
    width = max((len(each.target.port) for each in found), default=0)
    for each in found:
        who = each.trouble or "not a Pico"
        if each.hello:
            device_id = each.hello.device_id
            who = (
                f"box {names[device_id]}, {device_id}"
                if device_id in names
                else f"box {device_id}"
            )
        serial = f", serial {each.target.serial}" if each.target.serial else ""
        yield f"{each.target.port:{width}}  {who}  ({each.target.description}{serial})"


def targets(reach: Reach) -> list[Target]:
    """The virtual boards that run, then what is plugged in, Picos first."""
    plugged = sorted(reach.plugged(), key=lambda target: (not target.is_board, target.port))
    return [*map(_virtual, reach.find_virtuals()), *plugged]


def _the_one_pico(reach: Reach) -> Target:
    picos = [target for target in reach.plugged() if target.is_board]
    if len(picos) == 1:
        return picos[0]
    if picos:
        raise NoDevice(
            f"there are {len(picos)} boards: {_and(target.port for target in picos)}",
            fix=f"name one of them: --port {picos[0].port}",
            code="several-boards",
        )
    if reach.find_virtuals():
        raise NoDevice(
            "no Pico is plugged in, but a virtual board is running",
            fix="to use that, add: --port virtual",
        )
    raise NoDevice(
        "no Pico is plugged in",
        fix="plug it in with a cable that carries data, or try `dosebell virtual`",
    )


def _running_virtual(reach: Reach) -> Target:
    running = reach.find_virtuals()
    if not running and (trouble := reach.virtuals_trouble()):
        fix = f"give that folder back to you, or set {FOLDER_VARIABLE} to another one"
        raise NoDevice(f"no virtual board can be found: {trouble}", fix=fix, code="folder")
    if not running:
        raise NoDevice("no virtual board is running", fix="start one with: dosebell virtual")
    if len(running) > 1:
        raise NoDevice(
            f"there are {len(running)} virtual boards: {and_list(running)}",
            fix=f"name one of them: --port {running[0]}",
            code="several-boards",
        )
    return _virtual(running[0])


def _by_id(device_id: str, reach: Reach, called: str = "") -> Target:
    """The board of that id, or of the one id that begins so; `called` is its name for people."""
    boards = [_asked(target, reach) for target in targets(reach) if target.is_board]
    found = [each for each in boards if any(n.startswith(device_id) for n in _names(each))]
    if len(found) == 1 and device_id:
        return found[0].target
    there = _and(each.hello.device_id for each in boards if each.hello) or "none"
    troubles = "".join(f"; {each.trouble}" for each in boards if each.trouble)
    name = called or device_id
    raise NoDevice(
        f"the box {name} is not there, or not the only one (boxes here: {there}{troubles})",
        fix="see `dosebell ports`",
    )


def _names(port: ListedPort) -> Iterator[str]:
    """What the box there may be called."""
    if port.hello:
        yield port.hello.device_id
        yield copy_id(port.hello.device_id, port.target.serial)


def _asked(target: Target, reach: Reach) -> ListedPort:
    """Who answers on a port; one try, because this only lists."""
    try:
        client = Client(reach.link(target, replace(reach.patience, tries=1)))
    except UserError as error:
        return ListedPort(target, trouble=error.message)
    try:
        return ListedPort(target, client.hello())
    except UserError as error:
        return ListedPort(target, trouble=error.message.splitlines()[0])
    finally:
        client.close()


def _known(port: str, reach: Reach) -> Target | None:
    """The same port as the system lists it, with its serial number; links are followed."""
    path = os.path.realpath(port)
    return next((target for target in reach.plugged() if target.port in (port, path)), None)


def _virtual(port: str) -> Target:
    return Target(port, "the virtual board", "virtual board")


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)
