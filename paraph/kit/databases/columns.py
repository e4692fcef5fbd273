"""What a table's columns look like in a statement: written once, and remembered by the process.

Django writes every column of every table out for each question. That took most of the time of
our small questions, and half of the processor time of a signing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models.expressions import Col, Expression
from django.db.models.sql.compiler import SQLCompiler

Converters = list[Callable[..., Any]]  # from what the database returns to what the model holds

_columns: dict[tuple[int, str], list[Expression]] = {}
_written: dict[tuple[str, str, str | None], str] = {}


class Remembering(SQLCompiler):
    """Django's compiler; whatever is not a plain column of a whole row is left to it."""

    def compile(self, node: Any) -> Any:  # Any: as Django has it, whatever knows its own SQL
        """Return the SQL of a node: of a column from memory, unless its table has another name."""
        if type(node) is not Col or node.alias != node.target.model._meta.db_table:
            return super().compile(node)
        if node.alias not in self.query.table_map:
            return super().compile(node)
        key = (self.connection.vendor, node.alias, node.target.column)
        if key not in _written:
            _written[key] = super().compile(node)[0]
        return _written[key], []

    def get_default_columns(
        self,
        select_mask: Any,
        start_alias: str | None = None,
        opts: Any = None,
        from_parent: Any = None,
    ) -> list[Expression]:
        """Return all columns of a table; those that share them change none of them."""
        opts = opts or self.query.get_meta()
        if select_mask or from_parent or opts is None or opts.parents:
            return super().get_default_columns(select_mask, start_alias, opts, from_parent)
        alias = start_alias or self.query.get_initial_alias()
        key = (id(opts), str(alias))
        if key not in _columns:
            _columns[key] = super().get_default_columns(select_mask, alias, opts)
        return _columns[key]

    def get_converters(self, expressions: Iterable[Expression]) -> Any:
        """Return how values are read, by position; of plain columns from memory."""
        expressions = list(expressions)
        if not all(type(it) is Col for it in expressions):
            return super().get_converters(expressions)
        found = ((number, self._converters_of(it), it) for number, it in enumerate(expressions))
        return {number: (converters, it) for number, converters, it in found if converters}

    def _converters_of(self, column: Any) -> Converters:
        # Some are methods of the connection's own, so it keeps them; fields stay with their ids.
        kept: dict[tuple[int, int], tuple[Converters, Col]]
        kept = self.connection.__dict__.setdefault("converters_of_columns", {})
        key = (id(column.target), id(column.output_field))
        if key not in kept:
            backend = self.connection.ops.get_db_converters(column)
            kept[key] = backend + column.get_db_converters(self.connection), column
        return kept[key][0]

    def get_order_by(self) -> Any:
        """Return the order; only columns with names of their own can be meant by one."""
        kept: Sequence[Any] | None = self.select
        if not kept or self.query.combinator or any(alias for _column, _sql, alias in kept):
            return super().get_order_by()
        self.select = None  # else each column is looked at, for nothing
        try:
            return super().get_order_by()
        finally:
            self.select = kept


class RememberedColumns(BaseDatabaseOperations):
    """What a connection does, with columns that are remembered where it asks a question."""

    def compiler(self, compiler_name: str) -> Any:
        """Return Django's compiler of that name for this database; of questions, ours over it."""
        found: Any = super().compiler(compiler_name)  # a class: mypy takes those for unhashable
        return _remembering(found) if compiler_name == "SQLCompiler" else found


@cache
def _remembering(compiler: type[SQLCompiler]) -> type[SQLCompiler]:
    return type(compiler.__name__, (Remembering, compiler), {})
