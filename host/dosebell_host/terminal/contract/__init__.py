"""What `--json` prints: every field of every command, and every code of an error."""
