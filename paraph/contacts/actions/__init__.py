"""The verbs of the directory: contacts and companies are created, edited, merged and deleted."""
