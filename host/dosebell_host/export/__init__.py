"""What was taken, and what is planned, as files that other programs read."""
