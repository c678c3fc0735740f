"""Every code that an error of a `--json` document can have, with the exit code and its meaning."""

from typing import NamedTuple

from dosebell_host.box.meanings import WORDS
from dosebell_host.errors import DeviceRefused


class Code(NamedTuple):
    """One word for what is wrong."""

    exit_code: int
    code: str
    means: str


# What a laptop says; what a box says no for is told by the table of its reasons.
_OF_LAPTOP = (
    Code(1, "board", "the board could not do what it was asked"),
    Code(1, "bootsel", "the board is in BOOTSEL mode and needs MicroPython first"),
    Code(1, "broker", "a broker for MQTT cannot be reached, or does not take what it is sent"),
    Code(1, "config", "the file of settings of a watcher is not right"),
    Code(1, "damaged", "this copy of dosebell is damaged"),
    Code(1, "database", "a database of a ward cannot be reached, or is not what it should be"),
    Code(1, "declined", "a person said no; nothing was done"),
    Code(1, "device", "no box, or not just one, is called so"),
    Code(1, "drive", "MicroPython could not be copied to the board"),
    Code(1, "ended", "nothing rings any more by this schedule"),
    Code(1, "features", "this box does not know what the file asks for"),
    Code(1, "file", "a file cannot be read or written"),
    Code(1, "foreign", "another program is on the board"),
    Code(1, "full", "the flash of the board is full"),
    Code(1, "gateway", "another gateway of a ward has that name, or none that is gone has it"),
    Code(1, "held-back", "a finding of the checks holds the push back"),
    Code(1, "hook", "a command that a watcher should run did not end well"),
    Code(1, "install", "a package is missing that this needs"),
    Code(1, "interrupted", "a real dose became due during the practice"),
    Code(1, "journal", "the log has no journal of that name"),
    Code(1, "lan", "there is no home network, or the page is not served to it"),
    Code(1, "laptop-clock", "the date of this laptop cannot be right"),
    Code(1, "layout", "the file is laid out in a way that no command can change"),
    Code(1, "lines", "this dosebell cannot read the schedule of the box"),
    Code(1, "mixed", "what the board answered got mixed up on the way"),
    Code(1, "mpy-cross", "the compiler for MicroPython does not fit, or does not run"),
    Code(1, "name", "a box cannot be called so"),
    Code(1, "needs-yes", "something would be lost, and nobody could be asked"),
    Code(1, "no-dose", "there is no dose of that id"),
    Code(1, "no-journal-id", "a ward takes no records of a box without an id for its journal"),
    Code(1, "no-occurrence", "the dose is not planned then"),
    Code(1, "no-press", "no press arrived during the practice"),
    Code(1, "no-schedule", "there is no schedule yet, or it has come to its end"),
    Code(1, "no-stock", "the schedule does not count that stock"),
    Code(1, "not-a-pico", "the board is no Raspberry Pi Pico"),
    Code(1, "number", "what was typed is no whole number"),
    Code(1, "old", "the last answer is too old to be taken back without its date"),
    Code(1, "old-micropython", "the MicroPython of the board is too old"),
    Code(1, "older", "what is meant is not open; that of another date may be"),
    Code(1, "only-dose", "the only dose cannot be taken out"),
    Code(1, "open", "that one is not open, or another one is"),
    Code(1, "output", "the result could not be written"),
    Code(1, "parts", "a Pico cannot have these parts"),
    Code(1, "pdf", "no PDF could be made"),
    Code(1, "person", "somebody else has that box, or nobody is called so"),
    Code(1, "protocol", "box and laptop do not speak the same"),
    Code(1, "read-back", "what was read back is not what was written"),
    Code(1, "rebuilt", "the file was rebuilt from a box, so parts of it are missing"),
    Code(1, "restarted", "the box started again during the practice"),
    Code(1, "same", "that is so already"),
    Code(1, "save", "what is on the board could not be saved"),
    Code(1, "schedule", "something is wrong with the schedule file"),
    Code(1, "several-boxes", "no box answers, and this laptop knows several"),
    Code(1, "slot", "several times of that date could be meant"),
    Code(1, "stands", "another answer is noted already"),
    Code(1, "state", "the folder of the virtual Pico cannot be used so"),
    Code(1, "stock", "no stock can be so large or so small"),
    Code(1, "tcp", "that TCP port cannot be had"),
    Code(1, "tell", "a message could not be sent"),
    Code(1, "timezone", "the time zone of this file cannot be changed alone"),
    Code(1, "uf2", "the file is no MicroPython for this board"),
    Code(1, "unreadable", "files on the board cannot be read, so they could not be saved"),
    Code(1, "user", "something else that you can put right"),
    Code(1, "virtual", "nothing can be installed on a virtual board"),
    Code(1, "ward", "the database of a ward does not tell the page what it asks"),
    Code(1, "watched", "another dosebell watches the boxes of this laptop already"),
    Code(1, "with-meal", "the dose is taken with a meal, and moves when that does"),
    Code(1, "zone", "that is no time zone"),
    Code(2, "secret", "a password was typed where others on this machine can see it"),
    Code(2, "usage", "the command was typed the wrong way"),
    Code(3, "answer", "what the box answered cannot be right"),
    Code(3, "fell-back", "the new version crashed, and the one before runs"),
    Code(3, "parts", "the firmware of the box knows no parts yet"),
    Code(3, "refused", "the box said no, for a reason that this dosebell does not know"),
    Code(4, "busy", "another program uses the port"),
    Code(4, "folder", "virtual boards cannot be found in their folder"),
    Code(4, "no-answer", "the box does not answer"),
    Code(4, "no-device", "no board is there"),
    Code(4, "no-dosebell", "a board is there, and no dosebell answers"),
    Code(4, "no-drive", "the drive of the board did not appear"),
    Code(4, "no-repl", "the board does not let this laptop in"),
    Code(4, "no-rights", "you have no right to open the port"),
    Code(4, "not-mounted", "the drive of the board is not mounted"),
    Code(4, "several-boards", "there are several boards, and one must be named"),
    Code(4, "vanished", "the board went away"),
    Code(130, "stopped", "somebody pressed Ctrl-C"),
)


def error_codes() -> tuple[Code, ...]:
    """All codes, by exit code and then by name."""
    known = {(each.exit_code, each.code) for each in _OF_LAPTOP}
    of_box = (
        Code(DeviceRefused.exit_code, reason, says.replace(" (%s)", ""))
        for reason, (says, _fix) in WORDS.items()
    )
    return tuple(sorted([*_OF_LAPTOP, *(e for e in of_box if (e.exit_code, e.code) not in known)]))
