"""What the pages share on which rows become one: contacts, and companies."""
