"""The `dosebell` command for a board that computes thirty times slower than a real one.

Started as a program of its own, as a person starts it; only its patience is longer.
"""

from dataclasses import fields, replace
from typing import Any

from dosebell_host.box.patience import LINK_PATIENCE, RESTART_PATIENCE
from dosebell_host.box.reach import Reach

TIMES_SLOWER = 40


def slower(patience: Any) -> Any:
    """The patience for an emulated board: for as long as its own time would ask for."""
    if isinstance(patience, float):
        return patience * TIMES_SLOWER
    if isinstance(patience, tuple):
        return tuple(map(slower, patience))
    if isinstance(patience, int):
        return patience
    names = [field.name for field in fields(patience)]
    return replace(patience, **{name: slower(getattr(patience, name)) for name in names})


if __name__ == "__main__":
    from dosebell_host.cli import main
    from dosebell_host.terminal.options import Settings

    reach = Reach(patience=slower(LINK_PATIENCE), restart=slower(RESTART_PATIENCE))
    main(obj=Settings(reach=lambda: reach))
