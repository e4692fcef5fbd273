"""Lays a document out for signing: certificate page, fields, ID strip, and the first seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph.kit.ids import format_document_id
from paraph.sealing.acts import certify
from paraph.sealing.authority import Authority
from paraph.sealing.draft import Paper, grown
from paraph.sealing.model import Box, Kind, Prepared, Slot
from paraph.sealing.prepare import prepare
from paraph.sealing.prepare_signed import prepare_signed

from .. import seals
from ..certificate.content import (
    CELLS,
    SEALED,
    Subject,
    accountable,
    content_of,
    languages_of,
    signers_of,
    slot_name,
)
from ..certificate.typesetting import Room, typeset
from ..models import Envelope, Field, FieldKind, Party
from .building import Base, Built, built, page_font

FONT_SIZE = 10.0


def prepared(
    base: Base, envelope: Envelope, parties: Sequence[Party], *, authority: Authority, at: datetime
) -> Built:
    """Build the revision that everybody signs, from the document as it was uploaded."""
    laid = (
        _continued(base, parties, at=at)
        if base.document.was_signed
        else _laid(base, envelope, parties, at=at)
    )
    with override(languages_of(parties)[0]):
        reason = _("Laid out for signing")
    sealed = certify(laid.pdf, laid.plan, authority=authority, reason=reason, at=at)
    return built(base, grown(laid.pdf, sealed.tail), sealed.plan)


def _laid(
    base: Base, envelope: Envelope, parties: Sequence[Party], *, at: datetime
) -> Prepared[Paper]:
    """Add the certificate page, the ID strip and every field."""
    signers = signers_of(parties)
    subject = replace(subject_of(base, envelope), sealing=_sealing(signers, at=at))
    page = typeset(content_of(subject, parties))
    with override(languages_of(parties)[0]):
        strip = strip_of(base, envelope)
    return prepare(
        base.opened(),
        slots=[
            *_field_slots(base, signers),
            *_certificate_slots(base, page.rooms, parties),
            *_seal_slots(signers, at=at),
        ],
        parties=[party.key for party in signers],
        strip=strip,
        font=page_font(),
        extra_pages=page.pdf,
    )


def _continued(base: Base, parties: Sequence[Party], *, at: datetime) -> Prepared[Paper]:
    """Append signature fields to a file that came with signatures; nothing else may change."""
    signers = signers_of(parties)
    return prepare_signed(
        base.opened(),
        slots=[*_field_slots(base, signers), *_seal_slots(signers, at=at)],
        parties=[party.key for party in signers],
        font=page_font(),
    )


def subject_of(base: Base, envelope: Envelope) -> Subject:
    """Return what the certificate says of the document; ``base`` is what everybody was shown."""
    document = base.document
    return Subject(
        code=document.code,
        title=document.title,
        page_count=document.page_count,
        sha256=base.revision.sha256,
        company=envelope.company.name if envelope.company else "",
        sent_at=envelope.sent_at or envelope.created_at,
        is_trial=envelope.is_trial,
    )


def strip_of(base: Base, envelope: Envelope) -> str:
    """Return what stands at the edge of each page."""
    named = _("Document ID %(code)s") % {"code": format_document_id(base.document.code)}
    return f"{_('TRIAL')} · {named}" if envelope.is_trial else named


def _field_slots(base: Base, signers: Sequence[Party]) -> Iterator[Slot]:
    fields = Field.objects.filter(document=base.document, party__in=signers)
    for field in fields.select_related("party").order_by("party_id", "page", "y", "x", "id"):
        yield Slot(
            name=field.slot,
            party=field.party.key,
            kind=_kind(field),
            box=Box(field.page, field.x, field.y, field.width, field.height),
            label=str(field),
            required=field.is_required,
            font_size=_font_size(field),
        )


def _kind(field: Field) -> Kind:
    """A file and a detail stand on the page as text."""
    is_text = field.kind in {FieldKind.FILE, FieldKind.CRM}
    return Kind.TEXT if is_text else Kind(field.kind)


def _seal_slots(signers: Sequence[Party], *, at: datetime) -> Iterator[Slot]:
    """A field without a place for each company that can seal beside its signer."""
    sealing = _sealing(signers, at=at)
    for party in signers:
        if party.key in sealing:
            nowhere = Box(1, 0, 0, 0, 0)
            yield Slot(f"{party.key}seal", party.key, Kind.SEAL, nowhere, str(party.company))


def _sealing(signers: Sequence[Party], *, at: datetime) -> frozenset[str]:
    return frozenset(party.key for party in signers if seals.sealing_for(party, at=at))


def _font_size(field: Field) -> float:
    """As large as a low field allows."""
    return max(5.0, min(FONT_SIZE, field.height * 0.72))


def _certificate_slots(
    base: Base, rooms: Sequence[Room], parties: Sequence[Party]
) -> Iterator[Slot]:
    """The places on the certificate page, each of the party that it tells of."""
    words = {cell: str(label) for cell, label, _size in (*CELLS, SEALED)}
    owners = {
        slot_name(party, cell): (party, cell) for party in accountable(parties) for cell in words
    }
    for room in rooms:
        party, cell = owners[room.name]
        yield Slot(
            name=room.name,
            party=party.key,
            kind=Kind.TEXT,
            box=Box(base.document.page_count + room.page, room.x, room.y, room.width, room.height),
            label=words[cell],
            required=False,
            read_only=True,
            font_size=room.size,
        )
