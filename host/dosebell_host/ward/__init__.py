"""Many boxes of a home, in one database."""
