"""The columns of the board: which envelopes stand in which, and in which order."""

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Envelopes, Party

ACTING = (PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN, PartyStatus.SIGNING)


class Stage(TextChoices):
    """A column; an envelope stands in exactly one."""

    PREPARING = "preparing", _("Preparing")
    WITH_US = "with-us", _("With us")
    WITH_CLIENT = "with-client", _("With the client")
    CLOSING = "closing", _("Closing")
    SIGNED = "signed", _("Signed")
    NOT_SIGNED = "not-signed", _("Not signed")


STATUSES: dict[Stage, tuple[Status, ...]] = {
    Stage.PREPARING: (Status.DRAFT,),
    Stage.WITH_US: (Status.SENT,),
    Stage.WITH_CLIENT: (Status.SENT,),
    Stage.CLOSING: (Status.CLOSING,),
    Stage.SIGNED: (Status.COMPLETED,),
    Stage.NOT_SIGNED: (Status.DECLINED, Status.EXPIRED, Status.CANCELLED),
}


def standing_in(rows: Envelopes, stage: Stage) -> Envelopes:
    """Keep the envelopes of one column.

    A sent one is with the client as soon as somebody outside is asked; until then,
    also while its file is being certified, it is with us.
    """
    found = rows.filter(status__in=STATUSES[stage])
    outside = Exists(
        Party.objects.filter(envelope=OuterRef("pk"), employee=None, status__in=ACTING)
    )
    if stage is Stage.WITH_CLIENT:
        return found.filter(outside)
    return found.filter(~Q(outside)) if stage is Stage.WITH_US else found
