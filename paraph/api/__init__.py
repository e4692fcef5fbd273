"""JSON for machines. Today: the integrity check."""
