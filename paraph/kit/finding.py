"""How one page of a narrowed list is found within milliseconds among a million rows.

Two ways lead there: to take all that fits and sort it, which is quick while little fits; or to
walk along the order and look at each row, which is quick while much fits. Databases guess badly
which it is (SQLite knows nothing about its search index), so we look first.
"""

from dataclasses import dataclass
from typing import Any, Generic

from django.db.models import QuerySet

from .listing import Criteria, Listing
from .search import Count, Keyset, Page, Row, capped_count


@dataclass(frozen=True)
class Ways:
    """Where one way to a page ends and the other begins."""

    cap: int = 1000
    """Up to here rows are counted, and fetched by their keys."""
    stretch: int = 4000
    """Rows that are walked before giving up: more than enough where one in fifty fits."""


@dataclass(frozen=True)
class Found(Generic[Row]):
    """A page of a list, and how many rows there are, up to where it is worth counting."""

    page: Page[Row]
    count: Count


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
        """Return the page; it takes two queries, or three where neither way was quick."""
        fitting = self.listing.narrow(self.rows, self.criteria)
        if not fitting.query.where:
            return Found(self._page(fitting), capped_count(fitting, cap=ways.cap))
        keys = list(fitting.order_by().values_list("pk", flat=True)[: ways.cap + 1])
        if len(keys) <= ways.cap:
            few = self.rows.model._default_manager.filter(pk__in=keys)
            return Found(self._page(few), Count(len(keys), is_capped=False))
        page = self._walked(ways.stretch)
        return Found(page or self._page(fitting), Count(ways.cap, is_capped=True))

    @property
    def keyset(self) -> Keyset:
        return self.listing.keyset(self.sort)

    def _page(self, rows: QuerySet[Row]) -> Page[Row]:
        return self.keyset.page(self._whole(rows), cursor=self.cursor, size=self.size)

    def _walked(self, size: int) -> Page[Row] | None:
        """Return the page if the next rows in order fill it."""
        every = self.rows.model._default_manager.all()
        stretch = self.keyset.stretch(every, cursor=self.cursor, size=size)
        seen = self.listing.narrow(self.rows, self.criteria, one_by_one=True)
        page = self._page(seen.filter(pk__in=stretch.values("pk")))
        return page if len(page) == self.size and page.is_followed else None

    def _whole(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Fetch along what the columns show; never the search column, which is the widest."""
        needs = dict.fromkeys(each for column in self.listing.columns for each in column.needs)
        rows = rows.select_related(*needs) if needs else rows
        return rows.defer("search_text") if _has_search_text(rows) else rows


def _has_search_text(rows: QuerySet[Any]) -> bool:
    return any(field.name == "search_text" for field in rows.model._meta.concrete_fields)
