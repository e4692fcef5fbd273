"""What is typed into the vault's search, and the words it looks for; both databases agree on them.

Words are letters and digits without case and accents, so that neither database's own way to take
a text apart has anything left to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from paraph.kit.search import normalise

LONGEST = 60
MOST_LETTERS = 400_000
"""So much of a document is indexed, counted in bytes: PostgreSQL takes a megabyte of words and
places a row."""
_LETTER = r"[^\W_]"
_WORD = re.compile(f"{_LETTER}+")
_PART = re.compile(r'"([^"]*)"|(\S+)')


def words_in(text: str) -> list[str]:
    """Return the words of a text as the index has them."""
    return [word[:LONGEST] for word in _WORD.findall(normalise(text))]


def indexed(*texts: str) -> str:
    """Return texts as they are indexed."""
    words = " ".join(word for text in texts for word in words_in(text))
    return words.encode()[:MOST_LETTERS].decode(errors="ignore")


@dataclass(frozen=True)
class Part:
    """Words that stand together; the last is a beginning unless it was put in quotes."""

    words: tuple[str, ...]
    is_exact: bool = False


def _written(part: Part, word: str) -> str:
    """Return a word as a pattern; one that is a beginning goes on."""
    is_whole = (part.is_exact or word != part.words[-1]) and len(word) < LONGEST
    return word if is_whole else f"{word}{_LETTER}*"


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: every part must occur in a document, on whatever page."""

    typed: str

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts; a single letter narrows nothing where there are longer words."""
        found = [
            Part(words, is_exact=bool(quoted))
            for quoted, plain in _PART.findall(self.typed)
            if (words := tuple(words_in(quoted or plain)))
        ]
        longer = tuple(it for it in found if len(it.words) > 1 or len(it.words[0]) > 1)
        return longer or tuple(found)

    @property
    def for_sqlite(self) -> str:
        """Write it down for FTS5."""
        return " AND ".join(
            '"{}"{}'.format(" ".join(it.words), "" if it.is_exact else "*") for it in self.parts
        )

    @property
    def for_postgresql(self) -> str:
        """Write the words down for ``to_tsquery``; ``like_phrases`` says which stand together."""
        return " & ".join(
            "{}{}".format(" & ".join(it.words), "" if it.is_exact else ":*") for it in self.parts
        )

    @property
    def as_text(self) -> list[str]:
        """Return what to look for in an indexed text that stands between two spaces."""
        return [" {}{}".format(" ".join(it.words), " " * it.is_exact) for it in self.parts]

    @property
    def like_phrases(self) -> list[str]:
        """Return patterns for words that stand together, in a text between two spaces.

        A ``tsvector`` forgets places: those after 16,383 words, and of a word after 256.
        """
        both = zip(self.parts, self.as_text, strict=True)
        return [f"%{text}%" for part, text in both if len(part.words) > 1]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What ``fits`` a text without accents, wherever it stands there."""
        each = (_written(part, word) for part in self.parts for word in part.words)
        return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(each)})(?!{_LETTER})", re.I | re.A)

    def fits(self, word: str) -> bool:
        """Tell whether an indexed word is one of those that are looked for."""
        return any(self._is_in(part, word) for part in self.parts)

    def _is_in(self, part: Part, word: str) -> bool:
        *whole, last = part.words
        return word in whole or (word == last if part.is_exact else word.startswith(last))
