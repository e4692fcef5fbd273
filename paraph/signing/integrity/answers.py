"""The answer about one file as its page shows it: who signed, which versions, what changed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from paraph.documents.models import Document
from paraph.sealing.examination import Certificate, Detail, Examination
from paraph.sealing.report import Changes, Report, SignatureReport, Trust
from paraph.sealing.verdicts import REASONS, Verdict

from .logged import LogPlace
from .told import Compared, Told, compared, told


@dataclass(frozen=True)
class Signed:
    """One signature, seal or time stamp, as people read it."""

    signer: str
    kind: str
    at: datetime | None
    level: str
    is_intact: bool
    is_vouched_for: bool
    covers_whole_file: bool
    changes_after: Changes
    detail: Detail | None

    @property
    def certificate(self) -> Certificate | None:
        return self.detail.certificate if self.detail else None

    @property
    def is_followed(self) -> bool:
        """Whether permitted additions came after it."""
        return self.changes_after is Changes.PERMITTED

    @property
    def is_overruled(self) -> bool:
        """Whether something came after it that its signer had not allowed."""
        return self.changes_after is Changes.FORBIDDEN


@dataclass(frozen=True)
class Version:
    """The file as it was when somebody signed it."""

    number: int
    length: int
    sha256: str
    signers: Sequence[Signed]


@dataclass(frozen=True)
class Checked:
    """The answer about one file: the headline, its tone, and what it rests on."""

    name: str
    tone: str
    headline: str
    explanation: str
    examination: Examination
    document: Document | None
    logged: Sequence[LogPlace] = ()

    @property
    def report(self) -> Report:
        return self.examination.report

    @property
    def reasons(self) -> list[str]:
        """The sentences behind the verdict, to be translated where they are shown.

        What speaks for a file is not said of one that nobody should rely on.
        """
        known = [REASONS[code] for code in self.report.codes]
        return [text for verdict, text in known if self.tone != "bad" or verdict != Verdict.INTACT]

    @cached_property
    def signatures(self) -> list[Signed]:
        """Who signed, what was sealed and stamped, in the order of the file."""
        return list(self._signed())

    def _signed(self) -> Iterator[Signed]:
        is_known = self.report.trust is Trust.KNOWN
        details = list(self.examination.details)
        for number, found in enumerate(self.report.signatures):
            detail = details[number] if number < len(details) else None
            yield _signed(found, detail, is_known=is_known)

    @property
    def persons(self) -> list[Signed]:
        """Who signed, in the order of the file."""
        return [signed for signed in self.signatures if signed.kind == "signature"]

    @property
    def seals(self) -> list[Signed]:
        """What was sealed without a person, in the order of the file."""
        return [signed for signed in self.signatures if signed.kind == "seal"]

    @property
    def stamps(self) -> list[Signed]:
        """The time stamps on the whole file."""
        return [signed for signed in self.signatures if signed.kind == "timestamp"]

    @property
    def is_sealed_by_known(self) -> bool:
        """Whether each seal is one of this installation, or of another that it trusts."""
        return all(seal.is_vouched_for for seal in self.seals)

    @property
    def covers_whole_file(self) -> bool:
        """Whether nothing of the file lies outside its signatures, seals and time stamps."""
        return any(each.covers_whole_file for each in self.report.signatures)

    @cached_property
    def versions(self) -> list[Version]:
        """The file as each person and each seal signed it, oldest first."""
        made = [each.detail for each in self.signatures if each.kind != "timestamp"]
        lengths = sorted({detail.length for detail in made if detail})
        return [
            self._version(number, length)
            for number, length in enumerate(lengths, start=1)
            if length
        ]

    def _version(self, number: int, length: int) -> Version:
        made = [each for each in self.signatures if each.detail and each.detail.length == length]
        detail = made[0].detail
        return Version(number, length, detail.sha256 if detail else "", made)

    @cached_property
    def changes(self) -> list[Told]:
        """What was changed, in plain words."""
        return told(self.report.changes)

    @cached_property
    def pages(self) -> list[Compared]:
        """The changed pages, before and now."""
        return compared(self.examination.sheets)

    @property
    def as_json(self) -> str:
        """The report as machines read it, to be copied."""
        return json.dumps(self.report.to_dict(), indent=2, ensure_ascii=False)


def _signed(found: SignatureReport, detail: Detail | None, *, is_known: bool) -> Signed:
    return Signed(
        found.signer,
        found.kind,
        datetime.fromisoformat(found.time) if found.time else None,
        found.level or "",
        found.intact,
        found.trusted or is_known,
        found.covers_whole_file,
        found.changes_after,
        detail,
    )
