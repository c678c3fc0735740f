"""A schedule that is being changed on a page, before it is pushed."""
