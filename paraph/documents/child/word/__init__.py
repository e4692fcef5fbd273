"""Reads and fills Word templates, in the sandbox: foreign files are opened nowhere else."""
