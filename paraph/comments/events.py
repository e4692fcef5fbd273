"""What happens to comments. Their words are in their rows alone, where they can be erased."""

from __future__ import annotations

from dataclasses import dataclass

from paraph.journal.events import Event


@dataclass(frozen=True)
class CommentWritten(Event):
    """Somebody wrote a comment on one row; it may mention colleagues, who are written to."""

    name = "comment.written"
    comment_id: int
    envelope_id: int | None = None
    contact_id: int | None = None
    deal_id: int | None = None
    company_id: int | None = None


@dataclass(frozen=True)
class CommentEdited(Event):
    """Its author changed a comment."""

    name = "comment.edited"
    comment_id: int
    envelope_id: int | None = None
    contact_id: int | None = None
    deal_id: int | None = None
    company_id: int | None = None


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    """Its author took a comment back."""

    name = "comment.withdrawn"
    comment_id: int
    envelope_id: int | None = None
    contact_id: int | None = None
    deal_id: int | None = None
    company_id: int | None = None
