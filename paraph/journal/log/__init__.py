"""The public log: facts of signing in one order that nobody can rewrite unnoticed."""
