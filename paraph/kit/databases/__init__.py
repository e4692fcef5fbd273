"""Django's own ways to SQLite and PostgreSQL, which do not write the same columns out anew."""
