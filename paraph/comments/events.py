"""What happens to comments. Their words are in their rows alone, where they can be erased."""

from __future__ import annotations

from dataclasses import dataclass

from paraph.journal.events import Event


@dataclass(frozen=True)
class OnARow(Event):
    """Something about a comment, told on the timeline of the one row that it is about."""

    comment_id: int
    envelope_id: int | None = None
    contact_id: int | None = None
    deal_id: int | None = None
    company_id: int | None = None


@dataclass(frozen=True)
class CommentWritten(OnARow):
    """Somebody wrote a comment; it may mention colleagues, who are written to."""

    name = "comment.written"


@dataclass(frozen=True)
class CommentEdited(OnARow):
    """Its author changed a comment."""

    name = "comment.edited"


@dataclass(frozen=True)
class CommentWithdrawn(OnARow):
    """Its author took a comment back."""

    name = "comment.withdrawn"
