"""From rows to bytes: builds the revisions that actions then keep. Writes files, never rows."""
