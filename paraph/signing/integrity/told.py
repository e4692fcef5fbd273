"""What was changed in a file, in plain words, and on pages drawn side by side."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from paraph.sealing.examination import Mark, Sheet, Side
from paraph.sealing.report import Change
from paraph.sealing.wording import sentence_for

_UNBROKEN = "\u00a0"
_PNG = b"\x89PNG"


@dataclass(frozen=True)
class Told:
    """One change in a sentence, its words before and after marked as such."""

    number: int
    sentence: SafeString


@dataclass(frozen=True)
class Drawn:
    """One page as the check page shows it: a picture, and marks to be laid over it."""

    page: int
    width: float
    height: float
    source: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Compared:
    """A page before and now, side by side."""

    old: Drawn | None
    new: Drawn | None


def told(changes: Sequence[Change]) -> list[Told]:
    """Say each change in words, numbered as on the drawn pages."""
    return [_told(number, change) for number, change in enumerate(changes, start=1)]


def compared(sheets: Sequence[Sheet]) -> list[Compared]:
    """Make pages of a check ready for the page that shows them."""
    return [Compared(_drawn(sheet.old), _drawn(sheet.new)) for sheet in sheets]


def _drawn(side: Side | None) -> Drawn | None:
    if side is None:
        return None
    kind = "png" if side.picture.startswith(_PNG) else "jpeg"
    source = f"data:image/{kind};base64,{base64.b64encode(side.picture).decode()}"
    return Drawn(side.page, side.width, side.height, source, side.marks)


def _told(number: int, change: Change) -> Told:
    before, after = change.before, change.after
    if change.kind == "amount":
        before, after = before.replace(" ", _UNBROKEN), after.replace(" ", _UNBROKEN)
    words = {
        "page": change.page,
        "before": format_html("<del>{}</del>", before),
        "after": format_html("<ins>{}</ins>", after),
    }
    sentence = escape(_(sentence_for(change))) % words
    return Told(number, mark_safe(sentence))  # noqa: S308 - each part of it is escaped
