"""What differs between two versions of a PDF as people see it: words, pages and pictures.

Boxes are in points from the top-left corner of the displayed page.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from paraph.sealing.report import Change
from paraph.sealing.seen.differing import Pair
from paraph.sealing.seen.glyphs import Alphabet, alphabet_of
from paraph.sealing.seen.pages import Page, Version
from paraph.sealing.seen.places import Difference, Spot

_MOST_CHANGES = 200
_MOST_PICTURES = 300
"""Pages beyond this are compared by their words alone, to stay within the time of a check."""
_MOST_SAMPLED = 6
"""So many pages tell what letters look like."""


def compare(original: bytes, shown: bytes, *, with_fields: bool = False) -> list[Change]:
    """Return what a reader would find different in `shown`, page by page.

    With fields, what the forms hold counts as well; without, only the pages beneath them.
    """
    return [each.change for each in compared(original, shown, with_fields=with_fields)]


def compared(original: bytes, shown: bytes, *, with_fields: bool) -> list[Difference]:
    """Return the same with the places on both pages."""
    with (
        Version(original, with_fields=with_fields) as before,
        Version(shown, with_fields=with_fields) as after,
    ):
        return differences(before, after)


def differences(before: Version, after: Version) -> list[Difference]:
    """Return what differs between two opened versions, the first of them at most."""
    found: list[Difference] = []
    comparison = _Comparison(before, after)
    for old, new, is_moved in _with_moves(before, after, list(_pairs(before, after))):
        found += comparison.of_pair(old, new, is_moved=is_moved)
        if len(found) >= _MOST_CHANGES:
            break
    return [*found, *_of_documents(before, after)][:_MOST_CHANGES]


def look_alike(before: Version, after: Version) -> bool:
    """Tell whether both versions show the same pages; quicker than listing differences."""
    return len(before) == len(after) and all(
        _pages_alike(before.page(index), after.page(index), is_pictured=index < _MOST_PICTURES)
        for index in range(len(after))
    )


def _pages_alike(before: Page, after: Page, *, is_pictured: bool) -> bool:
    if is_pictured:
        return before.picture == after.picture
    return before.fingerprint == after.fingerprint


Numbers = tuple[int | None, int | None]


def _pairs(before: Version, after: Version) -> Iterator[Numbers]:
    """Match pages by their words, so that an inserted page does not shift all others."""
    matcher = SequenceMatcher(None, before.fingerprints, after.fingerprints, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "replace" and i2 - i1 != j2 - j1:
            yield from _nearest(before, after, old=range(i1, i2), new=range(j1, j2))
            continue
        for step in range(max(i2 - i1, j2 - j1)):
            yield (
                i1 + step if i1 + step < i2 else None,
                j1 + step if j1 + step < j2 else None,
            )


def _nearest(
    before: Version, after: Version, *, old: Sequence[int], new: Sequence[int]
) -> Iterator[Numbers]:
    """Match pages that were changed while others came or went, by the words they share."""
    left = list(old)
    for index in new:
        words = set(after.page(index).texts)
        shares = [(len(words & set(before.page(other).texts)), -other) for other in left]
        most, place = max(shares, default=(0, 0))
        if most:
            left.remove(-place)
        yield (-place if most else None, index)
    yield from ((index, None) for index in left)


def _with_moves(
    before: Version, after: Version, pairs: list[Numbers]
) -> Iterator[tuple[int | None, int | None, bool]]:
    """Join a page that went with the same page that came elsewhere."""
    come = [new for old, new in pairs if old is None and new is not None]
    moved: dict[int, int] = {}
    for old, new in pairs:
        if new is None and old is not None:
            twins = [one for one in come if after.fingerprints[one] == before.fingerprints[old]]
            if twins:
                moved[old] = twins[0]
                come.remove(twins[0])
    for old, new in pairs:
        if old in moved and new is None:
            yield old, moved[old], True
        elif new not in moved.values() or old is not None:
            yield old, new, False


class _Comparison:
    """Two versions, and what their letters look like."""

    def __init__(self, before: Version, after: Version) -> None:
        self._before, self._after = before, after
        self._letters: Alphabet | None = None

    @property
    def _alphabet(self) -> Alphabet:
        if self._letters is None:
            some = range(min(len(self._before), _MOST_SAMPLED))
            self._letters = alphabet_of([self._before.page(index) for index in some])
        return self._letters

    def of_pair(self, old: int | None, new: int | None, *, is_moved: bool) -> list[Difference]:
        """Return what differs between two pages, or tell that there is only one of them."""
        if new is None or old is None:
            return [self._lonely(old, new)]
        pages = self._before.page(old), self._after.page(new)
        is_pictured = new < _MOST_PICTURES
        found = [_moved(old, new)] if is_moved and old != new else []
        if is_pictured and _pages_alike(*pages, is_pictured=True) and _read_alike(*pages):
            return found
        return found + Pair(*pages, lambda: self._alphabet, is_pictured).differences()

    def _lonely(self, old: int | None, new: int | None) -> Difference:
        if old is not None:
            start = _start_of(self._before.page(old))
            return Difference("page-removed", Spot(old + 1), None, start)
        assert new is not None
        start = _start_of(self._after.page(new))
        return Difference("page-added", None, Spot(new + 1), "", start)


def _moved(old: int, new: int) -> Difference:
    return Difference("page-moved", Spot(old + 1), Spot(new + 1), str(old + 1), str(new + 1))


def _read_alike(old: Page, new: Page) -> bool:
    return old.fingerprint == new.fingerprint and {
        name: held.value for name, held in old.values.items()
    } == {name: held.value for name, held in new.values.items()}


def _start_of(page: Page) -> str:
    return " ".join(page.texts[:12])


def _of_documents(before: Version, after: Version) -> Iterator[Difference]:
    """Tell what was hung on the document as a whole, which stands on no page."""
    if before.title != after.title:
        yield Difference("title", before=before.title, after=after.title)
    for kind in ("attachments", "scripts"):
        counts = getattr(before, kind), getattr(after, kind)
        if counts[0] != counts[1]:
            yield Difference(kind, before=str(counts[0]), after=str(counts[1]))
