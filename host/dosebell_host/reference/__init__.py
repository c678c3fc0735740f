"""What words on labels mean, and published numbers."""
