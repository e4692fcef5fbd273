"""Every column that points to a file of the store, so that none goes while something needs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from paraph.batches.models import Batch
from paraph.contacts.importing.models import Import
from paraph.contacts.models import Company
from paraph.documents.models import Generated, Revision, TemplateVersion
from paraph.signing.models import Field

POINTERS: Sequence[tuple[type[Model], str]] = (
    (Revision, "sha256"),
    (TemplateVersion, "sha256"),
    (Generated, "docx"),
    (Field, "picture"),
    (Field, "attachment"),
    (Company, "logo"),
    (Company, "stamp"),
    (Company, "signature"),
    (Batch, "file"),
    (Import, "records"),
)


def is_needed(sha256: str) -> bool:
    """Tell whether anything still points to a file."""
    return any(_points(model, column, sha256) for model, column in POINTERS)


def _points(model: type[Model], column: str, sha256: str) -> bool:
    wanted: dict[str, Any] = {column: sha256}
    return model._default_manager.filter(**wanted).exists()
