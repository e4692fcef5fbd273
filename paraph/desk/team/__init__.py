"""The team: how much stands where, how long it takes, what becomes of it."""
