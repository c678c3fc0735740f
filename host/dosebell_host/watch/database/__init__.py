"""What a gateway sends to the database that a few trolleys share, and what it hears from there."""
