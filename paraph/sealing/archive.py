"""The check of an evidence archive: the signed file, its facts, and the log that has them.

Everything in the archive comes from whoever sent it, its root certificate too: without a root
from elsewhere the answer is about wholeness, never about trust.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from paraph.sealing.evidence import (
    ACCOUNT,
    CHECKPOINT,
    FORMAT,
    KEY,
    PROOFS,
    ROOT,
    SIGNED,
    evidence_in,
)
from paraph.sealing.report import ArchiveReport, Report, unread
from paraph.sealing.verdicts import gravest_first
from paraph.sealing.verify import verify
from paraph.tlog import proofs
from paraph.tlog.notes import NotSigned, Verifier, opened
from paraph.tlog.tree import NotProven

MAGIC = b"PK\x03\x04"
MOST_FILES = 2000
MOST_BYTES = 400 * 1024 * 1024


class NotEvidence(ValueError):
    """The archive is not one of ours, or holds more than evidence ever does."""


class Differs(ValueError):
    """A part of the archive does not belong to the others."""


@dataclass(frozen=True)
class _Archive:
    """What is in the archive, unpacked."""

    files: Mapping[str, bytes]
    account: Mapping[str, Any]  # JSON

    @property
    def facts(self) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.account["facts"]
        return found


def verify_archive(data: bytes, *, trust: Sequence[bytes]) -> Report:
    """Check an evidence archive against the roots in ``trust``; no archive makes it raise."""
    try:
        archive = _unpacked(data)
        report = verify(archive.files[SIGNED], trust=trust)
        return _judged(report, archive, data=data)
    except MemoryError:
        return unread(data, code="too-large")
    except Exception:  # fail closed: archives are written by anybody
        return unread(data, code="evidence-unreadable")


def verify_blobs(data: bytes, *trust: bytes) -> dict[str, Any]:  # JSON
    """Check as the child process does: the archive, then the roots."""
    return verify_archive(data, trust=trust).to_dict()


def _judged(report: Report, archive: _Archive, *, data: bytes) -> Report:
    """Add to the answer about the signed file whether the rest of the archive belongs to it."""
    codes = set(report.codes)
    try:
        for check in (_files, _facts, _sealed, _logged):
            check(archive)
    except (Differs, NotProven, NotSigned, KeyError, ValueError, TypeError):
        codes |= {"evidence-differs"}
        codes -= {"unchanged", "permitted-changes"}
    else:
        codes |= {"evidence-fits"}
    return replace(
        report,
        sha256=sha256(data).hexdigest(),
        codes=gravest_first(codes),
        archive=_told(archive),
    )


def _unpacked(data: bytes) -> _Archive:
    try:
        with ZipFile(BytesIO(data)) as zipped:
            entries = zipped.infolist()
            size = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_FILES or size > MOST_BYTES:
                raise NotEvidence("larger than evidence ever is")
            files = {entry.filename: zipped.read(entry) for entry in entries}
    except BadZipFile as broken:
        raise NotEvidence("not an archive") from broken
    account = json.loads(files[ACCOUNT])
    if account["format"] != FORMAT or len(files) != len(entries):
        raise NotEvidence("not evidence of a known form")
    return _Archive(files, account)


def _files(archive: _Archive) -> None:
    """Every revision is the beginning of the signed file, and every other file is as listed."""
    signed = archive.files[SIGNED]
    for revision in archive.account["revisions"]:
        name = revision.get("file")
        content = archive.files[name] if name else signed[: revision["size"]]
        if len(content) != revision["size"] or _digest(content) != revision["sha256"]:
            raise Differs("a revision is not the one that was registered")


def _facts(archive: _Archive) -> None:
    """Every fact says what was committed to; one that was erased has only its commitment."""
    for fact in archive.facts:
        if fact.get("erased"):
            continue
        told = bytes.fromhex(fact["salt"]) + fact["text"].encode()
        if (
            _digest(told) != fact["commitment"]
            or json.loads(fact["text"])["event"] != (fact["event"])
        ):
            raise Differs("a fact does not say what was committed to")


def _sealed(archive: _Archive) -> None:
    """What the closing seal covers inside the file is what the archive tells."""
    sealed = evidence_in(archive.files[SIGNED])
    told = {fact["commitment"] for fact in archive.facts}
    if sealed is None or sealed["document"] != archive.account["document"]:
        raise Differs("the signed file is another document")
    if not {fact["commitment"] for fact in sealed["facts"]} <= told:
        raise Differs("a fact that the file was sealed with is missing")
    if sealed["log"]["key"].strip() != archive.files[KEY].decode().strip():
        raise Differs("the log is another one than the file was sealed with")
    opened(sealed["log"]["checkpoint"], by=_key(archive))


def _logged(archive: _Archive) -> None:
    """Every fact with a place in the log is proven to be there."""
    checkpoint = archive.files[CHECKPOINT].decode()
    opened(checkpoint, by=_key(archive))
    for fact in archive.facts:
        if fact.get("index") is None:
            continue
        proof = proofs.read(archive.files[f"{PROOFS}/{fact['index']}.tlog-proof"].decode())
        if proof.index != fact["index"]:
            raise Differs("a proof is of another place")
        proofs.check(proof, entry=bytes.fromhex(fact["commitment"]), by=_key(archive))
    sealed = evidence_in(archive.files[SIGNED])
    indexed = {f["commitment"] for f in archive.facts if f.get("index") is not None}
    if sealed and not {f["commitment"] for f in sealed["facts"] if "index" in f} <= indexed:
        raise Differs("a fact has lost its place in the log")


def _told(archive: _Archive) -> ArchiveReport:
    return ArchiveReport(
        document=str(archive.account.get("document", "")),
        root=_fingerprint(archive.files.get(ROOT, b"")),
        facts=len(archive.facts),
        checkpoint=archive.files.get(CHECKPOINT, b"").decode(errors="replace"),
    )


def _fingerprint(pem: bytes) -> str:
    for certificate in _certificates(pem):
        return certificate.fingerprint(SHA256()).hex(":").upper()
    return ""


def _certificates(pem: bytes) -> Iterator[x509.Certificate]:
    try:
        yield from x509.load_pem_x509_certificates(pem)
    except ValueError:
        return


def _key(archive: _Archive) -> Verifier:
    return Verifier.of(archive.files[KEY].decode())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
