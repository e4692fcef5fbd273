"""Who may do what: the matrix, its roles, and whom they are given to."""
