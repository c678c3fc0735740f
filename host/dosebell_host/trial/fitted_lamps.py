"""Gives a simulated box the lamps that its schedule is made for."""

from dosebell import wiring
from dosebell_host.actions.parts.set_parts import USUAL
from dosebell_host.box.client import parts_text
from dosebell_host.box.replies import LampStrip
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.sim.world import World


def fit_lamps(world: World, file: PlanFile) -> int:
    """Give the box a lamp for each compartment that the file names; how many those are."""
    count = max((max(map(max, dose.place), default=0) for dose in file.schedule.doses), default=0)
    if count:
        lamps = LampStrip(USUAL.pin, count, USUAL.brightness)
        with world.files.open(wiring.PARTS, "wb") as out:
            out.write(parts_text(lamps).encode())
    return count
