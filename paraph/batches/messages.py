"""What we say to whoever has ordered long work."""

from django.conf import settings
from django.utils import translation

from paraph.messaging.letters import Letter

from .models import Batch


def batch_finished(batch: Batch) -> Letter:
    """Tell the owner how it ended, and where the report or the file is."""
    owner = batch.owner
    with translation.override(owner.language):
        context = {
            "title": batch.title,
            "batch": batch,
            "link": f"{settings.PARAPH_URL}/batches/{batch.pk}/",
        }
    return Letter(
        "batch_finished",
        "email",
        owner.email,
        owner.name,
        owner.language,
        context=context,
        about=("batch", batch.pk),
    )
