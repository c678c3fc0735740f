"""A file that a person writes: read, checked, compiled for the box, read back and compared."""
