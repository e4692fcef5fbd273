"""Looks for duplicates through a whole directory: keys first, then those that share one.

Nobody is compared with everybody: a million contacts take a few minutes, not days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from paraph.batches.kinds import Stretch, by_stretches
from paraph.batches.models import Batch
from paraph.kit import db
from paraph.people.models import Employee

from .duplicates import keys, likeness, traits_of
from .models import Contact, Duplicate, DuplicateKey, NotTheSame

ROWS = 400
"""So many rows a stretch, unless the batch was given another number."""
KEYS_EACH = 5
MOST_ALIKE = 40
"""More rows than this under one key are a switchboard or a common name, not one person."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Scan:
    """What is looked through, and how two of it are compared.

    Any: the traits of contacts and those of companies are compared by their own rules.
    """

    kind: str
    noun: str
    rows: Callable[[Employee], QuerySet[Any]]
    columns: Sequence[str]
    traits: Callable[[Any], Any]
    keys: Callable[[Any], Iterator[int]]
    likeness: Callable[[Any, Any], Sequence[str]]


CONTACTS = Scan(
    "contacts.find-duplicates",
    "contact",
    rows=lambda owner: Contact.objects.visible_to(owner),
    columns=("first_name", "last_name", "phone", "email", "company_id", "also"),
    traits=traits_of,
    keys=keys,
    likeness=likeness,
)
KIND = CONTACTS.kind


@by_stretches(KIND, title=_("Find duplicates"))
def find_duplicates(batch: Batch, at: datetime) -> Stretch:
    """Note keys of all contacts that the owner sees, then compare those who share one."""
    return next_stretch(CONTACTS, batch)


@db.transaction_required
def next_stretch(scan: Scan, batch: Batch) -> Stretch:
    """Forget earlier scans, then note keys, then compare what shares one."""
    phase, place = batch.cursor or ("forget", 0)
    if phase == "forget":
        return _forget(batch)
    if phase == "keys":
        return _note_keys(scan, batch, int(place))
    return _compare(scan, batch, place)


def _size(batch: Batch) -> int:
    return int(batch.given.get("rows", ROWS))


@db.transaction_required
def _forget(batch: Batch) -> Stretch:
    """Take away what the owner's earlier scans left behind."""
    earlier = Batch.objects.filter(owner=batch.owner, kind=batch.kind).exclude(pk=batch.pk)
    for model in (Duplicate, DuplicateKey):
        model._base_manager.filter(batch__in=earlier).delete()
    return Stretch(after=["keys", 0])


@db.transaction_required
def _note_keys(scan: Scan, batch: Batch, place: int) -> Stretch:
    rows = scan.rows(batch.owner).filter(pk__gt=place).order_by("pk")
    size = _size(batch)
    found = list(rows.only(*scan.columns)[:size])
    DuplicateKey.objects.bulk_create(
        DuplicateKey(batch=batch, key=key, number=row.pk)
        for row in found
        for key in dict.fromkeys(scan.keys(scan.traits(row)))
    )
    is_last = len(found) < size
    after = ["compare", None] if is_last else ["keys", found[-1].pk]
    return Stretch(done=len(found), after=after)


@db.transaction_required
def _compare(scan: Scan, batch: Batch, place: int | None) -> Stretch:
    """Compare those under the next keys; the last key of a stretch may go on in the next one."""
    rows = DuplicateKey.objects.filter(batch=batch)
    if place is not None:
        rows = rows.filter(key__gt=place)
    size = _size(batch) * KEYS_EACH
    found = list(rows.order_by("key", "number").values_list("key", "number")[:size])
    is_last = len(found) < size
    blocks: dict[int, list[int]] = {}
    for key, number in found:
        blocks.setdefault(key, []).append(number)
    after = max(blocks, default=None)
    if not is_last and len(blocks) > 1:
        del blocks[max(blocks)]
        after = max(blocks)
    changed = _keep(batch, _alike(scan, batch, blocks.values()))
    if is_last:
        rows.model._base_manager.filter(batch=batch).delete()
    return Stretch(changed=changed, after=None if is_last else ["compare", after])


def _alike(scan: Scan, batch: Batch, blocks: Iterable[Sequence[int]]) -> dict[Pair, Sequence[str]]:
    """Return the pairs that are likely one, but those that somebody has told apart."""
    compared = [block for block in blocks if 1 < len(block) <= MOST_ALIKE]
    pairs = {pair for block in compared for pair in combinations(block, 2)}
    numbers = {number for pair in pairs for number in pair}
    known = _traits(scan, batch.owner, numbers)
    told = NotTheSame.objects.filter(noun=scan.noun, low__in=numbers)
    apart = set(told.values_list("low", "high"))
    found = {
        (low, high): scan.likeness(known[low], known[high])
        for low, high in pairs - apart
        if low in known and high in known
    }
    return {pair: reasons for pair, reasons in found.items() if reasons}


def _traits(scan: Scan, owner: Employee, numbers: Iterable[int]) -> dict[int, Any]:
    rows = scan.rows(owner).filter(pk__in=numbers).only(*scan.columns)
    return {row.pk: scan.traits(row) for row in rows}


@db.transaction_required
def _keep(batch: Batch, alike: dict[Pair, Sequence[str]]) -> int:
    """Add pairs to the groups that there are, joining groups that turn out to be one."""
    numbers = {number for pair in alike for number in pair}
    rows = Duplicate.objects.filter(batch=batch, number__in=numbers)
    kept = {row.number: row for row in rows}
    before = len(kept)
    for pair, reasons in sorted(alike.items()):
        for number in pair:
            row = kept.setdefault(number, Duplicate(batch=batch, number=number, group=number))
            row.reasons = list(dict.fromkeys([*row.reasons, *map(str, reasons)]))
        _join(batch, kept, *sorted(kept[number].group for number in pair))
    Duplicate.objects.bulk_create(
        kept.values(),
        update_conflicts=True,
        unique_fields=["batch", "number"],
        update_fields=["group", "reasons"],
    )
    return len(kept) - before


def _join(batch: Batch, kept: dict[int, Duplicate], group: int, other: int) -> None:
    if group == other:
        return
    Duplicate.objects.filter(batch=batch, group=other).update(group=group)
    for row in kept.values():
        if row.group == other:
            row.group = group
