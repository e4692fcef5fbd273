"""The timeline of a row, in words: what happened, who did it, when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from paraph import journal
from paraph.desk.comments.thread import Said
from paraph.journal import Fact

from . import (
    board,
    campaigns,
    comments,
    contacts,
    documents,
    importing,
    people,
    rules,
    sales,
    signing,
    templates,
    vault,
)
from .wording import Details, Words

_DOMAINS = (
    board,
    campaigns,
    comments,
    contacts,
    documents,
    importing,
    people,
    rules,
    sales,
    signing,
    templates,
    vault,
)
WORDS: Words = {name: it for domain in _DOMAINS for name, it in domain.WORDS.items()}
DETAILS: Details = {name: it for domain in _DOMAINS for name, it in domain.DETAILS.items()}


Titles = Mapping[tuple[str, Any], tuple[str, str]]
"""By noun and number: what a row is called, and where it is."""


@dataclass(frozen=True)
class Moment:
    """One line of a timeline."""

    icon: str
    words: str
    who: str
    at: datetime
    details: str
    about: str = ""
    """What it happened to, where a timeline gathers several rows; and where that is."""
    url: str = ""
    comment: int = 0
    """Which comment was written; and what it says, where a page has fetched it."""
    said: Said | None = None


def timeline_of(noun: str, pk: int, *, limit: int = 100) -> list[Moment]:
    """Return what happened around a row, newest first; facts without words are left out."""
    facts = journal.timeline(subject=noun, object_id=pk)[:limit]
    return [_moment(fact) for fact in facts if fact.event in WORDS]


def timeline_of_events(events: Iterable[str], *, limit: int) -> list[Moment]:
    """Return the newest facts of these kinds, whatever row they are about."""
    facts = Fact.objects.filter(event__in=events).select_related("payload")
    return [_moment(fact) for fact in facts.order_by("-at", "-id")[:limit]]


def told(facts: Iterable[Fact], *, about: Titles) -> list[Moment]:
    """Return facts of several rows in words, each with the row's title and address."""
    return [_told(fact, about) for fact in facts if fact.event in WORDS]


def newest_fact() -> int:
    """Return the number of the newest fact: while it stays, what pages tell stays too."""
    return Fact.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _told(fact: Fact, about: Titles) -> Moment:
    rows = [(noun, fact.facts.get(f"{noun}_id")) for noun in ("deal", "envelope")]
    title, url = next((about[row] for row in rows if row in about), ("", ""))
    return replace(_moment(fact), about=title, url=url)


def _moment(fact: Fact) -> Moment:
    icon, words = WORDS[fact.event]
    who = fact.actor.name or _("somebody")
    tell = DETAILS.get(fact.event)
    details = tell(fact.facts) if tell and not fact.is_erased else ""
    details = _("What it said is erased.") if fact.is_erased else details
    comment = int(fact.facts.get("comment_id") or 0)
    return Moment(icon, str(words), who, fact.at, details, comment=comment)
