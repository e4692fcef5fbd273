"""Background work: what one has ordered, how far it is, its report, its file."""
