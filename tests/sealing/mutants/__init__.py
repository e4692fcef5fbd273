"""Forgeries of our own files, made by rule: each known attack, in each place."""
