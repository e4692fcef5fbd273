"""What to show a reader of a changed file: where it differs from a version that is proven."""

from collections.abc import Sequence

from paraph.sealing.analysis.document import Document
from paraph.sealing.analysis.findings import Finding
from paraph.sealing.compare import compared
from paraph.sealing.seen.places import Difference

Differences = list[Difference]


def from_original(data: bytes, *, original: bytes, is_intact: bool) -> Differences | None:
    """Return what differs from the original; none when that cannot be told.

    An intact file that continues its original may hold more in its form, never other pages.
    """
    continues = is_intact and data.startswith(original)
    return _compared(original, data, with_fields=not continues)


def from_signed(document: Document, findings: Sequence[Finding]) -> tuple[bytes, Differences]:
    """Return the last version that a signature still holds, and what differs from it.

    The list is help, not proof: without it the verdict stands.
    """
    ends = [finding.end for finding in findings if finding.is_intact]
    ends += [hidden.end for hidden in document.hidden_ranges]
    last = max((end for end in ends if end < len(document.data)), default=None)
    if last is None:
        return b"", []
    before = document.data[:last]
    return before, _compared(before, document.data, with_fields=True) or []


def _compared(before: bytes, after: bytes, *, with_fields: bool) -> Differences | None:
    try:
        return compared(before, after, with_fields=with_fields)
    except MemoryError:
        raise
    except Exception:  # what no renderer opens cannot be compared
        return None
