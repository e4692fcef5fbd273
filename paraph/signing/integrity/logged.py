"""Where the public log has what happened to a document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from paraph.documents.models import Document
from paraph.journal.models import LogEntry


@dataclass(frozen=True)
class LogPlace:
    """The entries of one shard of the log that speak of the document."""

    origin: str
    entries: str
    count: int


def places_of(document: Document) -> list[LogPlace]:
    """Return the document's entries, shard by shard; none before they were sequenced."""
    entries = LogEntry.objects.filter(
        fact__mentions__noun="envelope",
        fact__mentions__object_id__in=document.enclosures.values("envelope_id"),
    ).select_related("shard")
    ordered = entries.order_by("shard__number", "index")
    return [
        _place(origin, [entry.index for entry in group])
        for origin, group in groupby(ordered, key=lambda entry: entry.shard.origin)
    ]


def _place(origin: str, indexes: Sequence[int]) -> LogPlace:
    return LogPlace(origin, ", ".join(_runs(indexes)), len(indexes))


def _runs(indexes: Sequence[int]) -> Iterator[str]:
    """Write neighbours as one: 3, 7–9."""
    for _gap, run in groupby(enumerate(indexes), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _place, number in run]
        yield f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
