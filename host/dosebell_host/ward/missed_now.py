"""What is missed now, as a condition in SQL: for the page, for the view, and for its index."""

from dosebell_host.history.outcomes import OF_LATE_S

# When it was noted how a dose ended. A gateway of an older release that is still connected leaves
# that out of its rows.
NOTED_S = "COALESCE(noted_s, due_s)"


def missed_at(now_s: str) -> str:
    """What is missed at that moment in SQL, by the rule of `Outcome.is_of_late`."""
    return (
        f"status = 'missed' AND {NOTED_S} > {now_s} - {OF_LATE_S}"
        f" AND {NOTED_S} < {now_s} + {OF_LATE_S}"
    )
