"""Documents are made from templates here, and made again with the number that they have.

A number is given in the transaction that stores its document, so that none is ever missing. The
bytes, on which the number stands, are made before: whoever finds that another document took the
number meanwhile makes them once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph import journal
from paraph.journal.actors import Actor
from paraph.kit import db, files, ids
from paraph.kit.faults import fault_point
from paraph.people.models import Employee

from .. import cache
from ..choices import Order
from ..events import DocumentGenerated, DocumentRegenerated
from ..filling import with_typed
from ..gathering import Known, gathered, known_names
from ..making import Made, make
from ..models import (
    Document,
    DocumentSource,
    Generated,
    IssuedNumber,
    Revision,
    RevisionKind,
    Series,
    TemplateVersion,
)
from ..numbering import Upcoming, upcoming
from ..refusals import CannotGenerate

_LONGEST_TITLE = 200


class NumberTaken(Exception):
    """Another document got the number while the bytes of this one were made."""


def generate_document(order: Order, *, responsible: Employee, by: Actor, at: datetime) -> Document:
    """Make a document of a deal and give it the next number; raises ``CannotUse``."""
    _require_usable(order)
    with _one_at_a_time(order.template.series):
        while True:
            number = next_number(order, at=at)
            made = make_for(order, number=number.text if number else "", at=at)
            document = _described(order, made, number, responsible=responsible, at=at)
            try:
                _keep(document, order, made, number, by=by, at=at)
            except NumberTaken:
                continue
            return document


def regenerate_document(document: Document, order: Order, *, by: Actor, at: datetime) -> None:
    """Make a document anew from what its deal says now; its number and its day stay."""
    _require_usable(order)
    made = make_for(order, number=document.number, at=at, on=document.generated.made_on)
    _keep_again(document, order, made, by=by, at=at)


def make_for(order: Order, *, number: str, at: datetime, on: date | None = None) -> Made:
    """Make the bytes of a document and store nothing: what a preview shows."""
    known = known_for(order, number=number, at=at, on=on)
    version = newest_version(order)
    return make(order.template, version, known, title=title_of(order, number))


def known_for(order: Order, *, number: str, at: datetime, on: date | None = None) -> Known:
    """Return what a document would say, with what was typed over it."""
    known = gathered(order.deal, on=on or today(at), language=order.language, number=number)
    return with_typed(known, order.typed, known_names())


def next_number(order: Order, *, at: datetime) -> Upcoming | None:
    """Return the number that a document made now would get, where its template has a series."""
    if order.template.series_id is None:
        return None
    return upcoming(Series.objects.get(pk=order.template.series_id), today(at))


def newest_version(order: Order) -> TemplateVersion | None:
    """Return the file that a document is made of; a built-in template has none."""
    return order.template.versions.first()


def title_of(order: Order, number: str) -> str:
    """Return what a document is called, in its language: its template, its number, its client."""
    client = order.deal.client or order.deal.contact
    with override(order.language):
        name = " ".join(filter(None, (str(order.template), number)))
    return (f"{name} – {client}" if client else name)[:_LONGEST_TITLE]


def today(at: datetime) -> date:
    """Return the day that stands on a document made now: that of the installation."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _require_usable(order: Order) -> None:
    template = order.template
    if not template.is_active or not template.is_usable:
        raise CannotGenerate(_("“%s” cannot be used now. Choose another template.") % template)


@contextmanager
def _one_at_a_time(series: Series | None) -> Iterator[None]:
    """Let those who want a number of the same series wait for each other on this machine.

    It saves making bytes in vain; that no number is given twice does not depend on it.
    """
    if series is None:
        yield
        return
    with cache.only_one(f"series-{series.pk}", is_lasting=True):
        yield


def _described(
    order: Order,
    made: Made,
    number: Upcoming | None,
    *,
    responsible: Employee,
    at: datetime,
) -> Document:
    text = number.text if number else ""
    document = Document(
        code=ids.document_id(),
        title=title_of(order, text),
        responsible=responsible,
        is_shared=order.deal.is_shared,
        pages=made.pages,
        source=DocumentSource.GENERATED,
        template=order.template,
        deal=order.deal,
        number=text,
        created_at=at,
    )
    document.make_searchable(document.title, document.code, sort_by=document.title)
    return document


def _keep(
    document: Document,
    order: Order,
    made: Made,
    number: Upcoming | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Store the bytes, then everything about them at once."""
    generated = Generated(docx=files.put(made.docx) if made.docx else "", made_on=today(at))
    _fill(generated, order, made, at=at)
    revision = _revision(made, at=at)
    _store(document, (generated, revision), number, by=by, at=at)


@db.transaction
def _store(
    document: Document,
    parts: tuple[Generated, Revision],
    number: Upcoming | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    document.save()
    if number is not None:
        _take_number(document, number, at=at)
    for part in parts:
        part.document = document
        part.save()
    fault_point("number-taken")
    deal, sha256 = document.deal, parts[1].sha256
    generated = DocumentGenerated(
        document_id=document.pk,
        template_id=document.template_id or 0,
        title=document.title,
        number=document.number,
        sha256=sha256,
        deal_id=document.deal_id,
        contact_id=deal.contact_id if deal else None,
        company_id=deal.client_id if deal else None,
    )
    journal.record(generated, by=by, at=at)


@db.transaction_required
def _take_number(document: Document, number: Upcoming, *, at: datetime) -> None:
    """Give the document the number that stands on it, if it is still the next one."""
    template = document.template
    series = template.series if template else None
    if series is None:
        raise NumberTaken
    series.lock()
    if upcoming(series, today(at)) != number:
        raise NumberTaken
    IssuedNumber.objects.create(
        series=series,
        period=number.period,
        value=number.value,
        text=number.text,
        document=document,
        title=document.title,
        issued_at=at,
    )
    series.period, series.next = number.period, number.value + series.step
    series.save(update_fields=["period", "next"])


def _keep_again(document: Document, order: Order, made: Made, *, by: Actor, at: datetime) -> None:
    docx = files.put(made.docx) if made.docx else ""
    _store_again(document, order, (made, docx, _revision(made, at=at)), by=by, at=at)


@db.transaction
def _store_again(
    document: Document,
    order: Order,
    result: tuple[Made, str, Revision],
    *,
    by: Actor,
    at: datetime,
) -> None:
    document.lock()
    made, docx, revision = result
    newest = document.revisions.latest("number")
    if document.frozen_at or newest.kind != RevisionKind.ORIGINAL:
        raise CannotGenerate(
            _("“%s” is being signed, or was: it stays as it is.") % document.title
        )
    generated = document.generated
    generated.docx, generated.times = docx, generated.times + 1
    _fill(generated, order, made, at=at)
    generated.save()
    revision.document, revision.number = document, newest.number + 1
    revision.save()
    document.pages = made.pages
    document.save(update_fields=["pages"])
    again = DocumentRegenerated(
        document_id=document.pk,
        template_id=order.template.pk,
        title=document.title,
        number=document.number,
        sha256=revision.sha256,
        deal_id=document.deal_id,
    )
    journal.record(again, by=by, at=at)


def _fill(generated: Generated, order: Order, made: Made, *, at: datetime) -> None:
    generated.version = newest_version(order)
    generated.language = order.language
    generated.values = dict(made.values)
    generated.typed = dict(order.typed)
    generated.made_at = at


def _revision(made: Made, *, at: datetime) -> Revision:
    sha256 = files.put(made.pdf)
    kind = RevisionKind.ORIGINAL
    return Revision(number=1, kind=kind, sha256=sha256, size=len(made.pdf), created_at=at)
