"""What a check can find, each finding with the verdict it leads to and its sentence."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What became of the signed bytes."""

    INTACT = "intact"
    ALTERED = "altered"
    BROKEN = "broken"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


def _(sentence: str) -> str:
    """Mark a sentence for the translators; pages translate it when they show it."""
    return sentence


REASONS: dict[str, tuple[Verdict, str]] = {
    "signed-bytes-changed": (
        Verdict.BROKEN,
        _("The bytes that were signed have been changed since."),
    ),
    "signature-invalid": (
        Verdict.BROKEN,
        _("A signature was not made with the key of the certificate it shows."),
    ),
    "signature-unreadable": (Verdict.BROKEN, _("A signature of this file cannot be read.")),
    "signature-form-unknown": (
        Verdict.BROKEN,
        _("A signature is of a form that cannot be checked here."),
    ),
    "weak-digest": (
        Verdict.BROKEN,
        _("A signature rests on a hash function that can be forged today."),
    ),
    "byte-range": (
        Verdict.BROKEN,
        _("A signature leaves out bytes other than its own place in the file."),
    ),
    "padding": (Verdict.BROKEN, _("The place of a signature holds more than the signature.")),
    "certificate-changed": (
        Verdict.BROKEN,
        _("A certificate that a signature brings along is not as it was issued."),
    ),
    "other-certificate": (
        Verdict.BROKEN,
        _("A signature was made with another certificate than the one that was kept for it."),
    ),
    "time-stamp-invalid": (Verdict.BROKEN, _("A time stamp does not belong to what it stamps.")),
    "revision-not-covered": (
        Verdict.ALTERED,
        _("A signature does not cover the whole version of the file that it signed."),
    ),
    "forbidden-changes": (
        Verdict.ALTERED,
        _("After a signature, something was changed that its signer did not allow."),
    ),
    "changes-unreadable": (
        Verdict.ALTERED,
        _("What was added after a signature cannot be read."),
    ),
    "bytes-after-end": (
        Verdict.ALTERED,
        _("Bytes were added after the last signed version of the file."),
    ),
    "signature-removed": (
        Verdict.ALTERED,
        _("The file holds a signature that it no longer shows."),
    ),
    "looks-different": (
        Verdict.ALTERED,
        _("The pages show something else than when they were signed."),
    ),
    "evidence-differs": (
        Verdict.BROKEN,
        _("What the archive tells does not belong to the signed file in it."),
    ),
    "differs-from-original": (
        Verdict.ALTERED,
        _("The pages differ from those of the original."),
    ),
    "not-registered": (
        Verdict.ALTERED,
        _("It carries the ID of a document registered here, but is none of its files."),
    ),
    "not-a-pdf": (Verdict.UNREADABLE, _("The file is not a PDF.")),
    "encrypted": (Verdict.UNREADABLE, _("The file opens only with a password.")),
    "damaged": (Verdict.UNREADABLE, _("The file is damaged and cannot be read.")),
    "cannot-open": (Verdict.UNREADABLE, _("There is no such file, or it may not be opened.")),
    "too-slow": (Verdict.UNREADABLE, _("Reading the file took too long.")),
    "too-large": (Verdict.UNREADABLE, _("The file needs too much memory to be read.")),
    "check-failed": (Verdict.UNREADABLE, _("The check of the file did not come to an end.")),
    "evidence-unreadable": (
        Verdict.UNREADABLE,
        _("This archive is not evidence that Paraph writes, or it is damaged."),
    ),
    "no-signature": (Verdict.UNSIGNED, _("The file carries no signature.")),
    "permitted-changes": (
        Verdict.INTACT,
        _("What was added after a signature is what its signer allowed."),
    ),
    "unchanged": (Verdict.INTACT, _("Nothing was changed since it was signed.")),
    "hybrid-file": (
        Verdict.INTACT,
        _("The file is written in a mixed form, so it was read by more lenient rules."),
    ),
    "old-digest": (
        Verdict.INTACT,
        _("A signature uses SHA-1, which new signatures should no longer use."),
    ),
    "evidence-fits": (
        Verdict.INTACT,
        _("The file was sealed with the facts in the archive, and the log has them."),
    ),
    "known-here": (Verdict.INTACT, _("The file is registered here.")),
    "signers-trusted": (
        Verdict.INTACT,
        _("A trusted authority vouches for everybody who signed."),
    ),
    "signers-unknown": (
        Verdict.INTACT,
        _("Nobody known here vouches for everybody who signed."),
    ),
}
"""Each reason with the verdict it leads to by itself, and its sentence in English."""

_GRAVITY = (
    Verdict.BROKEN,
    Verdict.ALTERED,
    Verdict.UNREADABLE,
    Verdict.UNSIGNED,
    Verdict.INTACT,
)


def verdict_of(codes: Iterable[str]) -> Verdict:
    """Return the gravest verdict that the reasons lead to; intact when there are none."""
    verdicts = [REASONS[code][0] for code in codes]
    return min(verdicts, key=_GRAVITY.index, default=Verdict.INTACT)


def gravest_first(codes: Iterable[str]) -> tuple[str, ...]:
    """Put the reasons that decide first, each kind in the order of the table."""
    table = list(REASONS)
    return tuple(
        sorted(codes, key=lambda code: (_GRAVITY.index(REASONS[code][0]), table.index(code)))
    )
