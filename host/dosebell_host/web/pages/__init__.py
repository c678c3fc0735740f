"""What is on the page, one place of it a file: what it shows, and what its forms do."""
