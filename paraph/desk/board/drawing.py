"""A card of the board as HTML: drawn once for each shape that cards have, and filled in.

A board shows hundreds, and a template that goes through them takes a third of its time (ADR 0053).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from paraph.kit.templating.moulds import Mould

from .cards import Card, Mark

MOMENT = ("ago", "whole", "exact")


@dataclass(frozen=True)
class Shape:
    """What decides which lines a card has; its words are gaps."""

    language: str | None
    is_late: bool
    is_near: bool
    has_lane: bool
    has_deadline: bool
    has_client: bool
    has_amount: bool
    has_acting: bool
    marks: Sequence[Mark]


def drawn(card: Card) -> SafeString:
    """Return the card as ``desk/board/card.html`` writes it."""
    row = card.envelope
    shape = Shape(
        get_language(),
        is_late=card.is_late,
        is_near=card.is_near,
        has_lane=card.lane is not None,
        has_deadline=card.deadline is not None,
        has_client=bool(row.client_name),
        has_amount=bool(card.amount),
        has_acting=bool(row.acting_names),
        marks=tuple(card.marks),
    )
    return mark_safe(_mould(shape).filled(_words(card)))  # noqa: S308  the words are escaped


def _words(card: Card) -> dict[str, str]:
    row = card.envelope
    words: dict[str, object] = {
        "pk": row.pk,
        "stage": card.stage,
        "order": card.order,
        "lane": card.lane,
        "standing": row.standing,
        "moves": card.moves,
        "into": card.into,
        "address": card.address,
        "look": card.look,
        "title": row.title,
        "client": row.client_name,
        "amount": card.amount,
        "acting": row.acting_names,
        "tint": card.tint,
        "initials": card.initials,
        "name": row.responsible.name,
        "responsible": card.responsible,
        "about": card.about,
    }
    for kind, moment in (("since", card.since), ("deadline", card.deadline)):
        words |= {f"{kind}-{part}": getattr(moment, part) for part in MOMENT if moment}
    return {name: escape(str(word)) for name, word in words.items()}


@lru_cache(2_000)
def _mould(shape: Shape) -> Mould:
    gap = Mould.gap
    since, deadline = (
        {part: gap(f"{kind}-{part}") for part in MOMENT} for kind in ("since", "deadline")
    )
    envelope = {
        "pk": gap("pk"),
        "standing": gap("standing"),
        "title": gap("title"),
        "client_name": gap("client") if shape.has_client else "",
        "acting_names": gap("acting") if shape.has_acting else "",
        "responsible": {"name": gap("name")},
    }
    plain = ("stage", "order", "moves", "into", "address", "look", "tint", "initials")
    card = {name: gap(name) for name in (*plain, "responsible", "about")} | {
        "envelope": envelope,
        "is_late": shape.is_late,
        "is_near": shape.is_near,
        "lane": gap("lane") if shape.has_lane else None,
        "amount": gap("amount") if shape.has_amount else "",
        "deadline": deadline if shape.has_deadline else None,
        "since": since,
        "marks": shape.marks,
    }
    context = {"card": card, "board": {"sprite": static("icons.svg")}}
    return Mould(render_to_string("desk/board/card.html", context))
