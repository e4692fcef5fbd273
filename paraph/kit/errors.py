"""The base of every refusal: what a person asked for and may not have now, in words for them."""

from collections.abc import Sequence
from typing import ClassVar


class Refused(Exception):
    """A refusal with a stable code for machines and sentences for people.

    Subclasses are short sentences (``CannotSend``) and name their ``code``; one
    middleware turns any of them into a page, a fragment or a problem document.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, reasons: str | Sequence[str] = ()) -> None:
        self.reasons: list[str] = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__(*self.reasons)

    def __str__(self) -> str:
        return " ".join(self.reasons) or self.code
