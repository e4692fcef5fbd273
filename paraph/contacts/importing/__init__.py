"""Contacts from others' files: read behind walls, mapped, checked, then imported whole or not."""
