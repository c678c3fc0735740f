"""Facts of laptop, port and box, and what to make of them."""
