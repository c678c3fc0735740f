"""MicroPython and dosebell onto a board: survey, plan, carry out, back up."""
