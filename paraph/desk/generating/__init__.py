"""Pages that make a document of a deal: choose a template, look it through, make it."""
