"""The check run: what each row of a file would become, without changing the directory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from paraph.batches.kinds import Stretch
from paraph.batches.models import Batch
from paraph.contacts.models import Company, Contact
from paraph.kit.inserting import insert_many
from paraph.kit.search import normalise
from paraph.people.access import Level, Right, Section, reach
from paraph.people.models import Employee

from . import cleaning
from .cleaning import Cleaned
from .columns import further_keys
from .matching import Crowd, Keys, directory
from .models import Duplicates, Import, StagedRow, Verdict
from .records import Kept, records_from

ROWS_AT_ONCE = 500


def check_rows(batch: Batch, at: datetime) -> Stretch:
    """Check the next rows and keep what they would be."""
    given = Import.objects.get(pk=batch.given["import"])
    with translation.override(batch.owner.language):
        first = batch.cursor or 0
        kept, after = records_from(given.records, offset=first, most=ROWS_AT_ONCE)
        if first == 0 and given.has_heading:
            kept = kept[1:]
        staged = _judged(given, kept, owner=batch.owner)
        insert_many(staged)
        refused = [(_named(row), row.why) for row in staged if row.why]
    new = sum(row.verdict == Verdict.NEW for row in staged)
    return Stretch(done=len(kept), changed=new, refused=refused, after=after)


def _named(row: StagedRow) -> str:
    """Name a row so that people find it in their file."""
    words = _("Line %(line)d: %(name)s") if row.name else _("Line %(line)d")
    return words % {"line": row.line, "name": row.name}


def _judged(given: Import, kept: Sequence[Kept], *, owner: Employee) -> list[StagedRow]:
    country = given.defaults.get("country", "FR")
    known = cleaning.known(given.columns, country=country, further=further_keys())
    rows = [cleaning.cleaned(it.line, it.cells, given.columns, known=known) for it in kept]
    _find_companies(rows, owner)
    keys = [Keys.of(row.card) for row in rows]
    there, above = directory(owner, keys), _above(given, keys)
    may_edit = _editable(owner, given, [there.find(it) for it in keys])
    staged = []
    for record, row, key in zip(kept, rows, keys, strict=True):
        same = there.find(key)
        if same is not None and same not in may_edit and not row.reasons:
            row.reasons.append(_("This person is in the directory, and you may not edit them."))
        is_same = same is not None or above.find(key) is not None
        verdict = Verdict.REFUSED if row.reasons else Verdict.SAME if is_same else Verdict.NEW
        staged.append(_staged(given, record, row, key, verdict))
        if verdict is Verdict.NEW:
            above.add(key, True)
    return staged


def _staged(given: Import, record: Kept, row: Cleaned, key: Keys, verdict: Verdict) -> StagedRow:
    is_refused = verdict is Verdict.REFUSED
    return StagedRow(
        of=given,
        line=record.line,
        offset=record.offset,
        verdict=verdict,
        why=" ".join(row.reasons)[:400],
        card={} if is_refused else row.card,
        email="" if is_refused else key.email[:254],
        phone="" if is_refused else key.phone,
        name=row.name[:250] if is_refused else key.name,
    )


def _find_companies(rows: Sequence[Cleaned], owner: Employee) -> None:
    """Refuse a company that is not there where its owner may not add it."""
    if reach(owner, Section.CRM, Right.CREATE) is not Level.NONE:
        return
    names = {normalise(str(row.card["company"]))[:250] for row in rows if "company" in row.card}
    seen = Company.objects.visible_to(owner).clients().filter(sort_key__in=names)
    there = set(seen.values_list("sort_key", flat=True))
    for row in rows:
        name = str(row.card.get("company", ""))
        if name and normalise(name)[:250] not in there:
            row.reasons.append(
                _("There is no company “%s”, and you may not add companies.") % name
            )


def _above(given: Import, keys: Sequence[Keys]) -> Crowd:
    """Return the new people further up in the file whom these rows could be."""
    fits: set[tuple[int, str, str, str]] = set()
    staged = StagedRow.objects.filter(of=given, verdict=Verdict.NEW)
    for name, values in (
        ("email__in", {it.email for it in keys if it.email}),
        ("phone__in", {it.phone for it in keys if it.phone}),
        ("name__in", {it.name for it in keys if it.name}),
    ):
        if values:
            found = staged.filter(**{name: values})
            fits.update(found.values_list("pk", "email", "phone", "name"))
    crowd = Crowd()
    for _number, email, phone, written in sorted(fits):
        crowd.add(Keys(email, phone, written), True)
    return crowd


def _editable(owner: Employee, given: Import, found: Sequence[int | None]) -> set[int]:
    """Return the numbers of those found whom the owner may edit, as far as that matters."""
    numbers = {int(it) for it in found if it is not None}
    if given.duplicates == Duplicates.SKIP or not numbers:
        return numbers
    seen = Contact.objects.visible_to(owner, Right.EDIT).filter(pk__in=numbers)
    return set(seen.values_list("pk", flat=True))
