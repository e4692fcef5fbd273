"""The lists of campaigns and segments: their columns, their filters, their orders."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.kit.filters import Filter, Flag, OneOf, Period, pairs
from paraph.kit.listing import Column, Listing
from paraph.people.choices import everybody_here

from .lifecycle import Status
from .models import Campaign, Channel, Segment, SegmentKind


def campaign_listing() -> Listing[Campaign]:
    """Return the list, newest campaigns first."""
    return Listing("campaigns", [*_columns()], [*_filters()], default_sort="-created")


def segment_listing() -> Listing[Segment]:
    """Return the list of segments."""
    columns = [
        Column[Segment]("name", _("Segment"), lambda it: it.name, sort="sort_key"),
        Column[Segment]("kind", _("Kind"), lambda it: it.get_kind_display()),
        Column[Segment](
            "responsible",
            _("Responsible"),
            lambda it: it.responsible.name,
            needs=("responsible",),
        ),
        Column[Segment]("created", _("Created"), lambda it: it.created_at, sort="created_at"),
    ]
    filters: list[Filter] = [
        OneOf("kind", _("Kind"), "kind", lambda _person: pairs(SegmentKind.choices)),
        OneOf("responsible", _("Responsible"), "responsible", everybody_here),
    ]
    return Listing("segments", columns, filters, default_sort="name")


def _columns() -> Iterator[Column[Campaign]]:
    yield Column("title", _("Campaign"), lambda it: it.title, sort="sort_key")
    yield Column("status", _("Status"), lambda it: it.get_status_display())
    yield Column("channel", _("Channel"), lambda it: it.get_channel_display())
    yield Column("subject", _("Subject"), lambda it: it.subject, is_default=False)
    yield Column(
        "responsible", _("Responsible"), lambda it: it.responsible.name, needs=("responsible",)
    )
    yield Column("launched", _("Sent on"), lambda it: it.launched_at)
    yield Column("created", _("Created"), lambda it: it.created_at, sort="created_at")


def _filters() -> Iterator[Filter]:
    yield OneOf("status", _("Status"), "status", lambda _person: pairs(Status.choices))
    yield OneOf("channel", _("Channel"), "channel", lambda _person: pairs(Channel.choices))
    yield OneOf("responsible", _("Responsible"), "responsible", everybody_here)
    yield Period("created", _("Created"), "created_at")
    yield Flag("shared", _("Available to everyone"), Q(is_shared=True))
