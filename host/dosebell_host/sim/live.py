"""A world that something outside drives: to the millisecond, and with a button that is held."""

from dosebell_host.sim.world import World


class LiveWorld(World):
    """A `World` whose time and button follow a clock, a wire or a script."""

    def run_until_ms(self, at_ms: int) -> None:
        """Let the time pass until `at_ms`; the firmware is stepped at each of its deadlines."""
        self._run_until_ms(at_ms)

    def hold(self, pressed: bool) -> None:
        """Push the button down, or let go of it."""
        self.pressed = pressed
        self._step()

    def power_off(self) -> None:
        if self.app is not None:
            # A real power cut closes no files; here an open one would only be complained about.
            self.app.drop_draft()
        super().power_off()
