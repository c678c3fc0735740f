"""The pages of a ward: every resident of a home, and the pages of a box that is elsewhere."""
