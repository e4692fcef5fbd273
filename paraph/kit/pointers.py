"""Every column that points to a file of the store, so that none goes while something needs it.

Each app names its own in its ``AppConfig``: ``stored_files = {"Company": ("logo", "stamp")}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Model

from . import db, files


def columns() -> Iterator[tuple[type[Model], str]]:
    """Yield the model and the field of everything that names a file of the store."""
    for config in apps.get_app_configs():
        for model, names in getattr(config, "stored_files", {}).items():
            yield from ((config.get_model(model), name) for name in names)


def is_needed(sha256: str) -> bool:
    """Tell whether anything still points to a file."""
    return any(_points(model, column, sha256) for model, column in columns())


@db.transaction_required
def forget_unneeded(sha256: str) -> None:
    """Remove a file once this transaction is kept, if by then nothing points to it."""
    if sha256:
        db.after_commit(partial(_forget, sha256))


def _forget(sha256: str) -> None:
    if not is_needed(sha256):
        files.forget(sha256)


def _points(model: type[Model], column: str, sha256: str) -> bool:
    wanted: dict[str, Any] = {column: sha256}
    return model._default_manager.filter(**wanted).exists()
