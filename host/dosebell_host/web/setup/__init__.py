"""The questions of `dosebell new` as pages, and the file that they end in."""
