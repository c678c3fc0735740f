"""The page: what rings, what was taken, and what can be changed, for the people around a box."""
