"""What is sold in a deal is written here; the deal's amount follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from .. import rules, steps
from ..choices import ProductLine
from ..events import ProductRowsChanged
from ..models import Deal, ProductRow
from ..refusals import CannotSaveDeal


@db.transaction
def write_rows(deal: Deal, lines: Sequence[ProductLine], *, by: Actor, at: datetime) -> None:
    """Let the deal have exactly these product rows, in this order, and cost what they come to."""
    deal.lock()
    if any(not line.name.strip() for line in lines):
        raise CannotSaveDeal(_("Write the name of each product."))
    if obstacles := rules.obstacles_to_pricing(lines, deal.currency):
        raise CannotSaveDeal(obstacles)
    before, kept = deal.amount, [_line(row) for row in deal.rows.all()]
    if kept == list(lines):
        return
    deal.rows.all().delete()
    ProductRow.objects.bulk_create(
        ProductRow(deal=deal, position=position, **vars(line))
        for position, line in enumerate(lines, start=1)
    )
    steps.add_up(deal)
    deal.edited_at = at
    steps.index(deal)
    deal.save()
    changed = ProductRowsChanged(
        deal_id=deal.pk,
        rows=len(lines),
        before=steps.plain(before),
        after=steps.plain(deal.amount),
        currency=deal.currency,
    )
    journal.record(changed, by=by, at=at)


def _line(row: ProductRow) -> ProductLine:
    return ProductLine(**{name: getattr(row, name) for name in ProductLine.__dataclass_fields__})
