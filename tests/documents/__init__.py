"""Tests of documents: what comes in, what is refused, and how pages look."""
