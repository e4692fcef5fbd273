"""What the page frame itself can be told: the theme."""
