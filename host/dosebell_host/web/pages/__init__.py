"""The pages, one a file: each has its ROUTES."""
