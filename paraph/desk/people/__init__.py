"""The people who work here, their departments and groups; and each person's own profile."""
