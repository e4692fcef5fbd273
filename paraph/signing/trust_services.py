"""What anybody may ask this installation over HTTP: the status of its certificates, and time
stamps. Keys are not needed here: answers are kept ready, or the worker makes them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from cryptography import x509
from django.conf import settings

from paraph.journal.models import Fact
from paraph.kit.beats import is_worked_on
from paraph.sealing import status
from paraph.sealing.credentials import Credential
from paraph.sealing.status import Question, Subject
from paraph.sealing.timestamps import Imprint, NotStamped, refusal

from . import authority, clock
from .actions.stamp_orders import forget_order, order_stamp
from .models import StampOrder, StatusAnswer, TimeSource

PATIENCE_SECONDS = 5.0
LOOK_EVERY_SECONDS = 0.05
LARGEST_REQUEST = 4096
FRESH = timedelta(days=1)
BACKWARDS = timedelta(seconds=1)


def status_answer(request: bytes) -> bytes:
    """Return the answer that was made for this certificate; of others we know nothing."""
    try:
        [subject] = Question.read(request).subjects
    except (ValueError, KeyError, StopIteration):
        return status.refusal()
    issuing = authority.public("issuing")
    if issuing is None or not _is_ours(subject, issuing=issuing):
        return status.refusal(status.UNAUTHORIZED)
    found = StatusAnswer.objects.filter(serial=f"{subject.serial:040X}").first()
    return bytes(found.response) if found else status.refusal(status.UNAUTHORIZED)


def time_stamp(request: bytes, *, at: datetime) -> bytes:
    """Have the worker stamp, or say why not; what is wrong with a request is said at once."""
    try:
        if len(request) > LARGEST_REQUEST:
            raise NotStamped(NotStamped.BAD_REQUEST, "The request is too long.")
        Imprint.read(request)
        if not is_clock_in_step(at=at):
            raise NotStamped(NotStamped.NO_TIME, "The clock is not in step.")
        if not is_worked_on():
            raise NotStamped(NotStamped.SYSTEM_FAILURE, "Nobody stamps at this moment.")
    except NotStamped as refused:
        return refusal(refused)
    order = order_stamp(request, at=at)
    try:
        return _waited_for(order) or refusal(
            NotStamped(NotStamped.SYSTEM_FAILURE, "No time stamp was made in time.")
        )
    finally:
        forget_order(order)


def is_clock_in_step(*, at: datetime) -> bool:
    """Tell whether nothing speaks against our clock.

    It may not be behind what has happened already, nor away from the services outside; by
    setting the operating system must vouch for it, too.
    """
    newest = Fact.objects.order_by("-id").values_list("at", flat=True).first()
    if newest is not None and newest > at + BACKWARDS:
        return False
    heard = TimeSource.objects.filter(answered_at__gt=at - FRESH)
    if any(abs(each) > clock.DRIFT_SECONDS for each in heard.values_list("difference", flat=True)):
        return False
    return clock.is_synchronised() if settings.IS_CLOCK_STRICT else True


def _is_ours(subject: Subject, *, issuing: bytes) -> bool:
    issuer = Credential(None, x509.load_der_x509_certificate(issuing))
    return subject.encoded == Subject.of(subject.serial, issuer=issuer).encoded


def _waited_for(order: StampOrder) -> bytes:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        order.refresh_from_db(fields=["response"])
        if order.response is not None:
            return bytes(order.response)
        time.sleep(LOOK_EVERY_SECONDS)
    return b""
