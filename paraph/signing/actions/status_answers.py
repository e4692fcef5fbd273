"""Keeping status answers that were made before anybody asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from paraph.kit import db

from ..models import StatusAnswer


@db.transaction
def keep_answers(answers: Mapping[str, bytes], *, at: datetime) -> None:
    """Keep the newest answer for each serial number."""
    for serial, response in answers.items():
        StatusAnswer.objects.update_or_create(
            serial=serial, defaults={"response": response, "made_at": at}
        )
