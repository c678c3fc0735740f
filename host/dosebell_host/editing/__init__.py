"""Changes to the text of a schedule: one dose added, moved or taken out, all else as it stands."""
