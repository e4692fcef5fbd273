"""The timeline of a row page by page: what happened and what was written, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paraph.comments.models import Comment
from paraph.desk.comments.thread import Said, said_in
from paraph.journal.models import Fact, Mention
from paraph.kit.paging import Keyset
from paraph.people.access import Level, Right, Section, reach
from paraph.people.http import Request
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing.models import Envelope

from . import WORDS, Moment, Titles, told
from .sources import Source, kind_of, source_of

PAGE_SIZE = 50
NEWEST_FIRST = Keyset(("at", "id"), descending=True)
TOLD_BY_ITSELF = ("comment.edited", "comment.withdrawn")
"""The comment itself says so."""


@dataclass(frozen=True)
class Story:
    """One page of a timeline, the way on, and the kinds it can be narrowed to."""

    source: Source
    moments: list[Moment]
    kind: str
    here: str
    next: str
    previous: str

    @property
    def kinds(self) -> list[tuple[str, Any, str]]:
        """Return each kind, what it is called, and where it is."""
        kinds = {"": _("Everything"), **self.source.kinds}
        return [(it, label, _address(self.source, it)) for it, label in kinds.items()]


def story_of(
    request: Request, noun: str, pk: int, *, kind: str = "", cursor: str | None = None
) -> Story:
    """Return what happened around a row as far as the reader may see it; else it is not found."""
    source = source_of(request.user, noun, pk)
    if source is None:
        raise Http404
    kind = kind if kind in source.kinds else ""
    mentioned = Mention.objects.filter(source.mentions).values("fact")
    facts = Fact.objects.filter(pk__in=mentioned, event__in=_events(kind, request.user))
    page = NEWEST_FIRST.page(facts.select_related("payload"), cursor=cursor, size=PAGE_SIZE)
    moments = told(page.rows, about=_titles(page.rows, source, request.user))
    return Story(
        source,
        _with_comments(moments, page.rows, request),
        kind=kind,
        here=_address(source, kind, cursor),
        next=_address(source, kind, page.next) if page.next else "",
        previous=_address(source, kind, page.previous) if page.previous else "",
    )


def _events(kind: str, person: Employee) -> list[str]:
    """Return what is told; why something is on hold only to whom the vault is open."""
    names = (it for it in WORDS if it not in TOLD_BY_ITSELF)
    if reach(person, Section.VAULT, Right.VIEW) is Level.NONE:
        names = (it for it in names if not it.startswith("hold."))
    return [it for it in names if not kind or kind_of(it) == kind]


def _titles(facts: Iterable[Fact], source: Source, person: Employee) -> Titles:
    """Return what the other envelopes and deals of the facts are called, and where they are."""
    names: dict[tuple[str, Any], tuple[str, str]] = {}
    if source.noun in ("file", "envelope"):
        return names
    for noun, model in (("envelope", Envelope), ("deal", Deal)):
        numbers = {int(fact.facts.get(f"{noun}_id") or 0) for fact in facts} - {0}
        if noun == source.noun:
            numbers.discard(source.pk)
        rows = model.objects.visible_to(person).filter(pk__in=numbers)
        for pk, title in rows.values_list("pk", "title"):
            names[noun, pk] = (title, reverse(f"{noun}-detail", args=[pk]))
    return names


def _with_comments(
    moments: Iterable[Moment], facts: Iterable[Fact], request: Request
) -> list[Moment]:
    """Put into each moment that tells of a comment what it says."""
    numbers = [it.facts.get("comment_id") for it in facts if it.event == "comment.written"]
    said: Mapping[int, Said] = {}
    if numbers:
        rows = Comment.objects.filter(pk__in=[it for it in numbers if it])
        said = {it.comment.pk: it for it in said_in(rows, request)}
    return [replace(it, said=said.get(it.comment)) if it.comment else it for it in moments]


def _address(source: Source, kind: str, cursor: str | None = "") -> str:
    given = {"kind": kind, "cursor": cursor}
    query = urlencode({name: value for name, value in given.items() if value})
    address = reverse("story", args=[source.noun, source.pk])
    return f"{address}?{query}" if query else address
