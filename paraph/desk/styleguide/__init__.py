"""The gallery of the pages' components."""
