"""How the installation's keys and certificates stand: for the page about them, and for alarms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.sealing.authority import NAMES

from . import authority
from .models import CompanySeal, TimeSource

SOON = timedelta(days=60)
SILENT = timedelta(days=1)
ROLES: dict[str, Any] = {  # lazy texts
    "root": gettext_lazy("Root: everything rests on it"),
    "issuing": gettext_lazy("Issues a certificate for each signature"),
    "seal": gettext_lazy("Seal of this installation"),
    "responder": gettext_lazy("Answers for certificates (OCSP)"),
    "stamper": gettext_lazy("Time stamps of our own"),
}


@dataclass(frozen=True)
class Held:
    """One certificate that the installation works with."""

    role: str
    subject: str
    valid_from: datetime
    valid_until: datetime
    fingerprint: str
    is_ending: bool


@dataclass(frozen=True)
class Worry:
    """Something that a person should see to; ``key`` stays the same until it changes."""

    key: str
    sentence: str


def certificates(*, at: datetime) -> list[Held]:
    """Return the certificates in use, the root first; nothing before the first start."""
    known = authority.certificates()[: len(NAMES)]
    loaded = [x509.load_pem_x509_certificate(pem) for pem in known]
    return [_held(name, one, at=at) for name, one in zip(NAMES, loaded, strict=False)]


def fingerprint() -> str:
    """Return the root's fingerprint as people compare it; empty before the first start."""
    return next((fingerprint_of(pem) for pem in authority.roots()), "")


def fingerprint_of(pem: bytes) -> str:
    """Return the fingerprint of a certificate in pairs of digits."""
    return x509.load_pem_x509_certificate(pem).fingerprint(SHA256()).hex(":").upper()


def company_seals() -> list[CompanySeal]:
    """Return the certificates that our companies seal with."""
    return list(CompanySeal.objects.in_use().select_related("company").order_by("company"))


def time_sources() -> list[TimeSource]:
    """Return the services of the setting, each with what was heard last."""
    known = {source.url: source for source in TimeSource.objects.filter(url__in=settings.TSA_URLS)}
    return [known.get(url) or TimeSource(url=url) for url in settings.TSA_URLS]


def level() -> str:
    """Say which level new documents reach, honestly."""
    if not settings.TSA_URLS:
        return _(
            "B-LTA with time stamps of this installation alone: they prove the time only to "
            "those who trust this installation. Name an outside service in PARAPH_TSA_URLS."
        )
    if any(source.answered_at and not source.problem for source in time_sources()):
        return _("B-LTA with time stamps of this installation and of an outside service.")
    return _(
        "B-LTA with time stamps of this installation; no outside service answers, so documents "
        "wait up to 24 hours before they are closed."
    )


def worries(*, at: datetime) -> list[Worry]:
    """Return what a person should see to."""
    return [*_endings(at=at), *_seal_worries(at=at), *_silences(at=at)]


def _endings(*, at: datetime) -> Iterator[Worry]:
    for held in certificates(at=at):
        if held.is_ending:
            words = {"name": held.subject, "day": f"{held.valid_until:%Y-%m-%d}"}
            yield Worry(
                f"certificate-{held.fingerprint[:17]}",
                _("The certificate “%(name)s” ends on %(day)s.") % words,
            )


def _seal_worries(*, at: datetime) -> Iterator[Worry]:
    for seal in company_seals():
        words = {"company": seal.company.name, "day": f"{seal.valid_until:%Y-%m-%d}"}
        if seal.problem == "revoked":
            sentence = _("The certificate of %(company)s was revoked: put in another.") % words
            yield Worry(f"seal-revoked-{seal.pk}", sentence)
        elif seal.valid_until <= at:
            sentence = _("The certificate of %(company)s has ended: put in another.") % words
            yield Worry(f"seal-ended-{seal.pk}", sentence)
        elif seal.valid_until - at < SOON:
            sentence = _("The certificate of %(company)s ends on %(day)s.") % words
            yield Worry(f"seal-ending-{seal.pk}", sentence)


def _silences(*, at: datetime) -> Iterator[Worry]:
    for source in time_sources():
        if source.asked_at and (not source.answered_at or at - source.answered_at > SILENT):
            sentence = _("The time-stamp service %(url)s does not answer.") % {"url": source.url}
            yield Worry(f"silent-{source.pk}-{source.asked_at:%G-%V}", sentence)


def _held(name: str, certificate: x509.Certificate, *, at: datetime) -> Held:
    until = certificate.not_valid_after_utc
    subject = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return Held(
        role=str(ROLES[name]),
        subject=str(subject[0].value) if subject else "",
        valid_from=certificate.not_valid_before_utc,
        valid_until=until,
        fingerprint=certificate.fingerprint(SHA256()).hex(":").upper(),
        is_ending=until - at < SOON,
    )
