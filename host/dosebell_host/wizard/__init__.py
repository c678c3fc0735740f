"""The questions of `dosebell new`, and the file they make."""
