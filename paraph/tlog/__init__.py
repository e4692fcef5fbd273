"""Transparency logs as C2SP writes them: Merkle tree, tiles, signed notes and proofs.

Pure functions over bytes; no Django, no files, no word of our business.
"""
