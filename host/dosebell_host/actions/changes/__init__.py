"""`add`, `move`, `remove` and `edit`: one change of a schedule each."""
