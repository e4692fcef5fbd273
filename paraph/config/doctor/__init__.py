"""What ``paraph doctor`` looks at: one function a question, which yields what it found."""
