"""The demo company: made by the same actions that people use, so that nothing in it is faked.
Some documents count as older than they are, and say so (``history``)."""
