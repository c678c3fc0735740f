"""The laptop's side of dosebell: compiles schedules, talks to the board, runs it simulated."""

# The one place of the version; pyproject.toml reads this line.
__version__ = "0.1.0"

# What a command ends with that a person stopped by Ctrl-C, as in every shell.
INTERRUPTED = 130

# Which documents `--json` prints, and `export json` writes.
SCHEMA = 1
