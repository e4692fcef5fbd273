"""The certificate of completion as a file of its own, tagged and sealed. A document that came with
signatures has no other: no page can be added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cryptography import x509
from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph.documents.models import RevisionKind
from paraph.sealing import acts, release
from paraph.sealing.authority import Authority
from paraph.sealing.draft import grown
from paraph.sealing.prepare import prepare

from .. import queries
from ..certificate.content import SEALED, accountable, content_of, languages_of, slot_name
from ..certificate.entries import entries_of, entries_without_act, sealed_entry
from ..certificate.typesetting import typeset
from ..models import Act, Envelope, Party
from .building import Base, Built, built, page_font
from .preparing import strip_of, subject_of

SEALS = 2  # one certifies, one closes


def certificate(
    base: Base,
    envelope: Envelope,
    parties: Sequence[Party],
    *,
    evidence: bytes,
    authority: Authority,
    at: datetime,
) -> Built:
    """Build the sealed certificate of a document that everybody has signed."""
    language = languages_of(parties)[0]
    shown = base.document.revisions.filter(
        kind__in=[RevisionKind.UPLOADED, RevisionKind.ORIGINAL]
    ).latest("number")
    entries = _entries(envelope, language)
    subject = subject_of(Base(base.document, shown), envelope)
    keys = {party.key for party in parties if slot_name(party, SEALED[0]) in entries}
    content = content_of(replace(subject, sealing=frozenset(keys)), parties, entries)
    with override(language):
        strip, reason = strip_of(base, envelope), _("Certificate of completion")
    laid = prepare(typeset(content).pdf, slots=[], parties=[], strip=strip, font=page_font())
    first = acts.certify(laid.pdf, laid.plan, authority=authority, reason=reason, at=at)
    certified = laid.pdf + first.tail
    proof = acts.Last(evidence=evidence, reason=reason)
    last = acts.close(certified, first.plan, proof, authority=authority, at=at)
    closed = certified + last.tail
    release.check(closed, expected={}, signatures=SEALS)
    return built(base, closed, last.plan)


def renewed_certificate(base: Base, *, authority: Authority, at: datetime) -> Built | None:
    """Build the certificate of completion with a fresh time stamp, to come before its document;
    none where there is no certificate, or every field that was prepared is used.
    """
    kept = queries.certificate_of(base.document)
    if kept is None:
        return None
    old = Base(base.document, kept)
    paper = old.opened()
    try:
        fresh = acts.renew(paper, old.plan, authority=authority, at=at)
    except acts.NoTimeFieldLeft:
        return None
    paper = grown(paper, fresh.tail)
    release.check(paper, expected={}, signatures=SEALS)
    return replace(built(old, paper, fresh.plan), after=base.revision.number)


def following(completed: Built, certificate: Built | None) -> Built:
    """Return the completed document with the number that it gets after its certificate."""
    return replace(completed, after=certificate.after + 1) if certificate else completed


def _entries(envelope: Envelope, language: str) -> dict[str, str]:
    """Return what the acts tell, by slot."""
    said: dict[str, str] = {}
    sealed = Act.objects.filter(party__envelope=envelope, sealed_at__isnull=False)
    for act in sealed.select_related("party__employee", "session"):
        leaf = x509.load_pem_x509_certificate(act.certificate.encode())
        # The moment that the page in the document tells: it was kept a little later.
        serial, at = f"{leaf.serial_number:040X}", leaf.not_valid_before_utc
        said |= entries_of(act, serial=serial, language=language, at=at)
        if act.company_certificate:
            seal = x509.load_pem_x509_certificate(act.company_certificate.encode())
            said |= sealed_entry(act.party, seal)
    for party in accountable(queries.parties_of(envelope)):
        if not party.has_signed:
            said |= entries_without_act(party, language=language)
    return said
