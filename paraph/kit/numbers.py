"""Whole numbers in what a browser sent, where anything may stand instead of one."""

MOST_DIGITS = 18
"""Every number of so many digits fits a key of the database."""


def whole_number(text: str) -> int | None:
    """Return the number that plain digits write; nothing for any other text."""
    plain = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if plain else None


def may_be_kept(text: str) -> bool:
    """Tell whether a column may hold this: any text but a number that is longer than every key."""
    try:
        return len(str(abs(int(text)))) <= MOST_DIGITS
    except ValueError:
        return True


def key_of_row(text: str) -> int:
    """Return the key that plain digits write; 0, which no row has, for any other text."""
    return whole_number(text) or 0
