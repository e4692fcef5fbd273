"""Backups: everything of an installation in one archive, and an installation made from one."""
