"""A page for the people around the box, served by this laptop to its own browser."""
