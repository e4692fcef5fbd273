"""In a store without locks, putting and forgetting the same bytes loses nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import InMemoryStorage
from django.utils import timezone

from paraph.kit import objects

PATH, BYTES = "ab/cd/abcd", b"signed"


class Store(InMemoryStorage):
    """A store of objects in which something happens after the file's time was asked."""

    meanwhile: Callable[[], None] | None = None
    hours = 0
    """How long ago the file was written, where it is not fresh."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        if name == PATH:
            self.hours = 0
        return super().save(name, content, max_length)

    def get_modified_time(self, name: str) -> datetime:
        try:
            earlier = timedelta(hours=self.hours if name == PATH else 0)
            return super().get_modified_time(name) - earlier
        finally:
            if name == PATH and (happens := self.meanwhile):
                self.meanwhile = None
                happens()


def an_hour_ago() -> float:
    return (timezone.now() - timedelta(hours=1)).timestamp()


def test_old_bytes_go_and_their_mark_with_them() -> None:
    store = Store()
    objects.put(store, PATH, BYTES)
    store.hours = 3

    assert objects.forget_unless_fresh(store, PATH, since=an_hour_ago())
    assert store.listdir("ab/cd") == ([], [])
    assert objects.forget_unless_fresh(store, PATH, since=an_hour_ago())


def test_bytes_that_were_put_again_stay() -> None:
    store = Store()
    objects.put(store, PATH, BYTES)
    store.hours = 3

    objects.put(store, PATH, BYTES)

    assert not objects.forget_unless_fresh(store, PATH, since=an_hour_ago())
    assert store.exists(PATH)


def test_whoever_puts_between_the_look_and_the_deletion_writes_once_more() -> None:
    store = Store()
    objects.put(store, PATH, BYTES)
    store.hours = 3
    forgotten: list[bool] = []

    def forget() -> None:
        forgotten.append(objects.forget_unless_fresh(store, PATH, since=an_hour_ago()))

    store.meanwhile = forget
    objects.put(store, PATH, BYTES)

    assert forgotten == [True]
    assert store.open(PATH).read() == BYTES
