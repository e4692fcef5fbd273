"""Taking contacts out of the directory as a file."""
