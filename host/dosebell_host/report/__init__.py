"""The report: one sheet about what was taken, for a person and their doctor."""
