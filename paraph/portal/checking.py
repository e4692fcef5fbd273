"""A file on the check page: known by its hash, or analysed; then said in plain words."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.kit import files, sandbox
from paraph.kit.errors import Refused
from paraph.kit.ids import parse_document_id
from paraph.sealing.model import Plan
from paraph.sealing.report import REASONS, Report, SignatureReport, Trust, Verdict, unread
from paraph.sealing.sandboxed import verify_isolated
from paraph.signing import authority

IDS = re.compile(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]")
MOST_PAGES = 2000
REGISTERED = (RevisionKind.COMPLETED, RevisionKind.ACT, RevisionKind.PREPARED)


@dataclass(frozen=True)
class Signed:
    """One signature or seal, as people read it."""

    signer: str
    is_seal: bool
    at: datetime | None
    level: str
    is_intact: bool
    is_vouched_for: bool

    @classmethod
    def of(cls, found: SignatureReport, *, is_known: bool) -> "Signed":
        return cls(
            found.signer,
            found.kind == "seal",
            datetime.fromisoformat(found.time) if found.time else None,
            found.level or "",
            found.intact,
            found.trusted or is_known,
        )


@dataclass(frozen=True)
class Checked:
    """The answer about one file: the headline, its tone, the report behind it."""

    name: str
    tone: str
    headline: str
    explanation: str
    report: Report
    document: Document | None

    @property
    def reasons(self) -> list[str]:
        """The sentences behind the verdict, to be translated where they are shown.

        What speaks for a file is not said of one that nobody should rely on.
        """
        known = [REASONS[code] for code in self.report.codes]
        return [text for verdict, text in known if self.tone != "bad" or verdict != Verdict.INTACT]

    @property
    def signatures(self) -> list[Signed]:
        """Who signed and what was sealed, in the order of the file; time stamps stay unnamed."""
        is_known = self.report.trust is Trust.KNOWN
        found = [each for each in self.report.signatures if each.kind != "timestamp"]
        return [Signed.of(each, is_known=is_known) for each in found]

    @property
    def persons(self) -> list[Signed]:
        """Who signed, in the order of the file."""
        return [signed for signed in self.signatures if not signed.is_seal]

    @property
    def seals(self) -> list[Signed]:
        """What was sealed without a person, in the order of the file."""
        return [signed for signed in self.signatures if signed.is_seal]

    @property
    def is_sealed_by_known(self) -> bool:
        """Whether each seal is one of this installation, or of another that it trusts."""
        return all(seal.is_vouched_for for seal in self.seals)

    @property
    def covers_whole_file(self) -> bool:
        """Whether nothing of the file lies outside its signatures, seals and time stamps."""
        return any(each.covers_whole_file for each in self.report.signatures)


def checked(content: bytes, *, name: str) -> Checked:
    """Check a file: as one of ours when its bytes or its ID say so, else on its own merits."""
    revision = registered(hashlib.sha256(content).hexdigest())
    document = revision.document if revision else _named_in(content)
    original = _original_of(content, document) if document and not revision else None
    report = _verified(content, original=original).named(name)
    if revision:
        report = report.as_known()
    tone, headline, explanation = _words(report, revision, is_ours=document is not None)
    return Checked(name, tone, headline, explanation, report, document)


def registered(sha256: str) -> Revision | None:
    """Return the registered revision that has these bytes."""
    rows = Revision.objects.filter(sha256=sha256, kind__in=REGISTERED)
    return rows.select_related("document").first()


def _verified(content: bytes, *, original: bytes | None) -> Report:
    """Check the signatures behind walls; where those insisted on fail, open nothing."""
    try:
        walls = sandbox.walls()
    except sandbox.SandboxUnusable:
        return unread(content, code="check-failed")
    return verify_isolated(content, trust=authority.roots(), original=original, walls=walls)


def _named_in(content: bytes) -> Document | None:
    """Return the document of this installation whose ID stands on the file's pages."""
    try:
        pages = sandbox.run(
            "paraph.documents.child.words:extract", [content], first=1, last=MOST_PAGES
        ).files
    except (sandbox.Rejected, sandbox.SandboxUnusable):
        return None
    found = {match for page in pages.values() for match in IDS.findall(page.decode())}
    return Document.objects.filter(code__in=[_code(text) for text in found]).first()


def _code(text: str) -> str:
    try:
        return parse_document_id(text)
    except Refused:
        return ""


def _original_of(content: bytes, document: Document) -> bytes | None:
    """Return what the file should show, if it is made from our file.

    Who knows only the document's ID could else drop an empty page with that ID on it, and
    would be told every word that is missing. The file's inner identifier is on no page.
    """
    newest = document.revisions.filter(kind__in=REGISTERED).order_by("number").last()
    if newest is None:
        return None
    identifier = Plan.from_json(newest.plan).file_id.lower().encode()
    return files.get(newest.sha256) if identifier in content.lower() else None


def _words(report: Report, revision: Revision | None, *, is_ours: bool) -> tuple[str, str, str]:
    """Return tone, headline and explanation for one file."""
    if revision and report.verdict is Verdict.INTACT:
        return _known(revision)
    if report.verdict is Verdict.UNREADABLE:
        return "bad", _("Cannot be read"), _("Nothing can be said about this file.")
    if is_ours or report.verdict in {Verdict.ALTERED, Verdict.BROKEN}:
        text = _("This is not the file that was signed. Do not rely on it.")
        return "bad", _("Changed after signing"), text
    if report.verdict is Verdict.UNSIGNED:
        return "calm", _("Not signed"), _("The file carries no electronic signature.")
    if report.trust is Trust.TRUSTED:
        text = _("It was signed here, but this exact file is not registered.")
        return "calm", _("Unchanged, but not registered here"), text
    text = _("The signatures fit the file, but anybody can make such signatures in any name.")
    return "warn", _("Unchanged, but nobody known here vouches for its signers"), text


def _known(revision: Revision) -> tuple[str, str, str]:
    if revision.kind == RevisionKind.COMPLETED:
        text = _("This is exactly the file that everybody signed and that was sealed here.")
        return "good", _("Unchanged and known here"), text
    text = _("This is exactly a file of ours, but not everybody had signed it yet.")
    return "calm", _("Unchanged and known here, but not finished"), text
