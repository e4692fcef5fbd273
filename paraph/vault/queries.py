"""What pages, actions and jobs need to know of the vault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from paraph.contacts.models import Contact
from paraph.documents.models import Document, DocumentClass
from paraph.kit.errors import Refused
from paraph.kit.ids import parse_document_id
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee
from paraph.signing.models import Envelope, Party

from .calendar import later
from .models import Hold, Retention, SignedFile, SignedFiles, Tombstone, Trace, is_on_hold

FIRST_DAY = timedelta(days=1)
HORIZON_MONTHS = 15 * 12


def due_files(years: Mapping[str, int], *, at: datetime) -> SignedFiles:
    """Return the files whose retention has ended and that nothing holds."""
    due = Q(pk__in=())
    for document_class, kept in years.items():
        over = later(at, years=-kept)
        due |= Q(document_class=document_class, completed_at__lt=over)
    rows: SignedFiles = SignedFile.objects.filter(due).exclude(is_on_hold())
    return rows.order_by("pk")


def years_in_force(*, at: datetime) -> dict[str, int]:
    """Return the rules that files go by now: a new one waits for a day."""
    rules = Retention.objects.filter(since__lte=at - FIRST_DAY)
    return dict(rules.values_list("document_class", "years"))


@dataclass(frozen=True)
class Month:
    """How much goes in a month, by class; the first has all that is overdue."""

    begins_on: date
    counts: dict[str, int]
    held: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def classes(self) -> list[tuple[str, int]]:
        """How many go of each class; one whose files all stay on hold has nothing to say."""
        return [(str(DocumentClass(name).label), it) for name, it in self.counts.items() if it]


def leaving_by_month(
    files: SignedFiles, years: Mapping[str, int], *, at: datetime, months: int = HORIZON_MONTHS
) -> list[Month]:
    """Return what goes within so many months under these rules, without empty months."""
    first = timezone.localtime(at).date().replace(day=1)
    last = _months_on(first, months)
    counts: dict[date, dict[str, int]] = {}
    held: dict[date, int] = {}
    for document_class, kept in years.items():
        until = later(timezone.make_aware(datetime.combine(last, time())), years=-kept)
        for month, number, stays in _completed(files, document_class, until=until):
            goes = max(month.replace(year=month.year + kept), first)
            of_class = counts.setdefault(goes, {})
            of_class[document_class] = of_class.get(document_class, 0) + number - stays
            held[goes] = held.get(goes, 0) + stays
    return [Month(month, counts[month], held[month]) for month in sorted(counts)]


def _completed(
    files: SignedFiles, document_class: str, *, until: datetime
) -> Sequence[tuple[date, int, int]]:
    """Return by month how many files of a class were completed, and how many are on hold."""
    rows = files.filter(document_class=document_class, completed_at__lt=until)
    stays = Count("pk", filter=is_on_hold())
    found = (
        rows.order_by()
        .values(month=TruncMonth("completed_at"))
        .annotate(number=Count("pk"), stays=stays)
    )
    return [(it["month"].date(), it["number"], it["stays"]) for it in found]


def _months_on(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def holds_within(person: Employee, right: Right) -> QuerySet[Hold]:
    """Return the holds on what the person's right to the vault reaches."""
    files = SignedFile.objects.visible_to(person, right)
    contacts = scope(Contact.objects.all(), person, Section.VAULT, right)
    envelopes = scope(Envelope.objects.all(), person, Section.VAULT, right)
    return Hold.objects.filter(
        Q(document__in=files.values("document"))
        | Q(envelope__in=envelopes.values("pk"))
        | Q(contact__in=contacts.values("pk"))
    )


def holds_of(noun: str, pk: int) -> list[Hold]:
    """Return the holds on one envelope or contact themselves."""
    return list(Hold.objects.filter(**{noun: pk}).select_related("placed_by"))


def holds_on(document: Document, envelope: Envelope) -> list[Hold]:
    """Return every hold that keeps a document: its own, its envelope's, its parties'."""
    people = Party.objects.filter(envelope=envelope).exclude(contact=None).values("contact")
    keeping = Q(document=document) | Q(envelope=envelope) | Q(contact__in=people)
    return list(Hold.objects.filter(keeping).select_related("placed_by", "contact"))


def tombstone_of(code: str) -> Tombstone | None:
    """Return what is left of the document with this ID, as people type it."""
    try:
        return Tombstone.objects.filter(code=parse_document_id(code)).first()
    except Refused:
        return None


def was_never_ours(sha256: str, codes: Sequence[str]) -> bool:
    """Tell of bytes that carry the ID of a document that is gone whether it never had them."""
    here = Tombstone.objects.filter(code__in=codes).exists()
    return here and not Trace.objects.filter(sha256=sha256).exists()


def tombstone_with(sha256: str) -> Tombstone | None:
    """Return what is left of the document that had these bytes."""
    trace = Trace.objects.filter(sha256=sha256).select_related("tombstone").first()
    return trace.tombstone if trace else None
