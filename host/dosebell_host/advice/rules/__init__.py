"""One theme a file, one table of all rules."""
