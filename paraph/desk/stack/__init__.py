"""A director's desk: everything that waits for one's signature, signed with one code."""
