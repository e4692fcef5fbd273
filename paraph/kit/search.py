"""Search that stays quick at a million rows, on both databases.

Text is normalised in Python and matched by trigrams (FTS5 or pg_trgm).
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=models.Model)


REMEMBERED = 0x3000
"""The letters of alphabets have lower numbers; thousands of signs follow."""


class _Letters(dict[int, Any]):
    """What each letter is to search; accents, which stand by themselves here, are nothing."""

    def __missing__(self, code: int) -> int | None:
        letter = None if unicodedata.combining(chr(code)) else code
        if code < REMEMBERED:  # a text of all there is must not stay in memory for good
            self[code] = letter
        return letter


_LETTERS = _Letters(
    str.maketrans(
        {
            "\0": None,
            "ł": "l",
            "ø": "o",
            "đ": "d",
            "ð": "d",
            "þ": "th",
            "æ": "ae",
            "œ": "oe",
            "ı": "i",
            "ħ": "h",
            "ŧ": "t",
        }
    )
)
LAST = "\U0010ffff"
TRIGRAM = 3
"""Shorter words have no trigram: they are looked for at the beginning of ``sort_key``."""
BEGINNING = 9
"""So many letters of a word SQLite looks up in its index. The rest is looked for in the rows: it
would read what every row has (``.example``) for long and leave out little."""
BEGINNING_ON_POSTGRESQL = 7
"""And PostgreSQL: twice as quick as with nine."""
NAME_LETTERS, NAMES_REMEMBERED = 60, 4096
"""So long are names that come again and again, and so many of them a process remembers."""
_AFTER_A_MARK = re.compile(r"(?<=\W)\w{1,2}$")


def normalise(text: str) -> str:
    """Return the text as search sees it: no case, no accents, single spaces."""
    return _name(text) if len(text) <= NAME_LETTERS else _normalised(text)


def _normalised(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().replace("\0", "").split())
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(text.lower().translate(_LETTERS).split())


_name = lru_cache(NAMES_REMEMBERED)(_normalised)


class Substr(models.Lookup[str]):
    """``search_text__substr="abc"``: rows that contain the normalised text.

    Several words apart by line ends must all occur: one look into the index finds them.
    """

    lookup_name = "substr"
    prepare_rhs = False

    @property
    def words(self) -> list[str]:
        return str(self.rhs).split("\n")

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use LIKE, which every database has."""
        column, params = self.process_lhs(compiler, connection)
        likes = [f"{column} LIKE %s ESCAPE '\\'"] * len(self.words)
        return f"({' AND '.join(likes)})", (*params * len(likes), *map(_pattern, self.words))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use LIKE for the beginnings, which the trigram index answers."""
        column, params = self.process_lhs(compiler, connection)
        begun = [_begun(word, most=BEGINNING_ON_POSTGRESQL) for word in self.words]
        longer = [word for word, known in zip(self.words, begun, strict=True) if word != known]
        tests = [f"{column} LIKE %s"] * len(begun) + [f"strpos({column}, %s) > 0"] * len(longer)
        return f"({' AND '.join(tests)})", (*params * len(tests), *map(_pattern, begun), *longer)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use the FTS5 table that ``SearchIndex`` keeps beside the model's."""
        indexed = [word for word in self.words if len(word) >= TRIGRAM]
        if not indexed:
            return self.as_sql(compiler, connection)
        return self._keys(compiler, connection, indexed)

    def _keys(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, words: Sequence[str]
    ) -> tuple[str, tuple[str, ...]]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        index = connection.ops.quote_name(self.lhs.target.model._meta.db_table + "_fts")
        key = connection.ops.quote_name(self.lhs.target.model._meta.pk.column)
        found, params = _found(index, words)
        return f"{table}.{key} IN ({found})", params


class InRow(Substr):
    """``search_text__inrow``: the same, by looking into each row and never into the index."""

    lookup_name = "inrow"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use ``instr``, which is quicker than LIKE."""
        return self._tested("instr({}, %s)", compiler, connection)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use ``strpos``: LIKE would be looked up in the index whatever else leads to the rows."""
        return self._tested("strpos({}, %s) > 0", compiler, connection)

    def _tested(
        self, test: str, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        tests = [test.format(column)] * len(self.words)
        return f"({' AND '.join(tests)})", (*params * len(tests), *self.words)


class Among(InRow):
    """``search_text__among``: the same, for rows that are walked in an order of theirs.

    The index of words says which of them to look into.
    """

    lookup_name = "among"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Compare keys: the plus keeps SQLite from fetching every row that the index names."""
        begun = [_begun(word, most=BEGINNING) for word in self.words]
        keys, params = self._keys(compiler, connection, begun)
        seen, words = super().as_sqlite(compiler, connection)
        return f"(+{keys} AND {seen})", (*params, *words)


def _found(index: str, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the look into the FTS5 table for rows that contain every word."""
    begun = [_begun(word, most=BEGINNING) for word in words]
    phrases = ['"{}"'.format(word.replace('"', '""')) for word in begun]
    longer = [word for word in words if len(word) > BEGINNING]
    tests = " AND instr(search_text, %s)" * len(longer)
    found = f"SELECT rowid FROM {index} WHERE {index} MATCH %s{tests}"  # noqa: S608  our own names
    return found, (" AND ".join(phrases), *longer)


def _begun(word: str, *, most: int) -> str:
    """Return what is looked up of a word.

    One or two letters behind a mark begin a word in nearly every row: those are left out.
    """
    begun = word[:most]
    return begun if begun == word else _AFTER_A_MARK.sub("", begun)


def _pattern(word: str) -> str:
    return "%{}%".format("".join("\\" + c if c in "\\%_" else c for c in word))


class Listed(models.Lookup[int]):
    """``pk__listed=keys``: rows with one of many keys, which are handed over as one value.

    Of ``pk__in`` Django and the database take each key by itself: 10 ms for a thousand.
    """

    lookup_name = "listed"
    prepare_rhs = False

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Hand over JSON."""
        column, params = self.process_lhs(compiler, connection)
        listed = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608  a column of ours
        return listed, (*params, json.dumps(self.rhs))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Hand over an array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self.rhs)


models.BigAutoField.register_lookup(Listed)
models.TextField.register_lookup(Substr)
models.TextField.register_lookup(InRow)
models.TextField.register_lookup(Among)


class SearchQuerySet(models.QuerySet[Row]):
    """The vocabulary of searchable rows."""

    IS_WALKED: ClassVar[bool] = False
    """Whether their ``SearchIndex`` has what ``paraph.kit.walking`` reads."""

    def matching(self, text: str, *, one_by_one: bool = False) -> Self:
        """Keep the rows that contain every word; one or two letters match the beginning.

        ``one_by_one`` looks into each row: for a few rows that were found otherwise.
        """
        long, short = _by_length(self.words_of(text))
        found = self
        if short and not long:
            begin = short.pop(0)
            found = found.filter(sort_key__gte=begin, sort_key__lt=begin + LAST)
        if long:
            how = "inrow" if one_by_one else "substr"
            found = found.filter(**{f"search_text__{how}": "\n".join(long)})
        if short:
            found = found.filter(search_text__inrow="\n".join(short))
        return found

    def picked(self, text: str) -> Self | None:
        """Keep the same rows, for a walk along an order that picks them out.

        Nothing where the index has no say: there ``matching`` is the better question.
        """
        long, short = _by_length(self.words_of(text))
        if short or not long or connections[self.db].vendor != "sqlite":
            return None
        return self.filter(search_text__among="\n".join(long))

    def first_keys(self, text: str, *, most: int) -> list[int] | None:
        """Return keys of rows that contain every longer word, straight from the index.

        SQLite would first put together all that match; here it stops. Nothing where the index
        has no say: in short words, and in other databases, which stop by themselves.
        """
        long, _short = _by_length(self.words_of(text))
        connection = connections[self.db]
        if not long or connection.vendor != "sqlite":
            return None
        index = connection.ops.quote_name(self.model._meta.db_table + "_fts")
        found, params = _found(index, long)
        with connection.cursor() as cursor:
            cursor.execute(f"{found} LIMIT %s", [*params, most])
            return [row[0] for row in cursor.fetchall()]

    def words_of(self, text: str) -> list[str]:
        """Return the words to look for; a model knows better what a telephone number is."""
        return normalise(text).split()


def _by_length(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the words that the index knows from those that are too short for it."""
    return [w for w in words if len(w) >= TRIGRAM], [w for w in words if len(w) < TRIGRAM]
