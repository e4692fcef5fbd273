"""Groups of likely duplicates that a scan has found, page by page: of contacts or of companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from paraph.batches.actions import advance_batch, begin_batch, start_batch
from paraph.batches.models import Batch, BatchState
from paraph.contacts.models import Duplicate
from paraph.contacts.scanning import Scan
from paraph.kit.numbers import key_of_row
from paraph.people.http import Request

AT_ONCE = 5000
PAGE_SIZE = 20
MOST_SHOWN = 12


@dataclass(frozen=True)
class Group:
    """Rows that are likely one, and what speaks for it."""

    number: int
    rows: list[Any]  # contacts or companies
    reasons: list[str]

    @property
    def ids(self) -> str:
        return ",".join(str(row.pk) for row in self.rows)


def found_by(
    request: Request, scan: Scan, *, rows: QuerySet[Any], labels: Mapping[str, object]
) -> dict[str, object]:
    """Return what the person's newest scan has found among the rows, or how far it is."""
    batch = Batch.objects.visible_to(request.user).filter(kind=scan.kind).first()
    after = key_of_row(request.GET.get("after", ""))
    there = rows.model._default_manager.values("pk")
    numbers = _numbers(batch, there, after=after)
    return {
        "scan": batch,
        "is_open": bool(batch and batch.is_open),
        "has_failed": bool(batch and batch.state == BatchState.FAILED),
        "groups": _groups(batch, numbers[:PAGE_SIZE], rows, labels) if batch else [],
        "next": f"?after={numbers[PAGE_SIZE - 1]}" if len(numbers) > PAGE_SIZE else "",
        "previous": "?" if after else "",
    }


def look_through(request: Request, scan: Scan) -> None:
    """Look for duplicates in everything the person sees; a large directory in the background."""
    total = scan.rows(request.user).count()
    begin = begin_batch if total <= AT_ONCE else start_batch
    batch = begin(scan.kind, given={}, total=total, owner=request.user, at=request.received_at)
    if total > AT_ONCE:
        messages.success(request, _("It goes on in the background. A letter tells you the end."))
        return
    while advance_batch(batch, at=request.received_at):
        pass


def _numbers(batch: Batch | None, there: QuerySet[Any], *, after: int) -> list[int]:
    """Return the numbers of the next groups that still have two members."""
    rows = Duplicate.objects.filter(batch=batch, group__gt=after).values("group")
    several = rows.filter(number__in=there).annotate(members=Count("pk")).filter(members__gt=1)
    return list(several.order_by("group").values_list("group", flat=True)[: PAGE_SIZE + 1])


def _groups(
    batch: Batch, numbers: Sequence[int], rows: QuerySet[Any], labels: Mapping[str, object]
) -> list[Group]:
    """Return the groups as far as the rows reach now."""
    members = list(Duplicate.objects.filter(batch=batch, group__in=numbers).order_by("number"))
    known = rows.in_bulk([member.number for member in members])
    groups = []
    for number in numbers:
        mine = [it for it in members if it.group == number and it.number in known]
        reasons = dict.fromkeys(reason for member in mine for reason in member.reasons)
        shown = [known[member.number] for member in mine[:MOST_SHOWN]]
        if len(shown) > 1:
            groups.append(Group(number, shown, [str(labels.get(it, it)) for it in reasons]))
    return groups
