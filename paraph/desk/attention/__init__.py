"""What needs attention: how to mend it, the digest of it, and after how many days it counts."""
