"""The integrity check of a PDF: was it changed after signing, who signed it, and when.

Everything that goes wrong on the way counts against the file, never for it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from paraph.sealing.analysis import byte_ranges, differences, signers
from paraph.sealing.analysis.byte_ranges import ByteRange
from paraph.sealing.analysis.details import details_of
from paraph.sealing.analysis.document import CannotRead, Document, Signature, opened
from paraph.sealing.analysis.enclosed import with_enclosed
from paraph.sealing.analysis.findings import Finding, codes_of, found
from paraph.sealing.analysis.levels import level_of
from paraph.sealing.analysis.permissions import PermittedChanges
from paraph.sealing.analysis.trust import Judge, Vouchers, roots_from
from paraph.sealing.examination import Examination
from paraph.sealing.report import Changes, Report, SignatureReport, Trust, sha256, stated, unread
from paraph.sealing.seen.places import Difference
from paraph.sealing.seen.sheets import drawn
from paraph.sealing.verdicts import Verdict, gravest_first, verdict_of


def verify(
    data: bytes,
    *,
    trust: Sequence[bytes],
    original: bytes | None = None,
    at: datetime | None = None,
) -> Report:
    """Check a PDF against the roots in `trust` (PEM or DER), as of `at` or of now.

    No file makes it raise: what cannot be checked is not intact. The original, when given,
    tells what was changed, and makes a file with other pages *altered* whatever its
    signatures say.
    """
    return examine(data, trust=trust, original=original, at=at).report


def examine(
    data: bytes,
    *,
    trust: Sequence[bytes],
    original: bytes | None = None,
    at: datetime | None = None,
) -> Examination:
    """Check a PDF as `verify` does, and tell beside the report what it rests on."""
    judge = Judge(roots_from(trust), policy=PermittedChanges(), at=at or datetime.now(UTC))
    try:
        return _checked(data, judge=judge, original=original)
    except CannotRead as refusal:
        return _unread(data, code=refusal.code, judge=judge, original=original)
    except MemoryError:
        return Examination(unread(data, code="too-large"))
    except Exception:  # fail closed: parsers meet files that nobody thought of
        return _unread(data, code="damaged", judge=judge, original=original)


def verify_blobs(data: bytes, *others: bytes, has_original: bool) -> dict[str, Any]:  # JSON
    """Check as the child process does: the roots, then the original if there is one."""
    trust, original = _parted(others, has_original=has_original)
    return verify(data, trust=trust, original=original).to_dict()


def examine_blobs(data: bytes, *others: bytes, has_original: bool) -> dict[str, Any]:  # JSON
    """Check in the same way, with what a page shows of it: details and drawn changes."""
    trust, original = _parted(others, has_original=has_original)
    found = examine(data, trust=trust, original=original)
    sheets = drawn(found.before, data, differences=found.differences)
    return {
        "report": found.report.to_dict(),
        "details": [each.to_dict() for each in found.details],
        "sheets": [each.to_dict() for each in sheets],
    }


def _parted(
    others: Sequence[bytes], *, has_original: bool
) -> tuple[Sequence[bytes], bytes | None]:
    return (others[:-1], others[-1]) if has_original else (others, None)


def verify_each(*blobs: bytes, count: int) -> list[dict[str, Any]]:  # JSON
    """Check several files as the child process does: the files, then the roots."""
    return [verify(data, trust=blobs[count:]).to_dict() for data in blobs[:count]]


def _unread(data: bytes, *, code: str, judge: Judge, original: bytes | None) -> Examination:
    """Report a file that no parser reads; one that was signed was readable once."""
    ranges = list(byte_ranges.ranges_in(data)) if code in {"damaged", "encrypted"} else []
    found = _signed_once(data, ranges=ranges, judge=judge) if ranges else None
    if found is None:
        is_lost = bool(ranges) and code == "damaged"  # with its password, another could be read
        found = Examination(unread(data, code="signature-unreadable" if is_lost else code))
    if original is None:
        return found
    told = differences.from_original(data, original=original, is_intact=False) or []
    changes = tuple(each.change for each in told)
    report = replace(found.report, changes=changes)
    return replace(found, report=report, before=original, differences=told)


def _signed_once(data: bytes, *, ranges: Sequence[ByteRange], judge: Judge) -> Examination | None:
    """Report by its last signed version a file that only what follows makes unreadable."""
    end = max(found.end for found in ranges)
    if end >= len(data):
        return None
    try:
        found = _checked(data[:end], judge=judge, original=None)
    except MemoryError:
        return Examination(unread(data, code="too-large"))
    except Exception:  # the signed version cannot be read either
        return None
    report = found.report.spoilt(sha256(data), code="bytes-after-end")
    told = differences.from_original(data, original=data[:end], is_intact=False) or []
    report = replace(report, changes=tuple(each.change for each in told))
    return Examination(report, found.details, data[:end], told)


def _checked(data: bytes, *, judge: Judge, original: bytes | None) -> Examination:
    document = opened(data)
    findings = found(document, policy=judge.policy)
    codes = codes_of(document, findings)
    before, told = _differences(document, findings, codes=codes, original=original)
    if original is not None and told is None:
        codes.add("changes-unreadable")
    if original is not None and told:
        codes.add("differs-from-original")
    judge.leave_out_foreign_stamps(document)
    by_roots = [judge.voucher(each.signature) if each.is_intact else None for each in findings]
    vouchers = with_enclosed(findings, by_roots)
    reports = _reports(document, findings, vouchers=vouchers)
    who = _trust(reports)
    codes |= _codes_of_outcome(codes, reports, who=who)
    changes = tuple(each.change for each in told or ())
    report = Report(sha256(data), gravest_first(codes), tuple(reports), changes, who)
    details = details_of(document, findings, vouchers=vouchers)
    return Examination(report, details, before, told or [])


def _differences(
    document: Document, findings: Sequence[Finding], *, codes: set[str], original: bytes | None
) -> tuple[bytes, Sequence[Difference] | None]:
    verdict = verdict_of(codes)
    if original is not None:
        is_intact = verdict == Verdict.INTACT
        found = differences.from_original(document.data, original=original, is_intact=is_intact)
        return original, found
    if verdict in (Verdict.ALTERED, Verdict.BROKEN):
        return differences.from_signed(document, findings)
    return b"", []


def _reports(
    document: Document, findings: Sequence[Finding], *, vouchers: Vouchers
) -> list[SignatureReport]:
    intact = [finding.signature for finding in findings if finding.is_intact]
    stamps = [signature for signature in intact if signature.is_time_stamp]
    return [
        _report(each, document=document, stamps=stamps, is_trusted=voucher is not None)
        for each, voucher in zip(findings, vouchers, strict=True)
    ]


def _report(
    finding: Finding, *, document: Document, stamps: Sequence[Signature], is_trusted: bool
) -> SignatureReport:
    signature, is_intact = finding.signature, finding.is_intact
    return SignatureReport(
        field=signature.field,
        kind=signers.kind_of(signature),
        signer=signers.name_of(signature),
        certificate=signers.fingerprint_of(signature),
        time=stated(finding.proof.stamped_at or signers.claimed_time(signature)),
        level=_level(finding, document=document, stamps=stamps),
        intact=is_intact,
        covers_whole_file=is_intact and finding.end == len(document.data),
        trusted=is_intact and is_trusted,
        changes_after=finding.changes,
    )


def _level(finding: Finding, *, document: Document, stamps: Sequence[Signature]) -> str | None:
    if finding.signature.is_time_stamp or not finding.is_intact:
        return None
    is_stamped = finding.proof.stamped_at is not None
    return level_of(finding.signature, document=document, stamps=stamps, is_stamped=is_stamped)


def _trust(reports: Sequence[SignatureReport]) -> Trust:
    """Everybody who signed must be vouched for; time stamps only where nothing else is."""
    asked = [each for each in reports if each.kind != "timestamp"] or list(reports)
    trusted = bool(asked) and all(each.trusted for each in asked)
    return Trust.TRUSTED if trusted else Trust.UNKNOWN


def _codes_of_outcome(
    codes: set[str], reports: Sequence[SignatureReport], *, who: Trust
) -> set[str]:
    """Say as well what speaks for the file, and whether somebody vouches for its signers."""
    if not reports:
        return set()
    more = {"signers-trusted" if who == Trust.TRUSTED else "signers-unknown"}
    if verdict_of(codes) != Verdict.INTACT:
        return more
    is_followed = any(each.changes_after == Changes.PERMITTED for each in reports)
    return more | {"permitted-changes" if is_followed else "unchanged"}
