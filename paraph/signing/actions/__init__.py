"""The verbs of signing, by chapter: drafting, fields, sending, following, proving, ceremony."""
