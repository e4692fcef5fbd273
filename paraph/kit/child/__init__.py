"""What runs in the sandboxed child before and around the code that opens a foreign file."""
