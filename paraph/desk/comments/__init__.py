"""Comments on documents, contacts, deals and companies."""
