"""The program that opens foreign tables and address books; it runs in the sandboxed child.

It does not know Django. It leaves ``rows.jsonl``: one line a record, ``[line, [cell, …]]``.
"""
