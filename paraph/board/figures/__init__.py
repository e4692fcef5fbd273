"""The team's figures: how much stands where, how long it takes, and what becomes of it."""
