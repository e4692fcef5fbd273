"""The frame around every page, drawn once for all who see the same and filled in for each.

A piece is drawn from a ``Look`` alone: no request, no person and no token is at hand, so nothing
of them can stay in it for somebody else. What differs between two requests is a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from html import escape

from django.http import HttpRequest
from django.template.loader import render_to_string

from paraph.desk.addresses import page_at
from paraph.desk.context import Item
from paraph.desk.templatetags.frame import initials, tint
from paraph.kit.templating.moulds import Mould
from paraph.people.models import Employee

MOST = 2_000
"""So many pieces are kept, of some 5 KB: languages × themes × places × what people may do."""
OF_PERSON = ("name", "email", "initials", "tint")
READS = {
    "rail": ("theme", "here", "new_url", "navigation"),
    "bar": ("theme", "is_trial", "is_known"),
    "tabs": ("here", "new_url", "navigation"),
    "drop": ("new_url",),
    "foot": ("is_trial",),
}
"""What each piece reads besides language and root: by no more than that are they told apart."""


@dataclass(frozen=True)
class Look:
    """All that decides how the frame looks, but for the words in its gaps."""

    language: str
    root: tuple[str, str | None]
    """What addresses begin with, and where they are looked up."""
    theme: str = ""
    here: str = ""
    new_url: str = ""
    is_trial: bool = False
    is_known: bool = False
    """Whether somebody is signed in."""
    navigation: tuple[Item, ...] = ()

    def of(self, piece: str) -> Look:
        """Return what of it decides how one piece looks."""
        read = {name: getattr(self, name) for name in READS[piece]}
        return Look(self.language, self.root, **read)


def without_counts(navigation: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the navigation with gaps for its numbers."""
    return tuple(
        replace(item, count=Mould.gap(f"count-{item.name}")) if item.count else item
        for item in navigation
    )


def drawn(piece: str, look: Look, values: Mapping[str, str]) -> str:
    """Return a piece of the frame as HTML; the values are escaped already."""
    return _mould(piece, look.of(piece)).filled(values)


@lru_cache(MOST)
def _mould(piece: str, look: Look) -> Mould:
    gaps = {
        "csrf_token": Mould.gap("csrf"),
        "way_back": Mould.gap("way-back"),
        "asked": Mould.gap("asked"),
        "person": {name: Mould.gap(name) for name in OF_PERSON},
    }
    seen = {**asdict(look), "navigation": look.navigation}
    return Mould(render_to_string(f"desk/frame/{piece}.html", seen | gaps))


def values(request: HttpRequest, navigation: tuple[Item, ...], *, token: str) -> dict[str, str]:
    """Return what fills the gaps of one request."""
    counts = {f"count-{item.name}": str(item.count) for item in navigation if item.count}
    is_search = request.path == page_at("search")
    words = {
        "csrf": token,
        "way-back": request.get_full_path(),
        "asked": request.GET.get("q", "") if is_search else "",
        **_of_person(request),
    }
    return counts | {name: escape(value) for name, value in words.items()}


def _of_person(request: HttpRequest) -> dict[str, str]:
    person = getattr(request, "user", None)
    if not isinstance(person, Employee):
        return {}
    name = person.name
    letters, colour = initials(name), str(tint(name))
    return {"name": name, "email": person.email, "initials": letters, "tint": colour}
