"""What the columns of the board ask for: the first cards of a standing, and those after a cursor.

Who asks, and which question is quickest, is settled in ``reading``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from django.core.exceptions import EmptyResultSet
from django.db import connections, models

from paraph.kit.paging import Keyset
from paraph.kit.prepared import Prepared, given
from paraph.signing.models import Envelope, Envelopes

NEWEST_FIRST = Keyset(("stands_since", "id"), descending=True)
NEWEST = ("-stands_since", "-id")
TOLD = (
    *("title", "status", "standing", "stands_since", "client_name", "acting_names"),
    *("amount", "currency", "deadline_at", "unread_since", "read_since"),
    *("is_bounced", "is_locked", "has_question"),
    *(f"responsible__{name}" for name in ("first_name", "last_name", "department")),
)
"""What is fetched of each card."""


def next_of_each(
    rows: Envelopes, standings: Iterable[str], cursor: str | None, size: int
) -> Envelopes:
    """Return the next rows of each standing: together they begin with the next of all.

    Apart, for neither database finds its way through an OR of them.
    """
    every = Envelope.objects.order_by()
    each = (_stretch(rows, it, cursor, size) for it in standings)
    keys = [every.filter(pk__in=part).values("pk") for part in each]
    return every.filter(pk__in=keys[0].union(*keys[1:], all=True)) if keys else every.none()


def _stretch(
    rows: Envelopes, standing: str, cursor: str | None, size: int
) -> models.QuerySet[Envelope, int]:
    """Return the keys of the next rows of a standing, which its index holds."""
    near = NEWEST_FIRST.stretch(rows.filter(standing=standing), cursor=cursor, size=size)
    return near.values_list("pk", flat=True)


def next_keys(standing: str, cursor: str | None, size: int) -> list[int]:
    """Return the keys of the next rows of a standing, of everybody's."""
    if cursor:
        return keys_of(_stretch(Envelope.objects.all(), standing, cursor, size))
    return [key for (key,) in first_keys(size)(standing=standing)]


@cache
def first_keys(size: int) -> Prepared[tuple[int]]:
    """Return what asks for the keys of a standing's first rows, as each column of a board does."""

    def firsts() -> models.QuerySet[Envelope, tuple[int]]:
        rows = Envelope.objects.filter(standing=given("standing")).order_by(*NEWEST)
        return rows.values_list("pk")[:size]

    return Prepared(firsts)


@cache
def first_cards(names: tuple[str, ...], size: int) -> Prepared[Envelope]:
    """Return what asks for the first rows of several standings, whoever's they are."""

    def beginnings() -> models.QuerySet[Envelope]:
        each = [Envelope.objects.filter(standing=given(it)).order_by(*NEWEST) for it in names]
        first, *others = (
            Envelope.objects.filter(pk__in=rows.values("pk")[:size]).order_by().values("pk")
            for rows in each
        )
        rows = Envelope.objects.filter(pk__in=first.union(*others, all=True))
        return whole(rows).order_by(*NEWEST)

    return Prepared(beginnings)


def keys_of(rows: models.QuerySet[Envelope, int]) -> list[int]:
    """Return keys as the database hands them over: Django would look at each of thousands."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # a filter that nothing fits
        return []
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, params)
        return [key for (key,) in cursor.fetchall()]


def those(rows: Envelopes, keys: Sequence[int]) -> Envelopes:
    """Keep those that have one of many keys."""
    return rows.filter(**{"pk__listed": keys})


def whole(rows: Envelopes) -> Envelopes:
    """Fetch what cards tell, and no more: opening the board reads many."""
    return rows.select_related("responsible").only(*TOLD)
