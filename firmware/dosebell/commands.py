"""The wire: JSON-RPC 2.0, one frame a line, a table from method to handler.

The device speaks only when spoken to, and every request may be sent twice: what names its
occurrence is done once, and said twice. Times are Unix seconds.
"""

import json

from dosebell import TYPE_CHECKING, commands_box, commands_doses, commands_schedule, const, frames
from dosebell.params import BAD_PARAMS, Refusal

if TYPE_CHECKING:
    from dosebell.app import App
    from dosebell.typed import Answer, Callable, Params, Result

_PARSE_ERROR = const(-32700)
_INVALID_REQUEST = const(-32600)
_UNKNOWN_METHOD = const(-32601)
# What mends a box that only reminds: without a clock it could not even do that.
_MENDING = ("hello", "clock", "journal", "schedule", "device", "parts")


def receive(app: "App") -> None:
    """Reply to the line that a byte from the wire has just ended in `app.lines`; not to noise."""
    payload = frames.unseal(app.lines.take())
    if payload is not None:
        # Empty until it is known to be one.
        request: Params = {}
        _reply(app, request, lambda: _dispatch(app, request, payload))


def _reply(app: "App", request: "Params", ask: "Callable[[], Answer]") -> None:
    """Say what comes of it. What changes the box is replied to some passes later, when all that
    follows is done, and before another line is read.
    """
    try:
        said = ask()
    except Refusal as refusal:
        body = _error(refusal)
    except OSError as error:
        body = _error(Refusal("flash", str(error)))
    except UnicodeError:
        # Half a character, which a board takes for what it is.
        body = _error(Refusal("params", code=BAD_PARAMS))
    else:
        if callable(said):
            app.box.owed += [app.work, lambda: _reply(app, request, said)]
            return
        body = {"result": said}
    body.update({"jsonrpc": "2.0", "id": request.get("id")})
    text = frames.ascii_json(json.dumps(body, separators=(",", ":")))
    app.board.send(frames.seal(text))


def _error(refusal: Refusal) -> "Result":
    data = {"reason": refusal.reason}
    return {"error": {"code": refusal.code, "message": refusal.text, "data": data}}


def _request(payload: str) -> "Params":
    try:
        request = json.loads(payload)
    except (ValueError, RuntimeError):
        # The latter are brackets in brackets, deeper than the stack.
        raise Refusal("json", code=_PARSE_ERROR)
    if not isinstance(request, dict) or not isinstance(request.get("method"), str):
        raise Refusal("request", code=_INVALID_REQUEST)
    ident = request.get("id")
    # A number too large for a float, said back, would be no JSON.
    if isinstance(ident, bool) or not (ident is None or isinstance(ident, (int, str))):
        raise Refusal("request", code=_INVALID_REQUEST)
    return request


def _dispatch(app: "App", request: "Params", payload: str) -> "Answer":
    request.update(_request(payload))
    method = str(request["method"])
    handler = _handler(method)
    if handler is None:
        raise Refusal("method", code=_UNKNOWN_METHOD)
    if app.limp and method.partition(".")[0] not in _MENDING:
        raise Refusal("limp")
    params = request.get("params", {})
    if not isinstance(params, dict):
        raise Refusal("params", "params", BAD_PARAMS)
    return handler(app, params)


def _handler(method: str) -> "Callable[[App, Params], Answer] | None":
    """What answers a method; what is seldom asked for is loaded when it first is."""
    group = method.partition(".")[0]
    try:
        if group == "device":
            from dosebell import commands_device

            return commands_device.METHODS.get(method)
        if group == "parts":
            from dosebell import commands_parts

            return commands_parts.METHODS.get(method)
    except MemoryError:
        raise Refusal("no-room")
    return METHODS.get(method)


METHODS: "dict[str, Callable[[App, Params], Answer]]" = {
    "hello": commands_box.hello,
    "status": commands_box.status,
    "dose.list": commands_box.dose_list,
    "clock.set": commands_box.clock_set,
    "schedule.begin": commands_schedule.schedule_begin,
    "schedule.line": commands_schedule.schedule_line,
    "schedule.commit": commands_schedule.schedule_commit,
    "schedule.read": commands_schedule.schedule_read,
    "journal.read": commands_doses.journal_read,
    "dose.take": commands_doses.dose_take,
    "dose.skip": commands_doses.dose_skip,
    "dose.snooze": commands_doses.dose_snooze,
    "dose.undo": commands_doses.dose_undo,
    "dose.stock": commands_doses.dose_stock,
    "signal.test": commands_box.signal_test,
    "signal.practice": commands_box.signal_practice,
}
