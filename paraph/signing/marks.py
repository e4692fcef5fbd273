"""Text marks: ``{{sign:client}}``, ``{{text:client:Place}}`` typed in a document become fields.

The marks are read and covered once, in the sandbox, before the draft begins; nobody sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.documents.text import Word, page_words
from paraph.kit import db, files, sandbox

from .models import Field, FieldKind, MarkedPlaces, Party
from .queries import newest_revision
from .seating import pair_of

KINDS: Mapping[str, FieldKind] = {
    "sign": FieldKind.SIGNATURE,
    "signature": FieldKind.SIGNATURE,
    "check": FieldKind.CHECKBOX,
    **{kind.value: kind for kind in FieldKind if kind is not FieldKind.CRM},
}
OURS = frozenset({"us", "me", "nous", "my"})
SIZES: Mapping[FieldKind, tuple[float, float]] = {
    FieldKind.SIGNATURE: (130, 50),
    FieldKind.STAMP: (85, 85),
    FieldKind.INITIALS: (50, 28),
    FieldKind.CHECKBOX: (14, 14),
    FieldKind.DATE: (100, 20),
    FieldKind.NUMBER: (90, 20),
    FieldKind.REQUISITES: (220, 80),
}
WRITTEN = (170.0, 20.0)
_STANDING = frozenset({FieldKind.SIGNATURE, FieldKind.STAMP, FieldKind.INITIALS})
_PATTERN = rf"\{{\{{\s*({'|'.join(KINDS)})\s*:\s*([\w-]+)\s*(?::\s*([^{{}}]{{0,200}}?))?\s*\}}\}}"
_MARK = re.compile(_PATTERN, re.IGNORECASE)
_MOST_WORDS = 14  # of one mark
_ROOM = 1.0  # around a mark that is covered


@dataclass(frozen=True)
class Mark:
    """One mark and its box on the page."""

    kind: str
    who: str
    page: int
    x: float
    y: float
    width: float
    height: float
    label: str = ""
    options: Sequence[str] = field(default=())


def read_marks(document: Document, *, at: datetime) -> None:
    """Find the marks of a document that has not been looked at, and cover them.

    A file that came with signatures is never rewritten: its marks stay as they are.
    """
    newest = newest_revision(document)
    if document.was_signed or newest.kind != RevisionKind.ORIGINAL:
        return
    if MarkedPlaces.objects.filter(sha256=newest.sha256).exists():
        return
    pages = range(1, document.page_count + 1)
    found = [mark for page in pages for mark in found_in(page_words(newest, page), page=page)]
    sha256, size = newest.sha256, newest.size
    try:
        sha256, size = _covered(newest, found) if found else (sha256, size)
    except sandbox.Rejected:  # it cannot be rewritten: then its marks stay words
        found = []
    _keep(document, newest, found=found, sha256=sha256, size=size, at=at)


def found_in(words: Sequence[Word], *, page: int) -> Iterator[Mark]:
    """Return the marks among the words of a page; one may hold spaces, but no line break."""
    for first, word in enumerate(words):
        if "{{" not in word.text:
            continue
        line = [it for it in words[first : first + _MOST_WORDS] if _is_beside(it, word)]
        end = next((at for at, it in enumerate(line) if "}}" in it.text), None)
        if end is None:
            continue
        said = " ".join(it.text for it in line[: end + 1])
        for match in _MARK.finditer(said):
            yield _mark(match, line[: end + 1], said=said, page=page)


@db.transaction_required
def lay_out_marks(documents: Sequence[Document], parties: Sequence[Party]) -> None:
    """Put fields where the marks were, on documents that have none yet."""
    for document in documents:
        if Field.objects.filter(document=document).exists():
            continue
        sha256 = newest_revision(document).sha256
        marked = MarkedPlaces.objects.filter(sha256=sha256).first()
        placed = (_placed(it, document, parties) for it in (marked.places if marked else []))
        Field.objects.bulk_create(field for field in placed if field is not None)


def party_called(who: str, parties: Sequence[Party]) -> Party | None:
    """Return whom a mark means: us, the client, or the number of who signs."""
    signers = [party for party in parties if party.is_signer]
    if who.isdecimal():
        return signers[int(who) - 1] if 0 < int(who) <= len(signers) else None
    ours, theirs = pair_of(parties)
    return ours if who in OURS else theirs


@db.transaction
def _keep(
    document: Document,
    newest: Revision,
    *,
    found: Sequence[Mark],
    sha256: str,
    size: int,
    at: datetime,
) -> None:
    """Keep what was found, and the file without it; once, whoever comes second."""
    document.lock()
    places = [asdict(mark) for mark in found]
    MarkedPlaces.objects.get_or_create(sha256=sha256, defaults={"places": places})
    has_moved = newest_revision(document).number != newest.number
    if sha256 == newest.sha256 or has_moved or document.frozen_at:
        return
    Revision.objects.create(
        document=document,
        number=newest.number + 1,
        kind=RevisionKind.ORIGINAL,
        sha256=sha256,
        size=size,
        created_at=at,
    )


def _covered(revision: Revision, found: Sequence[Mark]) -> tuple[str, int]:
    boxes = [
        [it.page, it.x - _ROOM, it.y - _ROOM, it.width + 2 * _ROOM, it.height + 2 * _ROOM]
        for it in found
    ]
    outcome = sandbox.run(
        "paraph.documents.child.covering:cover",
        [files.get(revision.sha256)],
        boxes=boxes,
        pattern=_PATTERN,
    )
    content = outcome.files["covered.pdf"]
    return files.put(content), len(content)


def _is_beside(word: Word, first: Word) -> bool:
    middle = word.y + word.height / 2
    return first.y <= middle <= first.y + first.height and word.x >= first.x - 1


def _mark(match: re.Match[str], words: Sequence[Word], *, said: str, page: int) -> Mark:
    """Return the mark with the part of the line that its letters take."""
    left, right = words[0].x, max(word.x + word.width for word in words)
    letter = (right - left) / max(len(said), 1)
    from_x, to_x = left + letter * match.start(), left + letter * match.end()
    if match.start() == 0:
        from_x = left
    if match.end() == len(said):
        to_x = right
    label, *options = [part.strip() for part in (match[3] or "").split("|")]
    top, bottom = min(it.y for it in words), max(it.y + it.height for it in words)
    return Mark(
        kind=KINDS[match[1].lower()].value,
        who=match[2].lower(),
        page=page,
        x=round(from_x, 2),
        y=round(top, 2),
        width=round(to_x - from_x, 2),
        height=round(bottom - top, 2),
        label=label,
        options=options,
    )


def _placed(mark: Mapping[str, Any], document: Document, parties: Sequence[Party]) -> Field | None:
    it = Mark(**mark)  # what ``asdict`` wrote
    party = party_called(it.who, parties)
    if party is None or not 1 <= it.page <= document.page_count:
        return None
    kind = FieldKind(it.kind)
    width, height = SIZES.get(kind, (max(WRITTEN[0], it.width), WRITTEN[1]))
    page_width, page_height = document.pages[it.page - 1]
    bottom = it.y + it.height
    top = bottom - height if kind in _STANDING else it.y + (it.height - height) / 2
    return Field(
        party=party,
        document=document,
        kind=kind,
        page=it.page,
        x=max(0, min(it.x, page_width - width)),
        y=max(0, min(top, page_height - height)),
        width=width,
        height=height,
        label=it.label[:120],
        options=list(it.options),
        # Our stamp is on file; a client may have none, and must not be stopped by it.
        is_required=kind is not FieldKind.STAMP or it.who in OURS or party.is_ours,
    )
