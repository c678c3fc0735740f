"""What of a file can be put right by itself, and the file that results."""
