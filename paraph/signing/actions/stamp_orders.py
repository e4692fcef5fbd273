"""A time stamp for somebody outside: ordered by the web server, made by the worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from paraph.kit import db
from paraph.kit.jobs import enqueue, find

from ..models import StampOrder

FORGOTTEN_AFTER = timedelta(minutes=5)


@db.transaction
def order_stamp(request: bytes, *, at: datetime) -> StampOrder:
    """Have the worker answer a request; what nobody fetched any more is thrown away."""
    StampOrder.objects.filter(ordered_at__lt=at - FORGOTTEN_AFTER).delete()
    order = StampOrder.objects.create(request=request, ordered_at=at)
    enqueue(find("signing.jobs.stamping.answer_stamp"), order_id=order.pk)
    return order


@db.transaction
def keep_answer(order: StampOrder, *, response: bytes) -> None:
    """Keep the worker's answer for whoever waits for it, if somebody still does."""
    StampOrder.objects.filter(pk=order.pk).update(response=response)


@db.transaction
def forget_order(order: StampOrder) -> None:
    """Throw away an order that was answered, or for which nobody waits any more."""
    order.delete()
