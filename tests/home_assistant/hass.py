"""A real Home Assistant in this process, driven by lines on stdin; one line of JSON answers each.

It runs in a virtual environment of its own (`make test-ha`) and knows nothing of dosebell. The
first argument is its folder, which has its automations, the second the port of the broker.

    states                -> {entity_id: [state, attributes]}
    press ENTITY_ID       -> {}
    set ENTITY_ID JSON    -> {}, after the state and its attributes are these: [state, attributes]
    told                  -> [what its automations have sent to a phone]
    log                   -> [warnings and errors so far, but for those that come without us]
    quit
"""

import asyncio
import json
import logging
import re
import sys
import time
from pathlib import Path
from typing import Any

from homeassistant import bootstrap, runner  # type: ignore[import-not-found]

FOLDER, PORT = Path(sys.argv[1]), int(sys.argv[2])
# What a bare installation complains of by itself; nothing of it speaks of MQTT.
OURS = ("automation", "mqtt", "dosebell", "template", "sensor", "button", "event")
NOT_OURS = re.compile(r"Setup of .* is taking over|backup|hass_frontend|turbojpeg|lib_path")
LOG: list[str] = []
TOLD: list[str] = []


SETTINGS = """
homeassistant:
  name: test
automation: !include automations.yaml
"""


class _Noting(logging.Handler):
    def emit(self, entry: logging.LogRecord) -> None:
        text = f"{entry.levelname} {entry.name}: {entry.getMessage()}"
        if any(word in text.lower() for word in OURS) and not NOT_OURS.search(text):
            LOG.append(text)


def write_settings() -> None:
    (FOLDER / ".storage").mkdir(parents=True, exist_ok=True)
    (FOLDER / "configuration.yaml").write_text(SETTINGS)
    entries = FOLDER / ".storage" / "core.config_entries"
    if entries.exists():
        return
    entry: dict[str, Any] = {
        "created_at": "2026-11-01T00:00:00+00:00",
        "modified_at": "2026-11-01T00:00:00+00:00",
        "data": {"broker": "127.0.0.1", "port": PORT, "protocol": "5"},
        "disabled_by": None,
        "discovery_keys": {},
        "domain": "mqtt",
        "entry_id": "01JTEST0000000000000000000",
        "minor_version": 2,
        "options": {},
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "user",
        "subentries": [],
        "title": "test",
        "unique_id": None,
        "version": 1,
    }
    document = {
        "version": 1,
        "minor_version": 5,
        "key": "core.config_entries",
        "data": {"entries": [entry]},
    }
    entries.write_text(json.dumps(document))


def states_of(hass: Any) -> dict[str, Any]:
    found = hass.states.async_all()
    return {each.entity_id: [each.state, dict(each.attributes)] for each in found}


async def obey(hass: Any, line: str) -> Any:
    what, _, rest = line.partition(" ")
    if what == "states":
        return states_of(hass)
    if what == "press":
        await hass.services.async_call("button", "press", {"entity_id": rest}, blocking=True)
    if what == "set":
        entity, _, said = rest.partition(" ")
        hass.states.async_set(entity, *json.loads(said))
        # What an automation does of it is done before the answer.
        await hass.async_block_till_done()
    if what == "told":
        return TOLD
    if what == "log":
        return LOG
    return {}


async def main() -> None:
    # Without its pages it would call itself broken and start in a mode that mends itself.
    bootstrap.CRITICAL_INTEGRATIONS = set()
    write_settings()
    config = runner.RuntimeConfig(
        config_dir=str(FOLDER), skip_pip=True, log_no_color=True, log_file=str(FOLDER / "log")
    )
    began_s = time.monotonic()
    logging.getLogger().addHandler(_Noting(logging.WARNING))
    hass = await bootstrap.async_setup_hass(config)
    assert hass is not None
    # In place of the phone, whose service has more to it.
    hass.services.async_register(
        "notify", "notify", lambda call: TOLD.append(call.data["message"])
    )
    await hass.async_start()
    print(json.dumps({"ready": round(time.monotonic() - began_s, 1)}), flush=True)
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if line.strip() in ("", "quit"):
            break
        answer = await obey(hass, line.strip())
        print(json.dumps(answer, default=str), flush=True)
    await hass.async_stop(force=True)
    print(json.dumps({}), flush=True)


asyncio.run(main())
