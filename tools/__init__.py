"""Checks and chores of the repository; nothing here is part of what is installed."""
