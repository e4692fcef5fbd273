"""The gallery shows every component, and each component says what it takes."""

import re
from pathlib import Path

from django.test import Client

from tests.cast import Cast

TEMPLATES = Path(__file__).parents[2] / "paraph" / "desk" / "templates"
COMPONENTS = TEMPLATES / "cotton"
USE = re.compile(r"<c-([a-z._-]+)")


def _name(path: Path) -> str:
    return ".".join(path.relative_to(COMPONENTS).with_suffix("").parts).removesuffix(".index")


def _used_in(path: Path) -> set[str]:
    found = USE.findall(path.read_text(encoding="utf-8"))
    return {name.replace("-", "_") for name in found} - {"vars", "slot"}


def test_the_gallery_shows_every_component() -> None:
    components = {_name(path): path for path in COMPONENTS.rglob("*.html")}
    shown: set[str] = set()
    for page in (TEMPLATES / "desk" / "styleguide").glob("*.html"):
        shown |= _used_in(page)

    shown |= {inner for name in shown for inner in _used_in(components[name])}

    assert set(components) - shown == set()


def test_every_component_begins_by_saying_what_it_takes() -> None:
    silent = [
        path.name
        for path in COMPONENTS.rglob("*.html")
        if not re.match(r"\{# .+ Takes: .+ #\}", path.read_text(encoding="utf-8"))
    ]

    assert silent == []


def test_the_gallery_opens_for_employees(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    page = client.get("/styleguide/")

    assert page.status_code == 200
    assert "<c-" not in page.content.decode()
    assert "style=" not in page.content.decode()


def test_the_gallery_sends_strangers_to_the_sign_in(client: Client, cast: Cast) -> None:
    page = client.get("/styleguide/")

    assert page.status_code == 302
    assert page["Location"].startswith("/accounts/login/")
