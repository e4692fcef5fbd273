"""Transactions as the style wants them: one action, one transaction, and never a second inside."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection
from django.db import transaction as django_transaction

P = ParamSpec("P")
R = TypeVar("R")


SMALL_CACHE = -4_000  # KiB


class NestedAction(RuntimeError):
    """An action called another action; the shared step wants ``@transaction_required``."""


class NotInTransaction(RuntimeError):
    """A step that belongs into an action's transaction was called outside of one."""


class _State(threading.local):
    """What this thread is in the middle of."""

    def __init__(self) -> None:
        self.depth = 0
        self.in_action = False
        self.after_commit: list[Callable[[], None]] = []


_state = _State()


def is_open() -> bool:
    """Tell whether this thread is inside a transaction of ours."""
    return _state.depth > 0


def after_commit(callback: Callable[[], None]) -> None:
    """Call back once the open transaction is committed; never if it is rolled back.

    A callback given twice is called once, at its last place. Unlike Django's
    ``on_commit`` this also happens inside the transaction of a test.
    """
    if not is_open():
        raise NotInTransaction("after_commit")
    if callback in _state.after_commit:
        _state.after_commit.remove(callback)
    _state.after_commit.append(callback)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Open a transaction, or join the one that is open."""
    if is_open():
        yield
        return

    callbacks: list[Callable[[], None]] = []
    _state.after_commit = callbacks
    _state.depth += 1
    try:
        with django_transaction.atomic(durable=True):
            yield
    finally:
        _state.depth -= 1
        _state.after_commit = []
    for callback in callbacks:
        callback()


def transaction(action: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: its writes are kept together or not at all.

    An action that calls an action raises ``NestedAction``. A reaction may call one:
    they share the reaction's transaction.
    """

    @wraps(action)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        if _state.in_action:
            raise NestedAction(action.__qualname__)
        with unit_of_work(), _acting():
            return action(*args, **kwargs)

    return call


def joining(step: Callable[P, R]) -> Callable[P, R]:
    """Make a function join the open transaction, or have one of its own where none is open."""

    @wraps(step)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        with unit_of_work():
            return step(*args, **kwargs)

    return call


def transaction_required(step: Callable[P, R]) -> Callable[P, R]:
    """Mark a step that several actions share; outside a transaction it raises."""

    @wraps(step)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        if not is_open():
            raise NotInTransaction(step.__qualname__)
        return step(*args, **kwargs)

    return call


@contextmanager
def soon_durable() -> Iterator[None]:
    """Commit on SQLite without waiting for the disk, for what may as well happen twice.

    After a power cut such a commit may be gone, alone or with other such ones after it; the next
    ordinary commit, which waits, makes all before it last. A killed process loses nothing.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        (kept,) = cursor.execute("PRAGMA synchronous").fetchone()
        cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={int(kept)}")


@contextmanager
def reading_once() -> Iterator[None]:
    """Read a whole table without keeping it in memory: SQLite's cache of pages stays small."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (kept,) = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size={SMALL_CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size={int(kept)}")


@contextmanager
def _acting() -> Iterator[None]:
    _state.in_action = True
    try:
        yield
    finally:
        _state.in_action = False
