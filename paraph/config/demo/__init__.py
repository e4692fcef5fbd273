"""The demo company: made by the same actions that people use, so that nothing in it is faked."""
