"""Measurements: one module per target, and the table that shows them. No test asserts a time."""
