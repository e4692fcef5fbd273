"""Pages about templates: which there are, what their check found, what fields there are."""
