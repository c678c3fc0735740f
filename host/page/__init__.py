"""Makes what firmware/README.md shows: drawings of light and sound, and a box for the browser."""
