"""The words of our messages: usual ones, and the company's own."""
