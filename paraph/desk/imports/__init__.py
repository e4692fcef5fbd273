"""Bringing contacts in from a file: upload, columns, check, import, report."""
