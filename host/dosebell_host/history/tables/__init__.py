"""The tables of a history, by what they hold, in an SQL that every database speaks."""
