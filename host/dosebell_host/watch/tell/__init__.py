"""Messages to people: what matters of a box, told once and once more when it is over."""
