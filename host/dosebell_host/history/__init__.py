"""What this laptop keeps of each box: records, outcomes, gaps, and the store they lie in."""
