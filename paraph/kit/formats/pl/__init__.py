"""Polish, as offices write it."""
