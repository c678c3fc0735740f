"""Watching: every box of this laptop, as it comes and goes, for whoever wants to be told."""
