"""The checks of the repository catch what they are there to catch."""
