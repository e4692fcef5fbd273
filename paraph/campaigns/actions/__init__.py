"""The verbs of campaigns, one module to a theme."""
