"""What differs between two versions of one page, in the eyes of a reader."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from paraph.sealing.seen.boxes import Box, differing, is_inside, overlap
from paraph.sealing.seen.glyphs import Alphabet, Reader
from paraph.sealing.seen.pages import SCALE, Page
from paraph.sealing.seen.places import Difference, Spot
from paraph.sealing.seen.words import Word, is_amount, joined


@dataclass
class Pair:
    """The same page before and after, and what was found about it so far."""

    old: Page
    new: Page
    alphabet: Callable[[], Alphabet]
    is_pictured: bool = True
    found: list[Difference] = field(default_factory=list)

    def differences(self) -> list[Difference]:
        """Return what differs: words first, then fields, then what only the pictures tell."""
        self.found += _words(self)
        for held in _values(self):
            self._take(held)
        if self.is_pictured:
            self.found += _frames(self) or list(_pictures(self))
        return self.found

    def _take(self, held: Difference) -> None:
        """Take in what a field holds, unless the words drawn in its place told it already."""
        near = [each for each in self.found if _share_a_place(each, held)]
        if any(held.before in each.before and held.after in each.after for each in near):
            return
        weaker = [
            each
            for each in near
            if each.before in (held.before, "") and each.after in (held.after, "")
        ]
        self.found = [*(each for each in self.found if each not in weaker), held]

    def is_marked(self, box: Box) -> bool:
        """Tell whether something was found in that place already."""
        spots = [spot for each in self.found for spot in (each.old, each.new) if spot]
        return any(spot.box is not None and overlap(spot.box, box) for spot in spots)

    def spots(self, *, old: Box | None, new: Box | None) -> tuple[Spot | None, Spot | None]:
        """Return the places of a difference on both pages."""
        return (
            Spot(self.old.number, old) if old else None,
            Spot(self.new.number, new) if new else None,
        )


def _share_a_place(one: Difference, other: Difference) -> bool:
    spots = (one.new, other.new), (one.old, other.old)
    return any(a and b and a.box and b.box and overlap(a.box, b.box) for a, b in spots)


def _words(pair: Pair) -> Iterator[Difference]:
    old, new = pair.old, pair.new
    matcher = SequenceMatcher(None, old.texts, new.texts, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        for gone, come in _blocks(pair, old.words[i1:i2], new.words[j1:j2]):
            yield _of_words(pair, gone or _beneath(pair, come), come)


Words = Sequence[Word]


def _blocks(pair: Pair, gone: Words, come: Words) -> Iterator[tuple[Words, Words]]:
    """Part words that follow each other in the text, but stand apart on the page."""
    old, new = list(_parted(pair.old, gone)), list(_parted(pair.new, come))
    if len(old) <= 1 and len(new) <= 1:
        yield gone, come
        return
    for words in old:
        partner = next((each for each in new if _are_near(pair, words, each)), [])
        if partner:
            new.remove(partner)
        yield words, partner
    yield from (([], words) for words in new)


def _parted(page: Page, words: Words) -> Iterator[list[Word]]:
    """Cut where the next word stands more than two lines away."""
    block: list[Word] = []
    last: Box | None = None
    for word in words:
        box = page.box_of([word])
        if block and box and last and abs(box[1] - last[1]) > 3 * max(box[3], last[3]):
            yield block
            block = []
        block.append(word)
        last = box or last
    if block:
        yield block


def _are_near(pair: Pair, gone: Words, come: Words) -> bool:
    old, new = pair.old.box_of(gone), pair.new.box_of(come)
    return bool(old and new and abs(old[1] - new[1]) <= 3 * max(old[3], new[3]))


def _beneath(pair: Pair, come: Sequence[Word]) -> list[Word]:
    """Return the words that new ones were laid over: still there, and no longer to be seen."""
    place = pair.new.box_of(come)
    kept = {(text, box) for text, box in zip(pair.new.texts, pair.new.boxes, strict=True)}
    return [
        word
        for word, text, box in zip(pair.old.words, pair.old.texts, pair.old.boxes, strict=True)
        if place and box and is_inside(box, place) and (text, box) in kept
    ]


def _of_words(pair: Pair, gone: Words, come: Words) -> Difference:
    before, after = joined(gone), joined(come)
    old_box, new_box = pair.old.box_of(gone), pair.new.box_of(come)
    kind = "amount" if is_amount(before) and is_amount(after) else "text"
    if new_box is not None and not gone and not pair.new.has_ink(new_box):
        kind = "hidden-text"
    old, new = Spot(pair.old.number, old_box), Spot(pair.new.number, new_box)
    return Difference(kind, old, new, before, after)


def _values(pair: Pair) -> Iterator[Difference]:
    old, new = pair.old, pair.new
    for name, held in {**old.values, **new.values}.items():
        before, after = (
            page.values[name].value if name in page.values else "" for page in (old, new)
        )
        if before != after:
            box = new.box_of_value(held)
            spots = pair.spots(old=box, new=box)
            yield Difference("text", *spots, before, after)


def _frames(pair: Pair) -> list[Difference]:
    """Tell whether the page was turned, or shows another part of itself."""
    old, new = pair.old, pair.new
    spots = Spot(old.number), Spot(new.number)
    if old.rotation != new.rotation:
        turned = f"{old.rotation}°", f"{new.rotation}°"
        return [Difference("page-turned", *spots, *turned)]
    if old.size != new.size:
        sizes = [f"{page.size[0]:g} × {page.size[1]:g} pt" for page in (old, new)]
        return [Difference("page-size", *spots, *sizes)]
    return []


def _pictures(pair: Pair) -> Iterator[Difference]:
    """Tell what is drawn differently where no word was found to differ."""
    places = differing(pair.old.picture, pair.new.picture, scale=SCALE)
    unmarked = [box for box in places if not pair.is_marked(box)]
    reader: Reader | None = None
    for box in unmarked:
        was, shown = _seen_in(pair.old, box), _seen_in(pair.new, box)
        after = joined(shown)
        if was and joined(was) == after and not (pair.old.is_large or pair.new.is_large):
            reader = reader or Reader(pair.old, pair.new, alphabet=pair.alphabet())
            after = joined(shown, read_as=[*map(reader.read, was, shown)])
        yield _drawn(pair, box, before=joined(was), after=after)


def _seen_in(page: Page, box: Box) -> list[Word]:
    """Return the words in that place that can be seen."""
    return [
        word
        for word, place in zip(page.words, page.boxes, strict=True)
        if place and overlap(place, box) and page.has_ink(place)
    ]


def _drawn(pair: Pair, box: Box, *, before: str, after: str) -> Difference:
    spots = pair.spots(old=box, new=box)
    if any(overlap(image, box) for image in (*pair.old.images, *pair.new.images)):
        return Difference("picture", *spots)
    if before == after:
        return Difference("appearance", *spots)
    kind = "amount" if is_amount(before) and is_amount(after) else "shown-text"
    return Difference(kind, *spots, before, after)
