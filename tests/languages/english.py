"""Finds English that was left over in a page, a message or a PDF of another language."""

import re
from functools import cache
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from tools.source import ROOT

SPOKEN = {"alt", "aria-label", "content", "placeholder", "title", "data-saving", "data-saved"}
UNREAD = {"script", "style", "template"}
FEWEST_WORDS = 3


@cache
def texts(language: str) -> dict[str, str]:
    """Return every English text of the catalogue that reads differently in the language."""
    path = ROOT / "paraph" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    pairs = [
        (_plain(entry.id), _plain(str(entry.string)))
        for entry in catalogue
        if entry.id and isinstance(entry.id, str)
    ]
    native = {translation for _english, translation in pairs}
    return {english: translation for english, translation in pairs if english not in native}


def left_in_page(html: str, *, language: str) -> set[str]:
    """Return the English texts that a person would read or hear on a page."""
    reader = _Reader()
    reader.feed(html)
    return {text for text in reader.texts if text in texts(language)}


def left_in_text(text: str, *, language: str) -> set[str]:
    """Return the English sentences in a message or on the pages of a PDF."""
    words = _plain(text)
    long = (known for known in texts(language) if len(known.split()) >= FEWEST_WORDS)
    return {known for known in long if "%(" not in known and known in words}


class _Reader(HTMLParser):
    """Collects what is read or heard: text between tags and the spoken attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: set[str] = set()
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD
        self.texts |= {_plain(value or "") for name, value in attrs if name in SPOKEN}

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.texts.add(_plain(data))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
