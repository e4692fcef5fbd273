"""What stands in the way of sending a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from django.utils.translation import gettext as _

from paraph.documents.models import Document
from paraph.signing.models import Channel, Envelope, Field, FieldKind, Party, PartyRole, Proof

from .turns import is_named_later, obstacles_of_line
from .values import WORDLESS, WRITTEN


@dataclass(frozen=True)
class Dispatch:
    """An envelope on the table before it is sent, with all that decides whether it can be."""

    envelope: Envelope
    documents: Sequence[Document]
    parties: Sequence[Party]
    fields: Sequence[Field]
    entitled: frozenset[int] = frozenset()  # employees who may sign for the company
    channels: frozenset[str] = frozenset()  # those that somebody carries out of the house
    travelling: Sequence[Document] = field(default=())  # already prepared for another envelope
    needed: Mapping[int, int | None] = field(default_factory=dict)  # of each group


def obstacles_to_sending(dispatch: Dispatch, *, at: datetime) -> list[str]:
    """Say, in words for the sender, everything that still stands in the way."""
    return [
        *_obstacles_of_documents(dispatch),
        *_obstacles_of_choice(dispatch),
        *obstacles_of_line(dispatch.parties, needed=dispatch.needed),
        *(reason for party in dispatch.parties for reason in _obstacles_of(party, dispatch)),
        *_obstacles_of_overlaps(dispatch.fields),
        *_obstacles_of_channels(dispatch),
        *_obstacles_of_time(dispatch.envelope, at=at),
    ]


def _obstacles_of_documents(dispatch: Dispatch) -> list[str]:
    if not dispatch.documents:
        return [_("Choose a document.")]
    return [
        *_obstacles_of_travelling(dispatch),
        *_obstacles_of_signed(dispatch),
        *_obstacles_of_pages(dispatch),
    ]


def _obstacles_of_pages(dispatch: Dispatch) -> list[str]:
    """A document that was made again may be shorter than when its fields were placed."""
    documents = {document.pk: document for document in dispatch.documents}
    beyond = {
        (documents[place.document_id].title, place.page)
        for place in dispatch.fields
        if place.document_id in documents and place.page > documents[place.document_id].page_count
    }
    return [
        _("“%(title)s” has no page %(page)d.") % {"title": title, "page": page}
        for title, page in sorted(beyond)
    ]


def _obstacles_of_signed(dispatch: Dispatch) -> list[str]:
    """In a file that came with signatures all marks of a person become one appearance."""
    signed = {document.pk for document in dispatch.documents if document.was_signed}
    pages: dict[tuple[int, int], set[int]] = {}
    for place in dispatch.fields:
        if place.document_id in signed:
            pages.setdefault((place.party_id, place.document_id), set()).add(place.page)
    scattered = {party for (party, _document), found in pages.items() if len(found) > 1}
    return [
        _("This file carries signatures already: put all fields of %(name)s on one page.")
        % {"name": party.name}
        for party in dispatch.parties
        if party.pk in scattered
    ]


def _obstacles_of_travelling(dispatch: Dispatch) -> list[str]:
    return [
        _("“%(title)s” already travels in another envelope. Upload it again or use it as new.")
        % {"title": document.title}
        for document in dispatch.travelling
    ]


def _obstacles_of_choice(dispatch: Dispatch) -> list[str]:
    reasons = []
    parties = dispatch.parties
    named_later = [party for party in parties if is_named_later(party, parties)]
    open_places = sum(not party.is_chosen and party not in named_later for party in parties)
    if dispatch.envelope.company_id is None:
        reasons.append(_("Choose the company that sends."))
    if not any(party.is_ours for party in dispatch.parties):
        reasons.append(_("Choose who signs for your company."))
        open_places -= 1
    has_client = any(party.contact_id for party in parties)
    if not has_client and (open_places > 0 or not named_later):
        reasons.append(_("Choose the client."))
    elif open_places > 0:
        reasons.append(
            _("Nobody says who takes the open place. Remove it, or remove it and add it again.")
        )
    return reasons


def _obstacles_of(party: Party, dispatch: Dispatch) -> list[str]:
    if not party.is_chosen:
        return []
    reasons = []
    named = {"name": party.name}
    channels = {party.link_channel, party.code_channel}
    if Channel.EMAIL in channels and not party.email:
        reasons.append(_("Add an e-mail address for %(name)s.") % named)
    if Channel.SMS in channels and not party.phone:
        reasons.append(_("Add a phone number for %(name)s.") % named)
    if party.code_channel == Proof.ACCESS and not party.access_mac:
        reasons.append(_("Agree an access code with %(name)s.") % named)
    if party.is_ours and party.is_signer and party.employee_id not in dispatch.entitled:
        reasons.append(_("%(name)s does not hold the right to sign for the company.") % named)
    if party.role == PartyRole.SIGNER and not _has_signature(party, dispatch.fields):
        reasons.append(_("Place a signature field for %(name)s.") % named)
    return reasons


def _obstacles_of_overlaps(fields: Sequence[Field]) -> list[str]:
    """What is written must stay legible: a stamp may lie over it, other words may not."""
    worded = [place for place in fields if place.kind not in WORDLESS]
    pages = {
        one.page
        for one, other in combinations(worded, 2)
        if (one.kind in WRITTEN or other.kind in WRITTEN) and _do_overlap(one, other)
    }
    return [
        _("Two fields lie over each other on page %(page)d: move one of them.") % {"page": page}
        for page in sorted(pages)
    ]


def _do_overlap(one: Field, other: Field) -> bool:
    slack = 1.0  # boxes that touch are side by side
    return (
        (one.document_id, one.page) == (other.document_id, other.page)
        and one.x + slack < other.x + other.width
        and other.x + slack < one.x + one.width
        and one.y + slack < other.y + other.height
        and other.y + slack < one.y + one.height
    )


def _has_signature(party: Party, fields: Sequence[Field]) -> bool:
    return any(
        place.party_id == party.pk and place.kind == FieldKind.SIGNATURE for place in fields
    )


def _obstacles_of_channels(dispatch: Dispatch) -> list[str]:
    used = {
        channel
        for party in dispatch.parties
        for channel in (party.link_channel, party.code_channel)
    }
    how = {
        Channel.EMAIL: _("Nobody carries e-mails yet: see Connections."),
        Channel.SMS: _("No SMS provider is configured: see Connections."),
    }
    missing = (used & set(Channel.values)) - dispatch.channels
    return [how[Channel(name)] for name in sorted(missing)]


def _obstacles_of_time(envelope: Envelope, *, at: datetime) -> list[str]:
    if envelope.deadline_at is not None and envelope.deadline_at <= at:
        return [_("The deadline has passed. Choose a later one.")]
    return []
