"""Pictures of the history: pure functions from outcomes to SVG, and to a table of the same."""
