"""The verbs of people: how they join and leave, how they are ordered, and what they may do."""
