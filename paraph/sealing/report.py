"""The answer of a check: what a signed file is worth, in codes, sentences and figures.

Its dictionary is the JSON that `paraph verify --json` prints; pages translate by code.
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

from paraph.sealing.draft import Paper, digest_of
from paraph.sealing.verdicts import REASONS, Verdict, gravest_first, verdict_of


class Trust(StrEnum):
    """Who vouches for the signers: this installation, a given root, or nobody known."""

    KNOWN = "known"
    TRUSTED = "trusted"
    UNKNOWN = "unknown"


class Changes(StrEnum):
    """What was added to the file after a signature."""

    NONE = "none"
    PERMITTED = "permitted"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Change:
    """One place where two versions of a file differ.

    The box is x, y, width and height in points from the top-left corner of the displayed
    page; a page that came or went has none. What concerns no page has no page either.
    """

    page: int | None
    box: tuple[float, float, float, float] | None
    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class SignatureReport:
    """One signature, seal or time stamp of a file, with the SHA-256 of the certificate behind it:
    empty where there is none that can be read.
    """

    field: str
    kind: str
    signer: str
    certificate: str
    time: str | None
    level: str | None
    intact: bool
    covers_whole_file: bool
    trusted: bool
    changes_after: Changes


@dataclass(frozen=True)
class ArchiveReport:
    """What an evidence archive says of itself; ``root`` is the fingerprint of its own root."""

    document: str
    root: str
    facts: int
    checkpoint: str


@dataclass(frozen=True)
class Report:
    """The answer to one file."""

    sha256: str
    codes: tuple[str, ...]
    signatures: tuple[SignatureReport, ...] = ()
    changes: tuple[Change, ...] = ()
    trust: Trust = Trust.UNKNOWN
    file: str = ""
    archive: ArchiveReport | None = None

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.codes)

    def named(self, file: str) -> Self:
        """Return the same report under the name of its file."""
        return dataclasses.replace(self, file=file)

    def as_known(self) -> Self:
        """Return the report of a file whose bytes are registered here."""
        codes = tuple(code for code in self.codes if not code.startswith("signers-"))
        return dataclasses.replace(self, trust=Trust.KNOWN, codes=(*codes, "known-here"))

    def as_unregistered(self) -> Self:
        """Return the report of a file that carries our ID, and is none of our files."""
        return dataclasses.replace(self, codes=gravest_first({*self.codes, "not-registered"}))

    def spoilt(self, sha256: str, *, code: str) -> Self:
        """Return the report of a file that holds more than these signatures cover."""
        good = {"unchanged", "permitted-changes"}
        signatures = tuple(
            dataclasses.replace(each, covers_whole_file=False, changes_after=Changes.FORBIDDEN)
            for each in self.signatures
        )
        codes = gravest_first({*self.codes, code} - good)
        return dataclasses.replace(self, sha256=sha256, codes=codes, signatures=signatures)

    def to_dict(self) -> dict[str, Any]:  # JSON
        """Return the report as the JSON object that commands and API promise."""
        told = {"archive": dataclasses.asdict(self.archive)} if self.archive else {}
        return told | {
            "file": self.file,
            "sha256": self.sha256,
            "verdict": self.verdict.value,
            "trust": self.trust.value,
            "reasons": [{"code": code, "sentence": REASONS[code][1]} for code in self.codes],
            "signatures": [dataclasses.asdict(each) for each in self.signatures],
            "changes": [dataclasses.asdict(each) for each in self.changes],
        }

    @classmethod
    def from_dict(cls, answer: Mapping[str, Any]) -> Self:  # JSON
        """Read a report back from its JSON object."""
        return cls(
            sha256=answer["sha256"],
            codes=tuple(reason["code"] for reason in answer["reasons"]),
            signatures=tuple(_signature(each) for each in answer["signatures"]),
            changes=tuple(_change(each) for each in answer["changes"]),
            trust=Trust(answer["trust"]),
            file=answer["file"],
            archive=ArchiveReport(**answer["archive"]) if "archive" in answer else None,
        )


def _signature(answer: Mapping[str, Any]) -> SignatureReport:  # JSON
    return SignatureReport(**{**answer, "changes_after": Changes(answer["changes_after"])})


def _change(answer: Mapping[str, Any]) -> Change:  # JSON
    box = answer["box"]
    return Change(**{**answer, "box": tuple(box) if box else None})


def unread(data: Paper, *, code: str) -> Report:
    """Report a file of which nothing is known but the reason."""
    return Report(digest_of(data).hexdigest(), (code,))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stated(moment: datetime | None) -> str | None:
    """Write a moment as reports do: in UTC, to the second."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
