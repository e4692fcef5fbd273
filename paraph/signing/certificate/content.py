"""What the certificate of completion says, in each language of the envelope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import segno
from babel.dates import format_datetime
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from paraph.kit.ids import format_document_id

from ..lifecycle import PartyStatus
from ..models import Party, PartyRole

Line = tuple[str, Promise, float]

TITLE = _("Certificate of completion")
CHECK = _("Check this document")
TRIAL = _("TRIAL: made for trying Paraph out, without any legal effect")
CELLS: tuple[Line, ...] = (
    ("name", pgettext_lazy("of a person", "Name"), 10.5),
    ("certificate", _("Certificate"), 7.5),
    ("time", _("Signed at (UTC)"), 9),
    ("local", _("Local time"), 9),
    ("proof", _("Proof of identity"), 8.5),
    ("address", _("Network address"), 8.5),
)
# Only where the party's company seals with a certificate of its own.
SEALED: Line = ("sealed", _("Company's electronic seal"), 7.5)
NOTES = (
    _(
        "These are electronic signatures. They are not qualified electronic signatures within "
        "the meaning of Regulation (EU) No 910/2014 (eIDAS). This installation issued each "
        "certificate for one act, after the proof of identity that is stated above."
    ),
    _(
        "To check this document, scan the code or open the address below and drop the file "
        "there: it tells whether anything was changed after signing."
    ),
)
COLOURS = ("#1f6f8b", "#b8622b", "#5b7f3a", "#7a4f9a", "#a83f5b", "#4f5f8f")


@dataclass(frozen=True)
class Subject:
    """The document that is certified."""

    code: str
    title: str
    page_count: int
    sha256: str  # of the original: what everybody was shown
    company: str
    sent_at: datetime
    is_trial: bool
    sealing: frozenset[str] = frozenset()  # keys of the parties whose company seals as well


def languages_of(parties: Sequence[Party]) -> list[str]:
    """Return the languages that the parties read, each once, in the order of the parties."""
    known = [party.language for party in parties if party.is_chosen]
    return list(dict.fromkeys(known)) or [settings.LANGUAGE_CODE]


def signers_of(parties: Sequence[Party]) -> list[Party]:
    """Return those who sign, or could have; who was replaced left their place to another."""
    return [p for p in parties if p.is_signer and p.status != PartyStatus.REPLACED]


def accountable(parties: Sequence[Party]) -> list[Party]:
    """Return those whose acts the certificate accounts for: who signs and who approves."""
    return [p for p in parties if p.role != PartyRole.COPY and p.status != PartyStatus.REPLACED]


def slot_name(party: Party, cell: str) -> str:
    """The name of a party's place on the certificate; ``cell`` is a key of ``CELLS``."""
    return f"{party.key}{cell}"


def content_of(
    subject: Subject, parties: Sequence[Party], entries: Mapping[str, str] | None = None
) -> dict[str, Any]:  # JSON
    """Return everything that page.typ typesets; ``entries`` are values known already, by slot."""
    languages = languages_of(parties)
    url = f"{settings.PARAPH_URL}/verify/{subject.code}"
    copies = [party.name for party in parties if party.role == PartyRole.COPY]
    return {
        "languages": languages,
        "title": _said(TITLE, languages),
        "document": subject.title,
        "trial": _said(TRIAL, languages) if subject.is_trial else [],
        "facts": _facts(subject, languages),
        "qr": _qr(url),
        "check": _said(CHECK, languages),
        "url": url,
        "parties": [
            _party(party, at, languages, entries or {}, sealing=party.key in subject.sealing)
            for at, party in enumerate(accountable(parties))
        ],
        "copy_label": _said(_("Receives a copy"), languages),
        "copies": ", ".join(copies),
        "notes": _notes(languages),
    }


def in_words(moment: datetime, *, zone: str, language: str) -> str:
    """Write a moment as people of that place and language do, with the name of the zone."""
    local = moment.astimezone(ZoneInfo(zone))
    written = format_datetime(local, "d MMMM y, HH:mm:ss", locale=language)
    return f"{written} ({zone})"


def _party(
    party: Party, index: int, languages: list[str], entries: Mapping[str, str], *, sealing: bool
) -> dict[str, Any]:  # JSON
    return {
        "number": index + 1,
        "role": _said(PartyRole(party.role).label, languages),
        "company": party.company.name if party.company else "",
        "colour": COLOURS[index % len(COLOURS)],
        "cells": [
            {
                "slot": slot_name(party, cell),
                "value": entries.get(slot_name(party, cell), ""),
                "label": _said(label, languages),
                "size": size,
                "wide": cell == SEALED[0],
            }
            for cell, label, size in ((*CELLS, SEALED) if sealing else CELLS)
        ],
    }


def _facts(subject: Subject, languages: list[str]) -> list[dict[str, Any]]:  # JSON
    code = format_document_id(subject.code)
    sent = in_words(subject.sent_at, zone=settings.TIME_ZONE, language=languages[0])
    rows: list[tuple[Promise, str, float, bool]] = [
        (_("Document ID"), code, 9, True),
        (_("Pages"), str(subject.page_count), 9, False),
        (_("Sent by"), subject.company, 9, False),
        (_("Sent at"), sent, 9, False),
        (_("SHA-256 of the original"), _in_two(subject.sha256), 7, True),
    ]
    return [
        {"label": _said(label, languages), "value": value, "size": size, "mono": mono}
        for label, value, size, mono in rows
        if value
    ]


def _notes(languages: list[str]) -> list[str]:
    """Return one paragraph a language."""
    spoken = [" ".join(_said(note, [language])[0] for note in NOTES) for language in languages]
    return list(dict.fromkeys(spoken))


def _said(text: "Promise | str", languages: list[str]) -> list[str]:
    """Return the text in each language; a word that two share stands once."""
    written = []
    for language in languages:
        with override(language):
            written.append(str(text))
    return list(dict.fromkeys(written))


def _in_two(digest: str) -> str:
    return f"{digest[:32]}\n{digest[32:]}"


@lru_cache(maxsize=64)
def _qr(url: str) -> str:
    """Draw the address: once for the page in the document and for the certificate beside it.

    Every reader takes every mask; to draw all eight and choose took longer than the page.
    """
    drawn = BytesIO()
    segno.make(url, error="m", mask=0).save(
        drawn, kind="svg", border=0, dark="#1b2733", xmldecl=False
    )
    return drawn.getvalue().decode()
