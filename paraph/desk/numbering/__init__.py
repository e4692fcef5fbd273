"""Settings of how documents are numbered."""
