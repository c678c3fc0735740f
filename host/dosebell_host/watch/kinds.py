"""Every kind of entry that the settings of a watcher may have. The one place to add another."""

from dosebell_host.watch.database.make import DATABASE
from dosebell_host.watch.hook import HOOK
from dosebell_host.watch.kind import EntryKind
from dosebell_host.watch.mqtt.make import MQTT
from dosebell_host.watch.tell.make import TELL

KINDS: tuple[EntryKind, ...] = (HOOK, MQTT, TELL, DATABASE)
