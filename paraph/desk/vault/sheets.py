"""Which pages of a file are shown at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from paraph.documents.models import Document
from paraph.kit.paging import Page
from paraph.people.http import Request

PAGES_AT_ONCE = 50
TEXTS_AT_ONCE = 20
_SCALE = 1.5


@dataclass(frozen=True)
class Sheet:
    """A page to be shown: its number, and the size of its reading picture in pixels."""

    number: int
    width: int
    height: int


def sheets_of(document: Document, stretch: Iterable[int]) -> list[Sheet]:
    """Return the pages of a stretch."""
    sizes = ((number, document.pages[number - 1]) for number in stretch)
    return [Sheet(number, round(w * _SCALE), round(h * _SCALE)) for number, (w, h) in sizes]


def stretch_of(request: Request, count: int, length: int) -> tuple[int, range]:
    """Return the stretch that an address names: by its first page (``from``) or any (``page``)."""
    page = request.GET.get("page", "")
    wanted = request.GET.get("from", "")
    if page.isdecimal() and len(page) < 6:
        first = (max(int(page), 1) - 1) // length * length + 1
    else:
        first = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1
    first = max(1, min(first, count))
    return first, range(first, min(first + length, count + 1))


def turned(page: Page[Any]) -> dict[str, Any]:
    """Return a stretch of a long list for its template, and where it goes on."""
    addresses = {"next": page.next, "previous": page.previous}
    turns = {
        name: cursor and "?" + urlencode({"cursor": cursor}) for name, cursor in addresses.items()
    }
    return {"page": page, **turns}


def neighbours(count: int, first: int, length: int) -> dict[str, str]:
    """Return the queries that lead to the stretches before and after."""
    after, before = first + length, max(1, first - length)
    return {
        "next": f"?from={after}" if after <= count else "",
        "previous": f"?from={before}" if first > 1 else "",
    }
