"""Whether the file shows today what it showed when it was signed, in the eyes of a renderer.

Rules look at objects; a renderer, which also repairs and guesses, looks as people do.
"""

from collections.abc import Sequence

from paraph.sealing.analysis.document import Document, Signature
from paraph.sealing.analysis.permissions import changed_only_proofs, was_reviewed
from paraph.sealing.compare import look_alike
from paraph.sealing.seen.pages import Version


def show_the_same(document: Document) -> bool:
    """Compare each signed version, without its form, with the file as shown now.

    Where nothing but time stamps and validation data followed, the form counts as well. A time
    stamp that shares the review of the signature before it shows the same pages as that one.
    """
    earlier = [
        each for each in document.signatures if was_reviewed(each) and _is_followed(each, document)
    ]
    untouched = [each for each in earlier if changed_only_proofs(each)]
    touched = [each for each in earlier if each not in untouched]
    return _all_alike(document, touched, with_fields=False) and _all_alike(
        document, untouched, with_fields=True
    )


def _is_followed(signature: Signature, document: Document) -> bool:
    return signature.byte_range is not None and signature.byte_range.end < len(document.data)


def _all_alike(document: Document, signatures: Sequence[Signature], *, with_fields: bool) -> bool:
    if not signatures:
        return True
    with Version(document.data, with_fields=with_fields) as now:
        return all(
            _alike(document, signature, now=now, with_fields=with_fields)
            for signature in signatures
        )


def _alike(document: Document, signature: Signature, *, now: Version, with_fields: bool) -> bool:
    assert signature.byte_range is not None
    with Version(document.data[: signature.byte_range.end], with_fields=with_fields) as then:
        return look_alike(then, now)
