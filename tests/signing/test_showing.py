"""The first pages lie ready as pictures when somebody who was asked comes to read them."""

import pytest

from paraph.documents import cache
from paraph.documents.models import Revision
from paraph.documents.pages import PageSize, etag
from paraph.kit.engines.inline import orders
from paraph.signing import revisions
from paraph.signing.jobs.showing import draw_pages
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


def is_drawn(revision: Revision) -> bool:
    return cache.has(etag(revision, 1, PageSize.PHONE).strip('"'))


def test_pages_are_drawn_before_a_party_comes(cast: Cast) -> None:
    envelope = make.sent(cast)

    [order] = [order for order in orders.postponed if order.job is draw_pages]
    order.job(**order.ids)

    [base] = revisions.heads(envelope)
    assert is_drawn(base.revision)


def test_nothing_is_drawn_where_everybody_has_signed(cast: Cast) -> None:
    envelope = make.completed(cast)

    draw_pages(envelope_id=envelope.pk)

    [base] = revisions.heads(envelope)
    assert not is_drawn(base.revision)
