"""Text that reads as it is kept: without the signs that turn the order of letters around."""

# Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX 9, table 1).
# The marks beside them (U+200E, U+200F) turn nothing by themselves and stay.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def straight(text: str) -> str:
    r"""Return the text without them: ``photo\u202egnp.exe`` would show as *photoexe.png*.

    Forms and file names pass here by themselves; who takes texts from JSON asks for it. Names
    from a sign-on and the words of a file stay as they came.
    """
    return text if text.isascii() else text.translate(_TURNS)
