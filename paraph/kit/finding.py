"""How one page of a narrowed list is found within milliseconds among a million rows.

Two ways lead there: to take all that fits and sort it, which is quick while little fits; or to
walk along the order and look at each row, which is quick while much fits. Databases guess badly
which it is (SQLite knows nothing about its search index), so we look first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, cast

from django.db.models import Model, QuerySet

from .filters import Criteria
from .listing import Listing
from .models import Searchable
from .paging import Count, Keyset, Page, Row, capped_count
from .search import TRIGRAM, SearchQuerySet
from .walking import is_walked, keys_along, some_in_order

SPARE = 5
"""So many more keys than a page has are handed over: one tells that more follows, and some rows
may be deleted before they are fetched."""


@dataclass(frozen=True)
class Ways:
    """Where one way to a page ends and the other begins."""

    cap: int = 1000
    """Up to here rows are counted, and fetched by their keys."""
    stretch: int = 4000
    """Rows that are walked before giving up: more than enough where one in fifty fits. How many
    fit is told by how far apart the first keys lie."""
    near: int = 16_000
    """Rows in order that hold a page's worth: up to here their keys are compared with those that
    the index of words gives, which beats to fetch and to sort all that fits."""
    glance: int = 1000
    """Rows that PostgreSQL reads along its index to see whether much fits. If they fill a page,
    the index of words is not asked: it would gather a hundred thousand rows before the first."""
    read: int = 20_000
    """Rows that PostgreSQL reads along its index, 15 ms, where less would be sorted."""
    rare: int = 20_000
    """Words in more rows than that narrow less than the filters beside them: then the rows of
    those are looked into."""


@dataclass(frozen=True)
class Found(Generic[Row]):
    """A page of a list, and how many rows there are, up to where it is worth counting."""

    page: Page[Row]
    count: Count


@dataclass(frozen=True)
class Hits:
    """Keys of rows that fit: of all of them, or of some where more follow."""

    keys: list[Any]
    are_all: bool
    are_sorted: bool = False


@dataclass(frozen=True)
class Search(Generic[Row]):
    """What is looked for: the rows somebody may see, narrowed, in an order, from a cursor on."""

    listing: Listing[Row]
    rows: QuerySet[Row]
    criteria: Criteria
    sort: str = ""
    cursor: str | None = None
    size: int = 50

    def find(self, ways: Ways = Ways()) -> Found[Row]:
        """Return the page, in two to four queries however many rows there are."""
        fitting = self.listing.narrow(self.rows, self.criteria)
        if not fitting.query.where:
            return Found(self._page(fitting), capped_count(fitting, cap=ways.cap))
        if page := self._glanced(ways):
            return Found(page, Count(ways.cap, is_capped=True))
        apart = ways.read // self.size
        hits = self._hits(ways.cap + 1, rare=ways.rare, apart=apart)
        keys = hits.keys
        if hits.are_all:
            few = self._every.filter(pk__listed=keys)
            is_first = hits.are_sorted and not self.cursor
            page = self._paged(keys) if is_first else self._sorted(few)
            return Found(page, Count(min(len(keys), ways.cap), is_capped=len(keys) > ways.cap))
        expected = self.size * (max(keys) - min(keys) + 1) / len(keys)
        if self._is_read:
            page = self._read(expected, ways.read)
        else:
            page = self._walked(expected, ways.stretch) or self._picked(expected, ways.near)
        page = page or self._sorted(self._led(fitting, rare=ways.rare))
        return Found(page, Count(ways.cap, is_capped=True))

    def few(self, ways: Ways = Ways()) -> list[Any] | None:
        """Return the keys of all that fits, where that is little."""
        hits = self._hits(ways.cap + 1, rare=ways.rare)
        return hits.keys if hits.are_all else None

    def _led(self, fitting: QuerySet[Row], *, rare: int) -> QuerySet[Row]:
        """Return what fits, led by the words' index or by the filters' own."""
        if self._is_within:
            return self._seen
        words = self.listing.words(self.criteria)
        if not words or (words == self.criteria and not self.rows.query.where):
            return fitting
        keys = self._first_keys(words, most=rare)
        if keys is None or len(keys) < rare:
            return fitting
        return self._seen

    @property
    def _seen(self) -> QuerySet[Row]:
        """What fits, told by a look into each row."""
        return self.listing.narrow(self.rows, self.criteria, one_by_one=True)

    @property
    def _is_within(self) -> bool:
        return self.listing.is_within(self.criteria)

    def _first_keys(self, words: Criteria, *, most: int) -> list[int] | None:
        return self._searched.first_keys(_text(words), most=most)

    def _hits(self, most: int, *, rare: int, apart: int = 0) -> Hits:
        """Return keys of what fits.

        Rare words lead to the rows; common ones are seen in them. More than ``most`` are all
        there are, if fewer than ``rare``: PostgreSQL may give them where they lie ``apart``.
        """
        words = self.listing.words(self.criteria)
        if not words or self._is_within:
            return _hits(self._seen, most=most)
        is_all = words == self.criteria and not self.rows.query.where
        keys = self._first_keys(words, most=most)
        is_sorted = keys is None
        if keys is None:
            fitting = self.listing.narrow(self._every, words)
            apart = apart if is_all and self._is_read else 0
            keys = some_in_order(fitting, self.keyset, most=most, apart=apart, rare=rare)
        if is_all and (is_sorted or self._is_exact(words)):
            are_all = len(keys) < most or most < len(keys) < rare
            return Hits(keys, are_all, is_sorted)
        if len(keys) < most:
            return _hits(self._seen.filter(pk__listed=keys), most=most)
        fitting = self.listing.narrow(self.rows, self.criteria)
        return _hits(self._led(fitting, rare=rare), most=most)

    def _is_exact(self, words: Criteria) -> bool:
        """Tell whether the index of words leaves out all that does not fit."""
        is_short = any(len(word) < TRIGRAM for word in self._searched.words_of(_text(words)))
        return set(words) == {self.listing.SEARCH} and not is_short

    @property
    def _every(self) -> QuerySet[Row]:
        return self.rows.model._default_manager.all()

    @property
    def _searched(self) -> SearchQuerySet[Any]:
        return cast("SearchQuerySet[Any]", self._every)

    @property
    def keyset(self) -> Keyset:
        return self.listing.keyset(self.sort)

    def _page(self, rows: QuerySet[Row]) -> Page[Row]:
        return self.keyset.page(self._whole(rows), cursor=self.cursor, size=self.size)

    def _sorted(self, rows: QuerySet[Row]) -> Page[Row]:
        """Sort by keys alone, and fetch no more than the page: rows are wide."""
        near = self.keyset.stretch(
            rows, cursor=self.cursor, size=self.size + 1, is_walked=self._is_within
        )
        return self._page(self._every.filter(pk__in=near.values("pk")))

    @property
    def _is_read(self) -> bool:
        """Tell whether words alone narrow the list, and an index has them along its order."""
        if self.rows.query.where or self.criteria.keys() != {self.listing.SEARCH}:
            return False
        return is_walked(self._searched, self.keyset, text=_text(self.criteria))

    def _glanced(self, ways: Ways) -> Page[Row] | None:
        """Return the page if so much fits that the next rows tell, and that there is more."""
        if not self._is_read or len(self._along(ways.glance, most=self.size + 1)) <= self.size:
            return None
        enough = max(ways.cap, self.size)
        keys = self._along(ways.read, most=enough + 1)
        return self._paged(keys) if len(keys) > enough else None

    def _read(self, expected: float, most: int) -> Page[Row] | None:
        """Return the page if few enough rows hold it. Names that are alike lie together."""
        if expected > most:
            return None
        keys = self._along(ceil(2.5 * expected), most=self.size + SPARE)
        return self._paged(keys) if len(keys) > self.size else None

    def _along(self, stretch: int, *, most: int) -> list[int]:
        text, cursor = _text(self.criteria), self.cursor
        return keys_along(
            self._searched, self.keyset, text=text, cursor=cursor, stretch=stretch, most=most
        )

    def _paged(self, keys: list[int]) -> Page[Row]:
        return self._page(self._every.filter(pk__listed=keys[: self.size + SPARE]))

    def _walked(self, expected: float, most: int) -> Page[Row] | None:
        """Return the page if twice the rows fill it that should do so once, at most so many."""
        if self._is_within or expected > most:
            return None
        size = min(most, ceil(2 * expected))
        stretch = self.keyset.stretch(self._every, cursor=self.cursor, size=size)
        page = self._sorted(self._seen.filter(pk__in=stretch.values("pk")))
        return page if len(page) == self.size and page.is_followed else None

    def _picked(self, expected: float, most: int) -> Page[Row] | None:
        """Return the page where words alone narrow it, and enough rows have them."""
        if expected > most or self.criteria.keys() != {self.listing.SEARCH}:
            return None
        rows = cast("SearchQuerySet[Any]", self.rows).picked(_text(self.criteria))
        return None if rows is None else self._sorted(rows)

    def _whole(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Fetch along what the columns show; never the search column, which is the widest."""
        needs = dict.fromkeys(each for column in self.listing.columns for each in column.needs)
        rows = rows.select_related(*needs) if needs else rows
        if beside := self.listing.beside:
            fields = rows.model._meta.concrete_fields
            own = [field.name for field in fields if field.name != "search_text"]
            return rows.only(*own, *beside)
        wide = [f"{path}search_text" for path in _searchable(rows.model, needs)]
        return rows.defer(*wide) if wide else rows


def _text(words: Criteria) -> str:
    return " ".join(value for values in words.values() for value in values)


def _hits(rows: QuerySet[Any], *, most: int) -> Hits:
    keys = list(rows.order_by().values_list("pk", flat=True)[:most])
    return Hits(keys, are_all=len(keys) < most)


def _searchable(model: type[Model], needs: Iterable[str]) -> Iterator[str]:
    """Yield the ways to the tables that have a search column: the list's, and those beside it."""
    if issubclass(model, Searchable):
        yield ""
    for need in needs:
        beside = model._meta.get_field(need).related_model if "__" not in need else None
        if isinstance(beside, type) and issubclass(beside, Searchable):
            yield f"{need}__"
