"""Django's way to PostgreSQL, with columns that are remembered."""
