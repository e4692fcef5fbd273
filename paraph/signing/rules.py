"""What may happen when, decided from rows handed in: who is next, what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations

from django.utils.translation import gettext as _

from paraph.documents.models import Document

from . import codes
from .lifecycle import PartyStatus, Status
from .models import Channel, Code, Envelope, Field, FieldKind, Link, Party, PartyRole
from .models import SigningSession as Session

PICTURES = frozenset({FieldKind.SIGNATURE, FieldKind.STAMP, FieldKind.INITIALS})
WRITTEN = frozenset({FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE, FieldKind.CHOICE})
WORDLESS = frozenset({FieldKind.STAMP, FieldKind.INITIALS})
TEXT_LENGTH = 500
REASON_LENGTH = 1000


def next_in_line(parties: Sequence[Party]) -> list[Party]:
    """Return the parties whose turn it is and who were not asked yet.

    People of one group act in parallel; the next group waits until the whole group
    before it is done. Who only receives a copy is never asked.
    """
    to_act = [party for party in parties if party.role != PartyRole.COPY and not party.is_done]
    if not to_act:
        return []
    group = min(party.group for party in to_act)
    return [
        party for party in to_act if party.group == group and party.status == PartyStatus.WAITING
    ]


def is_everyone_done(parties: Sequence[Party]) -> bool:
    """Tell whether the documents can be closed."""
    return all(party.is_done for party in parties if party.role != PartyRole.COPY)


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


def obstacles_to_sending(dispatch: Dispatch, *, at: datetime) -> list[str]:
    """Say, in words for the sender, everything that still stands in the way."""
    return [
        *_obstacles_of_documents(dispatch),
        *_obstacles_of_choice(dispatch),
        *(reason for party in dispatch.parties for reason in _obstacles_of(party, dispatch)),
        *_obstacles_of_overlaps(dispatch.fields),
        *_obstacles_of_channels(dispatch),
        *_obstacles_of_time(dispatch.envelope, at=at),
    ]


def _obstacles_of_documents(dispatch: Dispatch) -> list[str]:
    if not dispatch.documents:
        return [_("Choose a document.")]
    return _obstacles_of_travelling(dispatch) + _obstacles_of_signed(dispatch)


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
    open_places = sum(not party.is_chosen for party in dispatch.parties)
    if dispatch.envelope.company_id is None:
        reasons.append(_("Choose the company that sends."))
    if not any(party.is_ours for party in dispatch.parties):
        reasons.append(_("Choose who signs for your company."))
        open_places -= 1
    if open_places > 0 or not any(party.contact_id for party in dispatch.parties):
        reasons.append(_("Choose the client."))
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
    if party.is_ours and party.employee_id not in dispatch.entitled:
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
        Channel.EMAIL: _("No e-mail server is configured: set PARAPH_SMTP_URL."),
        Channel.SMS: _("No SMS provider is configured: set PARAPH_TWILIO_ACCOUNT."),
    }
    return [how[Channel(name)] for name in sorted(used - dispatch.channels)]


def _obstacles_of_time(envelope: Envelope, *, at: datetime) -> list[str]:
    if envelope.deadline_at is not None and envelope.deadline_at <= at:
        return [_("The deadline has passed. Choose a later one.")]
    return []


def obstacles_to_placing(box: Sequence[float], *, page: int, document: Document) -> list[str]:
    """Say why a box (x, y, width, height) does not fit on that page of the document."""
    if not 1 <= page <= document.page_count:
        return [_("“%(title)s” has no page %(page)d.") % {"title": document.title, "page": page}]
    x, y, width, height = box
    page_width, page_height = document.pages[page - 1]
    slack = 0.5  # a box dragged into the corner may stick out by a rounding
    is_inside = (
        -slack <= x <= x + width <= page_width + slack
        and -slack <= y <= y + height <= page_height + slack
    )
    return (
        []
        if is_inside and width >= 8 and height >= 8
        else [_("The field does not fit on page %(page)d.") % {"page": page}]
    )


def is_link_alive(link: Link, *, at: datetime) -> bool:
    """Tell whether a link opens anything; those of somebody who left here do not."""
    person = link.party.employee
    if person is not None and not person.is_active:
        return False
    return link.revoked_at is None and (link.expires_at is None or at < link.expires_at)


def is_link_locked(link: Link) -> bool:
    """Tell whether the tries of this link are spent, for good."""
    return link.wrong_tries >= codes.TRIES_PER_LINK


def is_session_alive(session: Session, *, at: datetime) -> bool:
    """Tell whether a session still stands for the person: neither idle nor open too long."""
    is_recent = at < session.seen_at + codes.SESSION_IDLE
    return is_recent and at < session.opened_at + codes.SESSION_LIFE


def is_code_alive(code: Code, *, documents_hash: str, at: datetime) -> bool:
    """Tell whether a code can still be entered, for the documents as they are now."""
    return (
        code.used_at is None
        and at < code.expires_at
        and code.wrong_tries < codes.TRIES_PER_CODE
        and code.documents_hash == documents_hash
    )


def tries_left(link: Link, code: Code) -> int:
    """Return how many more digits may be entered for this code."""
    of_code = codes.TRIES_PER_CODE - code.wrong_tries
    return max(0, min(of_code, codes.TRIES_PER_LINK - link.wrong_tries))


def obstacles_to_acting(party: Party, envelope: Envelope, *, at: datetime) -> list[str]:
    """Say why the party can not read, fill or sign just now."""
    ended = {
        Status.DRAFT: _("This document has not been sent."),
        Status.CLOSING: _("Everybody has signed this document."),
        Status.COMPLETED: _("Everybody has signed this document."),
        Status.DECLINED: _("This document was declined."),
        Status.EXPIRED: _("The time to sign this document is over."),
        Status.CANCELLED: _("The sender has called this document back."),
    }
    if reason := ended.get(Status(envelope.status)):
        return [reason]
    if party.is_done or party.is_signing:
        return [_("You have signed this document.")]
    if not party.is_asked:
        return [_("It is not your turn yet. We will write to you.")]
    return _obstacles_of_deadline(envelope, at=at)


def _obstacles_of_deadline(envelope: Envelope, *, at: datetime) -> list[str]:
    if envelope.deadline_at is not None and envelope.deadline_at <= at:
        return [_("The time to sign this document is over.")]
    return []


def missing_fields(fields: Sequence[Field]) -> list[Field]:
    """Return the required places that their party has not filled."""
    return [place for place in fields if place.is_required and not is_filled(place)]


def is_filled(place: Field) -> bool:
    """Tell whether a place has its picture, its tick or its text."""
    return bool(place.picture if place.kind in PICTURES else place.value)


def obstacles_to_signing(fields: Sequence[Field], *, terms: str) -> list[str]:
    """Say, in words for the party, what is missing before signing."""
    reasons = [
        _("Fill in “%(label)s” on page %(page)d.") % {"label": place, "page": place.page}
        for place in missing_fields(fields)
    ]
    if not terms.strip():
        reasons.append(_("Accept the terms first."))
    return reasons


def has_changed(shown: Mapping[int, str], newest: Mapping[int, str]) -> bool:
    """Tell whether what the party looked at is no longer what would be signed."""
    return dict(shown) != dict(newest)


def obstacle_to_value(place: Field, value: str) -> str:
    """Say why a text does not belong into a field; empty when it does."""
    if not value:
        return ""
    if place.kind == FieldKind.CHECKBOX and value != "on":
        return _("This is ticked or not.")
    if place.kind == FieldKind.NUMBER and not re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,6})?", value):
        return _("Write a number, such as 1250 or 12.50.")
    if place.kind == FieldKind.DATE and not _is_date(value):
        return _("Write a date, such as 2026-03-31.")
    if len(value) > TEXT_LENGTH:
        return _("Write at most %(count)d characters.") % {"count": TEXT_LENGTH}
    if any(ord(letter) < 32 and letter != "\n" for letter in value):
        return _("There are characters in it that can not be printed.")
    return ""


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def obstacles_to_declining(party: Party, parties: Sequence[Party], *, reason: str) -> list[str]:
    """Say why the party can not decline now."""
    reasons = [] if reason.strip() else [_("Say in a few words why you decline.")]
    if len(reason) > REASON_LENGTH:
        reasons.append(_("Write at most %(count)d characters.") % {"count": REASON_LENGTH})
    others = [other for other in parties if other.pk != party.pk]
    return reasons + obstacles_to_ending(others)


def obstacles_to_ending(parties: Sequence[Party]) -> list[str]:
    """Say who is signing at this moment: what they have pressed is kept, so wait for it."""
    return [
        _("%(name)s is signing at this moment. Try again in a minute.") % {"name": party.name}
        for party in parties
        if party.is_signing
    ]
