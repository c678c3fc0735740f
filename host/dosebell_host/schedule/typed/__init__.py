"""Dates as a person types them, in options and as answers to questions."""
