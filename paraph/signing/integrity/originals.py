"""Which registered file a dropped one was made from, and whether that may be told."""

import json
import re
from collections import Counter
from hashlib import sha256
from itertools import islice

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.kit import files, sandbox
from paraph.kit.errors import Refused
from paraph.kit.ids import parse_document_id
from paraph.sealing.model import Plan

IDS = re.compile(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]")
REGISTERED = (
    RevisionKind.RENEWED,
    RevisionKind.COMPLETED,
    RevisionKind.STAMPED,
    RevisionKind.ACT,
    RevisionKind.PREPARED,
)
KNOWN = (*REGISTERED, RevisionKind.CERTIFICATE)
MOST_PAGES = 2000
MOST_IDS = 1000  # a stranger may write any number of them into a file
ENOUGH_WORDS = 0.8
_EXTRACT = "paraph.documents.child.words:extract"


def registered(digest: str) -> Revision | None:
    """Return the registered revision that has these bytes."""
    rows = Revision.objects.filter(sha256=digest, kind__in=KNOWN)
    return rows.select_related("document").first()


def named_in(words: str) -> Document | None:
    """Return the document of this installation whose ID stands among the words."""
    return Document.objects.filter(code__in=codes_in(words)).first()


def codes_in(words: str) -> list[str]:
    """Return the IDs of documents, of whatever installation, that stand among the words."""
    found = (code for text in IDS.findall(words) if (code := _code(text)))
    return list(islice(dict.fromkeys(found), MOST_IDS))


def words_of(content: bytes) -> str:
    """Return the words on the pages of a file; none where it cannot be read."""
    try:
        pages = sandbox.run(_EXTRACT, [content], first=1, last=MOST_PAGES).files
    except (sandbox.Rejected, sandbox.SandboxUnusable):
        return ""
    return " ".join(word[0] for name in sorted(pages) for word in json.loads(pages[name])["words"])


def original_of(content: bytes, document: Document, *, words: str) -> bytes | None:
    """Return what the file should show, if whoever dropped it had the document before.

    Who knows only the document's ID could else drop an empty page with that ID on it, and
    would be told every word that is missing. So the file must carry the inner identifier of
    ours, which is on no page, or nearly all words that stood there before anybody signed.
    """
    revisions = list(document.revisions.filter(kind__in=REGISTERED).order_by("-number"))
    if not revisions:
        return None
    identifier = Plan.from_json(revisions[0].plan).file_id.lower().encode()
    is_made_from_ours = identifier in content.lower()
    if not is_made_from_ours:
        first = words_of(files.get(revisions[-1].sha256))
        is_made_from_ours = _share(words, first) >= ENOUGH_WORDS
    return files.get(_nearest(content, revisions).sha256) if is_made_from_ours else None


def _nearest(content: bytes, revisions: list[Revision]) -> Revision:
    """Return the revision that the file continues, that is as long, or as often signed."""
    for each in revisions:
        if len(content) >= each.size and sha256(content[: each.size]).hexdigest() == each.sha256:
            return each
    same_length = [each for each in revisions if each.size == len(content)]
    if same_length:
        return same_length[0]
    ranges = content.count(b"/ByteRange")
    alike = (each for each in revisions if files.get(each.sha256).count(b"/ByteRange") == ranges)
    return next(alike, revisions[0]) if ranges else revisions[0]


def _share(words: str, known: str) -> float:
    """Return how much of the known words the others hold."""
    theirs, ours = Counter(words.split()), Counter(known.split())
    return (theirs & ours).total() / max(ours.total(), 1)


def _code(text: str) -> str:
    try:
        return parse_document_id(text)
    except Refused:
        return ""
