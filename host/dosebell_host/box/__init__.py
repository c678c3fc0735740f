"""A box that answers: its port, the link, what it says, its clock, and what every contact does."""
