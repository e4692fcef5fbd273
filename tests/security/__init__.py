"""Threats of docs/security/threats.md that no other test answers."""
