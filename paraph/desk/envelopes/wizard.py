"""The four steps of the preparation: their order, their names, and which are done."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.people.access import Right
from paraph.people.http import Request
from paraph.signing import queries
from paraph.signing.models import Envelope, Field, FieldKind


@dataclass(frozen=True)
class WizardStep:
    """One step of the bar: ``state`` is done, current or ahead."""

    label: str
    state: str
    url: str


def draft_of(request: Request, pk: int) -> Envelope:
    """Return a draft the person may prepare; what was sent is not prepared any more."""
    rows = Envelope.objects.visible_to(request.user, Right.SEND)
    rows = rows.select_related("company__director")
    envelope = get_object_or_404(rows, pk=pk)
    if not envelope.is_draft:
        raise Http404
    return envelope


def steps(envelope: Envelope | None, *, current: str) -> list[WizardStep]:
    """Return the bar for a draft, or for one that is not begun yet."""
    names = {
        "document": _("Document"),
        "parties": _("Parties"),
        "fields": _("Fields"),
        "review": _("Send"),
    }
    done = _done(envelope) if envelope else frozenset()
    return [
        WizardStep(
            label=label,
            state="current" if name == current else "done" if name in done else "ahead",
            url=reverse(f"envelope-{name}", args=[envelope.pk]) if envelope else "",
        )
        for name, label in names.items()
    ]


def is_laid_out(envelope: Envelope) -> bool:
    """Tell whether everybody who signs has a place for it already."""
    signers = envelope.parties.signers()
    placed = signers.filter(fields__kind=FieldKind.SIGNATURE).distinct()
    return 0 < placed.count() == signers.count()


def next_step(envelope: Envelope, *, at: datetime) -> str:
    """Return where the preparation goes on: at its end, if nothing is missing any more."""
    is_ready = not queries.obstacles_to_sending(envelope, at=at)
    return reverse("envelope-review" if is_ready else "envelope-parties", args=[envelope.pk])


def _done(envelope: Envelope) -> frozenset[str]:
    done = set()
    if envelope.enclosures.exists():
        done.add("document")
    if envelope.parties.exclude(employee=None, contact=None).count() > 1:
        done.add("parties")
    if Field.objects.filter(party__envelope=envelope).exists():
        done.add("fields")
    return frozenset(done)
