"""Where two versions of a file differ: a place in each, and the words that stand there."""

from dataclasses import dataclass

from paraph.sealing.report import Change
from paraph.sealing.seen.boxes import Box


@dataclass(frozen=True)
class Spot:
    """A page, counted from 1, and the place on it; none where nothing stands there."""

    page: int
    box: Box | None = None


@dataclass(frozen=True)
class Difference:
    """One thing that differs: where it was, where it is, and the words."""

    kind: str
    old: Spot | None = None
    new: Spot | None = None
    before: str = ""
    after: str = ""

    @property
    def change(self) -> Change:
        """The same in the form of the report, which names one place."""
        spot = self.new or self.old
        page, box = (spot.page, spot.box) if spot else (None, None)
        if box is None and self.old is not None:
            box = self.old.box
        return Change(page, box, self.kind, self.before, self.after)
