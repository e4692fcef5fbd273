"""The verbs of the vault, one module to a theme."""
