"""Groups of likely duplicates that a scan has found, page by page: of contacts or of companies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from paraph.batches.actions import advance_batch, begin_batch, start_batch
from paraph.batches.models import Batch, BatchState
from paraph.contacts.choices import Choice
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


@dataclass(frozen=True)
class Option:
    """One value that can stay, and whose it is."""

    number: int
    text: str
    owners: list[str]


@dataclass(frozen=True)
class Row:
    """A field that the rows fill differently."""

    field: str
    label: str
    chosen: int
    options: list[Option]


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


def numbers_asked(request: Request) -> list[int]:
    """Return the chosen rows: ``ids=1,2`` or ``ids=1&ids=2``."""
    asked = ",".join(request.POST.getlist("ids") or request.GET.getlist("ids"))
    return [key for part in asked.split(",") if (key := key_of_row(part))]


def wanted(request: Request) -> dict[str, int]:
    """Return whose value was chosen for each field."""
    chosen = {name: key_of_row(str(value)) for name, value in request.POST.items()}
    return {name: key for name, key in chosen.items() if key}


def row_of(
    choice: Choice, rows: Sequence[Any], *, label: str, readable: Callable[[str, str], str]
) -> Row:
    """Return a field with the values that can stay; ``rows`` are contacts or companies."""
    options: dict[str, Option] = {}
    for row in rows:
        if text := choice.values[row.pk]:
            shown = readable(choice.field, text)
            options.setdefault(text, Option(row.pk, shown, [])).owners.append(row.name)
    chosen = options[choice.values[choice.chosen]].number
    return Row(choice.field, label, chosen, list(options.values()))


def stays_of(rows: Sequence[Any], *, may_go: QuerySet[Any]) -> Any:
    """Return which one stays: the one that may not vanish, else the oldest.

    None, where several may not be deleted by this person. Any: a contact or a company.
    """
    free = set(may_go.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    stay = [row for row in rows if row.pk not in free]
    return None if len(stay) > 1 else stay[0] if stay else rows[0]


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
