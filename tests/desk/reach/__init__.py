"""The table test: every address and every ``visible_to`` × every role and all six levels.

A new model with ``visible_to`` needs a line in ``rows.KINDS``; a new address about one row needs
a line in ``addresses.ABOUT``. The tests name what is missing.
"""
