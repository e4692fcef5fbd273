"""A file on the check page: known by its hash, or analysed; then said in plain words."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.utils.translation import gettext as _

from paraph.documents.models import Revision, RevisionKind
from paraph.kit import sandbox
from paraph.sealing.examination import Examination
from paraph.sealing.examining import examine_isolated
from paraph.sealing.report import Trust, unread
from paraph.sealing.verdicts import Verdict
from paraph.signing import authority
from paraph.signing.models import Envelope

from .answers import Checked
from .logged import places_of
from .originals import codes_in, named_in, original_of, registered, words_of

Words = tuple[str, str, str]
Gone = Callable[[str, Sequence[str]], bool]


def checked(
    content: bytes, *, name: str, is_gone: Gone = lambda _digest, _codes: False
) -> Checked:
    """Check a file: as one of ours when its bytes or its ID say so, else on its own merits.

    ``is_gone`` tells of bytes and IDs whether a document of ours had one of these IDs, is no
    longer kept, and never had these bytes.
    """
    digest = hashlib.sha256(content).hexdigest()
    revision = registered(digest)
    words = "" if revision else words_of(content)
    document = revision.document if revision else named_in(words)
    original = None
    if document and not revision:
        original = original_of(content, document, words=words)
    found = _examined(content, original=original)
    report = found.report.named(name)
    if document:
        report = report.as_known() if revision else report.as_unregistered()
    elif is_gone(digest, codes_in(words)):
        report = report.as_unregistered()
    found = replace(found, report=report)
    tone, headline, explanation = _words(found, revision)
    logged = places_of(revision.document) if revision else []
    return Checked(name, tone, headline, explanation, found, document, logged)


def other_roots() -> list[bytes]:
    """Return the further roots that this installation trusts, as PEM."""
    if not settings.PARAPH_TRUST:
        return []
    found = [path.read_bytes() for path in sorted(Path(settings.PARAPH_TRUST).glob("*.pem"))]
    return [content for content in found if _holds_certificates(content)]


def _holds_certificates(content: bytes) -> bool:
    try:
        return bool(x509.load_pem_x509_certificates(content))
    except ValueError:
        return False


def _examined(content: bytes, *, original: bytes | None) -> Examination:
    """Check the signatures behind walls; where those insisted on fail, open nothing."""
    try:
        walls = sandbox.walls()
    except sandbox.SandboxUnusable:
        return Examination(unread(content, code="check-failed"))
    trust = [*authority.roots(), *other_roots()]
    return examine_isolated(content, trust=trust, original=original, walls=walls)


def _words(found: Examination, revision: Revision | None) -> Words:
    """Return tone, headline and explanation for one file."""
    report = found.report
    if revision and report.verdict is Verdict.INTACT:
        return _known(revision)
    if report.verdict is Verdict.UNREADABLE:
        return "bad", _("Cannot be read"), _("Nothing can be said about this file.")
    if report.verdict in {Verdict.ALTERED, Verdict.BROKEN}:
        text = _("This is not the file that was signed. Do not rely on it.")
        return "bad", _("Changed after signing"), text
    if report.verdict is Verdict.UNSIGNED:
        return "calm", _("Not signed"), _("The file carries no electronic signature.")
    if report.trust is Trust.TRUSTED:
        return _trusted(found)
    text = _("The signatures fit the file, but anybody can make such signatures in any name.")
    return "warn", _("Unchanged, but nobody known here vouches for its signers"), text


def _trusted(found: Examination) -> Words:
    """A root of ours vouches for everybody, or one that the administrator chose to trust."""
    vouchers = {each.authority_fingerprint: each.authority for each in found.details}
    names = {name for key, name in vouchers.items() if key and key not in _own_roots()}
    if not names:
        text = _("It was signed here, but this exact file is not registered.")
        return "calm", _("Unchanged, but not registered here"), text
    text = _("Vouched for by %(names)s, which this installation was told to trust.")
    headline = _("Unchanged, and a trusted authority vouches for its signers")
    return "calm", headline, text % {"names": ", ".join(sorted(names))}


def _own_roots() -> set[str]:
    """Return the fingerprints of our roots: a name is easily taken, a fingerprint is not."""
    found = [x509.load_pem_x509_certificate(root) for root in authority.roots()]
    return {root.fingerprint(SHA256()).hex() for root in found}


def _known(revision: Revision) -> Words:
    if revision.kind == RevisionKind.CERTIFICATE:
        text = _("This is exactly the certificate of completion that was sealed here.")
        return "good", _("Unchanged and known here"), _as_trial(revision, text)
    if revision.kind in {RevisionKind.COMPLETED, RevisionKind.RENEWED}:
        text = _("This is exactly the file that everybody signed and that was sealed here.")
        return "good", _("Unchanged and known here"), _as_trial(revision, text)
    text = _("This is exactly a file of ours, but not everybody had signed it yet.")
    headline = _("Unchanged and known here, but not finished")
    return "calm", headline, _as_trial(revision, text)


def _as_trial(revision: Revision, text: str) -> str:
    """Say of what was only tried out that it is no more than that."""
    if not Envelope.objects.filter(documents=revision.document, is_trial=True).exists():
        return text
    trial = _("This is a trial: the document is marked TRIAL and binds nobody.")
    return f"{text} {trial}"
