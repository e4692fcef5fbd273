"""`paraph verify`: checks signed files without server, database or network."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from cryptography import x509

from paraph.sealing import trust_list
from paraph.sealing.examination import Detail, Examination
from paraph.sealing.examining import examine_isolated
from paraph.sealing.report import (
    ArchiveReport,
    Change,
    Report,
    SignatureReport,
    Trust,
    sha256,
    unread,
)
from paraph.sealing.sandboxed import verify_isolated
from paraph.sealing.trust_list import Service
from paraph.sealing.verdicts import Verdict
from paraph.sealing.wording import told

WRONGLY_CALLED = 64
_STATUS = {
    Verdict.INTACT: 0,
    Verdict.ALTERED: 1,
    Verdict.BROKEN: 1,
    Verdict.UNSIGNED: 2,
    Verdict.UNREADABLE: 3,
}
EMPTY = sha256(b"")
_WORST_FIRST = (1, 3, 2, 0)

_HEADLINES = {
    Verdict.INTACT: "unchanged since it was signed",
    Verdict.ALTERED: "CHANGED after signing",
    Verdict.BROKEN: "BROKEN, a signature does not hold",
    Verdict.UNSIGNED: "not signed",
    Verdict.UNREADABLE: "cannot be read",
}


class _Parser(argparse.ArgumentParser):
    """Ends with a status of its own: 2 would say that a file is unsigned."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONGLY_CALLED, f"{self.prog}: {message}\n")


def main(argv: Sequence[str]) -> int:
    """Check the files that the arguments name; return the exit status of the worst."""
    parser = _parser()
    options = parser.parse_args(argv)
    trusted, files = _sorted_out([path for group in options.trust for path in group])
    files = [*options.files, *files]
    if not files:
        parser.error("name at least one file")
    try:
        trust = [_root(path) for path in trusted]
        signers = [one for path in options.list_signer for one in _certificates(path)]
        services = [one for it in options.trust_list for one in _services(it, signers)]
        original = options.original.read_bytes() if options.original else None
    except (OSError, ValueError) as refusal:
        parser.error(str(refusal))
    basis = Basis([*trust, *(one.der for one in services)], original, _names_of(services))
    return _checked_all(files, basis=basis, options=options)


@dataclass(frozen=True)
class Basis:
    """What files are checked against; the names are those of services on trusted lists."""

    trust: Sequence[bytes]
    original: bytes | None
    names: Mapping[str, str]


def _certificates(path: Path) -> Sequence[x509.Certificate]:
    content = _root(path)
    if b"-----BEGIN" in content:
        return x509.load_pem_x509_certificates(content)
    return [x509.load_der_x509_certificate(content)]


def _services(path: Path, signers: Sequence[x509.Certificate]) -> Sequence[Service]:
    """Read a trusted list, and say on the side whose it is and how old."""
    if not signers:
        raise ValueError(
            f"{path} counts only if its operator signed it: name the certificate that the "
            "operator publishes for this, --list-signer PEM"
        )
    try:
        listed = trust_list.read(path.read_bytes(), signers=signers)
    except trust_list.ListNotSigned as refusal:
        raise ValueError(f"{path} is not believed: {refusal}") from refusal
    sys.stderr.write(
        f"{path}: list of {listed.territory}, issued {listed.issued_at}, next update by "
        f"{listed.next_update}, {len(listed.services)} services that stand, "
        "signed by a certificate that you named.\n"
    )
    return listed.services


def _names_of(services: Sequence[Service]) -> dict[str, str]:
    return {sha256(one.der): f"{one.provider}, {one.name} ({one.kind})" for one in services}


def _parser() -> _Parser:
    parser = _Parser(
        prog="paraph verify",
        description="Tell whether signed PDF files or evidence archives were changed, "
        "who signed them, and when.",
        epilog="Exit status: 0 every file intact, 1 some altered or broken, 2 some unsigned, "
        "3 some unreadable; the worst wins in the order 1, 3, 2, 0.",
    )
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help="a PDF or an evidence ZIP")
    add("--require-trust", action="store_true", help="status 1 when nobody known vouches")
    add("--json", action="store_true", help="print one JSON object a line")
    add(
        "--trust",
        action="append",
        nargs="+",
        type=Path,
        default=[],
        metavar="PEM",
        help="certificates of authorities to trust",
    )
    add(
        "--trust-list",
        action="append",
        type=Path,
        default=[],
        metavar="XML",
        help="a trusted list of the EU (ETSI TS 119 612); it needs --list-signer",
    )
    add(
        "--list-signer",
        action="append",
        type=Path,
        default=[],
        metavar="PEM",
        help="the certificate by which the operator signs its trusted list",
    )
    add("--original", type=Path, metavar="PDF", help="what the files should show")
    return parser


def _sorted_out(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Part what follows --trust into certificates and, at its end, files to check."""
    files = [path for path in paths if path.suffix.lower() in (".pdf", ".zip")]
    return [path for path in paths if path not in files], files


def _root(path: Path) -> bytes:
    """Read certificates, and refuse at once what holds none."""
    content = path.read_bytes()
    try:
        if b"-----BEGIN" in content:
            x509.load_pem_x509_certificates(content)
        else:
            x509.load_der_x509_certificate(content)
    except ValueError:
        raise ValueError(f"{path} holds no certificate") from None
    return content


def _checked_all(files: Sequence[Path], *, basis: Basis, options: argparse.Namespace) -> int:
    statuses = set()
    for path in files:
        found = _checked(path, basis=basis)
        report = found.report.named(str(path))
        words = [*_in_words(report), *_vouchers(found.details, names=basis.names)]
        lines = [json.dumps(report.to_dict())] if options.json else words
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        statuses.add(_status(report, require_trust=options.require_trust))
    return next(status for status in _WORST_FIRST if status in statuses)


def _checked(path: Path, *, basis: Basis) -> Examination:
    """Check a file; where services have names, also learn which of them vouches."""
    try:
        data = path.read_bytes()
    except OSError:
        return Examination(unread(b"", code="cannot-open"))
    if basis.names:
        return examine_isolated(data, trust=basis.trust, original=basis.original)
    return Examination(verify_isolated(data, trust=basis.trust, original=basis.original))


def _vouchers(details: Sequence[Detail], *, names: Mapping[str, str]) -> Iterator[str]:
    """Name the services of trusted lists that vouch for the signers."""
    for key in dict.fromkeys(each.authority_fingerprint for each in details):
        if key in names:
            yield _plain(f"  Vouched for by {names[key]}")


def _status(report: Report, *, require_trust: bool) -> int:
    if require_trust and report.trust == Trust.UNKNOWN:
        return 1
    return _STATUS[report.verdict]


def _in_words(report: Report) -> Iterator[str]:
    """Say the answer first, then why, then who signed, then what was changed."""
    yield _plain(f"{report.file}: {_HEADLINES[report.verdict]}")
    for reason in report.to_dict()["reasons"]:
        yield f"  {reason['sentence']}"
    if report.sha256 != EMPTY:
        yield f"  SHA-256 {report.sha256}"
    if report.archive:
        yield from _of_archive(report.archive)
    if report.signatures and report.trust == Trust.UNKNOWN:
        yield "  To judge the signers, name the root of who sealed the file: --trust root.pem"
    for signature in report.signatures:
        yield _plain("  " + " · ".join(_parts(signature)))
    for change in report.changes:
        yield _plain(f"  {told(change)}{_where(change)}")


def _of_archive(archive: ArchiveReport) -> Iterator[str]:
    """Say what an archive tells of itself, and that its own root proves nothing."""
    yield _plain(f"  Document {archive.document}, {archive.facts} facts")
    yield _plain(f"  Its own root certificate has the SHA-256 fingerprint {archive.root}")
    yield "  Anybody can write an archive: compare the fingerprint with one that you got"
    yield "  elsewhere, then name that root: --trust root.pem"


def _parts(signature: SignatureReport) -> Iterator[str]:
    yield signature.signer or signature.field
    yield signature.kind
    yield signature.time or "no time"
    if signature.level:
        yield signature.level
    yield "intact" if signature.intact else "NOT INTACT"
    yield "trusted" if signature.trusted else "not known"
    if signature.intact:
        yield _reach(signature)


def _reach(signature: SignatureReport) -> str:
    if signature.covers_whole_file:
        return "covers the whole file"
    return f"{signature.changes_after.value} changes after it"


def _where(change: Change) -> str:
    """Say where on the page to look."""
    if change.box is None:
        return ""
    left, top, *_ = change.box
    return f" ({left:g} pt from the left and {top:g} pt from the top)"


def _plain(line: str) -> str:
    """Keep what a file says from steering the terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
