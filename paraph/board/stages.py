"""The columns that a board begins with: their names, their colours, what falls in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from paraph.sales.models import Colour
from paraph.signing.models import Envelopes, Standing


class Stage(TextChoices):
    """One of the six usual columns; ``models.Stage`` is a board's own."""

    PREPARING = "preparing", _("Preparing")
    WITH_US = "with-us", _("With us")
    WITH_CLIENT = "with-client", _("With the client")
    CLOSING = "closing", _("Closing")
    SIGNED = "signed", _("Signed")
    NOT_SIGNED = "not-signed", _("Not signed")


STANDINGS: dict[Stage, tuple[Standing, ...]] = {
    Stage.PREPARING: (Standing.DRAFT,),
    Stage.WITH_US: (Standing.WITH_US,),
    Stage.WITH_CLIENT: (Standing.WITH_CLIENT,),
    Stage.CLOSING: (Standing.CLOSING,),
    Stage.SIGNED: (Standing.COMPLETED,),
    Stage.NOT_SIGNED: (Standing.DECLINED, Standing.EXPIRED, Standing.CANCELLED),
}

COLOURS: dict[Stage, Colour] = {
    Stage.PREPARING: Colour.GREY,
    Stage.WITH_US: Colour.VIOLET,
    Stage.WITH_CLIENT: Colour.BLUE,
    Stage.CLOSING: Colour.AMBER,
    Stage.SIGNED: Colour.GREEN,
    Stage.NOT_SIGNED: Colour.RED,
}


def standing_in(rows: Envelopes, stage: Stage) -> Envelopes:
    """Keep the envelopes of one column."""
    return rows.filter(standing__in=STANDINGS[stage])
