"""Search and paging that stay quick at a million rows, on both databases.

Text is normalised in Python, matched by trigrams (FTS5 or pg_trgm), paged by key.
"""

import base64
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import OrderBy
from django.db.models.sql.compiler import SQLCompiler

AnyField = models.Field[Any, Any]
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
"""So many letters of a word are looked up in an index. The rest is looked for in the rows: it
would read what every row has (``.example``) for long and leave out little."""


def normalise(text: str) -> str:
    """Return the text as search sees it: no case, no accents, single spaces."""
    if text.isascii():
        return " ".join(text.lower().replace("\0", "").split())
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(text.lower().translate(_LETTERS).split())


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
        longer = [word for word in self.words if len(word) > BEGINNING]
        tests = [f"{column} LIKE %s"] * len(self.words) + [f"strpos({column}, %s) > 0"] * len(
            longer
        )
        begun = [_pattern(word[:BEGINNING]) for word in self.words]
        return f"({' AND '.join(tests)})", (*params * len(tests), *begun, *longer)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Use the FTS5 table that ``SearchIndex`` keeps beside the model's."""
        indexed = [word for word in self.words if len(word) >= TRIGRAM]
        if not indexed:
            return self.as_sql(compiler, connection)
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        index = connection.ops.quote_name(self.lhs.target.model._meta.db_table + "_fts")
        key = connection.ops.quote_name(self.lhs.target.model._meta.pk.column)
        found, params = _found(index, indexed)
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


def _found(index: str, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the look into the FTS5 table for rows that contain every word."""
    phrases = ['"{}"'.format(word[:BEGINNING].replace('"', '""')) for word in words]
    longer = [word for word in words if len(word) > BEGINNING]
    tests = " AND instr(search_text, %s)" * len(longer)
    found = f"SELECT rowid FROM {index} WHERE {index} MATCH %s{tests}"  # noqa: S608  our own names
    return found, (" AND ".join(phrases), *longer)


def _pattern(word: str) -> str:
    return "%{}%".format("".join("\\" + c if c in "\\%_" else c for c in word))


models.TextField.register_lookup(Substr)
models.TextField.register_lookup(InRow)


class SearchQuerySet(models.QuerySet[Row]):
    """The vocabulary of searchable rows."""

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


class Beyond(models.Func):
    """``(a, b) > (1, 2)``: the rows after a key, in one step along the index of its fields.

    Django writes such a comparison for SQLite as ``a > 1 OR (a = 1 AND b > 2)``, which has to
    read everything before.
    """

    output_field = models.BooleanField()

    def __init__(self, fields: Sequence[str], key: Sequence[Any], *, sign: str) -> None:
        super().__init__(*map(models.F, fields))
        self.key, self.sign = tuple(key), sign

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        *_args: Any,  # Any: Func's own arguments, of which this one needs none
        **_kwargs: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        columns = self.get_source_expressions()
        sources = [compiler.compile(column)[0] for column in columns]
        values = [
            column.output_field.get_db_prep_value(value, connection)
            for column, value in zip(columns, self.key, strict=True)
        ]
        marks = ", ".join(["%s"] * len(values))
        return f"({', '.join(sources)}) {self.sign} ({marks})", tuple(values)


class Aside(models.Func):
    """The same value, along which no index lies: what fits is sorted.

    PostgreSQL takes it that one row in a hundred fits whatever is typed. So it would walk along
    the order until a page is full, past a hundred thousand rows where few fit.
    """

    function = "GREATEST"
    arity = 1

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **_context: Any,  # Any: Func's own arguments, of which this one needs none
    ) -> tuple[str, tuple[str | int, ...]]:
        """Say nothing: SQLite walks along what it was told to find."""
        return compiler.compile(self.get_source_expressions()[0])


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A stretch of a list, and the cursors that lead on and back."""

    rows: list[Row]
    next: str | None
    previous: str | None
    is_followed: bool = False
    """Whether more rows come in the direction that the cursor pointed to."""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Keyset:
    """An order of rows that can be entered anywhere. No field is null, the last is unique."""

    fields: tuple[str, ...]
    descending: bool = False

    def page(
        self, rows: models.QuerySet[Row], *, cursor: str | None = None, size: int = 50
    ) -> Page[Row]:
        """Return the stretch that a cursor points to, or the first where it makes no sense."""
        backwards, key = _opened(cursor, self._columns(rows))
        found = list(self.stretch(rows, cursor=cursor, size=size + 1))
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        return Page(
            found,
            next=self.cursor_at(found[-1], ">") if found and (more or backwards) else None,
            previous=self.cursor_at(found[0], "<")
            if found and key and (more or not backwards)
            else None,
            is_followed=more,
        )

    def beginning(self, rows: Sequence[Row], *, size: int) -> Page[Row]:
        """Return the first of rows in hand, which are in this order already."""
        more, found = len(rows) > size, list(rows[:size])
        following = self.cursor_at(found[-1]) if more else None
        return Page(found, next=following, previous=None, is_followed=more)

    def stretch(
        self,
        rows: models.QuerySet[Row],
        *,
        cursor: str | None,
        size: int,
        is_walked: bool = True,
    ) -> models.QuerySet[Row]:
        """Return the next rows from a cursor on, in the direction it points to.

        What is not walked is found first, and then sorted.
        """
        backwards, key = _opened(cursor, self._columns(rows))
        is_down = self.descending is not backwards
        if key:
            rows = rows.filter(Beyond(self.fields, key, sign="<" if is_down else ">"))
        keys = [models.F(name) if is_walked else Aside(name) for name in self.fields]
        return rows.order_by(*(OrderBy(it, descending=is_down) for it in keys))[:size]

    def _columns(self, rows: models.QuerySet[Row]) -> list[AnyField]:
        return [cast(AnyField, rows.model._meta.get_field(name)) for name in self.fields]

    def cursor_at(self, row: models.Model, direction: str = ">") -> str:
        """Return the cursor that leads on from a row (``>``), or back (``<``)."""
        fields = [cast(AnyField, row._meta.get_field(name)) for name in self.fields]
        key = [field.value_to_string(row) for field in fields]
        packed = json.dumps([direction, *key], separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _opened(cursor: str | None, fields: Sequence[AnyField]) -> tuple[bool, tuple[Any, ...]]:
    """Return what a cursor says, direction and key; nothing for one that people have touched."""
    try:
        packed = json.loads(base64.urlsafe_b64decode((cursor or "") + "=="))
        direction, *parts = packed if isinstance(packed, list) else [""]
        key = [field.to_python(part) for field, part in zip(fields, parts, strict=True)]
    except (ValueError, TypeError, ValidationError):
        return False, ()
    return direction == "<", tuple(key)


@dataclass(frozen=True)
class Count:
    """How many rows there are, up to where it is worth counting."""

    number: int
    is_capped: bool


def capped_count(rows: models.QuerySet[Any], *, cap: int = 1000) -> Count:
    """Count no further than the cap, so that a list of a million rows opens at once."""
    number = rows.order_by()[: cap + 1].values("pk").count()
    return Count(min(number, cap), is_capped=number > cap)
