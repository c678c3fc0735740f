"""What a person puts right of the doses, and what is left of them."""
