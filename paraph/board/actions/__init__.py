"""What people change about the board: its columns for everybody, and their own view of them."""
