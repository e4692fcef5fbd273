"""Stamps for others, with the key that only the worker holds."""

from __future__ import annotations

from django.utils import timezone

from paraph.kit.jobs import job
from paraph.sealing.timestamps import TimeStampService

from .. import authority
from ..actions.stamp_orders import keep_answer
from ..models import StampOrder


@job(queue="sealing", priority=5, retries=0)
def answer_stamp(order_id: int) -> None:
    """Answer one request; whoever asked has given up if it is gone."""
    order = StampOrder.objects.filter(pk=order_id, response=None).first()
    if order is None:
        return
    at = timezone.now()
    service = TimeStampService(authority.ready(at=at))
    keep_answer(order, response=service.respond(bytes(order.request), at))
