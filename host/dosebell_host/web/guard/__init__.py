"""Who may come in: held before any page is asked, and unknown to all of them."""
