"""The check of a foreign file with all that a page shows of it, out of harm's way."""

from collections.abc import Sequence

from paraph.sealing.examination import Detail, Examination, Sheet
from paraph.sealing.isolation import IsolationFailed, isolated
from paraph.sealing.report import Report
from paraph.sealing.sandboxed import LARGEST, LIMITS, verify_isolated

_TASK = "paraph.sealing.verify:examine_blobs"
_PDF = b"%PDF-"


def examine_isolated(
    data: bytes,
    *,
    trust: Sequence[bytes],
    original: bytes | None = None,
    walls: Sequence[str] = (),
) -> Examination:
    """Check a file like `verify_isolated`, and bring its details and drawn pages along."""
    if _PDF not in data[:1024] or len(data) > LARGEST:
        return Examination(verify_isolated(data, trust=trust, original=original, walls=walls))
    blobs = [data, *trust, *([original] if original is not None else [])]
    arguments = {"has_original": original is not None}
    try:
        answer = isolated(_TASK, blobs=blobs, arguments=arguments, limits=LIMITS, walls=walls)
    except IsolationFailed:  # the drawings may be what was too much
        return Examination(verify_isolated(data, trust=trust, original=original, walls=walls))
    return Examination(
        Report.from_dict(answer["report"]),
        [Detail.from_dict(each) for each in answer["details"]],
        sheets=[Sheet.from_dict(each) for each in answer["sheets"]],
    )
