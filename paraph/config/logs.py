"""What the log may not keep: addresses that open something are written without their secret."""

import logging
import re

_SECRET = re.compile(
    r"(/(?:s|f|d|u|receipts/[^/]+|set-up|welcome|accounts/password/reset/key)/)[^/\s?]+"
)


def masked(text: str) -> str:
    """Return the text with every token of a link replaced by dots."""
    return _SECRET.sub(r"\1…", text)


class Masked(logging.Formatter):
    """Writes a record, its traceback included, without the tokens of links."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line as it may be kept."""
        return masked(super().format(record))
