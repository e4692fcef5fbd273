"""The comments of one row as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from paraph.comments.models import Comment, Subject
from paraph.comments.queries import comments_on
from paraph.people.http import Request

MOST = 500


@dataclass(frozen=True)
class Said:
    """One comment, and whether its reader may still change it."""

    comment: Comment
    text: SafeString
    may_change: bool


def thread_of(request: Request, noun: str, pk: int) -> dict[str, object]:
    """Return the newest comments of a row."""
    said = said_in(comments_on(Subject(noun), pk)[:MOST], request)
    return {"noun": noun, "pk": pk, "said": said}


def said_in(rows: QuerySet[Comment], request: Request) -> list[Said]:
    """Return comments as their reader sees them."""
    whole: Iterable[Comment] = rows.select_related("author").prefetch_related("mentioned")
    return [_said(it, request) for it in whole]


def _said(comment: Comment, request: Request) -> Said:
    by, at = request.user, request.received_at
    return Said(comment, _marked(comment), comment.may_be_changed(by=by, at=at))


def _marked(comment: Comment) -> SafeString:
    """Return the text with the names of those mentioned set apart."""
    names = sorted((f"@{it.name}" for it in comment.mentioned.all()), key=len, reverse=True)
    lines = (format_html_join("", "{}", _parts(it, names)) for it in comment.text.splitlines())
    return mark_safe("<br>".join(lines))  # noqa: S308  every part is escaped


def _parts(line: str, names: list[str]) -> Iterator[tuple[object]]:
    """Cut a line at the names."""
    while line:
        places = [(line.find(name), name) for name in names if name in line]
        if not places:
            break
        place, name = min(places, key=lambda it: it[0])
        yield (line[:place],)
        yield (format_html('<b class="mention">{}</b>', name),)
        line = line[place + len(name) :]
    yield (line,)
