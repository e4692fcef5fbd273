"""Who carries our messages, and whether they arrive."""
