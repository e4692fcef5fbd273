"""The answer of a check: what a signed file is worth, in codes, sentences and figures.

Its dictionary is the JSON that `paraph verify --json` prints; pages translate by code.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

from paraph.sealing.draft import Paper, digest_of


class Verdict(StrEnum):
    """What became of the signed bytes."""

    INTACT = "intact"
    ALTERED = "altered"
    BROKEN = "broken"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


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


def _(sentence: str) -> str:
    """Mark a sentence for the translators; pages translate it when they show it."""
    return sentence


REASONS: dict[str, tuple[Verdict, str]] = {
    "signed-bytes-changed": (
        Verdict.BROKEN,
        _("The bytes that were signed have been changed since."),
    ),
    "signature-invalid": (
        Verdict.BROKEN,
        _("A signature was not made with the key of the certificate it shows."),
    ),
    "signature-unreadable": (Verdict.BROKEN, _("A signature of this file cannot be read.")),
    "signature-form-unknown": (
        Verdict.BROKEN,
        _("A signature is of a form that cannot be checked here."),
    ),
    "weak-digest": (
        Verdict.BROKEN,
        _("A signature rests on a hash function that can be forged today."),
    ),
    "byte-range": (
        Verdict.BROKEN,
        _("A signature leaves out bytes other than its own place in the file."),
    ),
    "padding": (Verdict.BROKEN, _("The place of a signature holds more than the signature.")),
    "certificate-changed": (
        Verdict.BROKEN,
        _("A certificate that a signature brings along is not as it was issued."),
    ),
    "time-stamp-invalid": (Verdict.BROKEN, _("A time stamp does not belong to what it stamps.")),
    "revision-not-covered": (
        Verdict.ALTERED,
        _("A signature does not cover the whole version of the file that it signed."),
    ),
    "forbidden-changes": (
        Verdict.ALTERED,
        _("After a signature, something was changed that its signer did not allow."),
    ),
    "changes-unreadable": (
        Verdict.ALTERED,
        _("What was added after a signature cannot be read."),
    ),
    "bytes-after-end": (
        Verdict.ALTERED,
        _("Bytes were added after the last signed version of the file."),
    ),
    "signature-removed": (
        Verdict.ALTERED,
        _("The file holds a signature that it no longer shows."),
    ),
    "looks-different": (
        Verdict.ALTERED,
        _("The pages show something else than when they were signed."),
    ),
    "evidence-differs": (
        Verdict.BROKEN,
        _("What the archive tells does not belong to the signed file in it."),
    ),
    "differs-from-original": (
        Verdict.ALTERED,
        _("The pages differ from those of the original."),
    ),
    "not-registered": (
        Verdict.ALTERED,
        _("It carries the ID of a document registered here, but is none of its files."),
    ),
    "not-a-pdf": (Verdict.UNREADABLE, _("The file is not a PDF.")),
    "encrypted": (Verdict.UNREADABLE, _("The file opens only with a password.")),
    "damaged": (Verdict.UNREADABLE, _("The file is damaged and cannot be read.")),
    "cannot-open": (Verdict.UNREADABLE, _("There is no such file, or it may not be opened.")),
    "too-slow": (Verdict.UNREADABLE, _("Reading the file took too long.")),
    "too-large": (Verdict.UNREADABLE, _("The file needs too much memory to be read.")),
    "check-failed": (Verdict.UNREADABLE, _("The check of the file did not come to an end.")),
    "evidence-unreadable": (
        Verdict.UNREADABLE,
        _("This archive is not evidence that Paraph writes, or it is damaged."),
    ),
    "no-signature": (Verdict.UNSIGNED, _("The file carries no signature.")),
    "permitted-changes": (
        Verdict.INTACT,
        _("What was added after a signature is what its signer allowed."),
    ),
    "unchanged": (Verdict.INTACT, _("Nothing was changed since it was signed.")),
    "hybrid-file": (
        Verdict.INTACT,
        _("The file is written in a mixed form, so it was read by more lenient rules."),
    ),
    "old-digest": (
        Verdict.INTACT,
        _("A signature uses SHA-1, which new signatures should no longer use."),
    ),
    "evidence-fits": (
        Verdict.INTACT,
        _("The file was sealed with the facts in the archive, and the log has them."),
    ),
    "known-here": (Verdict.INTACT, _("The file is registered here.")),
    "signers-trusted": (
        Verdict.INTACT,
        _("A trusted authority vouches for everybody who signed."),
    ),
    "signers-unknown": (
        Verdict.INTACT,
        _("Nobody known here vouches for everybody who signed."),
    ),
}
"""Each reason with the verdict it leads to by itself, and its sentence in English."""

_GRAVITY = (
    Verdict.BROKEN,
    Verdict.ALTERED,
    Verdict.UNREADABLE,
    Verdict.UNSIGNED,
    Verdict.INTACT,
)


def verdict_of(codes: Iterable[str]) -> Verdict:
    """Return the gravest verdict that the reasons lead to; intact when there are none."""
    verdicts = [REASONS[code][0] for code in codes]
    return min(verdicts, key=_GRAVITY.index, default=Verdict.INTACT)


def gravest_first(codes: Iterable[str]) -> tuple[str, ...]:
    """Put the reasons that decide first, each kind in the order of the table."""
    table = list(REASONS)
    return tuple(
        sorted(codes, key=lambda code: (_GRAVITY.index(REASONS[code][0]), table.index(code)))
    )


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
    """One signature, seal or time stamp of a file."""

    field: str
    kind: str
    signer: str
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
