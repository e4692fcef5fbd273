"""The board narrows as the list of documents does: the same filters, the same presets."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paraph.board.listing import envelope_listing
from paraph.desk.addresses import to
from paraph.desk.lists.rooms import Room
from paraph.people.access import Right, Section, allow
from paraph.signing.models import Envelope

BOARD = Room[Envelope](
    "board",
    label=_("Board"),
    listing=lambda: envelope_listing(at=timezone.now()),
    rows=lambda person, right: Envelope.objects.visible_to(person, right),
    guard=allow(Section.DOCUMENTS, Right.VIEW),
    detail=to("envelope-detail"),
    template="desk/board/board.html",
    empty="desk/board/board.html",
    search=_("Search the board"),
)
