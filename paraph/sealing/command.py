"""`paraph verify`: checks signed files without server, database or network."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from cryptography import x509

from paraph.sealing.report import (
    ArchiveReport,
    Change,
    Report,
    SignatureReport,
    Trust,
    Verdict,
    sha256,
    unread,
)
from paraph.sealing.sandboxed import verify_isolated

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
        original = options.original.read_bytes() if options.original else None
    except (OSError, ValueError) as refusal:
        parser.error(str(refusal))
    return _checked_all(files, trust=trust, original=original, options=options)


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


def _checked_all(
    files: Sequence[Path],
    *,
    trust: Sequence[bytes],
    original: bytes | None,
    options: argparse.Namespace,
) -> int:
    statuses = set()
    for path in files:
        report = _checked(path, trust=trust, original=original).named(str(path))
        lines = [json.dumps(report.to_dict())] if options.json else _in_words(report)
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        statuses.add(_status(report, require_trust=options.require_trust))
    return next(status for status in _WORST_FIRST if status in statuses)


def _checked(path: Path, *, trust: Sequence[bytes], original: bytes | None) -> Report:
    try:
        data = path.read_bytes()
    except OSError:
        return unread(b"", code="cannot-open")
    return verify_isolated(data, trust=trust, original=original)


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
        yield _plain(f"  {_where(change)}: {_what(change)}")


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
    if change.box is None:
        return f"page {change.page}"
    left, top, *_ = change.box
    return f"page {change.page}, {left:g} pt from the left and {top:g} pt from the top"


def _what(change: Change) -> str:
    if change.kind == "appearance":
        return "looks different"
    if change.kind != "text":
        return f"{change.kind.replace('-', ' ')} ({change.before or change.after})"
    return f"“{change.before}” → “{change.after}”"


def _plain(line: str) -> str:
    """Keep what a file says from steering the terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
