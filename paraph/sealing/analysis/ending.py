"""Whether the file ends where its last signature, or a version after it that was read, ends."""

from paraph.sealing.analysis.byte_ranges import end_of_revision
from paraph.sealing.analysis.document import Document


def has_bytes_after_end(document: Document) -> bool:
    """Tell whether something hangs on the file that no version of it accounts for.

    Parsers ignore such bytes, or repair the file by them and show other pages: the attack by
    an appended page with a broken table of objects.
    """
    last = max(_ends(document), default=None)
    if last is None or last[0] == len(document.data):
        return False
    end, revision = last
    return not _later_versions_are_whole(document, end=end, revision=revision)


def _ends(document: Document) -> list[tuple[int, int]]:
    return [
        (signature.byte_range.end, signature.revision)
        for signature in document.signatures
        if signature.byte_range
    ]


def _later_versions_are_whole(document: Document, *, end: int, revision: int) -> bool:
    xrefs = document.reader.xrefs
    later = [
        xrefs.get_startxref_for_revision(number)
        for number in range(revision + 1, document.last_revision + 1)
    ]
    starts_later = bool(later) and min(later) >= end
    return starts_later and end_of_revision(document.data) == later[-1]
