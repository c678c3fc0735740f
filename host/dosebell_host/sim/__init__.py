"""A simulated board: the real firmware under a clock that jumps from deadline to deadline."""
