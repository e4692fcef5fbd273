"""What to show a reader of a changed file: where it differs from a version that is proven."""

from collections.abc import Sequence

from paraph.sealing.analysis.document import Document
from paraph.sealing.analysis.findings import Finding
from paraph.sealing.compare import compare
from paraph.sealing.report import Change


def from_original(data: bytes, *, original: bytes, is_intact: bool) -> list[Change]:
    """Return what differs from the original.

    An intact file that continues its original may hold more in its form, never other pages.
    """
    continues = is_intact and data.startswith(original)
    return compare(original, data, with_fields=not continues)


def from_signed(document: Document, findings: Sequence[Finding]) -> list[Change]:
    """Return what differs from the last version that a signature still holds."""
    ends = [finding.end for finding in findings if finding.is_intact]
    ends += [hidden.end for hidden in document.hidden_ranges]
    last = max((end for end in ends if end < len(document.data)), default=None)
    if last is None:
        return []
    try:
        return compare(document.data[:last], document.data, with_fields=True)
    except MemoryError:
        raise
    except Exception:  # the list is help, not proof: without it the verdict stands
        return []
