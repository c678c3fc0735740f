"""A ward: the boxes of many machines in one database, what became of each dose, whose it is."""
