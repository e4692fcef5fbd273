"""The import itself: checked rows become contacts, or change those that are there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import translation

from paraph.batches.kinds import Stretch
from paraph.batches.models import Batch
from paraph.contacts import fields, rules, steps
from paraph.contacts.models import Company, Contact
from paraph.journal import Event
from paraph.journal.in_bulk import record_many
from paraph.kit.inserting import insert_many
from paraph.people.access import Right
from paraph.people.models import Employee

from .companies import companies_named
from .events import ContactImported, ContactUpdatedByImport
from .matching import Keys, directory, held_directory, keys_of
from .models import Duplicates, Import, StagedRow, Trace, Verdict

ROWS_AT_ONCE = 500
CHANGES_AT_ONCE = 200
"""A change takes five times as long as somebody new; nobody else may write to SQLite meanwhile."""
READ = ("pk", "card", "email", "phone", "name", "verdict")
PLAIN = ("last_name", "first_name", "phone", "email", "position", "comment", "type", "language")


@dataclass
class Haul:
    """What a stretch brings in."""

    new: list[Contact] = field(default_factory=list)
    changed: dict[int, Contact] = field(default_factory=dict)
    before: dict[int, dict[str, Any]] = field(default_factory=dict)  # columns, as JSON
    changes: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    skipped: int = 0


def bring_in(batch: Batch, at: datetime) -> Stretch:
    """Bring in the next checked rows."""
    given = Import.objects.get(pk=batch.given["import"])
    waiting = StagedRow.objects.filter(of=given, pk__gt=batch.cursor or 0)
    found = waiting.exclude(verdict=Verdict.REFUSED).values_list(*READ, named=True)
    there = list(found[:ROWS_AT_ONCE])
    rows = _bearable(there, given)
    if not rows:
        return Stretch()
    with translation.override(batch.owner.language):
        haul = _gathered(given, rows, owner=batch.owner, at=at)
        _keep(given, haul, owner=batch.owner, at=at)
    given.added += len(haul.new)
    given.updated += len(haul.changed)
    given.skipped += haul.skipped
    given.save(update_fields=["added", "updated", "skipped"])
    is_last = len(rows) == len(there) < ROWS_AT_ONCE
    changed = len(haul.new) + len(haul.changed)
    return Stretch(done=len(rows), changed=changed, after=None if is_last else rows[-1].pk)


def _bearable(rows: Sequence[Any], given: Import) -> Sequence[Any]:
    """Return as many of the rows as one stretch bears."""
    if given.duplicates == Duplicates.SKIP:
        return rows
    changes = [place for place, row in enumerate(rows) if row.verdict == Verdict.SAME]
    return rows[: changes[CHANGES_AT_ONCE]] if len(changes) > CHANGES_AT_ONCE else rows


def _gathered(given: Import, rows: Sequence[Any], *, owner: Employee, at: datetime) -> Haul:
    keys = [Keys(row.email, row.phone, row.name, row.card.get("email", "")) for row in rows]
    crowd = (directory if given.duplicates == Duplicates.SKIP else held_directory)(owner, keys)
    names = [str(row.card.get("company", "")) for row in rows]
    companies = companies_named(given, names, owner=owner, at=at)
    people = Employee.objects.in_bulk(_responsibles(given, rows, owner))
    haul = Haul()
    for row, key in zip(rows, keys, strict=True):
        values = _values(given, row.card, companies=companies, people=people)
        same = crowd.find(key)
        if same is None:
            contact = Contact(created_at=at, edited_at=at)
            _fill(contact, {**_defaults(given, owner, people), **values})
            haul.new.append(contact)
            crowd.add(key, contact)
        elif given.duplicates == Duplicates.SKIP:
            haul.skipped += 1
        else:
            _change(haul, same, values, only_empty=given.duplicates == Duplicates.MERGE, at=at)
            crowd.add(keys_of(same), same)
    _leave_what_may_not_be_edited(haul, owner)
    return haul


def _responsibles(given: Import, rows: Sequence[Any], owner: Employee) -> set[int]:
    named = {int(row.card["responsible"]) for row in rows if "responsible" in row.card}
    return {*named, int(given.defaults.get("responsible") or owner.pk)}


def _defaults(given: Import, owner: Employee, people: Mapping[int, Employee]) -> dict[str, Any]:
    wanted = int(given.defaults.get("responsible") or owner.pk)
    return {
        "responsible": people.get(wanted, owner),
        "type": given.defaults.get("type") or "client",
        "language": given.defaults.get("language") or owner.language,
    }


def _values(
    given: Import,
    card: Mapping[str, Any],
    *,
    companies: Mapping[str, Company],
    people: Mapping[int, Employee],
) -> dict[str, Any]:
    values: dict[str, Any] = {name: card[name] for name in PLAIN if name in card}
    if name := card.get("company"):
        values["company"] = companies[str(name)]
    if person := people.get(int(card.get("responsible") or 0)):
        values["responsible"] = person
    if "shared" in card:
        values["is_shared"] = card["shared"]
    if "custom" in card:
        values["custom"] = card["custom"]
    return values


def _fill(contact: Contact, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        merged = {**contact.custom, **value} if name == "custom" else value
        setattr(contact, name, merged)
    steps.index_contact(contact)


def _change(
    haul: Haul, contact: Contact, values: Mapping[str, Any], *, only_empty: bool, at: datetime
) -> None:
    """Change a contact, or one that this stretch brings in, as far as it is asked for."""
    wanted = _empty_only(contact, values) if only_empty else dict(values)
    wanted = {name: value for name, value in wanted.items() if _differs(contact, name, value)}
    if not wanted or contact.pk is None:
        _fill(contact, wanted)
        haul.skipped += 1
        return
    kept = {name: getattr(contact, name) for name in wanted}
    before = {name: _as_json(it) for name, it in kept.items()}
    before["edited_at"] = contact.edited_at.isoformat()
    haul.before[contact.pk] = before | haul.before.get(contact.pk, {})
    _fill(contact, wanted)
    contact.edited_at = at
    haul.changes[contact.pk] = haul.changes.get(contact.pk, {}) | _told(contact, kept)
    haul.changed[contact.pk] = contact


def _told(contact: Contact, kept: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return each changed field with its value before and after, as the journal tells it."""
    plain = {name: it for name, it in kept.items() if name != "custom"}
    told = {name: [str(it or ""), str(getattr(contact, name))] for name, it in plain.items()}
    further = fields.changes(kept["custom"], contact.custom) if "custom" in kept else {}
    return {**told, **further}


def _empty_only(contact: Contact, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what fills a gap; type, language and responsible have none."""
    gaps = {name: it for name, it in values.items() if name in rules.NEEDED or name in _OPTIONAL}
    wanted = {name: it for name, it in gaps.items() if not getattr(contact, name)}
    custom = {
        key: it for key, it in values.get("custom", {}).items() if not contact.custom.get(key)
    }
    return {**wanted, "custom": custom} if custom else wanted


_OPTIONAL = ("position", "comment", "company")


def _differs(contact: Contact, name: str, value: Any) -> bool:
    now: object = getattr(contact, name)
    if name == "custom":
        return {**contact.custom, **value} != dict(contact.custom)
    if name == "comment":
        now = "\n".join(contact.comment.splitlines())
    is_same: bool = now == value
    return not is_same


def _as_json(value: Any) -> Any:
    return value.pk if isinstance(value, Company | Employee) else value


def _leave_what_may_not_be_edited(haul: Haul, owner: Employee) -> None:
    """Somebody may have lost the right, or the contact its place, since the check."""
    seen = Contact.objects.visible_to(owner, Right.EDIT).filter(pk__in=haul.changed)
    allowed = set(seen.values_list("pk", flat=True))
    for number in set(haul.changed) - allowed:
        del haul.changed[number]
        haul.skipped += 1


def _keep(given: Import, haul: Haul, *, owner: Employee, at: datetime) -> None:
    """Write it all: rows, facts, and what is needed to take it back."""
    insert_many(haul.new)
    traces = [Trace(of=given, added=[it.pk for it in haul.new], at=at)] if haul.new else []
    events: list[Event] = [
        ContactImported(it.pk, it.name, given.pk, given.file_name) for it in haul.new
    ]
    for number, contact in haul.changed.items():
        contact.save(update_fields=[*haul.before[number], *steps.INDEXED])
        traces.append(Trace(of=given, contact=number, before=haul.before[number], at=at))
        events.append(ContactUpdatedByImport(number, given.pk, haul.changes[number]))
    insert_many(traces)
    record_many(events, by=owner.actor, at=at)
