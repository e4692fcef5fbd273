"""The facts of keys and seals: what the house itself did to a document, or could not do."""

from __future__ import annotations

from dataclasses import dataclass

from paraph.journal.events import Event, LoggedEvent


@dataclass(frozen=True)
class AuthorityKept(LoggedEvent):
    """The installation's certificate authority was made, or its daily certificates renewed."""

    name = "authority.kept"
    fingerprint: str  # SHA-256 of the root certificate


@dataclass(frozen=True)
class CertificateIssued(LoggedEvent):
    """A certificate was issued for one act, before anything was signed with it."""

    name = "certificate.issued"
    envelope_id: int
    party_id: int
    act_id: int
    party: str
    serial: str


@dataclass(frozen=True)
class EnvelopeDoubted(LoggedEvent):
    """A second look at the completed file did not agree: its links were revoked."""

    name = "envelope.doubted"
    envelope_id: int
    title: str
    reasons: list[str]


@dataclass(frozen=True)
class EnvelopeStuck(Event):
    """What ought to be done with the envelope was tried many times in vain; it is still tried."""

    name = "envelope.stuck"
    envelope_id: int
    title: str


@dataclass(frozen=True)
class CompanySealAdded(LoggedEvent):
    """A company of ours was given its own certificate; from now on it seals what is signed."""

    name = "company.seal-added"
    company_id: int
    subject: str
    fingerprint: str


@dataclass(frozen=True)
class CompanySealRemoved(LoggedEvent):
    """A company's certificate is not used any more; what it sealed stays sealed."""

    name = "company.seal-removed"
    company_id: int
    subject: str
    fingerprint: str


@dataclass(frozen=True)
class CompanySealed(LoggedEvent):
    """A company sealed with its own certificate beside the signature of who signed for it."""

    name = "company.sealed"
    envelope_id: int
    party_id: int
    act_id: int
    company: str
    subject: str
    fingerprint: str


@dataclass(frozen=True)
class DocumentsStamped(LoggedEvent):
    """A time-stamp service outside stamped what had been signed without it."""

    name = "envelope.time-stamped"
    envelope_id: int
    stamped_by: str


@dataclass(frozen=True)
class StampRenewed(LoggedEvent):
    """A completed document got a fresh time stamp, before the last one could age."""

    name = "document.stamp-renewed"
    document_id: int
    envelope_id: int
    stamped_by: str
