"""Django's way to SQLite, with columns that are remembered."""
