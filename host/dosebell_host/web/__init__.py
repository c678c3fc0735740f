"""A page for the people around the box, on this laptop and on phones that are paired with it."""
