"""The integrity service: a file held against what this installation registered."""
