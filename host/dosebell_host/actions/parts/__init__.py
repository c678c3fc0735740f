"""The parts of a box beyond the standard build: asked for, written, tested, and told at a push."""
